"""The parts of requests that are done by a team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from casework.giving.teams import PartStatus, TeamPart
from storage.repositories.base import Repository, chunks, is_id
from storage.tables_giving import part_open, team_parts

_t = team_parts.c
_OURS = select(team_parts).where(_t.community_id == bindparam("community"))
_GET = _OURS.where(_t.id == bindparam("its_id"))
_OF_REQUEST = _OURS.where(_t.request_id == bindparam("request")).order_by(_t.id)
_DECIDE = (
    update(team_parts)
    .where(
        _t.community_id == bindparam("community"), _t.id == bindparam("its_id"), _t.status == bindparam("was")
    )
    .values(
        status=bindparam("becomes"),
        decided_at=bindparam("moment"),
        decided_by=bindparam("who"),
        words=bindparam("said"),
    )
)


class Teams(Repository):
    """Implements `casework.teams.Teams`."""

    async def add(self, part: TeamPart) -> TeamPart:
        """Insert (the id given is ignored)."""
        row = {
            "community_id": self._community,
            "request_id": part.request_id,
            "organisation_id": part.organisation_id,
            "task": part.task,
            "status": part.status.value,
            "asked_at": part.asked_at,
            "words": part.words,
        }
        return replace(part, id=await self._insert(team_parts, row))

    async def get(self, part_id: int) -> TeamPart | None:
        """The part with this id in this community."""
        row = (await self._run(_GET, its_id=part_id)).first() if is_id(part_id) else None
        return None if row is None else _part(row)

    async def of_request(self, request_id: int) -> list[TeamPart]:
        """Oldest first."""
        return [_part(row) for row in await self._run(_OF_REQUEST, request=request_id)]

    async def open_of_organisations(self, organisation_ids: Iterable[int]) -> list[TeamPart]:
        """Asked or accepted, oldest first."""
        found: list[TeamPart] = []
        for ids in chunks(organisation_ids):
            found += [_part(r) for r in await self._run(_OURS.where(_t.organisation_id.in_(ids), part_open))]
        return sorted(found, key=lambda part: part.id)

    async def decide(
        self, part: TeamPart, status: PartStatus, at: datetime, by: int | None, words: str = ""
    ) -> bool:
        """Set the status; False when it is no longer what `part` says."""
        result = await self._run(
            _DECIDE,
            its_id=part.id,
            was=part.status.value,
            becomes=status.value,
            moment=at,
            who=by,
            said=words,
        )
        return result.rowcount == 1


def _part(row: Row[Any]) -> TeamPart:
    return TeamPart(
        row.id,
        row.community_id,
        row.request_id,
        row.organisation_id,
        row.task,
        PartStatus(row.status),
        row.asked_at,
        row.decided_at,
        row.decided_by,
        row.words,
    )
