"""Moments as rows: taken once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, tuple_

from casework.promises.schedules import Schedule, ScheduleKind
from storage.repositories.base import Repository
from storage.tables_time import schedules

_s = schedules.c
_KEY = [_s.community_id, _s.kind, _s.subject_id]
_come = (
    select(*_KEY, _s.due_at)
    .where(
        _s.community_id == bindparam("community"),
        _s.due_at <= bindparam("now"),
        # What a newer program had planned waits for it, and holds up nobody.
        _s.kind.in_([kind.value for kind in ScheduleKind]),
    )
    .order_by(_s.due_at, _s.kind, _s.subject_id)
    .limit(1)
)
_due = _come.with_for_update(skip_locked=True).cte("due")
_CLAIM = (
    delete(schedules)
    .where(tuple_(*_KEY).in_(select(_due.c.community_id, _due.c.kind, _due.c.subject_id)))
    .returning(*_s)
)
_DROP = delete(schedules).where(
    _s.community_id == bindparam("community"),
    _s.kind == bindparam("its_kind"),
    _s.subject_id == bindparam("subject"),
)


class Schedules(Repository):
    """Implements `casework.schedules.Schedules`."""

    async def plan(self, kind: ScheduleKind, due_at: datetime, subject_id: int = 0) -> None:
        """Set the moment of (kind, subject), in the place of the one that was set before."""
        insert = self._upsert(schedules)
        upsert = insert.on_conflict_do_update(index_elements=_KEY, set_={"due_at": insert.excluded.due_at})
        await self._connection.execute(upsert, self._row(kind, due_at, subject_id))

    async def plan_first(self, kind: ScheduleKind, due_at: datetime, subject_id: int = 0) -> None:
        """Set it unless one is set."""
        insert = self._upsert(schedules).on_conflict_do_nothing(index_elements=_KEY)
        await self._connection.execute(insert, self._row(kind, due_at, subject_id))

    async def drop(self, kind: ScheduleKind, subject_id: int = 0) -> None:
        """It will not come."""
        await self._run(_DROP, its_kind=kind.value, subject=subject_id)

    async def claim_due(self, now: datetime) -> Schedule | None:
        """Take one that has come (oldest first) out of the rows; None when none has."""
        row = (await self._run(_CLAIM, now=now)).first()
        return None if row is None else Schedule(ScheduleKind(row.kind), row.subject_id, row.due_at)

    async def next_due(self, now: datetime) -> datetime | None:
        """When the oldest of those that have come was due; None when none has."""
        row = (await self._run(_come, now=now)).first()
        return None if row is None else row.due_at

    def _row(self, kind: ScheduleKind, due_at: datetime, subject_id: int) -> dict[str, object]:
        return {
            "community_id": self._community,
            "kind": kind.value,
            "subject_id": subject_id,
            "due_at": due_at,
        }
