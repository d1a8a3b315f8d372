"""What became of every request: confirmed, on the call-back list, in the problem ledger, or explained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.books.calls import CallOutcome
from casework.entities import Offer, Request
from casework.reports import RequestFilter
from casework.responsibility import Party, responsible
from casework.statuses import RequestStatus

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


class Fate(StrEnum):
    """Where a request ended up. Everything but UNEXPLAINED is somebody's, or nobody's for a reason."""

    CONFIRMED = "confirmed"
    CALL_LIST = "call_list"
    PROBLEM = "problem"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    MERGED = "merged"
    UNREACHABLE = "unreachable"
    WITH_ORGANISATION = "with_organisation"
    WITH_WORKERS = "with_workers"
    WITH_RESIDENT = "with_resident"
    UNEXPLAINED = "unexplained"


_CLOSED = {
    RequestStatus.CONFIRMED: Fate.CONFIRMED,
    RequestStatus.CANCELLED: Fate.CANCELLED,
    RequestStatus.DECLINED: Fate.DECLINED,
    RequestStatus.MERGED: Fate.MERGED,
}
_WITH = {
    Party.ORGANISATION: Fate.WITH_ORGANISATION,
    Party.WORKERS: Fate.WITH_WORKERS,
    Party.RESIDENT: Fate.WITH_RESIDENT,
}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A request that nobody will be reminded of and that stands in no list."""

    number: str
    status: str
    since: datetime
    story: str


@dataclass(slots=True)
class Account:
    """How many ended where. `days` counts what was filed, by local day; `problems` the ledger, by kind."""

    fates: Counter[Fate] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    forgotten: list[Forgotten] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All requests."""
        return sum(self.fates.values())


async def account(uow: UnitOfWork) -> Account:
    """Of everything in the database."""
    made = Account()
    next_moments = await uow.timers.waiting()
    async for page in uow.requests.pages(RequestFilter()):
        histories = await uow.requests.histories([r.id for r in page])
        for request in page:
            made.days[request.number[:8]] += 1
            offers = await uow.offers.of_request(request.id)
            problems = await uow.problems.of_request(request.id)
            made.problems.update(problem.kind.value for problem in problems)
            in_ledger = any(problem.closed_at is None for problem in problems)
            fate = await _fate(uow, request, offers, in_ledger, next_moments.get(request.id))
            made.fates[fate] += 1
            if fate is Fate.UNEXPLAINED:
                story = " ".join(f"{h.action}({h.at:%m-%d %H:%M})" for h in histories[request.id])
                made.forgotten.append(
                    Forgotten(request.number, request.status.value, request.updated_at, story)
                )
    return made


async def _fate(
    uow: UnitOfWork,
    request: Request,
    offers: list[Offer],
    in_ledger: bool,
    next_moment: datetime | None,
) -> Fate:
    if request.status in _CLOSED:
        return _CLOSED[request.status]
    if await uow.calls.waiting_of(request.id) is not None:
        return Fate.CALL_LIST
    if in_ledger:
        return Fate.PROBLEM
    calls = (await uow.calls.of_requests([request.id])).get(request.id, [])
    if request.status is RequestStatus.DONE and calls and calls[-1].outcome is CallOutcome.UNREACHABLE:
        return Fate.UNREACHABLE
    who = responsible(request, offers)
    if next_moment is None or who is None:
        return Fate.UNEXPLAINED
    return _WITH[who.party]
