"""Who may run which use case: following, merging, joint needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casework.entities import Address, Details, WorkReport
from casework.permissions import Role
from casework.use_case import UseCase
from casework.use_cases import alike, following, joint, joint_finding, joint_reminding, merging
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork, StartWork
from casework.use_cases.residents import CancelRequest
from tests.casework.tries import ANYBODY, LEAD, SYSTEM, WORKER, Try, filed, nothing
from tests.casework.world import World

GATE = Details(Address("丰和家园", place="西门口"), "13812345678")
LAMP = Draft("saf_lighting", "西门口的路灯不亮，13812345678", "西门口的路灯不亮", GATE)
SAME_LAMP = Draft("saf_lighting", "西门口路灯坏了", "西门口路灯坏了", replace(GATE, phone="13900001111"))
HERS = ("西门口路灯坏了", "西门口路灯坏了", SAME_LAMP.details)


async def able(world: World) -> None:
    """The first organisation sees to lamps too."""
    async with world.transaction() as uow:
        await uow.organisations.save(replace(world.first, items=world.first.items | {"saf_lighting"}))


async def lamp(world: World) -> Any:
    await able(world)
    return await world.filed(LAMP)


async def followed(world: World) -> Any:
    """The owner filed it, the neighbour follows."""
    request = await lamp(world)
    return await world.run(following.FollowRequest, world.neighbour, request.id, *HERS)


async def done(world: World) -> Any:
    request = await followed(world)
    await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    await world.run(StartWork, world.lead, request.id)
    return await world.run(CompleteWork, world.lead, request.id, WorkReport(1, 1, "换了灯泡"))


async def taken_back(world: World) -> Any:
    request = await followed(world)
    return await world.run(CancelRequest, world.owner, request.id)


async def two(world: World) -> Any:
    """The same lamp twice: the owner's first, then the neighbour's."""
    first = await lamp(world)
    (second,) = await world.run(FileRequests, world.neighbour, [SAME_LAMP])
    return first, second


async def merged(world: World) -> Any:
    first, second = await two(world)
    return await world.run(merging.MergeRequests, world.worker, second.id, first.id)


async def many(world: World, people: int = 5) -> Any:
    """Haircuts for five residents of one compound: a joint need is suggested."""
    for n in range(people):
        who = world.actor(1100 + n, Role.RESIDENT)
        async with world.transaction() as uow:
            person = await uow.people.get(1001)
            assert person is not None
            await uow.people.save(replace(person, id=1100 + n, chat_id=1100 + n))
        at = Address("丰和家园", str(n + 1), "1", "101")
        details = Details(at, "13812345678", "明天", "2026-11-22", "我妈")
        await world.run(FileRequests, who, [Draft("eld_haircut", f"给我妈理发{n}", "给我妈理发", details)])
    async with world.transaction() as uow:
        return await uow.joint_needs.latest("eld_haircut", "丰和家园")


async def project(world: World) -> Any:
    found = await many(world)
    accept = joint.AcceptJointNeed
    return await world.run(accept, world.worker, found.id, "集中理发一天", merge=True)


async def project_taken(world: World) -> Any:
    request = await project(world)
    return await world.run(AcceptOffer, world.lead, await world.offer_id(request))


async def milestone(world: World) -> Any:
    request = await project_taken(world)
    steps = [("摸底", None), ("理发", None)]
    return (await world.run(joint.SetMilestones, world.lead, request.id, steps))[0]


FOLLOWER = {"neighbour"}
A, F, J, M, N = alike, following, joint, merging, joint_finding
ROWS: dict[type[UseCase], Try] = {
    A.FindAlike: Try(ANYBODY, filed, lambda c, a, t, w: c(a, "saf_lighting", "路灯不亮", GATE)),
    A.LinkAlike: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t)),
    A.ListAlike: Try(WORKER, two, lambda c, a, t, w: c(a, t[1].id)),
    A.JudgeAlike: Try(WORKER, two, lambda c, a, t, w: c(a, t[0].id, t[1].id)),
    F.FollowRequest: Try(ANYBODY, lamp, lambda c, a, t, w: c(a, t.id, *HERS)),
    F.Unfollow: Try(FOLLOWER, followed, lambda c, a, t, w: c(a, t.id)),
    F.ListFollowed: Try(ANYBODY, followed, lambda c, a, t, w: c(a)),
    F.SeeFollowed: Try(FOLLOWER, followed, lambda c, a, t, w: c(a, t.id)),
    F.ObjectToDone: Try(FOLLOWER, done, lambda c, a, t, w: c(a, t.id, "还是黑")),
    F.FileAfterAll: Try(FOLLOWER, taken_back, lambda c, a, t, w: c(a, t.id)),
    M.MergeRequests: Try(WORKER, two, lambda c, a, t, w: c(a, t[1].id, t[0].id)),
    M.UnmergeRequest: Try(WORKER, merged, lambda c, a, t, w: c(a, t.id)),
    N.LookForJointNeed: Try(SYSTEM, filed, lambda c, a, t, w: c(a, "eld_haircut", "丰和家园")),
    N.LookForJointNeeds: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
    joint_reminding.RemindMilestones: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
    J.ListJointNeeds: Try(WORKER, nothing, lambda c, a, t, w: c(a)),
    J.SeeJointNeed: Try(WORKER, many, lambda c, a, t, w: c(a, t.id)),
    J.AcceptJointNeed: Try(WORKER, many, lambda c, a, t, w: c(a, t.id, "集中理发", merge=True)),
    J.DismissJointNeed: Try(WORKER, many, lambda c, a, t, w: c(a, t.id)),
    J.SeeProject: Try({"lead", "worker"}, project_taken, lambda c, a, t, w: c(a, t.id)),
    J.SetMilestones: Try(LEAD, project_taken, lambda c, a, t, w: c(a, t.id, [("摸底", None)])),
    J.ReachMilestone: Try(LEAD, milestone, lambda c, a, t, w: c(a, t.id, "八位老人")),
}
