"""The permission matrix of following, merging and joint needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram.filters.callback_data import CallbackData

from casework.entities import Person
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.following import FollowRequest
from casework.use_cases.joint import AcceptJointNeed, SetMilestones
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.merging import MergeRequests
from casework.use_cases.residents import CancelRequest
from casework.use_cases.workers import SettleRequest
from handlers.kit.callbacks import FollowCD, JointCD, MergeCD, ProjectCD
from tests.bot.lead_house import ADMIN, ITEM, LEAD, RESIDENT
from tests.bot.whole_house import DETAILS, NEIGHBOUR, SUMMARY, WORDS, Town

Stage = Callable[[Town], Any]
#: What a row is made of: stage, who, what is given, whether something must change.
Plan = tuple[Stage, frozenset[str], Callable[[Any], Any], bool]
ADMINS, ASKED, FOLLOWER = frozenset({"admin"}), frozenset({"lead"}), frozenset({"neighbour"})
LAMP = "saf_lighting"


async def followed(town: Town) -> None:
    """The owner's request is everybody's business, and the neighbour follows it."""
    (town.request,) = await town.house.run(FileRequests, RESIDENT, [Draft(LAMP, WORDS, SUMMARY, DETAILS)])
    assert town.request
    words = "灯坏了", "灯坏了", replace(DETAILS, phone="13600006666")
    await town.house.run(FollowRequest, NEIGHBOUR, town.request.id, *words)


async def settled(town: Town) -> None:
    await followed(town)
    assert town.request
    await town.house.run(SettleRequest, ADMIN, town.request.id, "换了灯泡")


async def taken_back(town: Town) -> None:
    await followed(town)
    assert town.request
    await town.house.run(CancelRequest, RESIDENT, town.request.id)


async def two(town: Town) -> None:
    """The owner's and the neighbour's, which look alike."""
    await followed(town)
    (other,) = await town.house.run(FileRequests, NEIGHBOUR, [Draft(LAMP, SUMMARY, SUMMARY, DETAILS)])
    town.extra["other"] = other.id


async def merged(town: Town) -> None:
    await two(town)
    assert town.request
    await town.house.run(MergeRequests, ADMIN, town.request.id, town.extra["other"])


async def wanted(town: Town) -> None:
    """Five residents of one compound want the same, the owner among them."""
    house, people = town.house, (RESIDENT, *range(711, 715))
    async with house.db.transaction(house.community_id) as uow:
        for who in people[1:]:
            await uow.people.save(
                Person(who, house.community_id, f"居民{who}", who, consented_at=house.frame.clock.now())
            )
        await uow.commit()
    for who in people:
        (filed,) = await house.run(FileRequests, who, [Draft(ITEM, WORDS, SUMMARY, DETAILS)])
        town.request = filed if who == RESIDENT else town.request
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        found = await uow.joint_needs.latest(ITEM, DETAILS.address.compound)
    assert found
    town.extra["joint"] = found.id


async def project(town: Town) -> None:
    """The first organisation has it in hand, with two steps."""
    if "project" not in town.extra:
        await wanted(town)
        made = await town.house.run(AcceptJointNeed, ADMIN, town.extra["joint"], "集中理发", merge=False)
        await town.house.run(AcceptOffer, LEAD, (await town.house.offer(made)).id)
        town.extra["project"] = made
    town.request = town.extra["project"]
    assert town.request
    steps = [("摸底", None), ("集中理发", None)]
    kept = await town.house.run(SetMilestones, LEAD, town.request.id, steps)
    town.extra["step"] = kept[-1].id


def _followed(action: str) -> Plan:
    stages = {"solved": settled, "unsolved": settled, "anew": taken_back}
    return (
        stages.get(action, followed),
        FOLLOWER,
        lambda t: FollowCD(action=action, id=t.request.id),
        action in ("drop", "unsolved", "anew"),
    )


def _merging(action: str) -> Plan:
    undo = action.startswith("undo")
    return (
        merged if undo else two,
        ADMINS,
        lambda t: MergeCD(action=action, id=t.request.id, other=0 if undo else t.extra["other"]),
        action in ("undo_yes", "different"),
    )


def _joint(action: str) -> Plan:
    return (
        wanted,
        ADMINS,
        lambda t: JointCD(action=action, id=t.extra["joint"]),
        action in ("apart", "dismiss"),
    )


def _project(action: str) -> Plan:
    step = action in ("tick", "skip")
    return (
        project,
        ASKED,
        lambda t: ProjectCD(action=action, id=t.extra["step"] if step else t.request.id),
        action == "skip",
    )


_EACH: tuple[tuple[type[CallbackData], Callable[[str], Plan], str], ...] = (
    (FollowCD, _followed, "anew drop show solved unsolved"),
    (MergeCD, _merging, "ask different undo undo_yes yes"),
    (JointCD, _joint, "accept apart dismiss list merge show"),
    (ProjectCD, _project, "plan show skip tick"),
)
BUTTONS: dict[tuple[type[CallbackData], str], Plan] = {
    (kind, action): plan(action) for kind, plan, actions in _EACH for action in actions.split()
}
