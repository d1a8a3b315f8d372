"""Between resident and organisation: questions before a yes, splitting, handing on, another need."""

from __future__ import annotations

from casework.between_events import HandOnProposed, HandOnRefused, NeedCorrected, RequestSplit, SplitProposed
from casework.entities import HistoryEntry, Organisation, Request
from casework.errors import BadValue, NotFound, WrongState
from casework.events import (
    ResidentAsked,
)
from casework.giving import matching
from casework.giving.decisions import How
from casework.permissions import Actor, Permission, Role, system
from casework.statuses import BEFORE_WORK, CLOSED, NoteKind, OfferStatus, RequestStatus
from casework.steps import PROPOSE_HAND_ON, PROPOSE_SPLIT, REFUSE_HAND_ON, SPLIT, unmoved
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.deciding import keep_decision
from casework.use_cases.dispatch import DispatchRequest, MakeOffer, release
from casework.use_cases.filing import AddRequest
from casework.use_cases.leads import Attachment, LeadCase
from casework.use_cases.residents import ResidentCase

#: Nothing can be divided or handed on any more.
_OVER = CLOSED | {RequestStatus.DONE, RequestStatus.REOPEN_REQUESTED}


class AskBeforeAccepting(LeadCase):
    """Something that must be known before a yes or no; the time to answer runs on."""

    permission = Permission.ANSWER_OFFER

    async def __call__(self, actor: Actor, offer_id: int, question: str) -> Request:
        """Raises WrongState when the offer is no longer open, BadValue without words."""
        offer, request = await self.own_offer(actor, offer_id)
        if offer.status is not OfferStatus.OPEN or request.status is not RequestStatus.OFFERED:
            raise WrongState(number=request.number, status=request.status.value, action="ask")
        if not question.strip():
            raise BadValue(field="question")
        note = await self.note(actor, request, NoteKind.QUESTION, question, Attachment())
        organisation = await self.organisation(offer.organisation_id)
        self.uow.record(ResidentAsked(request, organisation, note))
        return request


class ListQuestions(ResidentCase):
    """Own requests about which an organisation waits for an answer, newest first."""

    async def __call__(self, actor: Actor) -> list[tuple[Request, str]]:
        """Asked while the work waits, or before a yes and not answered since; each with the question."""
        mine = await self.uow.requests.of_resident(actor.person_id or 0, open_only=True)
        may_wait = [r for r in mine if r.status in (RequestStatus.OFFERED, RequestStatus.WAITING_RESIDENT)]
        found = [(r, await self._question(r)) for r in may_wait]
        return [(r, q) for r, q in found if q or r.status is RequestStatus.WAITING_RESIDENT]

    async def _question(self, request: Request) -> str:
        """The last question, if nothing was said since by the resident."""
        notes = await self.uow.notes.of_request(request.id)
        said = [n for n in notes if n.kind is NoteKind.QUESTION or n.author_role == Role.RESIDENT.value]
        return said[-1].text if said and said[-1].kind is NoteKind.QUESTION else ""


class CorrectNeed(ResidentCase):
    """「不是水管，是暖气」: filed anew before anybody works on it, else told to whoever does."""

    async def __call__(self, actor: Actor, request_id: int, item: str, words: str, summary: str) -> Request:
        """Raises WrongState when it is done or closed, BadValue for the same item, NotFound for no item."""
        request = await self.own(actor, request_id)
        if request.status in _OVER:
            raise WrongState(number=request.number, status=request.status.value, action="change")
        category, old = self.community.category_of(item), request.item
        if item == old:
            raise BadValue(field="item")
        organisations = await self.concerned(request)
        described = {
            "description": f"{request.description}\n{words}",
            "summary": f"{request.summary}\n{summary}",
        }
        if request.status not in BEFORE_WORK or request.urgent:
            said = request.with_(**described, version=request.version + 1)
            await self.uow.requests.save(said)
            self.uow.record(NeedCorrected(said, organisations, old, item, words, moved=False))
            return said
        await release(self, request, "recategorised")
        moved = await self.move(
            request,
            Action.RECATEGORISE,
            actor,
            Role.RESIDENT,
            f"{old}→{item}",
            item=item,
            category=category,
            mode=self.community.policy.mode_of(item),
            organisation_id=None,
            **described,
        )
        self.uow.record(NeedCorrected(moved, organisations, old, item, words, moved=True))
        return await self.other(DispatchRequest)(system(self.community.id), moved)


class AskForSplit(LeadCase):
    """A lead says that it is more than one thing."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, words: str) -> Request:
        """`words` say what is left for others. Raises BadValue without any."""
        request = await self.own_work(actor, request_id)
        if not words.strip():
            raise BadValue(field="words")
        kept = request.with_(version=request.version + 1)
        await self.uow.requests.save(kept, unmoved(kept, PROPOSE_SPLIT, actor, Role.LEAD, self.now, words))
        self.uow.record(SplitProposed(kept, await self.organisation(kept.organisation_id), words))
        return kept


class SplitRequest(UseCase):
    """One becomes two: the first stays where it is, the second is given out for itself."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, request_id: int, item: str, words: str, summary: str
    ) -> tuple[Request, Request]:
        """Returns both. `words` and `item` are the second's. Raises WrongState, BadValue, NotFound."""
        parent = await self.request(request_id)
        if parent.status in _OVER:
            raise WrongState(number=parent.number, status=parent.status.value, action=SPLIT)
        if not words.strip():
            raise BadValue(field="words")
        child = await self.other(AddRequest).add(
            actor,
            item,
            words,
            summary,
            parent.details,
            bundle=parent.bundle,
            parent=parent,
        )
        kept = parent.with_(version=parent.version + 1)
        entry = unmoved(kept, SPLIT, actor, Role.ADMIN, self.now, f"{child.number} {words}")
        await self.uow.requests.save(kept, entry)
        self.uow.record(RequestSplit(child, kept, await self._holders(kept)))
        return kept, await self.other(DispatchRequest)(system(self.community.id), child)

    async def _holders(self, request: Request) -> tuple[Organisation, ...]:
        offers = await self.uow.offers.of_request(request.id)
        ids = {o.organisation_id for o in offers if o.status is OfferStatus.OPEN}
        ids |= {request.organisation_id} if request.organisation_id else set()
        return tuple([await self.organisation(i) for i in sorted(ids)])


class SuggestHandOn(LeadCase):
    """Who else could take work in hand, best first."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, limit: int = 6) -> list[matching.Candidate]:
        """Those who had their turn are left out."""
        request = await self.own_work(actor, request_id)
        ranking = await self.other(DispatchRequest).ranking(request)
        return list(ranking.candidates[:limit])


class ProposeHandOn(LeadCase):
    """Name who should take it, and why; a worker decides, or nobody need to where the community says so."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, request_id: int, organisation_id: int, reason: str) -> Request:
        """Raises BadValue without a reason, or for the own or a resting organisation."""
        request = await self.own_work(actor, request_id)
        to = await self.organisation(organisation_id)
        if not reason.strip():
            raise BadValue(field="reason")
        if to.id == request.organisation_id or not to.active:
            raise BadValue(field="organisation")
        holder = await self.organisation(request.organisation_id)
        asked = request.with_(version=request.version + 1)
        entry = unmoved(asked, PROPOSE_HAND_ON, actor, Role.LEAD, self.now, f"{to.name}\n{reason}")
        await self.uow.requests.save(asked, entry)
        if self.community.policy.hand_on_directly:
            return await _hand_on(self, actor, Role.LEAD, asked, holder, to)
        self.uow.record(HandOnProposed(asked, holder, to, reason))
        return asked


class DecideHandOn(UseCase):
    """A worker's answer to it."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, request_id: int, organisation_id: int, *, approve: bool, reason: str = ""
    ) -> Request:
        """Raises NotFound when nobody proposed it, or when that was decided already."""
        request = await self.request(request_id)
        to = await self.organisation(organisation_id)
        proposal = await self._open_proposal(request, to)
        if proposal is None:
            raise NotFound(what="proposal", id=request_id)
        holder = await self.organisation(request.organisation_id)
        if approve:
            return await _hand_on(self, actor, Role.ADMIN, request, holder, to)
        kept = request.with_(version=request.version + 1)
        entry = unmoved(kept, REFUSE_HAND_ON, actor, Role.ADMIN, self.now, f"{to.name}\n{reason}".strip())
        await self.uow.requests.save(kept, entry)
        self.uow.record(HandOnRefused(kept, holder, to, reason))
        return kept

    async def _open_proposal(self, request: Request, to: Organisation) -> HistoryEntry | None:
        """The proposal to hand it on to `to`, if nothing was decided and nobody else has it since."""
        found: HistoryEntry | None = None
        for entry in await self.uow.requests.history(request.id):
            if entry.action == PROPOSE_HAND_ON:
                found = entry
            elif entry.action in _ENDS_PROPOSAL:
                found = None
        name = found.reason.partition("\n")[0] if found else ""
        return found if found and name == to.name and request.status not in _OVER | BEFORE_WORK else None


#: Whoever proposed it does not have it any more, or was answered.
_ENDS_PROPOSAL = frozenset(
    {
        REFUSE_HAND_ON,
        Action.ASSIGN.value,
        Action.HAND_BACK.value,
        Action.TRIAGE.value,
        Action.RECATEGORISE.value,
        Action.COMPLETE.value,
    }
)


async def _hand_on(
    case: UseCase, actor: Actor, role: Role, request: Request, holder: Organisation, to: Organisation
) -> Request:
    """Offered to the named one; the history tells from whom to whom."""
    await keep_decision(case, request, How.HANDED_ON, (to.id,), by=actor.person_id)
    await release(case, request, "handed_on")
    return await case.other(MakeOffer)(
        system(case.community.id),
        request,
        to,
        None,
        Action.ASSIGN,
        f"{holder.name} → {to.name}",
        role,
        by=actor,
    )
