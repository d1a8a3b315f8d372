"""Updates as they came in: kept raw, handled once, in order per chat."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Executable,
    Row,
    Text,
    bindparam,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)

from storage.repeated import stepped
from storage.repositories.base import Repository, is_id, oldest, upserting
from storage.schema import one_of
from storage.tables_delivery import DEAD, DONE, PENDING, inbox

log = logging.getLogger(__name__)

_i = inbox.c
_earlier = inbox.alias("earlier")
_held_up = exists().where(
    _earlier.c.community_id == _i.community_id,
    _earlier.c.chat_id == _i.chat_id,
    one_of(_earlier.c.status, {PENDING}),
    _earlier.c.id < _i.id,
)
_NEXT = (
    select(inbox)
    .where(
        _i.community_id == bindparam("community"),
        one_of(_i.status, {PENDING}),
        or_(_i.retry_at.is_(None), _i.retry_at <= bindparam("now"), _i.retry_at > bindparam("no_such_wait")),
        or_(_i.chat_id.is_(None), _i.chat_id.not_in(bindparam("busy", expanding=True))),
        ~_held_up,
    )
    .order_by(_i.turn, _i.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    # The row is chosen and locked first, so that the chat's lock is taken for that row alone.
    .cte("chosen")
)
_other = inbox.alias("other")
_ALONE = (
    ~exists()
    .where(
        _other.c.community_id == _NEXT.c.community_id,
        one_of(_other.c.status, {PENDING}),
        _other.c.id != _NEXT.c.id,
    )
    .correlate(_NEXT)
).label("alone")
_CLAIM = select(_NEXT, true().label("free"), _ALONE)
#: A lock of the chat till the transaction ends: a retried old row must not run beside a newer one.
_CHAT_LOCK = func.pg_try_advisory_xact_lock(
    func.hashtextextended(func.concat(bindparam("community"), ":", cast(_NEXT.c.chat_id, Text)), 0)
)
_CLAIM_LOCKED = select(_NEXT, or_(_NEXT.c.chat_id.is_(None), _CHAT_LOCK).label("free"), _ALONE)
_waiting = select(_i.turn).where(_i.community_id == bindparam("community"), one_of(_i.status, {PENDING}))
#: The turn of what is served now (without a chat), and the last one that each of these chats waits for.
_TURNS = union_all(
    select(null().label("chat_id"), _waiting.order_by(_i.turn).limit(1).scalar_subquery().label("turn")),
    select(_i.chat_id, _i.turn).where(
        _i.id.in_(
            _waiting.with_only_columns(func.max(_i.id))
            .where(_i.chat_id.in_(bindparam("chats", expanding=True)))
            .group_by(_i.chat_id)
        )
    ),
)
_OURS = update(inbox).where(_i.community_id == bindparam("community"), _i.id == bindparam("its_id"))
_DONE = _OURS.where(_i.status == PENDING).values(status=DONE, done_at=bindparam("at"))
_FAILED = _OURS.where(_i.status == PENDING).values(
    status=bindparam("outcome"), attempts=_i.attempts + 1, error=bindparam("why"), retry_at=bindparam("later")
)
_RETRY = _OURS.where(_i.status == DEAD).values(status=PENDING, attempts=0, retry_at=None)
_DEAD = (
    select(inbox)
    .where(_i.community_id == bindparam("community"), one_of(_i.status, {DEAD}))
    .order_by(_i.id.desc())
    .limit(bindparam("most"))
)
_OLDEST = oldest(inbox, _i.received_at)
_FORGET = inbox.delete().where(
    _i.community_id == bindparam("community"),
    _i.id.between(bindparam("first"), bindparam("last")),
    _i.status == DONE,
    _i.done_at < bindparam("before"),
)
#: Retries wait for seconds. A time further off was set by a clock that has been put right since.
NO_SUCH_WAIT = timedelta(minutes=10)
#: Chats that other replicas are at, tried one after another before giving up for this time.
_TRIES = 5


@cache
def _receiving(*, postgresql: bool) -> Executable:
    insert = upserting(inbox, postgresql=postgresql)
    return insert.on_conflict_do_nothing(index_elements=[_i.community_id, _i.update_id]).returning(_i.id)


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One update. `error` is the code of its last failure, `attempts` counts the failures.

    `alone` tells that nothing else was pending when it was claimed.
    """

    id: int
    update_id: int
    chat_id: int | None
    raw: dict[str, Any]
    attempts: int
    error: str
    received_at: datetime
    alone: bool = False


class Inbox(Repository):
    """The queue of updates of one community's bot."""

    async def receive(self, updates: Iterable[dict[str, Any]]) -> int:
        """Insert those whose update_id is new, in order; returns how many were.

        Of two chats that wait, each gets every other turn, however much one of them has sent: a row's turn
        is one after the last that its chat waits for, and never before what is served now.
        """
        now = self._clock.now()
        rows = [self._row(raw, now) for raw in updates if _has_id(raw)]
        if not rows:
            return 0
        await self._take_turns(rows)
        insert = _receiving(postgresql=self._is_postgresql)
        return sum([(await self._write(insert, row)).scalar_one_or_none() is not None for row in rows])

    async def _take_turns(self, rows: list[dict[str, Any]]) -> None:
        chats = sorted({row["chat_id"] for row in rows if row["chat_id"] is not None})
        last = {row.chat_id: row.turn for row in await self._run(_TURNS, chats=chats)}
        now_served = last.pop(None) or 0
        for row in rows:
            chat = row["chat_id"]
            row["turn"] = max(now_served, last.get(chat, -1) + 1)
            if chat is not None:
                last[chat] = row["turn"]

    async def claim(self, busy_chats: Collection[int] = ()) -> InboxItem | None:
        """The pending row whose turn it is, of a chat that is not busy and has no earlier pending row.

        Nobody else gets it, or another row of its chat, until the transaction ends. A row that failed
        holds up its chat until it is done or dead.
        """
        busy = set(busy_chats)
        for _ in range(_TRIES):
            row = await self._next(busy)
            if row is None or row.free:
                return None if row is None else replace(_item(row), alone=row.alone)
            busy.add(row.chat_id)
        return None

    async def wait_for_chat(self, chat_id: int) -> None:
        """Nobody handles an update of this chat till this transaction ends, and who does is waited for."""
        if self._is_postgresql:
            text = bindparam("chat", f"{self._community}:{chat_id}", type_=Text)
            await self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(text, 0))))

    async def done(self, item: InboxItem) -> None:
        """Handled: to be committed together with all that the handling changed."""
        await self._run(_DONE, its_id=item.id, at=self._clock.now())

    async def failed(self, item: InboxItem, error: str, dead: bool, retry_at: datetime | None = None) -> None:
        """Not handled: to be tried again at `retry_at`, or never (`dead`) unless a worker says so."""
        outcome = DEAD if dead else PENDING
        await self._run(_FAILED, its_id=item.id, outcome=outcome, why=error, later=None if dead else retry_at)

    async def dead(self, limit: int = 20) -> list[InboxItem]:
        """Updates that could not be handled, newest first."""
        return [_item(row) for row in await self._run(_DEAD, most=limit)]

    async def retry(self, item_id: int) -> bool:
        """Put a dead update back in line; False when it is not dead."""
        return is_id(item_id) and (await self._run(_RETRY, its_id=item_id)).rowcount == 1

    async def forget_done(self, before: datetime, after: int = 0) -> int | None:
        """Delete what was handled before that time, among the next few rows whose id is above `after`.

        Returns what `after` is next time, in a transaction of its own; None when only newer rows are left.
        """
        return await self._forget(_OLDEST, _FORGET, before, after)

    async def _next(self, busy: set[int]) -> Row[Any] | None:
        query = _CLAIM_LOCKED if self._is_postgresql else _CLAIM
        now = self._clock.now()
        far = now + NO_SUCH_WAIT
        return (await self._run(query, now=now, no_such_wait=far, busy=stepped(busy))).first()

    def _row(self, raw: dict[str, Any], now: datetime) -> dict[str, Any]:
        return {
            "community_id": self._community,
            "update_id": raw["update_id"],
            "chat_id": chat_of(raw),
            "raw": raw,
            "status": PENDING,
            "attempts": 0,
            "error": "",
            "received_at": now,
        }


def chat_of(raw: dict[str, Any]) -> int | None:
    """The chat an update belongs to (for a press on an inline message: the person), else None."""
    for event in raw.values():
        if not isinstance(event, dict):
            continue
        message = event.get("message")
        for holder in (event, message if isinstance(message, dict) else {}):
            if (found := _id_in(holder.get("chat"))) is not None:
                return found
        if (found := _id_in(event.get("from"))) is not None:
            return found
    return None


def _id_in(thing: Any) -> int | None:
    found = thing.get("id") if isinstance(thing, dict) else None
    return found if type(found) is int and is_id(found) else None


def _has_id(raw: Any) -> bool:
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if type(update_id) is int and is_id(update_id):
        return True
    log.warning("an update without a usable update_id was left out")
    return False


def _item(row: Row[Any]) -> InboxItem:
    return InboxItem(row.id, row.update_id, row.chat_id, row.raw, row.attempts, row.error, row.received_at)
