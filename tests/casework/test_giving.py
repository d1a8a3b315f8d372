"""The ways of giving out: direct, pool, team, meeting, backlog; each decision is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.entities import Organisation, Request, WorkReport
from casework.errors import AlreadyTaken, BadValue, Conflict, NotFound, PartsOpen, TooLate, WrongState
from casework.events import NeedsTriage, OfferMade, OfferWithdrawn, PoolOpened, RequestAccepted
from casework.giving.decisions import Decision, How, Out
from casework.giving.giving_events import MeetingEnded, MeetingOpened, PartNews
from casework.giving.teams import PartStatus
from casework.policy import Mode
from casework.statuses import Fee, OfferStatus, RequestStatus, Standing, TimerKind, TriageReason
from casework.use_cases import backlog, dispatch, giving, leads, meetings, reading, residents, workers
from tests.casework.rows_giving import meeting, team_at_work, teamed, waiting
from tests.casework.world import HAIRCUT, OTHER_LEAD, World


def with_mode(world: World, mode: Mode) -> None:
    """The community gives out haircuts this way."""
    policy = replace(world.community.policy, modes={"eld_haircut": mode})
    world.community = replace(world.community, policy=policy)


async def decisions(world: World, request: Request) -> list[Decision]:
    async with world.transaction() as uow:
        return await uow.decisions.of_request(request.id)


async def offers(world: World, request: Request) -> dict[int, OfferStatus]:
    async with world.transaction() as uow:
        return {o.organisation_id: o.status for o in await uow.offers.of_request(request.id)}


async def part_of(world: World, part_id: int) -> PartStatus:
    async with world.transaction() as uow:
        part = await uow.teams.get(part_id)
    assert part
    return part.status


# Decisions.


async def test_a_decision_is_kept_with_all_who_were_thought_of(world: World) -> None:
    black = Organisation(
        0, world.community.id, "失信队", "互助类", frozenset({"eld_haircut"}), standing=Standing.BLACK
    )
    far = Organisation(0, world.community.id, "他乡队", "应急类", frozenset({"hom_plumbing"}))
    async with world.transaction() as uow:
        black, far = await uow.organisations.save(black), await uow.organisations.save(far)
    request = await world.filed()
    [kept] = await decisions(world, request)
    assert kept.how is How.DIRECT
    assert kept.chosen == (world.first.id,)
    assert [o.organisation_id for o in kept.options] == [world.first.id, world.second.id]
    assert [(left.organisation_id, left.why) for left in kept.left_out] == [(black.id, Out.BLACK)]
    assert kept.unfit == 1
    for option in kept.options:
        assert abs(sum(p.value * kept.weights[p.factor] for p in option.parts) - option.score) < 1e-5


async def test_the_next_decision_says_who_had_their_turn(world: World) -> None:
    request = await world.filed()
    await world.run(leads.DeclineOffer, world.lead, await world.offer_id(request), "hands")
    await world.run(leads.DeclineOffer, world.other_lead, await world.offer_id(request, world.second), "time")
    kept = await decisions(world, request)
    assert [d.how for d in kept] == [How.DIRECT, How.DIRECT, How.NOBODY]
    assert {left.organisation_id for left in kept[2].left_out} == {world.first.id, world.second.id}
    assert {left.why for left in kept[2].left_out} == {Out.ASKED}


async def test_a_workers_choice_is_a_decision_too(world: World) -> None:
    request = await world.filed()
    await world.run(workers.AssignRequest, world.worker, request.id, world.second.id)
    kept = (await decisions(world, request))[-1]
    assert (kept.how, kept.chosen, kept.by) == (How.WORKER, (world.second.id,), world.worker.person_id)
    assert len(kept.options) == 2


async def test_how_promptly_somebody_answers_counts_next_time(world: World) -> None:
    request = await world.filed()
    await world.run(leads.AcceptOffer, world.lead, await world.offer_id(request))
    async with world.transaction() as uow:
        load = (await uow.organisations.workloads([world.first.id, world.second.id]))[world.first.id]
    assert (load.ended, load.in_time, load.promptness, load.open_requests) == (1, 1, 1.0, 1)
    assert load.lately == 1.0
    world.clock.forward(days=14)
    await world.filed()
    async with world.transaction() as uow:
        load = (await uow.organisations.workloads([world.first.id, world.second.id]))[world.first.id]
    assert load.lately == pytest.approx(1.5)
    assert load.held_out == 1


# The pool.


async def test_all_who_fit_are_asked_and_the_first_yes_wins(world: World) -> None:
    with_mode(world, Mode.POOL)
    request = await world.filed()
    assert request.status is RequestStatus.OFFERED
    assert request.organisation_id is None
    [opened] = world.told(PoolOpened)
    assert [o.id for _, o in opened.offers] == [world.first.id, world.second.id]
    await world.run(leads.AcceptOffer, world.other_lead, await world.offer_id(request, world.second))
    [withdrawn] = [e for e in world.events if isinstance(e, OfferWithdrawn)]
    assert (withdrawn.organisation.id, withdrawn.why) == (world.first.id, "taken")
    assert (await world.now_at(request)).organisation_id == world.second.id
    with pytest.raises(AlreadyTaken):
        await world.run(leads.AcceptOffer, world.lead, await world.offer_id(request))
    [kept] = await decisions(world, request)
    assert (kept.how, set(kept.chosen)) == (How.POOL, {world.first.id, world.second.id})


async def test_a_pool_nobody_wants_goes_to_a_worker(world: World) -> None:
    with_mode(world, Mode.POOL)
    request = await world.filed()
    await world.run(leads.DeclineOffer, world.lead, await world.offer_id(request), "hands")
    assert (await world.now_at(request)).status is RequestStatus.OFFERED
    world.told(PoolOpened)
    await world.run(dispatch.ExpireOffer, world.system, await world.offer_id(request, world.second))
    now = await world.now_at(request)
    assert (now.status, now.triage_reason) == (RequestStatus.TRIAGE, TriageReason.NOBODY_CLAIMED)
    assert len(world.told(NeedsTriage)) == 1


async def test_each_offer_of_a_pool_has_its_own_end(world: World) -> None:
    with_mode(world, Mode.POOL)
    request = await world.filed()
    world.clock.forward(days=10)
    ends = set()
    async with world.transaction() as uow:
        while timer := await uow.timers.claim_due(world.clock.now()):
            if timer.kind is TimerKind.OFFER_EXPIRES and timer.request_id == request.id:
                ends.add(timer.offer_id)
    assert ends == {await world.offer_id(request), await world.offer_id(request, world.second)}


async def test_a_worker_may_choose_the_pool(world: World) -> None:
    request = await world.filed()
    await world.run(giving.PoolRequest, world.worker, request.id)
    now = await world.now_at(request)
    assert (now.status, now.mode, now.organisation_id) == (RequestStatus.OFFERED, Mode.POOL, None)
    assert list((await offers(world, request)).values()) == [OfferStatus.OPEN] * 2
    await world.run(workers.AssignRequest, world.worker, request.id, world.second.id)
    assert (await world.now_at(request)).mode is Mode.DIRECT
    assert (await offers(world, request))[world.second.id] is OfferStatus.OPEN


# The team.


async def test_a_team_is_done_when_its_parts_are(world: World) -> None:
    part = await team_at_work(world)
    async with world.transaction() as uow:
        found = await uow.teams.get(part)
    assert found
    request = found.request_id
    assert (await world.run(reading.SeeRequest, world.other_lead, request)).masked is False
    with pytest.raises(PartsOpen):
        await world.run(leads.CompleteWork, world.lead, request, WorkReport(1, 1))
    with pytest.raises(NotFound):
        await world.run(giving.FinishPart, world.lead, part)
    await world.run(giving.FinishPart, world.other_lead, part, "扫好了")
    await world.run(giving.FinishPart, world.other_lead, part, "扫好了")
    await world.run(leads.CompleteWork, world.lead, request, WorkReport(1, 1))
    news = [e.part.status for e in world.told(PartNews)]
    assert news == [PartStatus.ASKED, PartStatus.ACCEPTED, PartStatus.DONE]


async def test_a_helper_sees_no_door_before_its_yes(world: World) -> None:
    part = await teamed(world)
    async with world.transaction() as uow:
        found = await uow.teams.get(part)
    assert found
    assert (await world.run(reading.SeeRequest, world.other_lead, found.request_id)).masked
    await world.run(giving.AnswerPart, world.other_lead, part, accept=False, reason="hands")
    with pytest.raises(NotFound):
        await world.run(reading.SeeRequest, world.other_lead, found.request_id)


async def test_a_part_may_be_dropped_and_does_not_hold_up_the_rest(world: World) -> None:
    part = await team_at_work(world)
    await world.run(giving.DropPart, world.lead, part)
    assert await part_of(world, part) is PartStatus.DROPPED
    async with world.transaction() as uow:
        found = await uow.teams.get(part)
    assert found
    with pytest.raises(AlreadyTaken):
        await world.run(giving.FinishPart, world.other_lead, part)
    await world.run(leads.CompleteWork, world.lead, found.request_id, WorkReport(1, 1))


@pytest.mark.parametrize("end", ["decline", "back", "cancel", "assign", "triage"])
async def test_a_team_ends_with_what_it_was_for(world: World, end: str) -> None:
    part = await teamed(world)
    async with world.transaction() as uow:
        found = await uow.teams.get(part)
        assert found
        request = await uow.requests.get(found.request_id)
    assert request
    if end == "back":
        await world.run(leads.AcceptOffer, world.lead, await world.offer_id(request))
    ways: dict[str, Any] = {
        "decline": lambda o: world.run(leads.DeclineOffer, world.lead, o, "hands"),
        "back": lambda o: world.run(leads.HandBack, world.lead, request.id, "hands"),
        "cancel": lambda o: world.run(residents.CancelRequest, world.owner, request.id),
        "assign": lambda o: world.run(workers.AssignRequest, world.worker, request.id, world.second.id),
        "triage": lambda o: world.run(workers.PutIntoTriage, world.worker, request.id),
    }
    await ways[end](await world.offer_id(request))
    assert await part_of(world, part) is PartStatus.DROPPED


async def test_a_team_has_two_to_six(world: World) -> None:
    request = await world.filed()
    with pytest.raises(BadValue):
        await world.run(giving.TeamRequest, world.worker, request.id, (world.first.id, world.first.id))


async def test_the_profile_may_ask_for_a_team(world: World) -> None:
    with_mode(world, Mode.TEAM)
    request = await world.filed()
    async with world.transaction() as uow:
        parts = await uow.teams.of_request(request.id)
    assert request.organisation_id == world.first.id
    assert [p.organisation_id for p in parts] == [world.second.id]


# The meeting.


async def test_what_is_for_a_meeting_waits_for_one(world: World) -> None:
    with_mode(world, Mode.MEETING)
    request = await world.filed()
    assert (request.status, request.triage_reason) == (RequestStatus.TRIAGE, TriageReason.WAITS_FOR_MEETING)
    assert [r.id for r in await world.run(meetings.ListForMeeting, world.worker)] == [request.id]


async def test_a_tick_is_a_yes_that_counts_at_closing(world: World) -> None:
    its_id, request_id = await meeting(world)
    [opened] = world.told(MeetingOpened)
    assert opened.invited == {world.first.id: (request_id,), world.second.id: (request_id,)}
    await world.run(meetings.TickLot, world.other_lead, its_id, request_id, world.second.id, on=True)
    await world.run(meetings.TickLot, world.other_lead, its_id, request_id, world.second.id, on=True)
    with pytest.raises(NotFound):
        await world.run(meetings.TickLot, world.lead, its_id, request_id, world.second.id, on=True)
    world.clock.forward(hours=3)
    with pytest.raises(TooLate):
        await world.run(meetings.TickLot, world.lead, its_id, request_id, world.first.id, on=True)
    await world.run(meetings.SettleMeeting, world.system, its_id)
    async with world.transaction() as uow:
        now = await uow.requests.get(request_id)
        assert now
        assert (now.status, now.organisation_id) == (RequestStatus.ACCEPTED, world.second.id)
        [kept] = [d for d in await uow.decisions.of_request(request_id) if d.how is How.MEETING]
    assert kept.chosen == (world.second.id,)
    assert not [e for e in world.events if isinstance(e, OfferMade | NeedsTriage)]
    assert len([e for e in world.events if isinstance(e, RequestAccepted)]) == 1
    [ended] = world.told(MeetingEnded)
    assert ended.won == {request_id: world.second.id}
    await world.run(meetings.SettleMeeting, world.system, its_id)
    assert world.told(MeetingEnded) == []


async def test_a_tick_can_be_taken_back_and_what_nobody_ticked_returns(world: World) -> None:
    its_id, request_id = await meeting(world)
    await world.run(meetings.TickLot, world.lead, its_id, request_id, world.first.id, on=True)
    await world.run(meetings.TickLot, world.lead, its_id, request_id, world.first.id, on=False)
    await world.run(meetings.CloseMeeting, world.worker, its_id, draw=True)
    [ended] = world.told(MeetingEnded)
    assert [r.id for r in ended.left] == [request_id]
    async with world.transaction() as uow:
        now = await uow.requests.get(request_id)
    assert now
    assert (now.status, now.triage_reason) == (RequestStatus.TRIAGE, TriageReason.NOBODY_CLAIMED)


async def test_who_is_no_longer_a_lead_has_ticked_for_nothing(world: World) -> None:
    its_id, request_id = await meeting(world)
    await world.run(meetings.TickLot, world.other_lead, its_id, request_id, world.second.id, on=True)
    async with world.transaction() as uow:
        await uow.organisations.remove_lead(world.second.id, OTHER_LEAD)
    await world.run(meetings.CloseMeeting, world.worker, its_id, draw=True)
    assert world.told(MeetingEnded)[0].won == {}


async def test_the_draw_keeps_to_capacity_and_serves_the_most(world: World) -> None:
    """The first ticks both and has one hand free; the second ticks one: each gets one."""
    async with world.transaction() as uow:
        world.first = await uow.organisations.save(replace(world.first, capacity=1))
    one, two = await waiting(world), await waiting(world)
    closes = world.clock.now() + timedelta(hours=1)
    opened = await world.run(meetings.OpenMeeting, world.worker, closes)
    for request in (one, two):
        await world.run(meetings.TickLot, world.lead, opened.id, request.id, world.first.id, on=True)
    await world.run(meetings.TickLot, world.other_lead, opened.id, one.id, world.second.id, on=True)
    await world.run(meetings.CloseMeeting, world.worker, opened.id, draw=True)
    assert world.told(MeetingEnded)[0].won == {one.id: world.second.id, two.id: world.first.id}


async def test_one_meeting_at_a_time_and_it_can_be_called_off(world: World) -> None:
    its_id, request_id = await meeting(world)
    with pytest.raises(Conflict):
        await world.run(meetings.OpenMeeting, world.worker, world.clock.now() + timedelta(hours=1))
    await world.run(meetings.TickLot, world.lead, its_id, request_id, world.first.id, on=True)
    await world.run(meetings.CloseMeeting, world.worker, its_id, draw=False)
    [ended] = world.told(MeetingEnded)
    assert (ended.cancelled, ended.won) == (True, {})
    closes = world.clock.now() + timedelta(hours=1)
    assert (await world.run(meetings.OpenMeeting, world.worker, closes)).id != its_id


# The backlog.


async def test_what_waits_is_given_out_as_a_whole(world: World) -> None:
    async with world.transaction() as uow:
        world.first = await uow.organisations.save(replace(world.first, capacity=1))
    one, two = await waiting(world), await waiting(world)
    plan = await world.run(backlog.PlanBacklog, world.worker)
    assert plan.pairs == ((one.id, world.first.id), (two.id, world.second.id))
    with pytest.raises(Conflict):
        await world.run(backlog.AssignBacklog, world.worker, "")
    await world.run(backlog.AssignBacklog, world.worker, backlog.serial(plan))
    for request, organisation in ((one, world.first), (two, world.second)):
        now = await world.now_at(request)
        assert (now.status, now.organisation_id) == (RequestStatus.OFFERED, organisation.id)
        kept = (await decisions(world, request))[-1]
        assert (kept.how, kept.chosen, kept.by) == (How.BACKLOG, (organisation.id,), world.worker.person_id)


async def test_who_said_no_is_not_planned_again(world: World) -> None:
    request = await world.filed()
    await world.run(leads.DeclineOffer, world.lead, await world.offer_id(request), "hands")
    await world.run(leads.DeclineOffer, world.other_lead, await world.offer_id(request, world.second), "time")
    plan = await world.run(backlog.PlanBacklog, world.worker)
    assert (plan.placed, [r.id for r in plan.nobody]) == ((), [request.id])


async def test_what_is_at_a_meeting_or_unsure_is_not_planned(world: World) -> None:
    await meeting(world)
    unsure = await world.filed()
    await world.run(workers.PutIntoTriage, world.worker, unsure.id)
    plan = await world.run(backlog.PlanBacklog, world.worker)
    assert (plan.placed, plan.nobody, plan.full) == ((), (), ())


@pytest.mark.parametrize("mode", [Mode.POOL, Mode.TEAM, Mode.MEETING])
async def test_danger_goes_straight_whatever_the_profile_says(world: World, mode: Mode) -> None:
    with_mode(world, mode)
    filed = await world.filed(replace(HAIRCUT, confident=False))
    async with world.transaction() as uow:
        urgent = filed.with_(urgent=True, version=filed.version + 1)
        await uow.requests.save(urgent)
    offered = await world.run(dispatch.DispatchRequest, world.system, urgent)
    assert (offered.status, offered.organisation_id) == (RequestStatus.OFFERED, world.first.id)
    assert list((await offers(world, offered)).values()) == [OfferStatus.OPEN]
    with pytest.raises(WrongState):
        await world.run(giving.PoolRequest, world.worker, offered.id)


@pytest.mark.parametrize("better", [Fee.FREE, Fee.PAID])
async def test_nobody_gets_everything_and_nobody_starves(world: World, better: Fee) -> None:
    """Five organisations alike but for one, forty requests in forty days, all done well: all get some."""
    async with world.transaction() as uow:
        await uow.organisations.save(replace(world.second, active=False))
        first = await uow.organisations.save(replace(world.first, fee=better))
        alike = [
            await uow.organisations.save(replace(world.first, id=0, name=f"理发队{n}", fee=Fee.LOW))
            for n in range(4)
        ]
    got: Counter[int] = Counter()
    for _ in range(40):
        request = await world.filed()
        assert request.organisation_id
        got[request.organisation_id] += 1
        await world.run(residents.CancelRequest, world.owner, request.id)
        world.clock.forward(days=1)
    assert set(got) == {first.id, *(o.id for o in alike)}
    assert max(got.values()) <= 20
    assert min(got.values()) >= 2
