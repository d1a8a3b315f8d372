"""What a resident does with a request of their own after it was filed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casework.books.ledgers import ProblemKind
from casework.entities import Details, Note, Organisation, Rating, Request
from casework.errors import BadValue, NeighboursObject, NotFound, TooLate, WrongState
from casework.events import (
    NoteAdded,
    ReopenRequested,
    RequestCancelled,
    RequestChanged,
    RequestConfirmed,
    RequestRated,
    RequestRestored,
    RequestUrged,
)
from casework.giving.decisions import How
from casework.giving.matching import may_be_asked
from casework.permissions import Actor, Permission, Role, system
from casework.statuses import BEFORE_WORK, CLOSED, IN_WORK, NoteKind, OfferStatus, RequestStatus
from casework.steps import CHANGE, URGE, unmoved
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.alike import LinkAlike
from casework.use_cases.corrections import CORRECT, corrected
from casework.use_cases.deciding import keep_decision
from casework.use_cases.dispatch import DispatchRequest, MakeOffer, RaiseEmergency
from casework.use_cases.evaluation import count_stars
from casework.use_cases.filing import RESTORE_WITHIN
from casework.use_cases.leads import Attachment
from casework.use_cases.ledgers import RaiseProblem
from casework.use_cases.parts import end_team


class ResidentCase(UseCase):
    """What all of a resident's use cases share: only their own requests."""

    permission = Permission.OWN_REQUEST

    async def own(self, actor: Actor, request_id: int) -> Request:
        """The actor's request. Raises NotFound also for somebody else's, which must not be known."""
        request = await self.uow.requests.get(request_id, lock=True)
        if request is None or request.resident_id != actor.person_id:
            raise NotFound(what="request", id=request_id)
        return request

    async def concerned(self, request: Request) -> tuple[Organisation, ...]:
        """The organisations that hold the request or an open offer of it."""
        ids = {
            o.organisation_id
            for o in await self.uow.offers.of_request(request.id)
            if o.status is OfferStatus.OPEN
        }
        if request.organisation_id and request.status not in CLOSED:
            ids.add(request.organisation_id)
        return tuple([await self.organisation(i) for i in sorted(ids)])


class CancelRequest(ResidentCase):
    """Take it back."""

    async def __call__(self, actor: Actor, request_id: int, reason: str = "") -> Request:
        """Raises WrongState when it is done or closed."""
        request = await self.own(actor, request_id)
        concerned = await self.concerned(request)
        moved = await self.move(request, Action.CANCEL, actor, Role.RESIDENT, reason)
        await end_team(self, moved, "cancelled")
        for offer in await self.uow.offers.of_request(moved.id):
            if offer.status is OfferStatus.OPEN:
                await self.uow.offers.decide(offer, OfferStatus.WITHDRAWN, self.now, None, "cancelled")
        await self.uow.timers.clear(moved.id)
        self.uow.record(RequestCancelled(moved, concerned, reason, by_resident=True))
        return moved


class RestoreRequest(ResidentCase):
    """Undo a cancellation within a day."""

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """The organisation that had it is asked again first; an emergency calls everybody anew.

        Raises WrongState when too late.
        """
        request = await self.own(actor, request_id)
        if self.now - request.updated_at > RESTORE_WITHIN:
            raise WrongState(number=request.number, status=request.status.value, action="restore")
        moved = await self.move(
            request, Action.RESTORE, actor, Role.RESIDENT, organisation_id=None, taken_by=None
        )
        self.uow.record(RequestRestored(moved))
        if moved.urgent:
            return await self.other(RaiseEmergency)(system(self.community.id), moved)
        before = await self.uow.organisations.get(request.organisation_id or 0)
        if before is None or not may_be_asked(before):
            return await self.other(DispatchRequest)(system(self.community.id), moved)
        await keep_decision(self, moved, How.BEFORE, (before.id,))
        return await self.other(MakeOffer)(
            system(self.community.id), moved, before, None, Action.OFFER, as_role=Role.SYSTEM
        )


class ConfirmSolved(ResidentCase):
    """「已解决」"""

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """A second press returns the request as it stands. Raises WrongState before it is done,
        NeighboursObject while a worker has yet to look at what a follower said."""
        request = await self.own(actor, request_id)
        if request.status is RequestStatus.CONFIRMED:
            return request
        if request.status is RequestStatus.REOPEN_REQUESTED and await self._others_object(request):
            raise NeighboursObject(number=request.number)
        moved = await self.move(request, Action.CONFIRM, actor, Role.RESIDENT)
        await self.uow.timers.clear(moved.id)
        organisation = await self.uow.organisations.get(moved.organisation_id or 0)
        self.uow.record(RequestConfirmed(moved, organisation))
        return moved

    async def _others_object(self, request: Request) -> bool:
        """Whether a follower has said no since it was last said to be done."""
        since = request.done_at or request.updated_at
        followers = await self.uow.followers.of_request(request.id)
        return any(f.unsolved_at is not None and f.unsolved_at >= since for f in followers)


class ReportUnsolved(ResidentCase):
    """「没解决」 or later words like 「还是漏」: a worker decides whether to reopen."""

    async def __call__(self, actor: Actor, request_id: int, words: str = "") -> Request:
        """Raises WrongState unless done or confirmed; a repeat only adds the words."""
        request = await self.own(actor, request_id)
        if request.status is RequestStatus.REOPEN_REQUESTED:
            if words:
                await self.other(AddResidentNote)(actor, request_id, words, Attachment())
            return request
        await self.uow.timers.clear(request.id)
        moved = await self.move(request, Action.REQUEST_REOPEN, actor, Role.RESIDENT, words)
        self.uow.record(ReopenRequested(moved, words))
        return moved


#: A first rating is welcome at any time; it can be changed for so long.
CHANGE_RATING_WITHIN = timedelta(days=7)


def may_rate(request: Request, before: Rating | None, now: datetime) -> bool:
    """Whether stars count now. A rating of work that was done anew since is a first one again."""
    if request.status is not RequestStatus.CONFIRMED:
        return False
    kept = _of_this_work(request, before)
    return kept is None or now - kept.at <= CHANGE_RATING_WITHIN


def _of_this_work(request: Request, before: Rating | None) -> Rating | None:
    anew = before is not None and request.done_at is not None and before.at < request.done_at
    return None if anew else before


class RateRequest(ResidentCase):
    """One to five stars with reasons to tap; late too, and to be changed for a while."""

    async def __call__(
        self, actor: Actor, request_id: int, stars: int, reasons: tuple[str, ...] = (), words: str = ""
    ) -> Rating:
        """Raises BadValue for stars outside 1..5, WrongState unless confirmed, TooLate to change them."""
        request = await self.own(actor, request_id)
        if request.status is not RequestStatus.CONFIRMED:
            raise WrongState(number=request.number, status=request.status.value, action="rate")
        if not 1 <= stars <= 5:
            raise BadValue(field="stars")
        before = await self.uow.notes.rating(request.id)
        if not may_rate(request, before, self.now):
            raise TooLate(number=request.number)
        # The time of the first press stays: a change does not win more time for changes.
        kept = _of_this_work(request, before)
        at = kept.at if kept else self.now
        rating = Rating(request.id, self.community.id, stars, reasons, at, words)
        await self.uow.notes.rate(rating)
        organisation = await self.uow.organisations.get(request.organisation_id or 0)
        await count_stars(self, request, rating)
        self.uow.record(RequestRated(request, organisation, rating))
        return rating


class UrgeRequest(ResidentCase):
    """「催办」: counted, shown to whoever holds the request; what is late goes up with it."""

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Only so often a day: the request comes back as it was when the day's count is full.

        The first word about a late one goes to the workers, a further one into the problem ledger.
        Raises WrongState when nobody owes anything on it any more.
        """
        request = await self.own(actor, request_id)
        if request.status in CLOSED:
            raise WrongState(number=request.number, status=request.status.value, action="urge")
        if not request.urgent and await self._today(request) >= self.community.policy.urges_a_day:
            return request
        late = self._late(request)
        urged = request.with_(
            urges=request.urges + 1,
            escalation=max(request.escalation, 1) if late else request.escalation,
            version=request.version + 1,
        )
        if late and request.escalation >= 1:
            urged = urged.with_(escalation=2)
        await self.uow.requests.save(urged, unmoved(urged, URGE, actor, Role.RESIDENT, self.now))
        self.uow.record(RequestUrged(urged, await self.concerned(urged), late))
        if late and urged.escalation == 2:
            kind = ProblemKind.LATE if urged.status in IN_WORK else ProblemKind.UNANSWERED
            await self.other(RaiseProblem)(system(self.community.id), urged, kind)
        return urged

    async def _today(self, request: Request) -> int:
        zone = ZoneInfo(self.community.timezone)
        today = self.now.astimezone(zone).date()
        entries = await self.uow.requests.history(request.id)
        return sum(e.action == URGE and e.at.astimezone(zone).date() == today for e in entries)

    def _late(self, request: Request) -> bool:
        if request.status is RequestStatus.WAITING_RESIDENT:
            return False
        due = request.resolve_due if request.status in IN_WORK else request.answer_due
        owed = request.status in IN_WORK | BEFORE_WORK
        return owed and due is not None and due < self.now


class AddResidentNote(ResidentCase):
    """Answer a question, or add words, a photo, voice or place for whoever works on it."""

    async def __call__(
        self, actor: Actor, request_id: int, text: str, attached: Attachment, summary: str = ""
    ) -> Request:
        """An answer to an open question restarts the clock. `summary` is what those may read of the text
        who were only asked so far."""
        request = await self.own(actor, request_id)
        if request.status in CLOSED:
            raise WrongState(number=request.number, status=request.status.value, action="note")
        if not text.strip() and not attached.file_id:
            raise BadValue(field="note")
        answering = request.status is RequestStatus.WAITING_RESIDENT
        note = await self.uow.notes.add(
            Note(
                0,
                self.community.id,
                request.id,
                actor.person_id or 0,
                Role.RESIDENT.value,
                NoteKind.ANSWER if answering else NoteKind.RESIDENT,
                text,
                self.now,
                attached.file_id,
                attached.kind,
            )
        )
        if answering:
            request = await self.move(request, Action.ANSWER, actor, Role.RESIDENT)
        organisation = await self.uow.organisations.get(request.organisation_id or 0)
        asked = await self.concerned(request) if request.status is RequestStatus.OFFERED else ()
        self.uow.record(NoteAdded(request, organisation, note, asked, summary))
        return request


class ChangeRequest(ResidentCase):
    """Change time, address, phone or words of an open request; the lead sees old and new."""

    async def __call__(
        self,
        actor: Actor,
        request_id: int,
        details: Details,
        words: str = "",
        summary: str = "",
        *,
        elsewhere: bool = False,
    ) -> Request:
        """`details` holds only what is new; `words` join the description, `summary` what all may see.

        `elsewhere`: the address is another place, not more about the known one.
        """
        request = await self.own(actor, request_id)
        if request.status in CLOSED or request.status is RequestStatus.DONE:
            raise WrongState(number=request.number, status=request.status.value, action="change")
        after = request.details.merged_with(details, elsewhere=elsewhere)
        fields = _changed_fields(request.details, after)
        if not fields and not words:
            raise BadValue(field="change")
        changed = request.with_(
            details=after,
            description=f"{request.description}\n{words}" if words else request.description,
            summary=f"{request.summary}\n{summary}" if summary else request.summary,
            updated_at=self.now,
            version=request.version + 1,
        )
        entry = unmoved(changed, CHANGE, actor, Role.RESIDENT, self.now, ",".join(fields))
        await self.uow.requests.save(changed, entry)
        self.uow.record(RequestChanged(changed, await self.concerned(changed), request.details, fields))
        if changed.urgent and "address" in fields:
            await self.other(LinkAlike)(system(self.community.id), changed)
        return changed


class CorrectWords(ResidentCase):
    """The description as its author writes it anew, with what that changes; history keeps the old words."""

    async def __call__(
        self, actor: Actor, request_id: int, old: tuple[str, str], new: tuple[str, str], details: Details
    ) -> Request:
        """`old` and `new` are (words, what all may see of them). Raises WrongState when done or closed,
        BadValue when the old words are not in the description."""
        request = await self.own(actor, request_id)
        if request.status in CLOSED or request.status is RequestStatus.DONE:
            raise WrongState(number=request.number, status=request.status.value, action=CORRECT)
        if not old[0] or old[0] not in request.description or not new[0].strip():
            raise BadValue(field="words")
        after = request.details.merged_with(details)
        changed = request.with_(
            details=after,
            description=request.description.replace(old[0], new[0], 1),
            summary=request.summary.replace(old[1], new[1], 1) if old[1] else request.summary,
            updated_at=self.now,
            version=request.version + 1,
        )
        entry = corrected(changed, actor, Role.RESIDENT, self.now, old[0], new[0])
        await self.uow.requests.save(changed, entry)
        fields = _changed_fields(request.details, after)
        concerned = await self.concerned(changed)
        self.uow.record(RequestChanged(changed, concerned, request.details, fields, old[0], new[0]))
        return changed


def _changed_fields(before: Details, after: Details) -> tuple[str, ...]:
    pairs = (
        ("address", before.address, after.address),
        ("phone", before.phone, after.phone),
        ("time", before.time_expr, after.time_expr),
        ("recipient", before.recipient, after.recipient),
    )
    return tuple(name for name, was, now in pairs if was != now)
