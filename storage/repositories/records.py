"""The running totals of what organisations were asked for and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from casework.entities import Workload
from casework.statuses import IN_WORK, RequestStatus
from storage.repositories.base import Repository
from storage.schema import one_of
from storage.tables import records, requests

_w = records.c
_UPDATE = update(records).where(
    _w.community_id == bindparam("community"), _w.organisation_id == bindparam("organisation")
)
_OFFERED = _UPDATE.values(offered=_w.offered + 1, last_offer_at=bindparam("at"))
_ACCEPTED = _UPDATE.values(accepted=_w.accepted + 1)
_RATED = _UPDATE.values(
    rating_sum=_w.rating_sum + bindparam("stars"), rating_count=_w.rating_count + bindparam("ratings")
)
_MOVED = {
    RequestStatus.DONE: _UPDATE.values(asked=_w.asked + 1),
    RequestStatus.CONFIRMED: _UPDATE.values(confirmed=_w.confirmed + 1),
}
# Counted for each organisation by itself: a few steps in an index, where a grouped count would
# walk through every request the community ever had.
_open = (
    select(func.count())
    .where(
        requests.c.community_id == _w.community_id,
        requests.c.organisation_id == _w.organisation_id,
        one_of(requests.c.status, IN_WORK),
    )
    .scalar_subquery()
)
_ALL = select(records, _open.label("open_requests")).where(_w.community_id == bindparam("community"))


class Records(Repository):
    """Written by the other repositories as things happen; read by matching."""

    async def begin(self, organisation_id: int) -> None:
        """The empty record of a new organisation."""
        zero = dict.fromkeys(("offered", "accepted", "asked", "confirmed", "rating_sum", "rating_count"), 0)
        row = {"organisation_id": organisation_id, "community_id": self._community, **zero}
        await self._connection.execute(records.insert(), row)

    async def offered(self, organisation_id: int, at: datetime) -> None:
        """It was asked once more."""
        await self._run(_OFFERED, organisation=organisation_id, at=at)

    async def accepted(self, organisation_id: int) -> None:
        """It said yes once more."""
        await self._run(_ACCEPTED, organisation=organisation_id)

    async def moved(self, organisation_id: int, status: RequestStatus) -> None:
        """One of its requests came to this status."""
        if status in _MOVED:
            await self._run(_MOVED[status], organisation=organisation_id)

    async def rated(self, organisation_id: int, stars: int, ratings: int) -> None:
        """Add stars and a number of ratings; both may be negative when one is replaced."""
        await self._run(_RATED, organisation=organisation_id, stars=stars, ratings=ratings)

    async def workloads(self, organisation_ids: Iterable[int]) -> dict[int, Workload]:
        """Of the organisations named that exist; one statement, however many."""
        wanted = set(organisation_ids)
        query = _ALL.where(_w.organisation_id == next(iter(wanted))) if len(wanted) == 1 else _ALL
        rows = await self._run(query) if wanted else ()
        return {
            row.organisation_id: Workload(
                row.open_requests,
                row.offered,
                row.accepted,
                row.asked,
                row.confirmed,
                row.rating_sum,
                row.rating_count,
                row.last_offer_at,
            )
            for row in rows
            if row.organisation_id in wanted
        }
