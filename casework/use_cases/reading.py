"""What people may look at; every view is cut to what its reader may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from casework.audit import Act
from casework.catalogue import Community
from casework.entities import (
    Details,
    HistoryEntry,
    Note,
    Offer,
    Organisation,
    Person,
    Rating,
    Request,
    Workload,
    WorkReport,
)
from casework.errors import NotFound
from casework.events import PersonUnreachable
from casework.giving.teams import OPEN_PARTS, PartStatus
from casework.permissions import Actor, Permission
from casework.policy import Mode
from casework.reports import Found, RequestFilter
from casework.sight import lead_sees
from casework.statuses import CLOSED, IN_WORK, OfferStatus, RequestStatus
from casework.use_case import UseCase


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as one reader may see it. `masked` tells that phone, door and full words are left out."""

    request: Request
    organisation: Organisation | None
    resident: Person | None
    history: tuple[HistoryEntry, ...]
    notes: tuple[Note, ...]
    report: WorkReport | None
    rating: Rating | None
    my_offer: Offer | None
    masked: bool


def masked(request: Request, community: Community) -> Request:
    """The request without phone, unit, room and the full words; a home is not told in words either."""
    details = request.details
    address = details.address.without_door()
    if community.at_home(request.item):
        address = replace(address, place="")
    return request.with_(
        description=request.summary,
        details=Details(
            address,
            "",
            details.time_expr,
            details.time_start,
            details.recipient,
            details.age,
        ),
    )


class SeeRequest(UseCase):
    """One request, by id or number, for the resident, a lead concerned or a worker."""

    permission = Permission.SEE_REQUEST

    async def __call__(
        self, actor: Actor, request_id: int | None = None, *, number: str = "", shown: bool = True
    ) -> RequestView:
        """`shown` False: the actor gets to see no more of it than a list has.

        Raises NotFound also for a request the actor may not know of.
        """
        request = (
            await self.uow.requests.get(request_id)
            if request_id is not None
            else await self.uow.requests.by_number(number)
        )
        if request is None:
            raise NotFound(what="request", id=request_id or number)
        offers = await self.uow.offers.of_request(request.id)
        mine = [o for o in offers if actor.leads(o.organisation_id)]
        open_mine = [o for o in mine if o.status is OfferStatus.OPEN]
        full = (
            actor.is_admin()
            or request.resident_id == actor.person_id
            or (actor.leads(request.organisation_id) and lead_sees(request, self.community, self.now))
            # Who is called to an emergency was told everything by the alarm itself.
            or (request.urgent and bool(open_mine) and request.status is RequestStatus.OFFERED)
        )
        team = await self.uow.teams.of_request(request.id) if request.mode is Mode.TEAM else []
        parts = [p for p in team if actor.leads(p.organisation_id)]
        helps = any(p.status is PartStatus.ACCEPTED for p in parts)
        full = full or (helps and lead_sees(request, self.community, self.now))
        if not full and not mine and not any(p.status in OPEN_PARTS for p in parts):
            raise NotFound(what="request", id=request_id or number)
        if full and shown and request.resident_id != actor.person_id:
            self.audit(Act.OPENED, actor, request.id)
        resident = await self.uow.people.get(request.resident_id) if full else None
        notes = await self.uow.notes.of_request(request.id) if full else []
        return RequestView(
            request=request if full else masked(request, self.community),
            organisation=await self.uow.organisations.get(request.organisation_id or 0),
            resident=resident,
            history=tuple(await self.uow.requests.history(request.id)) if full else (),
            notes=tuple(notes),
            report=await self.uow.notes.report(request.id) if full else None,
            rating=await self.uow.notes.rating(request.id) if full else None,
            my_offer=open_mine[0] if open_mine else None,
            masked=not full,
        )


class ListMyRequests(UseCase):
    """`/my`: a resident's own requests, newest first."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor, *, open_only: bool = False) -> list[Request]:
        """At most 20."""
        return await self.uow.requests.of_resident(actor.person_id or 0, open_only=open_only)


class ListTasks(UseCase):
    """What a lead's organisations are asked for and have in hand."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor) -> tuple[list[tuple[Offer, Request]], list[Request]]:
        """Open offers with their masked requests, and running work."""
        offered = []
        for offer in await self.uow.offers.open_of_organisations(actor.organisation_ids):
            request = await self.request(offer.request_id)
            offered.append((offer, masked(request, self.community)))
        work = await self.uow.requests.of_organisations(actor.organisation_ids, IN_WORK)
        return offered, work


@dataclass(frozen=True, slots=True)
class TriageList:
    """What a human must look at."""

    emergencies: list[Request]
    waiting: list[Request]
    reopen: list[Request]


class ListTriage(UseCase):
    """`/triage`: emergencies nobody took, requests without an organisation, reopen requests."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor) -> TriageList:
        """Urgent first, then oldest."""
        return TriageList(
            await self.uow.requests.untaken_emergencies(),
            await self.uow.requests.with_status([RequestStatus.TRIAGE]),
            await self.uow.requests.with_status([RequestStatus.REOPEN_REQUESTED]),
        )


class ListLate(UseCase):
    """`/late`: what has passed its promised time, most late first."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor) -> list[Request]:
        """At most 50."""
        return await self.uow.requests.late(self.now)


class FindRequests(UseCase):
    """`/find`: by number, words, phone, place or item."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, text: str, before: int | None = None) -> Found:
        """At most 20, newest first; empty for an empty text. `before` goes on where a search had stopped."""
        if not text.strip():
            return Found([])
        found = await self.uow.requests.find(text.strip(), before=before)
        self.audit(Act.SEARCHED, actor, count=len(found.requests))
        return found


@dataclass(frozen=True, slots=True)
class ExportRow:
    """All that an export tells of a request."""

    request: Request
    organisation: Organisation | None
    history: tuple[HistoryEntry, ...]
    rating: Rating | None


class ExportRequests(UseCase):
    """`/export`: everything that matches, one after another."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, wanted: RequestFilter) -> AsyncIterator[ExportRow]:
        """An iterator over the rows, oldest first."""
        return self._rows(actor, wanted)

    async def _rows(self, actor: Actor, wanted: RequestFilter) -> AsyncIterator[ExportRow]:
        count = 0
        names = {o.id: o for o in await self.uow.organisations.all()}
        async for page in self.uow.requests.pages(wanted):
            ids = [request.id for request in page]
            histories = await self.uow.requests.histories(ids)
            ratings = await self.uow.notes.ratings(ids)
            for request in page:
                steps = tuple(histories.get(request.id, ()))
                organisation = names.get(request.organisation_id or 0)
                yield ExportRow(request, organisation, steps, ratings.get(request.id))
            count += len(page)
        self.audit(Act.EXPORTED, actor, kind="requests", count=count)


class ListOrganisations(UseCase):
    """`/orgs`: all organisations with what they have in hand."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> list[tuple[Organisation, Workload]]:
        """By category, then name."""
        all_ = await self.uow.organisations.all()
        loads = await self.uow.organisations.workloads(o.id for o in all_)
        order = {c: n for n, c in enumerate(self.community.categories)}
        all_.sort(key=lambda o: (order.get(o.category, 99), o.name))
        return [(o, loads.get(o.id, Workload())) for o in all_]


class ShowOrganisation(UseCase):
    """`/org`: one organisation with its leads."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(
        self, actor: Actor, organisation_id: int
    ) -> tuple[Organisation, Workload, list[Person]]:
        """Raises NotFound."""
        organisation = await self.organisation(organisation_id)
        loads = await self.uow.organisations.workloads([organisation.id])
        leads = await self.uow.organisations.leads(organisation.id)
        return organisation, loads.get(organisation.id, Workload()), leads


class ListProviders(UseCase):
    """Who offers an item, for the service menu."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, item: str) -> list[Organisation]:
        """Phones are left out; they are the organisation's own business until work is accepted."""
        self.community.catalogue.item(item)
        return [replace(o, phone="") for o in await self.uow.organisations.offering(item)]


class MarkUnreachable(UseCase):
    """The messenger says that somebody blocked the bot (or is back)."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, person_id: int, *, reachable: bool) -> None:
        """Workers hear of it when open requests depended on the person."""
        person = await self.uow.people.get(person_id)
        if person is None or person.reachable == reachable:
            return
        await self.uow.people.save(replace(person, reachable=reachable))
        if reachable:
            return
        needed = {
            r.number
            for r in await self.uow.requests.of_resident(person_id, open_only=True)
            if r.status not in CLOSED
        }
        led = await self.uow.organisations.led_by(person_id)
        needed |= {r.number for r in await self.uow.requests.of_organisations(led, IN_WORK)}
        for offer in await self.uow.offers.open_of_organisations(led):
            needed.add((await self.request(offer.request_id)).number)
        self.uow.record(PersonUnreachable(person.id, person.name, tuple(sorted(needed))))
