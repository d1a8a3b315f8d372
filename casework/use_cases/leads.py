"""What the lead of an organisation does with a task."""

from __future__ import annotations

from dataclasses import dataclass

from casework.audit import Act
from casework.books.ledgers import ProblemKind
from casework.entities import Note, Offer, Request, WorkReport
from casework.errors import AlreadyTaken, BadValue, NotAllowed, NotFound, PartsOpen, WrongState
from casework.events import (
    EmergencyTaken,
    NeedsTriage,
    NoteAdded,
    OfferDeclined,
    RequestAccepted,
    ResidentAsked,
    WorkDone,
    WorkStarted,
)
from casework.permissions import Actor, Permission, Role, system
from casework.policy import Mode
from casework.promises import clocks
from casework.statuses import IN_WORK, NoteKind, OfferStatus, RequestStatus, TimerKind, TriageReason
from casework.transitions import Action, can
from casework.use_case import UseCase
from casework.use_cases.dispatch import pass_on, refusal, release
from casework.use_cases.ledgers import RaiseProblem
from casework.use_cases.parts import end_team, open_parts


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something sent along: the messenger's file id and kind (photo, voice, video, document, location)."""

    file_id: str = ""
    kind: str = ""


class LeadCase(UseCase):
    """What all of a lead's use cases share: only the own organisation's things."""

    async def own_offer(self, actor: Actor, offer_id: int) -> tuple[Offer, Request]:
        """The offer and its request. Raises NotFound also for another organisation's."""
        offer = await self.uow.offers.get(offer_id)
        if offer is None or not actor.leads(offer.organisation_id):
            raise NotFound(what="offer", id=offer_id)
        return offer, await self.request(offer.request_id)

    async def own_work(self, actor: Actor, request_id: int) -> Request:
        """A request that the actor's organisation has taken. Raises NotAllowed, WrongState."""
        request = await self.request(request_id)
        if not actor.leads(request.organisation_id):
            raise NotAllowed(what="request")
        if request.status not in IN_WORK:
            raise WrongState(number=request.number, status=request.status.value, action="work")
        return request

    async def parts_are_over(self, request: Request) -> None:
        """Raises PartsOpen while a helper of the team still owes a part."""
        if request.mode is Mode.TEAM and (left := await open_parts(self, request)):
            raise PartsOpen(number=request.number, count=len(left))

    async def note(
        self, actor: Actor, request: Request, kind: NoteKind, text: str, attached: Attachment
    ) -> Note:
        """Add a note by a lead."""
        return await self.uow.notes.add(
            Note(
                0,
                self.community.id,
                request.id,
                actor.person_id or 0,
                Role.LEAD.value,
                kind,
                text,
                self.now,
                attached.file_id,
                attached.kind,
            )
        )


class AcceptOffer(LeadCase):
    """Take the task; phone and room become visible. One organisation gets it, others are told."""

    permission = Permission.ANSWER_OFFER

    async def __call__(self, actor: Actor, offer_id: int) -> Request:
        """Raises AlreadyTaken when somebody was faster, WrongState when it is no longer offered.

        A second press by the same organisation returns the request as it stands.
        """
        offer, request = await self.own_offer(actor, offer_id)
        if offer.status is OfferStatus.ACCEPTED and actor.leads(request.organisation_id):
            return request
        if not await self.uow.offers.decide(offer, OfferStatus.ACCEPTED, self.now, actor.person_id):
            raise AlreadyTaken(number=request.number)
        if request.status is not RequestStatus.OFFERED:
            raise WrongState(number=request.number, status=request.status.value, action="accept")
        organisation = await self.organisation(offer.organisation_id)
        taken_by = request.taken_by or (actor.person_id if request.urgent else None)
        moved = await self.move(
            request,
            Action.ACCEPT,
            actor,
            Role.LEAD,
            organisation.name,
            organisation_id=organisation.id,
            taken_by=taken_by,
            started_at=None,
        )
        await release(self, moved, "taken", keep=offer)
        self.audit(Act.ACCEPTED, actor, moved.id, organisation=organisation.id)
        self.uow.record(RequestAccepted(moved, organisation, actor.person_id or 0))
        if request.urgent and request.taken_by is None:
            self.uow.record(EmergencyTaken(moved, actor.person_id or 0, organisation))
        return moved


class DeclineOffer(LeadCase):
    """Say no with a reason; the next best organisation is asked."""

    permission = Permission.ANSWER_OFFER

    async def __call__(self, actor: Actor, offer_id: int, reason: str) -> Request:
        """Raises AlreadyTaken when the offer is no longer open."""
        offer, request = await self.own_offer(actor, offer_id)
        if not await self.uow.offers.decide(offer, OfferStatus.DECLINED, self.now, actor.person_id, reason):
            raise AlreadyTaken(number=request.number)
        organisation = await self.organisation(offer.organisation_id)
        if can(request, Action.REFUSE):
            why = refusal(organisation, reason)
            request = await self.move(request, Action.REFUSE, actor, Role.LEAD, why)
        self.uow.record(OfferDeclined(request, organisation, reason, actor.person_id or 0))
        return await pass_on(self, system(self.community.id), request)


class StartWork(LeadCase):
    """On the way."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Raises WrongState when it has begun already, or while a question is open."""
        request = await self.own_work(actor, request_id)
        if request.started_at is not None:
            raise WrongState(number=request.number, status=request.status.value, action="start")
        moved = await self.move(request, Action.START, actor, Role.LEAD, started_at=self.now)
        self.uow.record(WorkStarted(moved, await self.organisation(moved.organisation_id)))
        return moved


class AskResident(LeadCase):
    """Ask back; the clock stops until the resident answers."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, question: str) -> Request:
        """Raises WrongState while an earlier question is open."""
        request = await self.own_work(actor, request_id)
        if not question.strip():
            raise BadValue(field="question")
        note = await self.note(actor, request, NoteKind.QUESTION, question, Attachment())
        moved = await self.move(request, Action.ASK, actor, Role.LEAD, question)
        await self.uow.timers.clear(moved.id)
        await clocks.watch_answer(self.uow, moved, self.now)
        organisation = await self.organisation(moved.organisation_id)
        self.uow.record(ResidentAsked(moved, organisation, note))
        return moved


class AddProgress(LeadCase):
    """Words or a photo for the resident while the work goes on."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, text: str, attached: Attachment) -> Request:
        """Raises BadValue when there is nothing in it."""
        request = await self.own_work(actor, request_id)
        if not text.strip() and not attached.file_id:
            raise BadValue(field="note")
        note = await self.note(actor, request, NoteKind.PROGRESS, text, attached)
        self.uow.record(NoteAdded(request, await self.organisation(request.organisation_id), note))
        return request


class CompleteWork(LeadCase):
    """Say that it is done, with proof; the resident is asked whether it is."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, report: WorkReport) -> Request:
        """Hours 0..1000, people 0..1000. Raises BadValue, WrongState."""
        request = await self.own_work(actor, request_id)
        if not 0 <= report.hours <= 1000:
            raise BadValue(field="hours")
        if not 0 <= report.people <= 1000:
            raise BadValue(field="people")
        await self.uow.timers.clear(request.id)
        await self.parts_are_over(request)
        moved = await self.move(request, Action.COMPLETE, actor, Role.LEAD, report.words, done_at=self.now)
        organisation = await self.organisation(moved.organisation_id)
        await self.uow.notes.add_report(moved.id, organisation.id, report, self.now)
        self.uow.record(WorkDone(moved, organisation, report))
        return moved


class HandBack(LeadCase):
    """Give accepted work back with a reason; a worker decides who gets it."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, reason: str) -> Request:
        """Returns the request in triage."""
        request = await self.own_work(actor, request_id)
        organisation = await self.organisation(request.organisation_id)
        await self.uow.timers.clear(request.id)
        await end_team(self, request, "reassigned")
        self.uow.record(OfferDeclined(request, organisation, reason, actor.person_id or 0))
        moved = await self.move(
            request,
            Action.HAND_BACK,
            actor,
            Role.LEAD,
            refusal(organisation, reason),
            organisation_id=None,
            triage_reason=TriageReason.HANDED_BACK,
        )
        self.uow.record(NeedsTriage(moved, TriageReason.HANDED_BACK))
        await self.other(RaiseProblem)(
            system(self.community.id), moved, ProblemKind.REFUSED, organisation_id=organisation.id
        )
        return moved


class TakeEmergency(UseCase):
    """「我来处理」 by a lead or a worker: the repeated calls stop."""

    permission = Permission.TAKE_EMERGENCY

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """A lead of a called organisation also accepts for it; a worker takes it as a person.

        Raises NotAllowed for a lead who was not called, AlreadyTaken when another human was faster.
        """
        request = await self.request(request_id)
        if not request.urgent:
            raise WrongState(number=request.number, status=request.status.value, action="take")
        if request.taken_by == actor.person_id:
            return request
        if request.taken_by is not None:
            raise AlreadyTaken(number=request.number)
        offers = await self.uow.offers.of_request(request.id)
        mine = [o for o in offers if actor.leads(o.organisation_id) and o.status is OfferStatus.OPEN]
        if mine and request.status is RequestStatus.OFFERED:
            return await self.other(AcceptOffer)(actor, mine[0].id)
        if not actor.is_admin():
            raise NotAllowed(what="request")
        taken = request.with_(taken_by=actor.person_id, version=request.version + 1)
        await self.uow.requests.save(taken)
        await self.uow.timers.clear(request.id, [TimerKind.REPEAT_EMERGENCY])
        self.uow.record(EmergencyTaken(taken, actor.person_id or 0, None))
        return taken
