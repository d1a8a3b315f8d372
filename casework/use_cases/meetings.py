"""认领大会: a worker publishes a batch, organisations tick, at closing the best overall draw settles it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from casework.entities import Organisation, Request, Workload
from casework.errors import BadValue, Conflict, NotFound, TooLate
from casework.giving.assignment import free_hands
from casework.giving.decisions import How
from casework.giving.giving_events import MeetingEnded, MeetingOpened
from casework.giving.matching import Candidate, Ranker, Ranking
from casework.giving.meetings import Lot, Meeting, MeetingStatus, Tick
from casework.giving.solving import PLACED, Edge
from casework.permissions import Actor, Permission, Role
from casework.policy import Mode
from casework.promises.schedules import ScheduleKind
from casework.statuses import RequestStatus, TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.deciding import keep_decision
from casework.use_cases.leads import AcceptOffer

#: What a worker has to look at first is not for everybody's eyes yet.
_NOT_READY = frozenset({TriageReason.LOW_CONFIDENCE, TriageReason.ASKED_FOR_HUMAN})
MOST_LOTS = 60
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=14)


class _MeetingCase(UseCase):
    """What all about a meeting share."""

    async def ranker(self) -> tuple[Ranker, dict[int, Workload]]:
        """Ranks requests as organisations stand now."""
        organisations = await self.uow.organisations.all()
        loads = await self.uow.organisations.workloads(o.id for o in organisations)
        return Ranker(organisations, loads, self.now, self.community), loads

    async def waiting(self) -> list[Request]:
        """What can go to a meeting: in triage, not urgent, and sure what it is."""
        found = await self.uow.requests.with_status([RequestStatus.TRIAGE], 4 * MOST_LOTS)
        ready = [r for r in found if not r.urgent and r.triage_reason not in _NOT_READY]
        return sorted(ready, key=lambda r: r.mode is not Mode.MEETING)[:MOST_LOTS]

    async def lots_of(self, meeting: Meeting) -> list[Request]:
        """The requests of a meeting that still wait."""
        found = []
        for lot in await self.uow.meetings.lots(meeting.id):
            request = await self.uow.requests.get(lot.request_id)
            if request is not None and request.status is RequestStatus.TRIAGE:
                found.append(request)
        return found


class ListForMeeting(_MeetingCase):
    """What a worker could publish, those that wait for a meeting first."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor) -> list[Request]:
        """At most `MOST_LOTS`."""
        return await self.waiting()


class OpenMeeting(_MeetingCase):
    """Publish a batch; organisations that can do any of it are invited."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, closes_at: datetime, request_ids: Iterable[int] | None = None
    ) -> Meeting:
        """Without `request_ids` all that wait. Raises Conflict while another meeting is open, BadValue for a
        closing too near or too far, NotFound when there is nothing to publish."""
        if await self.uow.meetings.current() is not None:
            raise Conflict(what="meeting")
        if not SHORTEST <= closes_at - self.now <= LONGEST:
            raise BadValue(field="closes_at")
        wanted = None if request_ids is None else set(request_ids)
        requests = [r for r in await self.waiting() if wanted is None or r.id in wanted]
        if not requests:
            raise NotFound(what="request", id=None)
        meeting = await self.uow.meetings.open(
            Meeting(0, self.community.id, actor.person_id or 0, self.now, closes_at), (r.id for r in requests)
        )
        for n, request in enumerate(requests):
            meant = request.with_(mode=Mode.MEETING, version=request.version + 1)
            await self.uow.requests.save(meant)
            requests[n] = meant
        await self.uow.schedules.plan(ScheduleKind.MEETING_CLOSES, closes_at, meeting.id)
        ranker, _ = await self.ranker()
        invited: dict[int, list[int]] = {}
        for request in requests:
            for candidate in ranker.rank(request).candidates:
                invited.setdefault(candidate.organisation.id, []).append(request.id)
        lots = {its_id: tuple(ids) for its_id, ids in sorted(invited.items())}
        self.uow.record(MeetingOpened(meeting, tuple(requests), lots))
        return meeting


class SeeMeeting(_MeetingCase):
    """The open meeting with its requests and ticks, for workers."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor) -> tuple[Meeting, list[Request], list[Tick]] | None:
        """None when none is open."""
        meeting = await self.uow.meetings.current()
        if meeting is None:
            return None
        return meeting, await self.lots_of(meeting), await self.uow.meetings.ticks(meeting.id)


class SeeLots(_MeetingCase):
    """What an organisation could take at a meeting, and what it has ticked."""

    permission = Permission.ANSWER_OFFER

    async def __call__(
        self, actor: Actor, meeting_id: int
    ) -> tuple[Meeting, list[tuple[Organisation, list[Request], frozenset[int]]]]:
        """For each organisation that the actor leads. Raises NotFound."""
        meeting = await self.uow.meetings.get(meeting_id)
        if meeting is None:
            raise NotFound(what="meeting", id=meeting_id)
        requests = await self.lots_of(meeting)
        ticks = await self.uow.meetings.ticks(meeting.id)
        ranker, _ = await self.ranker()
        fitting = {r.id: {o.id for o, _ in ranker.scores(r)} for r in requests}
        found = []
        for its_id in sorted(actor.organisation_ids):
            ticked = frozenset(t.request_id for t in ticks if t.organisation_id == its_id)
            own = [r for r in requests if its_id in fitting[r.id] or r.id in ticked]
            if own:
                found.append((await self.organisation(its_id), own, ticked))
        return meeting, found


class TickLot(_MeetingCase):
    """「我们愿意接」, and back."""

    permission = Permission.ANSWER_OFFER

    async def __call__(
        self, actor: Actor, meeting_id: int, request_id: int, organisation_id: int, *, on: bool
    ) -> None:
        """A repeat changes nothing. Raises NotFound for another's organisation or an unfitting request,
        TooLate once the meeting is over."""
        meeting = await self.uow.meetings.get(meeting_id, lock=True)
        lots = await self.uow.meetings.lots(meeting_id) if meeting else []
        if meeting is None or not actor.leads(organisation_id):
            raise NotFound(what="meeting", id=meeting_id)
        if request_id not in {lot.request_id for lot in lots}:
            raise NotFound(what="request", id=request_id)
        if meeting.status is not MeetingStatus.OPEN or meeting.closes_at <= self.now:
            raise TooLate(number="")
        tick = Tick(request_id, organisation_id, actor.person_id or 0)
        if not on:
            await self.uow.meetings.untick(meeting_id, tick)
            return
        request = await self.request(request_id)
        ranker, _ = await self.ranker()
        if organisation_id not in {o.id for o, _ in ranker.scores(request)}:
            raise NotFound(what="request", id=request_id)
        await self.uow.meetings.tick(meeting_id, tick, self.now)


class CloseMeeting(_MeetingCase):
    """A worker ends a meeting before its time: draws now, or calls it off."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, meeting_id: int, *, draw: bool) -> None:
        """A repeat changes nothing. Raises NotFound."""
        meeting = await self.uow.meetings.get(meeting_id, lock=True)
        if meeting is None:
            raise NotFound(what="meeting", id=meeting_id)
        await settle(self, meeting, actor, draw=draw)


class SettleMeeting(_MeetingCase):
    """The closing time has come."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, meeting_id: int) -> None:
        """Does nothing when it was ended before."""
        meeting = await self.uow.meetings.get(meeting_id, lock=True)
        if meeting is not None:
            await settle(self, meeting, actor, draw=True)


async def settle(case: _MeetingCase, meeting: Meeting, actor: Actor, *, draw: bool) -> None:
    """Give each request to one of those who ticked it, the best overall; the rest goes back to the worker."""
    if meeting.status is not MeetingStatus.OPEN:
        return
    requests = await case.lots_of(meeting)
    ticks = await case.uow.meetings.ticks(meeting.id)
    ranker, loads = await case.ranker()
    rankings = {r.id: ranker.rank(r) for r in requests}
    winners = await _draw(case, requests, ticks, rankings, loads) if draw else {}
    status = MeetingStatus.SETTLED if draw else MeetingStatus.CANCELLED
    lots = [Lot(request_id, c.organisation.id) for request_id, (c, _) in winners.items()]
    if not await case.uow.meetings.close(meeting.id, status, lots):
        return
    await case.uow.schedules.drop(ScheduleKind.MEETING_CLOSES, meeting.id)
    left = []
    for request in requests:
        if request.id in winners:
            candidate, tick = winners[request.id]
            await _give(case, actor, request, candidate, tick, rankings[request.id])
        else:
            left.append(await _give_back(case, actor, request, rankings[request.id], draw=draw))
    won = {request_id: c.organisation.id for request_id, (c, _) in winners.items()}
    case.uow.record(
        MeetingEnded(meeting, tuple(requests), tuple(ticks), won, tuple(left), cancelled=not draw)
    )


async def _draw(
    case: UseCase,
    requests: list[Request],
    ticks: list[Tick],
    rankings: dict[int, Ranking],
    loads: dict[int, Workload],
) -> dict[int, tuple[Candidate, Tick]]:
    """Request id → who gets it. A tick counts while its organisation can take it and is led by who ticked."""
    rows = {r.id: n for n, r in enumerate(requests)}
    columns: dict[int, int] = {}
    capacity: list[int] = []
    edges: list[Edge] = []
    taken: list[tuple[int, Candidate, Tick]] = []
    for tick in ticks:
        ranking = rankings.get(tick.request_id, Ranking([], []))
        candidate = next((c for c in ranking.candidates if c.organisation.id == tick.organisation_id), None)
        if candidate is None or tick.organisation_id not in await case.uow.organisations.led_by(
            tick.person_id
        ):
            continue
        if tick.organisation_id not in columns:
            columns[tick.organisation_id] = len(capacity)
            load = loads.get(tick.organisation_id, Workload())
            capacity.append(free_hands(candidate.organisation, load))
        edges.append(Edge(rows[tick.request_id], columns[tick.organisation_id], PLACED + candidate.score))
        taken.append((tick.request_id, candidate, tick))
    flow = await case.community.solver.solve(edges, [1] * len(requests), capacity)
    return {i: (candidate, tick) for (i, candidate, tick), n in zip(taken, flow, strict=True) if n}


async def _give(
    case: UseCase, actor: Actor, request: Request, candidate: Candidate, tick: Tick, ranking: Ranking
) -> None:
    """The tick was the yes: it is taken at once."""
    winner = candidate.organisation
    await keep_decision(case, request, How.MEETING, (winner.id,), ranking, actor.person_id)
    role = Role.ADMIN if actor.is_admin() else Role.SYSTEM
    offered = await case.move(
        request,
        Action.OFFER,
        actor,
        role,
        winner.name,
        organisation_id=winner.id,
        triage_reason=None,
        answer_due=case.now,
    )
    offer = await case.uow.offers.add(
        offered, winner.id, case.now, case.now, candidate.score, candidate.parts
    )
    lead = Actor(tick.person_id, case.community.id, frozenset({Role.LEAD}), frozenset({winner.id}))
    await case.other(AcceptOffer)(lead, offer.id)


async def _give_back(
    case: UseCase, actor: Actor, request: Request, ranking: Ranking, *, draw: bool
) -> Request:
    """Nobody got it: it waits for a worker, who may give it out by any way."""
    role = Role.ADMIN if actor.is_admin() else Role.SYSTEM
    if draw:
        await keep_decision(case, request, How.MEETING, (), ranking, actor.person_id)
    why = TriageReason.NOBODY_CLAIMED if draw else TriageReason.WAITS_FOR_MEETING
    return await case.move(request, Action.TRIAGE, actor, role, why.value, triage_reason=why)
