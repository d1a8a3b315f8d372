"""Who follows which request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from casework.entities import Address, Details
from casework.together.sameness import Follower, FollowKind
from storage.repositories.base import Repository, chunks, is_id
from storage.tables_sameness import followers

_f = followers.c
_OURS = select(followers).where(_f.community_id == bindparam("community"))
_OF_REQUEST = _OURS.where(_f.request_id == bindparam("request")).order_by(_f.since, _f.origin_id)
_OF_PERSON = (
    _OURS.where(_f.person_id == bindparam("person"))
    .order_by(_f.since.desc(), _f.origin_id.desc())
    .limit(bindparam("most"))
)
_ITS = (
    _f.community_id == bindparam("community"),
    _f.request_id == bindparam("request"),
    _f.person_id == bindparam("person"),
)
_DROP = delete(followers).where(*_ITS)
_DROP_ORIGIN = delete(followers).where(
    _f.community_id == bindparam("community"),
    _f.origin_id == bindparam("origin"),
    _f.how == bindparam("kind"),
)
_MOVE = update(followers).where(_f.community_id == bindparam("community"))
_OBJECT = update(followers).where(*_ITS).values(unsolved_at=bindparam("moment"))


class Followers(Repository):
    """Implements `casework.sameness.Followers`."""

    async def add(self, follower: Follower) -> bool:
        """False when this person follows from this origin already."""
        insert = self._upsert(followers).on_conflict_do_nothing(index_elements=[_f.origin_id, _f.person_id])
        row = {**asdict(follower), "community_id": self._community, "how": follower.how.value}
        row["details"] = asdict(follower.details) if follower.details != Details() else {}
        return (await self._connection.execute(insert, row)).rowcount == 1

    async def of_request(self, request_id: int) -> list[Follower]:
        """In the order of their coming."""
        return [_follower(row) for row in await self._run(_OF_REQUEST, request=request_id)]

    async def of_person(self, person_id: int, limit: int = 20) -> list[Follower]:
        """Newest first."""
        return [_follower(row) for row in await self._run(_OF_PERSON, person=person_id, most=limit)]

    async def drop(self, request_id: int, person_id: int) -> bool:
        """They follow it no more; False when they did not."""
        if not is_id(request_id):
            return False
        return (await self._run(_DROP, request=request_id, person=person_id)).rowcount > 0

    async def drop_origin(self, origin_id: int, how: FollowKind) -> None:
        """Whoever follows because of that request follows no more."""
        await self._run(_DROP_ORIGIN, origin=origin_id, kind=how.value)

    async def move(self, origin_ids: Iterable[int], to_request: int) -> None:
        """Whoever came by these requests follows `to_request` from now on."""
        for ids in chunks(origin_ids):
            await self._run(_MOVE.where(_f.origin_id.in_(ids)).values(request_id=to_request))

    async def object(self, request_id: int, person_id: int, at: datetime | None) -> None:
        """They say that it is not solved (None: that is over)."""
        await self._run(_OBJECT, request=request_id, person=person_id, moment=at)


def _follower(row: Row[Any]) -> Follower:
    kept = dict(row.details)
    return Follower(
        row.community_id,
        row.request_id,
        row.person_id,
        row.origin_id,
        FollowKind(row.how),
        row.since,
        row.description,
        row.summary,
        Details(Address(**kept.pop("address")), **kept) if kept else Details(),
        row.unsolved_at,
    )
