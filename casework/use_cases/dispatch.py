"""How a filed request finds an organisation: offers one after another, emergencies to all at once."""

from __future__ import annotations

from dataclasses import replace

from casework.books.believing import TO_CALL_LIST
from casework.books.calls import CallReason
from casework.entities import Offer, Organisation, Request
from casework.events import (
    EmergencyRaised,
    NeedsTriage,
    OfferExpired,
    OfferMade,
    OfferWithdrawn,
    PoolOpened,
    SolvedAsked,
)
from casework.giving import matching
from casework.giving.decisions import How
from casework.permissions import Actor, Permission, Role
from casework.policy import Mode
from casework.promises import clocks, deadlines
from casework.statuses import (
    BEFORE_WORK,
    IN_WORK,
    OfferStatus,
    RequestStatus,
    Standing,
    TimerKind,
    TriageReason,
)
from casework.transitions import Action, can
from casework.use_case import UseCase
from casework.use_cases.call_list import PutOnCallList
from casework.use_cases.deciding import keep_decision
from casework.use_cases.ledgers import note_that_nobody_would
from casework.use_cases.parts import TEAM_OF, ask_part, end_team

#: What concerns nobody but those who have it.
_OF_HOLDERS = frozenset({TimerKind.OFFER_REMINDER, TimerKind.OFFER_EXPIRES, TimerKind.ASK_SOLVED})
#: The reason in the history of a request that was held out to all.
POOL = "pool"
_HAD_THEIR_TURN = frozenset({OfferStatus.DECLINED, OfferStatus.EXPIRED, OfferStatus.ACCEPTED})


class DispatchRequest(UseCase):
    """Offer the request to the best organisation that was not asked yet, or send it to triage."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self, actor: Actor, request: Request, exclude: frozenset[int] = frozenset()
    ) -> Request:
        """Returns the request as offered or in triage. `exclude` are organisations not to ask."""
        # Danger waits for no claims.
        mode = Mode.DIRECT if request.urgent else request.mode
        if mode is Mode.MEETING:
            return await self.other(SendToTriage)(actor, request, TriageReason.WAITS_FOR_MEETING)
        ranking = await self.ranking(request, exclude)
        if not ranking.candidates:
            await keep_decision(self, request, How.NOBODY, (), ranking)
            return await self.other(SendToTriage)(actor, request, TriageReason.NOBODY_TO_OFFER)
        if mode is Mode.POOL:
            return await self.other(OpenPool)(actor, request, ranking, Action.OFFER)
        team = ranking.candidates[:TEAM_OF] if mode is Mode.TEAM else ranking.candidates[:1]
        how = How.TEAM if mode is Mode.TEAM else How.DIRECT
        await keep_decision(self, request, how, (c.organisation.id for c in team), ranking)
        best = team[0]
        moved = await self.other(MakeOffer)(actor, request, best.organisation, best, Action.OFFER)
        for helper in team[1:]:
            await ask_part(self, moved, helper.organisation)
        return moved

    async def had_their_turn(self, request: Request) -> set[int]:
        """Organisations that refused, kept silent or took it once; a withdrawn offer may come again."""
        offers = await self.uow.offers.of_request(request.id)
        return {o.organisation_id for o in offers if o.status in _HAD_THEIR_TURN}

    async def ranking(
        self, request: Request, exclude: frozenset[int] = frozenset(), *, again: bool = False
    ) -> matching.Ranking:
        """Who could take it, best first, and who could not, with the reasons. `again`: also those who had
        their turn."""
        asked = set() if again else await self.had_their_turn(request)
        suited = await self.uow.organisations.suited(request.item, request.category)
        others = await self.uow.organisations.count() - len(suited)
        workloads = await self.uow.organisations.workloads(o.id for o in suited)
        ranking = matching.rank(request, suited, workloads, self.now, self.community, asked, exclude)
        return replace(ranking, unfit=ranking.unfit + others)

    async def candidates(
        self, request: Request, exclude: set[int] | frozenset[int]
    ) -> list[matching.Candidate]:
        """Who could take it, best first, with the reasons."""
        return (await self.ranking(request, frozenset(exclude), again=True)).candidates


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
        await clocks.watch_offer(self.uow, self.community, moved, offer)
        self.uow.record(OfferMade(moved, offer, organisation))
        return moved


class OpenPool(UseCase):
    """点单认领: hold the request out to everybody who can do it; the first yes wins."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self,
        actor: Actor,
        request: Request,
        ranking: matching.Ranking,
        action: Action,
        as_role: Role = Role.SYSTEM,
        by: Actor | None = None,
    ) -> Request:
        """Nobody holds it until then, so workers see to it. `by` is the worker who chose this way."""
        due = deadlines.answer_due(self.community, request.item, self.now, urgent=request.urgent)
        person = by.person_id if by else None
        chosen = [c.organisation.id for c in ranking.candidates]
        await keep_decision(self, request, How.POOL, chosen, ranking, person)
        moved = await self.move(
            request,
            action,
            by or actor,
            as_role,
            POOL,
            organisation_id=None,
            answer_due=due,
            triage_reason=None,
            mode=Mode.POOL,
        )
        offers = []
        for candidate in ranking.candidates:
            its_id = candidate.organisation.id
            offer = await self.uow.offers.add(moved, its_id, self.now, due, candidate.score, candidate.parts)
            await clocks.watch_offer(self.uow, self.community, moved, offer)
            offers.append((offer, candidate.organisation))
        self.uow.record(PoolOpened(moved, tuple(offers)))
        return moved


class SendToTriage(UseCase):
    """Put the request before a worker."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request: Request, why: TriageReason) -> Request:
        """Returns the request in triage; open offers are withdrawn, and a team is dissolved."""
        await end_team(self, request, why.value)
        moved = await self.move(
            request, Action.TRIAGE, actor, Role.SYSTEM, why.value, organisation_id=None, triage_reason=why
        )
        self.uow.record(NeedsTriage(moved, why))
        if why is TriageReason.NOBODY_TO_OFFER:
            await note_that_nobody_would(self, actor, moved)
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
            await keep_decision(self, moved, How.EMERGENCY, (o.id for o in helpers))
            for organisation in helpers:
                await self.uow.offers.add(moved, organisation.id, self.now, due, 1.0, ())
        self.uow.record(EmergencyRaised(moved, tuple(helpers)))
        await self.uow.timers.set(
            TimerKind.REPEAT_EMERGENCY, moved.id, deadlines.repeat_emergency_at(self.now, 0), step=1
        )
        return moved

    async def helpers(self) -> list[Organisation]:
        """The organisations called in an emergency."""
        active = await self.uow.organisations.all(active_only=True)
        return [o for o in active if o.emergency and o.standing is not Standing.BLACK]


class RepeatEmergency(UseCase):
    """Call everybody again while no human has said 「我来处理」."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int) -> None:
        """Stops by itself once somebody took it or it is no longer open."""
        request = await self.request(request_id)
        if request.taken_by is not None or request.status not in BEFORE_WORK:
            return
        if step == 0:
            # Workers had their moment to look; unless one decided, it is called out now.
            if request.triage_reason is TriageReason.MANY_EMERGENCIES:
                await self.other(RaiseEmergency)(actor, request)
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


class AskSolved(UseCase):
    """Ask the resident once more whether it is solved; in the end somebody rings up."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int) -> None:
        """Only while the organisation's word is all we have. Who cannot be asked here is rung up at once."""
        request = await self.request(request_id)
        if request.status is not RequestStatus.DONE:
            return
        resident = await self.uow.people.get(request.resident_id)
        if step >= TO_CALL_LIST or resident is None or not resident.reachable:
            await self.other(PutOnCallList)(actor, request, CallReason.SILENT)
        else:
            self.uow.record(SolvedAsked(request, step))


def refusal(organisation: Organisation, reason: str) -> str:
    """How the history keeps who said no and why: the name, and in a second line a code or own words."""
    return f"{organisation.name}\n{reason}".strip()


async def pass_on(case: UseCase, actor: Actor, request: Request) -> Request:
    """After a refusal or silence: the next best, unless another offer is still open.

    When nobody of a pool wants it, or who was to lead a team, a worker decides.
    """
    still_open = [o for o in await case.uow.offers.of_request(request.id) if o.status is OfferStatus.OPEN]
    if still_open or not can(request, Action.OFFER):
        return request
    if request.mode in (Mode.POOL, Mode.TEAM) and not request.urgent:
        return await case.other(SendToTriage)(actor, request, TriageReason.NOBODY_CLAIMED)
    return await case.other(DispatchRequest)(actor, request)


async def release(case: UseCase, request: Request, why: str, keep: Offer | None = None) -> None:
    """Nobody but the holder of `keep` has the request any more; timers stop, who lost it is told.

    The calls for an emergency go on: they end when a human says 「我来处理」, or with the request. So does
    the time to solve it, which was promised to the resident whoever has it.
    """
    calling = request.urgent and request.taken_by is None
    stopped = _OF_HOLDERS if calling else _OF_HOLDERS | {TimerKind.REPEAT_EMERGENCY}
    await case.uow.timers.clear(request.id, stopped)
    lost = {
        offer.organisation_id
        for offer in await case.uow.offers.of_request(request.id)
        if offer.status is OfferStatus.OPEN
        and (keep is None or offer.id != keep.id)
        and await case.uow.offers.decide(offer, OfferStatus.WITHDRAWN, case.now, None, why)
    }
    if keep is None:
        await end_team(case, request, why)
    if keep is None and request.status in IN_WORK and request.organisation_id:
        lost.add(request.organisation_id)
    for organisation_id in sorted(lost):
        case.uow.record(OfferWithdrawn(request, await case.organisation(organisation_id), why))
