"""Joint needs: found, accepted or dismissed, gone through step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casework.entities import Address, WorkReport
from casework.errors import BadValue, NotAllowed, NotFound, WrongState
from casework.events import (
    JointNeedAccepted,
    JointNeedFound,
    MilestoneReached,
    MilestonesDue,
    RequestMerged,
)
from casework.permissions import Role
from casework.policy import Mode
from casework.statuses import RequestStatus
from casework.together.joint import JointState
from casework.use_cases.filing import FileRequests
from casework.use_cases.following import ListFollowed, ObjectToDone
from casework.use_cases.joint import (
    AcceptJointNeed,
    DismissJointNeed,
    ListJointNeeds,
    ReachMilestone,
    SeeProject,
    SetMilestones,
)
from casework.use_cases.joint_finding import LookForJointNeeds
from casework.use_cases.joint_reminding import RemindMilestones
from casework.use_cases.leads import AcceptOffer, CompleteWork
from tests.casework.rows_sameness import many, milestone, project, project_taken
from tests.casework.world import HAIRCUT, WORKER, World

DUE = datetime(2026, 12, 1, 10, tzinfo=UTC)


async def test_the_fifth_resident_makes_it_a_suggestion(world: World) -> None:
    await many(world, 4)
    assert world.told(JointNeedFound) == []
    joint = await many(world, 5)
    (found,) = world.told(JointNeedFound)
    assert (found.joint.id, found.joint.residents) == (joint.id, 5)
    assert {r.item for r in found.members} == {"eld_haircut"}


async def test_one_resident_is_one_however_often(world: World) -> None:
    for _ in range(6):
        await world.filed(HAIRCUT)
    assert world.told(JointNeedFound) == []


async def test_old_ones_and_other_compounds_do_not_count(world: World) -> None:
    await many(world, 4)
    world.clock.forward(days=31)
    await world.filed(HAIRCUT)
    elsewhere = replace(HAIRCUT.details, address=Address("阳光花园", "1", "1", "101"))
    await world.run(FileRequests, world.neighbour, [replace(HAIRCUT, details=elsewhere)])
    assert world.told(JointNeedFound) == []


async def test_whoever_comes_while_it_waits_joins_it(world: World) -> None:
    joint = await many(world)
    world.events.clear()
    await world.filed(HAIRCUT)
    assert world.told(JointNeedFound) == []
    (view,) = await world.run(ListJointNeeds, world.worker)
    assert (view.joint.id, view.joint.residents, len(view.members)) == (joint.id, 6, 6)


async def test_dismissed_it_is_not_suggested_for_the_same_people(world: World) -> None:
    joint = await many(world)
    await world.run(DismissJointNeed, world.worker, joint.id)
    world.events.clear()
    await world.run(LookForJointNeeds, world.system)
    await many(world)
    assert world.told(JointNeedFound) == []
    with pytest.raises(WrongState):
        await world.run(AcceptJointNeed, world.worker, joint.id, "集中理发", merge=True)
    assert await world.run(ListJointNeeds, world.worker) == []


async def test_as_many_others_make_a_new_one(world: World) -> None:
    joint = await many(world)
    await world.run(DismissJointNeed, world.worker, joint.id)
    world.events.clear()
    for n in range(5):
        async with world.transaction() as uow:
            person = await uow.people.get(1001)
            assert person is not None
            await uow.people.save(replace(person, id=1200 + n, chat_id=1200 + n))
        await world.run(FileRequests, world.actor(1200 + n, Role.RESIDENT), [HAIRCUT])
    (found,) = world.told(JointNeedFound)
    assert found.joint.id != joint.id
    assert found.joint.residents == 5


async def test_the_daily_look_finds_what_filing_did_not(world: World) -> None:
    """Filed under another item first, they were too few; refiled by a worker, nobody looked."""
    await many(world)
    async with world.transaction() as uow:
        joint = await uow.joint_needs.latest("eld_haircut", "丰和家园")
        assert joint is not None
        await uow.joint_needs.save(replace(joint, compound="别处"), JointState.SUGGESTED)
    world.events.clear()
    (found,) = await world.run(LookForJointNeeds, world.system)
    assert (found.item, found.compound, found.residents) == ("eld_haircut", "丰和家园", 5)
    assert await world.run(LookForJointNeeds, world.system) == []


async def test_accepted_the_residents_follow_and_an_organisation_is_asked(world: World) -> None:
    request = await project(world)
    assert (request.status, request.resident_id, request.followers) == (RequestStatus.OFFERED, WORKER, 5)
    assert request.details.phone == world.community.duty_phone
    assert request.mode is Mode.POOL
    (accepted,) = [e for e in world.events if isinstance(e, JointNeedAccepted)]
    assert accepted.joint.request_id == request.id
    merged = [e.request for e in world.told(RequestMerged)]
    assert len(merged) == 5
    assert {r.status for r in merged} == {RequestStatus.MERGED}
    (seen,) = await world.run(ListFollowed, world.actor(1100, Role.RESIDENT))
    assert seen.id == request.id


async def test_apart_each_request_goes_its_own_way_too(world: World) -> None:
    joint = await many(world)
    request = await world.run(AcceptJointNeed, world.worker, joint.id, "集中理发", merge=False)
    async with world.transaction() as uow:
        members = await uow.joint_needs.members(joint.id)
        followers = await uow.followers.of_request(request.id)
    assert {m.status for m in members} == {RequestStatus.OFFERED}
    assert {f.person_id for f in followers} == {m.resident_id for m in members}
    with pytest.raises(WrongState):
        await world.run(DismissJointNeed, world.worker, joint.id)


async def test_step_by_step(world: World) -> None:
    request = await project_taken(world)
    steps = [("摸底", DUE), ("集中理发", None), ("回访", None)]
    kept = await world.run(SetMilestones, world.lead, request.id, steps)
    assert [(m.position, m.what, m.due_at) for m in kept] == [
        (1, "摸底", DUE),
        (2, "集中理发", None),
        (3, "回访", None),
    ]
    reached = await world.run(ReachMilestone, world.lead, kept[0].id, "八位老人")
    assert (reached.done_at, reached.note) == (world.clock.now(), "八位老人")
    assert [e.milestone.id for e in world.told(MilestoneReached)] == [kept[0].id]
    await world.run(ReachMilestone, world.lead, kept[0].id, "再说一次")
    assert world.told(MilestoneReached) == []
    again = await world.run(SetMilestones, world.lead, request.id, [("改在周日", None)])
    assert [(m.position, m.what, bool(m.done_at)) for m in again] == [
        (1, "摸底", True),
        (2, "改在周日", False),
    ]
    view = await world.run(SeeProject, world.lead, request.id)
    assert view.members == ()
    assert [m.note for m in view.milestones] == ["八位老人", ""]


async def test_a_step_whose_day_has_come_is_said_until_it_is_done(world: World) -> None:
    request = await project_taken(world)
    kept = await world.run(SetMilestones, world.lead, request.id, [("摸底", DUE), ("理发", None)])
    await world.run(RemindMilestones, world.system)
    assert world.told(MilestonesDue) == []
    world.clock.at = DUE
    await world.run(RemindMilestones, world.system)
    assert [[m.what for m in e.milestones] for e in world.told(MilestonesDue)] == [["摸底"]]
    await world.run(ReachMilestone, world.lead, kept[0].id)
    await world.run(RemindMilestones, world.system)
    assert world.told(MilestonesDue) == []


async def test_whose_project_it_is_not(world: World) -> None:
    request = await project_taken(world)
    with pytest.raises(NotAllowed):
        await world.run(SetMilestones, world.other_lead, request.id, [("摸底", None)])
    with pytest.raises(NotFound):
        await world.run(SeeProject, world.neighbour, request.id)
    assert (await world.run(SeeProject, world.actor(1100, Role.RESIDENT), request.id)).members == ()
    plain = await world.filed(HAIRCUT)
    assert await world.run(SeeProject, world.worker, plain.id) is None
    with pytest.raises(NotFound):
        await world.run(SetMilestones, world.lead, plain.id, [("摸底", None)])


@pytest.mark.parametrize("steps", [[], [(" ", None)], [("x" * 201, None)], [("一步", None)] * 13])
async def test_steps_that_are_none(world: World, steps: list[tuple[str, None]]) -> None:
    request = await project_taken(world)
    with pytest.raises(BadValue):
        await world.run(SetMilestones, world.lead, request.id, steps)


async def test_no_steps_after_the_end(world: World) -> None:
    step = await milestone(world)
    async with world.transaction() as uow:
        joint = await uow.joint_needs.get(step.joint_id)
    assert joint is not None
    await world.run(CompleteWork, world.lead, joint.request_id, WorkReport(3, 4, "理了五位"))
    with pytest.raises(WrongState):
        await world.run(ReachMilestone, world.lead, step.id)
    moved = await world.run(ObjectToDone, world.actor(1101, Role.RESIDENT), joint.request_id, "没轮到我妈")
    assert moved.status is RequestStatus.REOPEN_REQUESTED


async def test_the_project_is_accepted_like_any_request(world: World) -> None:
    request = await project(world)
    taken = await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    assert taken.organisation_id == world.first.id
