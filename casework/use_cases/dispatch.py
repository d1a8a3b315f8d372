"""How a filed request finds an organisation: offers one after another, emergencies to all at once."""

from __future__ import annotations

from casework import deadlines, matching
from casework.entities import Offer, Organisation, Request
from casework.events import (
    EmergencyRaised,
    NeedsTriage,
    OfferExpired,
    OfferMade,
    OfferReminder,
    OfferWithdrawn,
    ResolveReminder,
    SolvedAsked,
)
from casework.permissions import Actor, Permission, Role
from casework.statuses import BEFORE_WORK, IN_WORK, OfferStatus, RequestStatus, TimerKind, TriageReason
from casework.transitions import Action, can
from casework.use_case import UseCase

_HAD_THEIR_TURN = frozenset({OfferStatus.DECLINED, OfferStatus.EXPIRED, OfferStatus.ACCEPTED})


class DispatchRequest(UseCase):
    """Offer the request to the best organisation that was not asked yet, or send it to triage."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self, actor: Actor, request: Request, exclude: frozenset[int] = frozenset()
    ) -> Request:
        """Returns the request as offered or in triage. `exclude` are organisations not to ask."""
        candidates = await self.candidates(request, await self.had_their_turn(request) | exclude)
        if not candidates:
            return await self.other(SendToTriage)(actor, request, TriageReason.NOBODY_TO_OFFER)
        best = candidates[0]
        return await self.other(MakeOffer)(actor, request, best.organisation, best, Action.OFFER)

    async def had_their_turn(self, request: Request) -> set[int]:
        """Organisations that refused, kept silent or took it once; a withdrawn offer may come again."""
        offers = await self.uow.offers.of_request(request.id)
        return {o.organisation_id for o in offers if o.status in _HAD_THEIR_TURN}

    async def candidates(
        self, request: Request, exclude: set[int] | frozenset[int]
    ) -> list[matching.Candidate]:
        """Who could take it, best first, with the reasons."""
        organisations = await self.uow.organisations.all(active_only=True)
        workloads = await self.uow.organisations.workloads(o.id for o in organisations)
        return matching.rank(request, organisations, workloads, self.now, exclude)


class MakeOffer(UseCase):
    """Hold the request out to one organisation and start the clock."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self,
        actor: Actor,
        request: Request,
        organisation: Organisation,
        candidate: matching.Candidate | None,
        action: Action,
        reason: str = "",
        as_role: Role = Role.SYSTEM,
        by: Actor | None = None,
    ) -> Request:
        """`candidate` is None when a worker chose; `by` is the worker, for the history."""
        due = deadlines.answer_due(self.community, request.item, self.now, urgent=request.urgent)
        moved = await self.move(
            request,
            action,
            by or actor,
            as_role,
            reason or organisation.name,
            organisation_id=organisation.id,
            answer_due=due,
            triage_reason=None,
        )
        offer = await self.uow.offers.add(
            moved,
            organisation.id,
            self.now,
            due,
            candidate.score if candidate else 1.0,
            candidate.parts if candidate else (),
        )
        set_timer = self.uow.timers.set
        await set_timer(TimerKind.OFFER_REMINDER, moved.id, deadlines.halfway(self.now, due), offer.id)
        await set_timer(TimerKind.OFFER_EXPIRES, moved.id, due, offer.id)
        self.uow.record(OfferMade(moved, offer, organisation))
        return moved


class SendToTriage(UseCase):
    """Put the request before a worker."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request: Request, why: TriageReason) -> Request:
        """Returns the request in triage; open offers are withdrawn."""
        moved = await self.move(
            request, Action.TRIAGE, actor, Role.SYSTEM, why.value, organisation_id=None, triage_reason=why
        )
        self.uow.record(NeedsTriage(moved, why))
        return moved


class RaiseEmergency(UseCase):
    """Offer to every emergency organisation at the same time and call every worker."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request: Request) -> Request:
        """Returns the request as offered (or in triage when no organisation can be asked)."""
        helpers = await self.helpers()
        if not helpers:
            moved = await self.other(SendToTriage)(actor, request, TriageReason.NOBODY_TO_OFFER)
        else:
            due = deadlines.answer_due(self.community, request.item, self.now, urgent=True)
            moved = await self.move(request, Action.OFFER, actor, Role.SYSTEM, "emergency", answer_due=due)
            for organisation in helpers:
                await self.uow.offers.add(moved, organisation.id, self.now, due, 1.0, ())
        self.uow.record(EmergencyRaised(moved, tuple(helpers)))
        await self.uow.timers.set(
            TimerKind.REPEAT_EMERGENCY, moved.id, deadlines.repeat_emergency_at(self.now, 0), step=1
        )
        return moved

    async def helpers(self) -> list[Organisation]:
        """The organisations called in an emergency."""
        return [o for o in await self.uow.organisations.all(active_only=True) if o.emergency]


class RepeatEmergency(UseCase):
    """Call everybody again while no human has said 「我来处理」."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int) -> None:
        """Stops by itself once somebody took it or it is no longer open."""
        request = await self.request(request_id)
        if request.taken_by is not None or request.status not in BEFORE_WORK:
            return
        helpers = await self.other(RaiseEmergency).helpers()
        self.uow.record(EmergencyRaised(request, tuple(helpers), step))
        again = deadlines.repeat_emergency_at(self.now, step)
        await self.uow.timers.set(TimerKind.REPEAT_EMERGENCY, request.id, again, step=step + 1)


class ExpireOffer(UseCase):
    """The time of an offer has passed: the next best is asked."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, offer_id: int) -> None:
        """Does nothing when the offer was answered meanwhile."""
        offer = await self.uow.offers.get(offer_id)
        if offer is None:
            return
        # The request before its offers, always: two who lock in different orders wait for each other.
        request = await self.request(offer.request_id)
        if not await self.uow.offers.decide(offer, OfferStatus.EXPIRED, self.now, None):
            return
        organisation = await self.organisation(offer.organisation_id)
        if can(request, Action.LAPSE):
            request = await self.move(request, Action.LAPSE, actor, Role.SYSTEM, refusal(organisation, ""))
        self.uow.record(OfferExpired(request, organisation))
        await pass_on(self, actor, request)


class RemindOffer(UseCase):
    """Half of the time has passed."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, offer_id: int) -> None:
        """Does nothing when the offer was answered meanwhile, or when its end has come after a standstill."""
        offer = await self.uow.offers.get(offer_id)
        if offer is None or offer.status is not OfferStatus.OPEN or offer.expires_at <= self.now:
            return
        request = await self.request(offer.request_id)
        self.uow.record(OfferReminder(request, offer, await self.organisation(offer.organisation_id)))


class RemindResolve(UseCase):
    """The promised time to solve is near or over."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, *, late: bool) -> None:
        """Only while somebody works on it and is not waiting for the resident; of a missed end only once."""
        request = await self.request(request_id)
        over = request.resolve_due is not None and request.resolve_due <= self.now
        if over and not late:
            return
        if request.status in IN_WORK and request.status is not RequestStatus.WAITING_RESIDENT:
            organisation = await self.organisation(request.organisation_id)
            self.uow.record(ResolveReminder(request, organisation, late))


class AskSolved(UseCase):
    """Ask the resident once more whether it is solved."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int) -> None:
        """Only while the organisation's word is all we have."""
        request = await self.request(request_id)
        if request.status is RequestStatus.DONE:
            self.uow.record(SolvedAsked(request, step))


def refusal(organisation: Organisation, reason: str) -> str:
    """How the history keeps who said no and why: the name, and in a second line a code or own words."""
    return f"{organisation.name}\n{reason}".strip()


async def pass_on(case: UseCase, actor: Actor, request: Request) -> Request:
    """After a refusal or silence: the next best, unless another offer is still open."""
    still_open = [o for o in await case.uow.offers.of_request(request.id) if o.status is OfferStatus.OPEN]
    if still_open or not can(request, Action.OFFER):
        return request
    return await case.other(DispatchRequest)(actor, request)


async def release(case: UseCase, request: Request, why: str, keep: Offer | None = None) -> None:
    """Nobody but the holder of `keep` has the request any more; timers stop, who lost it is told.

    Only the calls for an emergency go on: they end when a human says 「我来处理」, or with the request.
    """
    calling = request.urgent and request.taken_by is None
    stopped = set(TimerKind) - {TimerKind.REPEAT_EMERGENCY} if calling else None
    await case.uow.timers.clear(request.id, stopped)
    lost = {
        offer.organisation_id
        for offer in await case.uow.offers.of_request(request.id)
        if offer.status is OfferStatus.OPEN
        and (keep is None or offer.id != keep.id)
        and await case.uow.offers.decide(offer, OfferStatus.WITHDRAWN, case.now, None, why)
    }
    if keep is None and request.status in IN_WORK and request.organisation_id:
        lost.add(request.organisation_id)
    for organisation_id in sorted(lost):
        case.uow.record(OfferWithdrawn(request, await case.organisation(organisation_id), why))


async def watch_resolution(case: UseCase, request: Request) -> None:
    """Set the reminders for the promised end; called whenever the clock starts or starts again."""
    due = request.resolve_due
    if due is None or due <= case.now:
        due = deadlines.resolve_due(case.community, request.item, case.now, urgent=request.urgent)
    warn_at = case.now + (due - case.now) * 0.8
    await case.uow.timers.set(TimerKind.RESOLVE_REMINDER, request.id, warn_at)
    await case.uow.timers.set(TimerKind.RESOLVE_DUE, request.id, due)
