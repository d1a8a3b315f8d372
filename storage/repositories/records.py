"""The running totals of what organisations were asked for and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from casework.entities import Workload
from casework.giving.matching import lately
from casework.statuses import IN_WORK, RequestStatus
from storage.repeated import stepped
from storage.repositories.base import Repository, inserting
from storage.schema import one_of
from storage.tables import offer_open, offers, records, requests

_w = records.c
_UPDATE = update(records).where(
    _w.community_id == bindparam("community"), _w.organisation_id == bindparam("organisation")
)
_OFFERED = _UPDATE.values(
    offered=_w.offered + 1, last_offer_at=bindparam("at"), lately=bindparam("got_lately")
)
_LATELY = (
    select(_w.lately, _w.last_offer_at)
    .where(_w.community_id == bindparam("community"), _w.organisation_id == bindparam("organisation"))
    .with_for_update()
)
_ACCEPTED = _UPDATE.values(accepted=_w.accepted + 1)
_ENDED = _UPDATE.values(
    ended=_w.ended + 1, in_time=_w.in_time + bindparam("good"), promptness=_w.promptness + bindparam("prompt")
)
_RATED = _UPDATE.values(
    rating_sum=_w.rating_sum + bindparam("stars"),
    rating_count=_w.rating_count + bindparam("ratings"),
    satisfied=_w.satisfied + bindparam("good"),
)
_ASKED = _UPDATE.values(asked=_w.asked + bindparam("change"))
_CONFIRMED = _UPDATE.values(confirmed=_w.confirmed + bindparam("change"))
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
_held_out = (
    select(func.count())
    .where(
        offers.c.community_id == _w.community_id, offers.c.organisation_id == _w.organisation_id, offer_open
    )
    .scalar_subquery()
)
#: More are looked for by reading all: most of them will be wanted.
_FEW = 100
_ALL = select(records, _open.label("open_requests"), _held_out.label("held_out")).where(
    _w.community_id == bindparam("community")
)
_THESE = _ALL.where(_w.organisation_id.in_(bindparam("organisations", expanding=True)))


class Records(Repository):
    """Written by the other repositories as things happen; read by matching."""

    async def begin(self, organisation_id: int) -> None:
        """The empty record of a new organisation."""
        zero = dict.fromkeys(("offered", "accepted", "asked", "confirmed", "rating_sum", "rating_count"), 0)
        row = {"organisation_id": organisation_id, "community_id": self._community, **zero}
        await self._write(inserting(records), row)

    async def offered(self, organisation_id: int, at: datetime) -> None:
        """It was asked once more."""
        row = (await self._run(_LATELY, organisation=organisation_id)).one()
        got = lately(Workload(lately=row.lately, last_offer_at=row.last_offer_at), at) + 1
        await self._run(_OFFERED, organisation=organisation_id, at=at, got_lately=got)

    async def accepted(self, organisation_id: int) -> None:
        """It said yes once more."""
        await self._run(_ACCEPTED, organisation=organisation_id)

    async def ended(self, organisation_id: int, promptness: float, *, in_time: bool) -> None:
        """The end of one of its offers is known, and how promptly it came (0..1)."""
        await self._run(_ENDED, organisation=organisation_id, good=int(in_time), prompt=promptness)

    async def moved(self, organisation_id: int, before: RequestStatus | None, after: RequestStatus) -> None:
        """One of its requests came to another status. Who is told no and asks again was asked once."""
        if after is RequestStatus.DONE and before is not RequestStatus.REOPEN_REQUESTED:
            await self.asked(organisation_id, 1)
        if after is RequestStatus.CONFIRMED or before is RequestStatus.CONFIRMED:
            change = 1 if after is RequestStatus.CONFIRMED else -1
            await self._run(_CONFIRMED, organisation=organisation_id, change=change)

    async def asked(self, organisation_id: int, change: int) -> None:
        """So many residents more (or less) were asked whether it is solved, and could be reached."""
        await self._run(_ASKED, organisation=organisation_id, change=change)

    async def rated(self, organisation_id: int, stars: int, ratings: int, satisfied: int) -> None:
        """Add stars, a number of ratings, and of good ones; all may be negative when one is replaced."""
        await self._run(_RATED, organisation=organisation_id, stars=stars, ratings=ratings, good=satisfied)

    async def workloads(self, organisation_ids: Iterable[int]) -> dict[int, Workload]:
        """Of the organisations named that exist; one statement, however many."""
        wanted = set(organisation_ids)
        if not wanted:
            return {}
        if len(wanted) > _FEW:
            rows = await self._run(_ALL)
        else:
            rows = await self._run(_THESE, organisations=stepped(wanted))
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
                row.ended,
                row.in_time,
                row.satisfied,
                row.held_out,
                row.promptness,
                row.lately,
            )
            for row in rows
            if row.organisation_id in wanted
        }
