"""The three ledgers as workers look at them, in pages and as whole lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from casework.audit import Act
from casework.books.calls import Call
from casework.books.ledgers import (
    Book,
    LedgerFilter,
    Problem,
    ProblemRow,
    Rectification,
    RectificationRow,
)
from casework.entities import Organisation, Person, Rating, Request
from casework.permissions import Actor, Permission
from casework.reports import RequestFilter
from casework.use_case import UseCase

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A request with who asked, who has it, and what of it stands in the other ledgers."""

    request: Request
    resident: Person | None
    organisation: Organisation | None
    rating: Rating | None
    problems: tuple[Problem, ...]
    rectifications: tuple[Rectification, ...]
    #: The latest entry on the call-back list.
    call: Call | None


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem with its request, its organisation, and what is being put right."""

    row: ProblemRow
    organisation: Organisation | None
    rectifications: tuple[Rectification, ...]


@dataclass(frozen=True, slots=True)
class RectificationLine:
    """A rectification with whoever has to do with it."""

    row: RectificationRow
    organisation: Organisation | None
    owner: Person | None
    checker: Person | None


class _Reading(UseCase):
    permission = Permission.READ_REPORTS

    async def organisations(self, ids: Sequence[int | None]) -> dict[int | None, Organisation]:
        """Those named, by id."""
        wanted = {i for i in ids if i}
        if not wanted:
            return {}
        if len(wanted) > 20:
            return {o.id: o for o in await self.uow.organisations.all() if o.id in wanted}
        found = [await self.uow.organisations.get(i) for i in wanted]
        return {o.id: o for o in found if o is not None}

    async def people(self, ids: Sequence[int | None]) -> dict[int | None, Person]:
        """Those named, by id."""
        return {p.id: p for p in await self.uow.people.many({i for i in ids if i is not None})}


class ReadNeeds(_Reading):
    """需求台账."""

    async def __call__(
        self, actor: Actor, wanted: RequestFilter, limit: int, offset: int = 0
    ) -> tuple[list[NeedRow], dict[str, int]]:
        """A page, newest first, and how many there are by status."""
        page = await self.uow.ledgers.needs(wanted, limit, offset)
        return await self.rows(page), await self.uow.ledgers.count_needs(wanted)

    async def rows(self, page: Sequence[Request]) -> list[NeedRow]:
        """The requests with all that belongs to them."""
        ids = [r.id for r in page]
        organisations = await self.organisations([r.organisation_id for r in page])
        residents = await self.people([r.resident_id for r in page])
        ratings = await self.uow.notes.ratings(ids)
        problems = await self.uow.problems.of_requests(ids)
        rectified = await self.uow.rectifications.of_problems(p.id for ps in problems.values() for p in ps)
        calls = await self.uow.calls.of_requests(ids)
        found = []
        for request in page:
            own = tuple(problems.get(request.id, ()))
            found.append(
                NeedRow(
                    request,
                    residents.get(request.resident_id),
                    organisations.get(request.organisation_id),
                    ratings.get(request.id),
                    own,
                    tuple(r for p in own for r in rectified.get(p.id, ())),
                    calls[request.id][-1] if request.id in calls else None,
                )
            )
        return found


class ListNeeds(_Reading):
    """需求台账 as a whole, to be printed."""

    async def __call__(self, actor: Actor, wanted: RequestFilter) -> AsyncIterator[list[NeedRow]]:
        """Oldest first, some hundreds at once."""
        return self._pages(actor, wanted)

    async def _pages(self, actor: Actor, wanted: RequestFilter) -> AsyncIterator[list[NeedRow]]:
        count = 0
        async for page in self.uow.requests.pages(wanted):
            yield await self.other(ReadNeeds).rows(page)
            count += len(page)
        self.audit(Act.EXPORTED, actor, kind="ledger", count=count)


class ReadProblems(_Reading):
    """问题台账."""

    async def __call__(
        self, actor: Actor, wanted: LedgerFilter, limit: int = _AT_ONCE, offset: int = 0
    ) -> tuple[list[ProblemLine], dict[str, int]]:
        """A page, newest first, and how many there are by kind."""
        page = await self.uow.ledgers.problems(wanted, limit, offset)
        organisations = await self.organisations([row.problem.organisation_id for row in page])
        rectified = await self.uow.rectifications.of_problems(row.problem.id for row in page)
        lines = [
            ProblemLine(
                row,
                organisations.get(row.problem.organisation_id),
                tuple(rectified.get(row.problem.id, ())),
            )
            for row in page
        ]
        return lines, await self.uow.ledgers.count(Book.PROBLEMS, wanted)


class ReadRectifications(_Reading):
    """整改台账."""

    async def __call__(
        self, actor: Actor, wanted: LedgerFilter, limit: int = _AT_ONCE, offset: int = 0
    ) -> tuple[list[RectificationLine], dict[str, int]]:
        """A page, newest first, and how many there are by state."""
        page = await self.uow.ledgers.rectifications(wanted, limit, offset)
        entries = [row.rectification for row in page]
        organisations = await self.organisations([e.organisation_id for e in entries])
        people = await self.people([p for e in entries for p in (e.owner_id, e.checked_by)])
        lines = [
            RectificationLine(
                row,
                organisations.get(row.rectification.organisation_id),
                people.get(row.rectification.owner_id),
                people.get(row.rectification.checked_by),
            )
            for row in page
        ]
        return lines, await self.uow.ledgers.count(Book.RECTIFICATIONS, wanted)


class LedgerMarks(_Reading):
    """What of one request stands in the ledgers, for its card."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> list[tuple[Problem, Rectification | None]]:
        """Each problem with its latest rectification, oldest first."""
        problems = await self.uow.problems.of_request(request_id)
        rectified = await self.uow.rectifications.of_problems(p.id for p in problems)
        return [(p, rectified[p.id][-1] if p.id in rectified else None) for p in problems]
