"""Claiming meetings with their lots and ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from casework.giving.meetings import Lot, Meeting, MeetingStatus, Tick
from storage.repositories.base import Repository, is_id
from storage.tables_giving import meeting_lots, meeting_open, meeting_ticks, meetings

_m, _l, _t = meetings.c, meeting_lots.c, meeting_ticks.c
_OURS = select(meetings).where(_m.community_id == bindparam("community"))
_GET = _OURS.where(_m.id == bindparam("its_id"))
_CURRENT = _OURS.where(meeting_open)
_LOTS = (
    select(meeting_lots)
    .where(_l.community_id == bindparam("community"), _l.meeting_id == bindparam("meeting"))
    .order_by(_l.request_id)
)
_TICKS = (
    select(meeting_ticks)
    .where(_t.community_id == bindparam("community"), _t.meeting_id == bindparam("meeting"))
    .order_by(_t.request_id, _t.organisation_id)
)
_UNTICK = delete(meeting_ticks).where(
    _t.community_id == bindparam("community"),
    _t.meeting_id == bindparam("meeting"),
    _t.request_id == bindparam("request"),
    _t.organisation_id == bindparam("organisation"),
)
_CLOSE = (
    update(meetings)
    .where(_m.community_id == bindparam("community"), _m.id == bindparam("its_id"), meeting_open)
    .values(status=bindparam("becomes"))
)
_WON = (
    update(meeting_lots)
    .where(
        _l.community_id == bindparam("community"),
        _l.meeting_id == bindparam("meeting"),
        _l.request_id == bindparam("request"),
    )
    .values(organisation_id=bindparam("winner"))
)


class Meetings(Repository):
    """Implements `casework.meetings.Meetings`."""

    async def open(self, meeting: Meeting, request_ids: Iterable[int]) -> Meeting:
        """Insert (the id given is ignored)."""
        row = {
            "community_id": self._community,
            "opened_by": meeting.opened_by,
            "opened_at": meeting.opened_at,
            "closes_at": meeting.closes_at,
            "status": meeting.status.value,
        }
        kept = replace(meeting, id=await self._insert(meetings, row))
        lots = [
            {"meeting_id": kept.id, "request_id": request_id, "community_id": self._community}
            for request_id in sorted(set(request_ids))
        ]
        await self._connection.execute(meeting_lots.insert(), lots)
        return kept

    async def get(self, meeting_id: int, *, lock: bool = False) -> Meeting | None:
        """The meeting with this id; `lock` keeps others from ticking and settling until the end."""
        if not is_id(meeting_id):
            return None
        row = (await self._run(_GET.with_for_update() if lock else _GET, its_id=meeting_id)).first()
        return None if row is None else _meeting(row)

    async def current(self) -> Meeting | None:
        """The open one."""
        row = (await self._run(_CURRENT)).first()
        return None if row is None else _meeting(row)

    async def lots(self, meeting_id: int) -> list[Lot]:
        """By request id."""
        return [
            Lot(row.request_id, row.organisation_id) for row in await self._run(_LOTS, meeting=meeting_id)
        ]

    async def ticks(self, meeting_id: int) -> list[Tick]:
        """By request id, then organisation id."""
        rows = await self._run(_TICKS, meeting=meeting_id)
        return [Tick(row.request_id, row.organisation_id, row.person_id) for row in rows]

    async def tick(self, meeting_id: int, tick: Tick, at: datetime) -> None:
        """A repeat changes nothing."""
        row = {
            "meeting_id": meeting_id,
            "community_id": self._community,
            "request_id": tick.request_id,
            "organisation_id": tick.organisation_id,
            "person_id": tick.person_id,
            "at": at,
        }
        await self._connection.execute(self._upsert(meeting_ticks).on_conflict_do_nothing(), row)

    async def untick(self, meeting_id: int, tick: Tick) -> None:
        """A repeat changes nothing."""
        await self._run(
            _UNTICK, meeting=meeting_id, request=tick.request_id, organisation=tick.organisation_id
        )

    async def close(self, meeting_id: int, status: MeetingStatus, won: Iterable[Lot] = ()) -> bool:
        """End it, with who got what; False when it has ended already."""
        if (await self._run(_CLOSE, its_id=meeting_id, becomes=status.value)).rowcount != 1:
            return False
        for lot in won:
            await self._run(_WON, meeting=meeting_id, request=lot.request_id, winner=lot.organisation_id)
        return True


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        row.id, row.community_id, row.opened_by, row.opened_at, row.closes_at, MeetingStatus(row.status)
    )
