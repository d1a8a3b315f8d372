"""Followers, pairs that look alike, joint needs: what the rows keep, on both engines."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

from casework.entities import Address, Details, Request
from casework.statuses import RequestStatus
from casework.together.joint import JointNeed, JointState, Milestone
from casework.together.sameness import Alike, Follower, FollowKind, Verdict
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, NOW, add

AWAY = "elsewhere"
PLACE = Details(Address("丰和家园"))
_serial = itertools.count(1)
DETAILS = Details(Address("丰和家园", "8", place="西门口"), "13812345678", "明天", "2026-11-22", "我妈", 81)


async def add_request(uow: UnitOfWork, **changes: object) -> Request:
    return await add(uow, f"20261121-{next(_serial):04d}", **{"details": PLACE, **changes})


def follower(request_id: int, person_id: int = 7, origin: int | None = None) -> Follower:
    return Follower(
        HOME,
        request_id,
        person_id,
        origin or request_id,
        FollowKind.ASKED,
        NOW,
        "路灯坏了",
        "路灯坏了",
        DETAILS,
    )


async def test_a_follower_comes_back_as_kept(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await add_request(uow)
        assert await uow.followers.add(follower(request.id))
        assert not await uow.followers.add(follower(request.id))
        assert await uow.followers.add(replace(follower(request.id, 8), details=Details()))
        await uow.commit()
    async with db.transaction(HOME) as uow:
        first, second = await uow.followers.of_request(request.id)
        assert first == follower(request.id)
        assert second.details == Details()
        assert await uow.followers.of_person(7) == [first]
        await uow.followers.object(request.id, 7, NOW)
        assert (await uow.followers.of_person(7))[0].unsolved_at == NOW
        assert await uow.followers.drop(request.id, 7)
        assert not await uow.followers.drop(request.id, 7)
        assert [f.person_id for f in await uow.followers.of_request(request.id)] == [8]


async def test_followers_move_by_their_origin(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        one, other = await add_request(uow), await add_request(uow)
        await uow.followers.add(follower(one.id, 7))
        await uow.followers.add(follower(other.id, 7))
        await uow.followers.move([one.id], other.id)
        # One person by two origins: both rows stand.
        assert [f.origin_id for f in await uow.followers.of_request(other.id)] == [one.id, other.id]
        await uow.followers.move([one.id], one.id)
        assert [f.origin_id for f in await uow.followers.of_request(one.id)] == [one.id]
        await uow.followers.drop_origin(one.id, FollowKind.MERGED)
        assert len(await uow.followers.of_request(one.id)) == 1


async def test_nobody_elses_community(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        one, other = await add_request(uow), await add_request(uow)
        await uow.followers.add(follower(one.id))
        await uow.alikes.keep(Alike(other.id, one.id, 0.5, NOW))
        joint = await uow.joint_needs.add(_joint(), [one.id])
        await uow.commit()
    async with db.transaction(AWAY) as uow:
        assert await uow.followers.of_request(one.id) == []
        assert await uow.followers.of_person(7) == []
        assert not await uow.followers.drop(one.id, 7)
        assert await uow.alikes.of_request(one.id) == []
        assert not await uow.alikes.judge(other.id, one.id, Verdict.DIFFERENT)
        assert await uow.alikes.among(one.item, NOW - timedelta(days=9)) == []
        assert await uow.joint_needs.get(joint.id) is None
        assert await uow.joint_needs.members(joint.id) == []
        assert await uow.joint_needs.listed(JointState) == []


async def test_only_what_is_open_and_young_is_among(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        young = await add_request(uow)
        over = await add_request(uow, status=RequestStatus.DONE)
        old = await add_request(uow, created_at=NOW - timedelta(days=8))
        found = await uow.alikes.among(young.item, NOW - timedelta(days=7))
    assert [r.id for r in found] == [young.id]
    assert {over.item, old.item} == {young.item}


async def test_a_pair_is_kept_once_and_judged(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        one, other = await add_request(uow), await add_request(uow)
        assert await uow.alikes.keep(Alike(other.id, one.id, 0.5, NOW))
        assert not await uow.alikes.keep(Alike(other.id, one.id, 0.9, NOW))
        for request in (one, other):
            assert [a.likeness for a in await uow.alikes.of_request(request.id)] == [0.5]
        assert not await uow.alikes.judge(one.id, other.id, Verdict.DIFFERENT)
        assert await uow.alikes.judge(other.id, one.id, Verdict.DIFFERENT)
        assert [a.verdict for a in await uow.alikes.of_request(one.id)] == [Verdict.DIFFERENT]
        for forged in (2**70, -(2**70)):
            assert await uow.alikes.of_request(forged) == []
            assert not await uow.alikes.judge(forged, one.id, Verdict.DIFFERENT)


def _joint() -> JointNeed:
    return JointNeed(0, HOME, "eld_haircut", "丰和家园", JointState.SUGGESTED, 5, NOW)


async def test_a_joint_need_is_decided_once(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        one, other = await add_request(uow), await add_request(uow)
        joint = await uow.joint_needs.add(_joint(), [one.id])
        await uow.joint_needs.include(joint.id, [one.id, other.id])
        assert [r.id for r in await uow.joint_needs.members(joint.id)] == [one.id, other.id]
        accepted = replace(joint, state=JointState.ACCEPTED, request_id=one.id, decided_at=NOW, decided_by=9)
        assert await uow.joint_needs.save(accepted, JointState.SUGGESTED)
        assert not await uow.joint_needs.save(accepted, JointState.SUGGESTED)
        assert await uow.joint_needs.of_request(one.id) == accepted
        assert await uow.joint_needs.get(joint.id, lock=True) == accepted
        assert await uow.joint_needs.latest("eld_haircut", "丰和家园") == accepted
        assert await uow.joint_needs.listed([JointState.SUGGESTED]) == []
        for forged in (2**70, -(2**70)):
            assert await uow.joint_needs.get(forged) is None
            assert await uow.joint_needs.of_request(forged) is None
            assert await uow.joint_needs.milestone(forged) is None


async def test_new_steps_leave_those_that_are_done(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        joint = await uow.joint_needs.add(_joint(), [])
        await _steps(uow, joint.id, "摸底", "理发")
        first = (await uow.joint_needs.milestones(joint.id))[0]
        await uow.joint_needs.save_milestone(replace(first, done_at=NOW, done_by=3, note="八位"))
        await _steps(uow, joint.id, "回访", first=2)
        kept = await uow.joint_needs.milestones(joint.id)
    assert [(m.what, m.done_at, m.note) for m in kept] == [("摸底", NOW, "八位"), ("回访", None, "")]


async def _steps(uow: UnitOfWork, joint_id: int, *what: str, first: int = 1) -> None:
    steps = [Milestone(0, joint_id, n, words, NOW) for n, words in enumerate(what, start=first)]
    await uow.joint_needs.set_milestones(joint_id, steps)


async def test_crowds_are_counted_by_people(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for who in (1, 2, 2, 3):
            await add_request(uow, resident_id=who)
        gone = await add_request(uow, resident_id=4, status=RequestStatus.CANCELLED)
        since = NOW - timedelta(days=30)
        place = (gone.item, gone.details.address.compound)
        assert await uow.joint_needs.crowded(since, 3) == [place]
        assert await uow.joint_needs.crowded(since, 4) == []
        assert len(await uow.joint_needs.behind(*place, since)) == 4
