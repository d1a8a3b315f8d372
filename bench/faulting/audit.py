"""What must be true after all faults: the messenger's memory and the database's, read past the program."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import RowMapping, Table, select

from casework.elsewhere import is_elsewhere
from casework.statuses import RequestStatus
from casework.transitions import TRANSITIONS, Action
from storage import tables, tables_delivery
from storage.engine import address, make_engine
from storage.sealing import Keyring

LOST, TWICE, FORBIDDEN, MISSING = "lost", "done twice", "forbidden", "promise missing"
_ONCE = (Action.SUBMIT, Action.ACCEPT, Action.START, Action.COMPLETE, Action.CONFIRM)
#: Methods that put a new message into a chat; "Deferred" is made by the sender and sent as one of the others.
_NEW = ("Send", "Copy", "Forward", "Deferred")
_SHOWN = 5


@dataclass(frozen=True)
class Heard:
    """What the messenger knows: control/updates, and control/transcript's chats."""

    updates: list[dict[str, Any]]
    chats: list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """What people did: contacts that were surely filed, contacts that may have been, poisoned update ids."""

    filed: Sequence[str]
    begun: Sequence[str] = ()
    poisoned: frozenset[int] = frozenset()


@dataclass
class Verdict:
    """What was found, and how much there was to look at."""

    found: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def find(self, kind: str, words: str) -> None:
        """One finding."""
        self.found[kind] += 1
        if self.found[kind] <= _SHOWN:
            self.words.append(f"{kind}: {words}")


async def audit(url: str, heard: Heard, told: Told, keyring: Keyring | None = None) -> Verdict:
    """Compare everything. Nothing may be running."""
    rows = await _read(url, keyring)
    verdict = Verdict()
    _updates(verdict, heard, told, rows)
    _needs(verdict, told, rows)
    _once(verdict, rows)
    _steps(verdict, rows)
    _promises(verdict, heard, rows)
    return verdict


@dataclass(frozen=True)
class _Rows:
    inbox: Sequence[RowMapping]
    outbox: Sequence[RowMapping]
    requests: Sequence[RowMapping]
    history: Sequence[RowMapping]
    offers: Sequence[RowMapping]


async def _read(url: str, keyring: Keyring | None) -> _Rows:
    engine = make_engine(address(url), read_only=True, keyring=keyring)
    async with engine.connect() as connection:

        async def all_of(table: Table) -> Sequence[RowMapping]:
            return (await connection.execute(select(table).order_by(table.c.id))).mappings().all()

        rows = _Rows(
            await all_of(tables_delivery.inbox),
            await all_of(tables_delivery.outbox),
            await all_of(tables.requests),
            await all_of(tables.history),
            await all_of(tables.offers),
        )
    await engine.dispose()
    return rows


def _updates(verdict: Verdict, heard: Heard, told: Told, rows: _Rows) -> None:
    """Each update of the messenger is in the inbox once, and done; what nobody can read is dead."""
    given = {one["update"]["update_id"] for one in heard.updates}
    kept = Counter(row["update_id"] for row in rows.inbox)
    verdict.counts["updates"] = len(given)
    verdict.counts["updates handed over again"] = sum(len(u["handed_over"]) - 1 for u in heard.updates)
    for update_id in sorted((given | told.poisoned) - set(kept)):
        verdict.find(LOST, f"update {update_id} was never kept")
    for update_id in sorted(set(kept) - given - told.poisoned):
        verdict.find(TWICE, f"update {update_id} is kept, but nobody sent it")
    for update_id, times in kept.items():
        if times > 1:
            verdict.find(TWICE, f"update {update_id} was kept {times} times")
    for row in rows.inbox:
        wanted = "dead" if row["update_id"] in told.poisoned else "done"
        if row["status"] != wanted:
            verdict.find(LOST, f"update {row['update_id']} is {row['status']}: {row['error']}")


def _needs(verdict: Verdict, told: Told, rows: _Rows) -> None:
    """A need is known by the phone number that came with it."""
    filed = Counter(row["phone"] for row in rows.requests)
    verdict.counts["requests"] = len(rows.requests)
    verdict.counts["requests closed"] = sum(row["status"] == RequestStatus.CONFIRMED for row in rows.requests)
    for contact in told.filed:
        if not filed[contact]:
            verdict.find(LOST, f"the need of {contact} was filed and is not there")
    for contact, times in filed.items():
        if times > 1:
            verdict.find(TWICE, f"the need of {contact} was filed {times} times")
        if contact not in told.filed and contact not in told.begun:
            verdict.find(TWICE, f"nobody filed the need of {contact}")


def _once(verdict: Verdict, rows: _Rows) -> None:
    accepted = Counter(row["request_id"] for row in rows.offers if row["status"] == "accepted")
    for request_id, times in accepted.items():
        if times > 1:
            verdict.find(TWICE, f"request {request_id} was accepted {times} times")
    steps = Counter((row["request_id"], row["action"]) for row in rows.history if row["action"] in _ONCE)
    for (request_id, action), times in steps.items():
        if times > 1:
            verdict.find(TWICE, f"request {request_id}: {action} {times} times")


def _steps(verdict: Verdict, rows: _Rows) -> None:
    """History is an unbroken chain of allowed steps that ends where the request stands."""
    chains: dict[int, list[RowMapping]] = {row["id"]: [] for row in rows.requests}
    for step in rows.history:
        chains.setdefault(step["request_id"], []).append(step)
    status = {row["id"]: row["status"] for row in rows.requests}
    verdict.counts["steps"] = len(rows.history)
    for request_id, chain in chains.items():
        if not chain or chain[0]["action"] != Action.SUBMIT:
            verdict.find(FORBIDDEN, f"request {request_id} was not begun by submitting it")
            continue
        for before, after in pairwise(chain):
            starts, target = TRANSITIONS[Action(after["action"])]
            start, end = after["from_status"], after["to_status"]
            if start != before["to_status"] or RequestStatus(start) not in starts or end != target:
                verdict.find(FORBIDDEN, f"request {request_id}: {after['action']} from {start} to {end}")
        if chain[-1]["to_status"] != status.get(request_id):
            verdict.find(FORBIDDEN, f"request {request_id} stands where no step led it")


def _promises(verdict: Verdict, heard: Heard, rows: _Rows) -> None:
    """Each row of the outbox is sent, and in its chat; what came more often is counted."""
    firsts: dict[int, list[str]] = {}
    all_words: dict[int, set[str]] = {}
    for chat in heard.chats:
        ours = [entry for entry in chat["entries"] if entry["by_bot"]]
        firsts[chat["chat"]] = [_words((entry["earlier"] or [entry["message"]])[0]) for entry in ours]
        all_words[chat["chat"]] = {_words(m) for e in ours for m in (*e["earlier"], e["message"])}
    new: dict[int, Counter[str]] = {}
    edits: dict[int, Counter[str]] = {}
    for row in rows.outbox:
        if row["status"] != "sent":
            if not is_elsewhere(row["chat_id"]) and not _is_for_later(row):
                verdict.find(
                    MISSING, f"message {row['id']} ({row['method']}) is {row['status']}: {row['error']}"
                )
            continue
        words = _words(row["payload"])
        said = row["method"].startswith(_NEW) and row["method"] != "SendChatAction"
        (new if said else edits).setdefault(row["chat_id"], Counter())[words] += 1
        verdict.counts["messages promised"] += 1
        if row["method"] == "EditMessageText" and words not in all_words.get(row["chat_id"], set()):
            verdict.find(MISSING, f"the change of message {row['id']} is not in chat {row['chat_id']}")
    for chat_id, promised in new.items():
        _compare(verdict, chat_id, promised, Counter(firsts.get(chat_id, [])))
    for chat_id, received in firsts.items():
        promised = new.get(chat_id, Counter())
        for words, times in (Counter(received) - promised).items():
            if words in promised:
                verdict.counts["messages repeated"] += times
            # A change of a message that is gone is sent as a new one; deferred ones get their words late.
            elif words not in edits.get(chat_id, ()) and "" not in promised:
                verdict.find(TWICE, f"a message in chat {chat_id} that nobody promised")


def _is_for_later(row: RowMapping) -> bool:
    """Meant for a time that has not come yet, and nobody has tried."""
    later = row["not_before"]
    return bool(row["status"] == "pending" and not row["attempts"] and later and later > datetime.now(UTC))


def _compare(verdict: Verdict, chat_id: int, promised: Counter[str], received: Counter[str]) -> None:
    for words, times in promised.items():
        if words and received[words] < times:
            verdict.find(MISSING, f"a message came {received[words]} of {times} times to chat {chat_id}")
    if received.total() < promised.total():
        verdict.find(MISSING, f"chat {chat_id} got {received.total()} of {promised.total()} messages")


def _words(message: Any) -> str:
    """What a person reads, without markup and white space; empty where there are no words."""
    words = str(message.get("text") or message.get("caption") or "")
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^<>]*>", "", words)))
