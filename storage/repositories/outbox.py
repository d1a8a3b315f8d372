"""Messages to go out: written with what caused them, sent afterwards, in order per chat."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Executable, Row, and_, bindparam, exists, func, or_, select, update

from casework.elsewhere import is_elsewhere
from storage.repeated import stepped
from storage.repositories.base import Repository, chunks, inserting, oldest, upserting
from storage.repositories.files import Files, OutgoingFile
from storage.schema import one_of
from storage.tables_delivery import BLOCKED, DEAD, PENDING, SENT, outbox
from storage.tracing import trace

#: Who claims a row must send it within this time or renew the claim, or somebody else will send it: so
#: long a message of a sender that was killed waits.
LEASE = timedelta(seconds=15)
#: More than any messenger takes in a minute.
_MOST_LATELY = 10_000
#: A messenger that asks for a longer pause is asked again after this time.
LONGEST_WAIT = timedelta(hours=1)
#: Keys of messages to everybody: hours of them must not stand before the answers to people who wrote.
BULK = "broadcast:"

_o = outbox.c
_earlier = outbox.alias("earlier")
_now: BindParameter[datetime] = bindparam("now")
#: No retry or lease is that far off, unless the clock has been put back since.
_no_such_wait: BindParameter[datetime] = bindparam("no_such_wait")
_held_up = exists().where(
    _earlier.c.community_id == _o.community_id,
    _earlier.c.chat_id == _o.chat_id,
    one_of(_earlier.c.status, {PENDING}),
    or_(_earlier.c.bulk < _o.bulk, and_(_earlier.c.bulk == _o.bulk, _earlier.c.id < _o.id)),
    # What is meant for a later time holds up nobody before it has been tried.
    or_(_earlier.c.not_before.is_(None), _earlier.c.not_before <= _now, _earlier.c.attempts > 0),
)
_DUE = (
    select(_o.id)
    .where(
        _o.community_id == bindparam("community"),
        one_of(_o.status, {PENDING}),
        or_(
            _o.not_before.is_(None),
            _o.not_before <= _now,
            (_o.attempts > 0) & (_o.not_before > _no_such_wait),
        ),
        or_(_o.claimed_until.is_(None), _o.claimed_until <= _now, _o.claimed_until > _no_such_wait),
        _o.chat_id.not_in(bindparam("busy", expanding=True)),
        ~_held_up,
    )
    .order_by(_o.bulk, _o.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_OURS = update(outbox).where(_o.community_id == bindparam("community"))
_UNSENT = _OURS.where(one_of(_o.status, {PENDING}))
_CLAIM = (
    _UNSENT.where(_o.id.in_(select(_DUE.c.id)))
    .values(attempts=_o.attempts + 1, claimed_until=bindparam("until"))
    .returning(*_o)
)
_ITS = _UNSENT.where(_o.id == bindparam("its_id"))
_SENT = _ITS.values(status=SENT, finished_at=bindparam("at"), claimed_until=None, error="").returning(
    _o.has_file
)
_RETRY = _ITS.values(not_before=bindparam("later"), error=bindparam("why"), claimed_until=None)
_DEAD = _ITS.values(status=DEAD, error=bindparam("why"), finished_at=bindparam("at"), claimed_until=None)
_RENEW = _UNSENT.where(_o.id.in_(bindparam("ids", expanding=True)), _o.claimed_until.is_not(None)).values(
    claimed_until=bindparam("until")
)
_SENT_LATELY = (
    select(_o.chat_id, _o.finished_at.label("at"))
    .where(
        _o.community_id == bindparam("community"),
        one_of(_o.status, {SENT}),
        _o.finished_at > bindparam("since"),
    )
    .order_by(_o.finished_at.desc())
    .limit(bindparam("most"))
)
_ON_THE_WAY = select(_o.chat_id).where(
    _o.community_id == bindparam("community"), one_of(_o.status, {PENDING}), _o.claimed_until > _now
)
_RELEASE = _UNSENT.where(_o.claimed_until.is_not(None)).values(claimed_until=None)
_PARK = _UNSENT.where(_o.chat_id == bindparam("chat")).values(
    status=BLOCKED, error=bindparam("why"), claimed_until=None
)
_UNPARK = _OURS.where(_o.chat_id == bindparam("chat"), one_of(_o.status, {BLOCKED})).values(
    status=PENDING, not_before=None, attempts=0
)
_FETCH = (
    _OURS.where(
        _o.chat_id == bindparam("chat"),
        one_of(_o.status, {BLOCKED}),
        or_(_o.not_before.is_(None), _o.not_before <= _now),
    )
    .values(status=SENT, finished_at=_now, claimed_until=None)
    .returning(*_o)
)
_FAILURES = (
    select(outbox)
    .where(_o.community_id == bindparam("community"), one_of(_o.status, {DEAD}))
    .order_by(_o.id.desc())
    .limit(bindparam("most"))
)
_COUNT = (
    select(_o.status, func.count().label("number"))
    .where(_o.community_id == bindparam("community"))
    .where(and_(_o.key >= bindparam("first"), _o.key < bindparam("after")))
    .group_by(_o.status)
)
_OLDEST = oldest(outbox, _o.created_at)
_FORGET = outbox.delete().where(
    _o.community_id == bindparam("community"),
    _o.id.between(bindparam("first"), bindparam("last")),
    _o.status == SENT,
    _o.finished_at < bindparam("before"),
)


@cache
def _adding(*, postgresql: bool) -> Executable:
    insert = upserting(outbox, postgresql=postgresql)
    return insert.on_conflict_do_nothing(index_elements=[_o.community_id, _o.key]).returning(_o.id)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One call to make: `method` with `payload`, and the file to upload. `attempts` counts this one."""

    id: int
    chat_id: int
    method: str
    payload: dict[str, Any]
    key: str | None
    attempts: int
    error: str
    created_at: datetime
    file: OutgoingFile | None = None
    reveals: int | None = None
    trace: str | None = None


class Outbox(Repository):
    """The queue of messages of one community's bot."""

    async def add(
        self,
        chat_id: int,
        method: str,
        payload: dict[str, Any],
        *,
        key: str | None = None,
        not_before: datetime | None = None,
        file: OutgoingFile | None = None,
        reveals: int | None = None,
    ) -> None:
        """One message to send; a repeated `key` adds nothing. `reveals`: see `handlers.ports.Outbox`."""
        row = self._row(chat_id, method, payload, key) | {
            "not_before": not_before,
            "has_file": file is not None,
            "reveals": reveals,
        }
        if key is None and file is None:
            await self._write(inserting(outbox), row)
            return
        new_id = (await self._write(_adding(postgresql=self._is_postgresql), row)).scalar_one_or_none()
        if file is not None and new_id is not None:
            await Files(self._scope).add(new_id, file)

    async def add_to_each(
        self, chat_ids: Iterable[int], method: str, payload: dict[str, Any], key_prefix: str
    ) -> None:
        """The same message to many; a chat whose key `<prefix><chat>` is there already gets nothing."""
        insert = self._upsert(outbox).on_conflict_do_nothing(index_elements=[_o.community_id, _o.key])
        for chats in chunks(chat_ids):
            rows = [self._row(c, method, {**payload, "chat_id": c}, f"{key_prefix}{c}") for c in chats]
            await self._connection.execute(insert, rows)

    def _row(self, chat_id: int, method: str, payload: dict[str, Any], key: str | None) -> dict[str, Any]:
        return {
            "community_id": self._community,
            "chat_id": chat_id,
            "method": method,
            "payload": payload,
            "key": key,
            # No messenger could send it: it waits until it is fetched.
            "status": BLOCKED if is_elsewhere(chat_id) else PENDING,
            "attempts": 0,
            "error": "",
            "created_at": self._clock.now(),
            "not_before": None,
            "has_file": False,
            "reveals": None,
            "bulk": key is not None and key.startswith(BULK),
            "trace": trace.get(),
        }

    async def claim(
        self, now: datetime, limit: int = 1, busy_chats: Collection[int] = (), lease: timedelta = LEASE
    ) -> list[OutboxItem]:
        """Take up to `limit` due rows, oldest first (broadcasts last), one a chat; commit before sending.

        A row waits while an earlier pending row of its chat exists. What is claimed and neither sent,
        retried, dead nor renewed after `lease` may be claimed again.
        """
        busy = stepped(busy_chats)
        times = {"now": now, "until": now + lease, "no_such_wait": now + 2 * LONGEST_WAIT}
        rows = (await self._run(_CLAIM, most=limit, busy=busy, **times)).all()
        uploads = [row.id for row in rows if row.has_file]
        files = await Files(self._scope).of(uploads) if uploads else {}
        return [_item(row, files.get(row.id)) for row in sorted(rows, key=lambda row: (row.bulk, row.id))]

    async def renew(self, item_ids: Collection[int], until: datetime) -> None:
        """What was claimed is still being made or sent: nobody else may claim it before then."""
        await self._run(_RENEW, ids=stepped(item_ids), until=until)

    async def sent_lately(self, now: datetime, since: datetime) -> list[tuple[int, datetime]]:
        """The chats that were written to since then and when, also what is on its way now."""
        rows = (await self._run(_SENT_LATELY, since=since, most=_MOST_LATELY)).all()
        under_way = (await self._run(_ON_THE_WAY, now=now)).all()
        return [(row.chat_id, row.at) for row in rows] + [(row.chat_id, now) for row in under_way]

    async def sent(self, item_id: int, at: datetime) -> None:
        """The messenger has it; its file is no longer needed."""
        if (await self._run(_SENT, its_id=item_id, at=at)).scalar_one_or_none():
            await Files(self._scope).drop(item_id)

    async def retry(self, item_id: int, not_before: datetime, error: str) -> None:
        """Try again later, after `LONGEST_WAIT` at most; its chat waits for it."""
        later = min(not_before, self._clock.now() + LONGEST_WAIT)
        await self._run(_RETRY, its_id=item_id, later=later, why=error)

    async def dead(self, item_id: int, error: str) -> None:
        """It will never be sent; its chat goes on without it."""
        await self._run(_DEAD, its_id=item_id, why=error, at=self._clock.now())

    async def park(self, chat_id: int, error: str) -> int:
        """The person blocked the bot: what waits for their chat waits until `unpark`; returns how many."""
        return (await self._run(_PARK, chat=chat_id, why=error)).rowcount

    async def unpark(self, chat_id: int) -> int:
        """The person is back: what was parked goes out; returns how many."""
        return (await self._run(_UNPARK, chat=chat_id)).rowcount

    async def fetch(self, chat_id: int, now: datetime) -> list[OutboxItem]:
        """What waits for somebody who speaks through another program, oldest first; with that it is said."""
        rows = (await self._run(_FETCH, chat=chat_id, now=now)).all()
        for row in rows:
            if row.has_file:
                await Files(self._scope).drop(row.id)
        return [_item(row, None) for row in sorted(rows, key=lambda row: row.id)]

    async def release(self) -> int:
        """Free what a program that is gone had claimed; only for one that is alone on the database."""
        return (await self._run(_RELEASE)).rowcount

    async def failures(self, limit: int = 20) -> list[OutboxItem]:
        """Dead rows, newest first."""
        return [_item(row, None) for row in await self._run(_FAILURES, most=limit)]

    async def count_by_key_prefix(self, prefix: str) -> dict[str, int]:
        """How many rows whose key begins so are `pending`, `sent` and `dead`; a status without rows is 0."""
        after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        rows = await self._run(_COUNT, first=prefix, after=after)
        return dict.fromkeys((PENDING, SENT, DEAD), 0) | {row.status: row.number for row in rows}

    async def forget_sent(self, before: datetime, after: int = 0) -> int | None:
        """Delete what was sent before that time, and its keys with it, as `Inbox.forget_done` does."""
        return await self._forget(_OLDEST, _FORGET, before, after)


def _item(row: Row[Any], file: OutgoingFile | None) -> OutboxItem:
    return OutboxItem(
        row.id,
        row.chat_id,
        row.method,
        row.payload,
        row.key,
        row.attempts,
        row.error,
        row.created_at,
        file,
        row.reveals,
        row.trace,
    )
