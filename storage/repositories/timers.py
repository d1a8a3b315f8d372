"""Timers as rows: set once, fired once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, func, select, update

from casework.entities import Alarm, Timer
from casework.statuses import TimerKind
from storage.repositories.base import Repository, upserting
from storage.tables import requests
from storage.tables_notes import timer_key, timers

_t = timers.c
_UNFIRED = _t.fired_at.is_(None)
_CLEAR = delete(timers).where(
    _t.community_id == bindparam("community"), _t.request_id == bindparam("request")
)
_CLEAR_SOME = _CLEAR.where(_t.kind.in_(bindparam("kinds", expanding=True)))
_come = (
    select(_t.id, _t.due_at)
    .where(
        _t.community_id == bindparam("community"),
        _UNFIRED,
        _t.due_at <= bindparam("now"),
        # What a newer program had set waits for it, and holds up nobody.
        _t.kind.in_([kind.value for kind in TimerKind]),
    )
    .order_by(_t.due_at, _t.id)
    .limit(1)
)
# A timer is taken together with its request, or not at all: who moves a request also drops its timers, and
# two who lock in different orders wait for each other. PostgreSQL locks in the order of the tables here.
_due = (
    _come.select_from(requests)
    .join(timers, _t.request_id == requests.c.id)
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = update(timers).where(_t.id.in_(select(_due.c.id))).values(fired_at=bindparam("now")).returning(*_t)
_POSTPONE = (
    update(timers)
    .where(_t.community_id == bindparam("community"), _t.id == bindparam("its_id"), _UNFIRED)
    .values(due_at=bindparam("later"))
)
_DROP = delete(timers).where(_t.community_id == bindparam("community"), _t.id == bindparam("its_id"))
_WAITING = (
    select(_t.request_id, func.min(_t.due_at).label("next"))
    .where(_t.community_id == bindparam("community"), _UNFIRED)
    .group_by(_t.request_id)
)


@cache
def _setting(*, postgresql: bool) -> Executable:
    insert = upserting(timers, postgresql=postgresql)
    later = {"due_at": insert.excluded.due_at}
    return insert.on_conflict_do_update(index_elements=list(timer_key), set_=later, where=_UNFIRED)


class Timers(Repository):
    """Implements `casework.ports.Timers`."""

    async def set(
        self,
        kind: TimerKind,
        request_id: int,
        due_at: datetime,
        offer_id: int | None = None,
        step: int = 0,
    ) -> None:
        """A repeat of the same (kind, request, offer, step) moves the due time if it has not fired."""
        await self.set_all(request_id, [Alarm(kind, due_at, step, offer_id)])

    async def set_all(self, request_id: int, alarms: Iterable[Alarm]) -> None:
        """The same for several at once."""
        rows = [
            {
                "community_id": self._community,
                "kind": alarm.kind.value,
                "request_id": request_id,
                "offer_id": alarm.offer_id,
                "step": alarm.step,
                "due_at": alarm.due_at,
            }
            for alarm in alarms
        ]
        for row in rows:
            await self._write(_setting(postgresql=self._is_postgresql), row)

    async def clear(self, request_id: int, kinds: Iterable[TimerKind] | None = None) -> None:
        """Drop the timers of a request, fired ones too: after a reopening the same ones must fire again."""
        if kinds is None:
            await self._run(_CLEAR, request=request_id)
        else:
            await self._run(_CLEAR_SOME, request=request_id, kinds=[kind.value for kind in kinds])

    async def claim_due(self, now: datetime) -> Timer | None:
        """Take one due timer in this transaction (oldest first) and mark it fired; None when none is due."""
        row = (await self._run(_CLAIM, now=now)).first()
        if row is None:
            return None
        return Timer(
            row.id, row.community_id, TimerKind(row.kind), row.request_id, row.due_at, row.offer_id, row.step
        )

    async def next_due(self, now: datetime) -> datetime | None:
        """When the oldest of those that have come was due; None when none has."""
        row = (await self._run(_come, now=now)).first()
        return None if row is None else row.due_at

    async def postpone(self, timer_id: int, later: datetime) -> None:
        """Try a timer whose work failed again later, so that it does not hold up others."""
        await self._run(_POSTPONE, its_id=timer_id, later=later)

    async def drop(self, timer_id: int) -> None:
        """A timer whose matter has passed, or whose work never succeeds."""
        await self._run(_DROP, its_id=timer_id)

    async def waiting(self) -> dict[int, datetime]:
        """The next moment of every request that has one."""
        return {row.request_id: row.next for row in await self._run(_WAITING)}
