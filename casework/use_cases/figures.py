"""Reports: numbers over a span, the same along an axis, and the requests behind each number."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.books.figures import Axis, Part, Report, Slice, Tally, folded, key_of, of_part, wanted
from casework.books.rates import RateKind, Rates
from casework.entities import Request
from casework.errors import NotFound
from casework.permissions import Actor, Permission
from casework.reports import RequestFilter
from casework.use_case import UseCase
from casework.use_cases.reading import masked

#: Requests on one page of a list.
PAGE = 8
#: No list is turned further than this.
LAST_PAGE = 999


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that somebody wants: which cut, created in `since <= created_at < until`."""

    since: datetime
    until: datetime
    cut: Slice = field(default_factory=Slice)


@dataclass(frozen=True, slots=True)
class Behind:
    """The part of a number one asks for: a count's, or of a rate what was counted (or was not)."""

    part: Part | None = Part.ALL
    rate: RateKind | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Traced:
    """One page of the requests behind a number."""

    requests: list[Request]
    page: int
    more: bool


class Counting(UseCase):
    """What all reports share."""

    def _filter(self, asked: Asked) -> RequestFilter:
        return wanted(self.community, asked.cut, asked.since, asked.until)

    async def report(self, those: RequestFilter) -> Report:
        """The numbers of these requests."""
        return Report(
            await self.uow.figures.tally(those, self.now),
            await self.uow.rates.of(those, self.now),
            await self.uow.figures.effort(those),
        )

    async def _trace(self, those: RequestFilter, behind: Behind, page: int) -> Traced:
        page = min(max(0, page), LAST_PAGE)
        if behind.rate is not None:
            # Rates are walked by id: all pages up to this one are cheaper than a second way of counting.
            upto = await self.uow.rates.behind(
                behind.rate, those, self.now, counted=behind.counted, limit=(page + 1) * PAGE + 1
            )
            found = upto[page * PAGE :]
        else:
            part = of_part(those, behind.part or Part.ALL, self.now)
            found = await self.uow.figures.listed(part, PAGE + 1, page * PAGE)
        return Traced(found[:PAGE], page, len(found) > PAGE)


class ShowFigures(Counting):
    """`/stats`: counts and rates over a span."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, asked: Asked) -> Report:
        """Of the requests created in the span. Raises NotFound for a cut there is not."""
        return await self.report(self._filter(asked))


class BreakDown(Counting):
    """The counts along an axis."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, axis: Axis, asked: Asked) -> dict[str, Tally]:
        """By key (see `casework.figures.Slice`); days as `YYYY-MM-DD`."""
        counted = await self.uow.figures.by(axis, self._filter(asked), self.now)
        return folded(self.community, axis, counted)


class CrossFigures(Counting):
    """Where there is how much of what: compounds by groups."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, asked: Asked) -> dict[tuple[str, str], int]:
        """(compound key, group code) → how many."""
        found: dict[tuple[str, str], int] = {}
        for (compound, item), count in (await self.uow.figures.cross(self._filter(asked))).items():
            key = (
                key_of(self.community, Axis.COMPOUND, compound),
                key_of(self.community, Axis.GROUP, item),
            )
            found[key] = found.get(key, 0) + count
        return found


class RateOrganisations(Counting):
    """The three rates of each organisation."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, asked: Asked) -> dict[int, Rates]:
        """Of those that were asked or have worked."""
        return await self.uow.rates.by_organisation(self._filter(asked), self.now)


class TraceFigure(Counting):
    """The requests behind a number."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, asked: Asked, behind: Behind, page: int = 0) -> Traced:
        """`PAGE` of them."""
        return await self._trace(self._filter(asked), behind, page)


class TraceOwnFigure(Counting):
    """The requests behind a number of a lead's own organisation."""

    permission = Permission.DO_WORK

    async def __call__(
        self,
        actor: Actor,
        organisation_id: int,
        since: datetime,
        until: datetime,
        behind: Behind,
        page: int = 0,
    ) -> Traced:
        """Without phone, door and full words: some were never accepted. Raises NotFound for another's."""
        found = await self._trace(_own(actor, organisation_id, since, until), behind, page)
        return replace(found, requests=[masked(request, self.community) for request in found.requests])


def _own(actor: Actor, organisation_id: int, since: datetime, until: datetime) -> RequestFilter:
    if not actor.leads(organisation_id):
        raise NotFound(what="organisation", id=organisation_id)
    return RequestFilter(since=since, until=until, organisation_id=organisation_id)
