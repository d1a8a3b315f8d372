"""The same thing twice: asked, followed, merged, taken apart; what urgent requests are spared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.entities import Address, Details
from casework.errors import BadValue, NeighboursObject, NotFound, WrongState
from casework.events import (
    FollowerObjected,
    LooksAlike,
    OfferWithdrawn,
    ReopenRequested,
    RequestFollowed,
    RequestMerged,
    RequestUnmerged,
)
from casework.statuses import OfferStatus, RequestStatus
from casework.together.sameness import FollowKind, Verdict
from casework.use_cases.alike import FindAlike, JudgeAlike, ListAlike
from casework.use_cases.filing import Draft, FileEmergency, FileRequests
from casework.use_cases.following import (
    FileAfterAll,
    FollowRequest,
    ListFollowed,
    ObjectToDone,
    SeeFollowed,
    Unfollow,
)
from casework.use_cases.leads import AcceptOffer, StartWork
from casework.use_cases.merging import MergeRequests, UnmergeRequest
from casework.use_cases.residents import CancelRequest, ChangeRequest, ConfirmSolved, ReportUnsolved
from casework.use_cases.workers import DecideReopen, SettleRequest
from tests.casework.rows_sameness import GATE, HERS, LAMP, SAME_LAMP, able, done, followed, lamp, merged, two
from tests.casework.world import HAIRCUT, NEIGHBOUR, OWNER, World

SECRETS = ("13812345678", "人1001", "1001")


async def ask(world: World, draft: Draft = SAME_LAMP, who: str = "neighbour"):  # type: ignore[no-untyped-def]
    actor = getattr(world, who)
    return await world.run(FindAlike, actor, draft.item, draft.summary, draft.details)


async def test_a_neighbour_is_asked_and_sees_nothing_private(world: World) -> None:
    request = await lamp(world)
    found = await ask(world)
    assert (found.request.id, found.people, found.own, found.mine) == (request.id, 1, False, False)
    assert not [secret for secret in SECRETS if secret in repr(found.request)]


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "凉亭里想装个灯"},
        {"item": "way_road"},
        {"details": replace(GATE, address=Address("阳光花园", place="西门口"))},
    ],
)
async def test_other_words_item_or_place_are_another_thing(world: World, changed: dict[str, object]) -> None:
    await lamp(world)
    assert await ask(world, replace(SAME_LAMP, **changed)) is None  # type: ignore[arg-type]


async def test_only_within_the_days_and_while_it_is_open(world: World) -> None:
    request = await lamp(world)
    world.clock.forward(days=7, minutes=1)
    assert await ask(world) is None
    world.clock.forward(days=-7)
    assert await ask(world) is not None
    await world.run(CancelRequest, world.owner, request.id)
    assert await ask(world) is None


async def test_what_is_private_is_asked_of_nobody_but_its_own_resident(world: World) -> None:
    await world.filed(HAIRCUT)
    assert await ask(world, HAIRCUT) is None
    assert (await ask(world, HAIRCUT, "owner")).own


async def test_following_counts_people_and_keeps_their_words(world: World) -> None:
    request = await followed(world)
    assert [e.people for e in world.told(RequestFollowed)] == [2]
    again = await world.run(FollowRequest, world.neighbour, request.id, *HERS)
    assert again.followers == 1
    assert world.told(RequestFollowed) == []
    assert (await ask(world)).mine
    own = await world.run(FollowRequest, world.owner, request.id, *HERS)
    assert own.followers == 1
    (seen,) = await world.run(ListFollowed, world.neighbour)
    view = await world.run(SeeFollowed, world.neighbour, request.id)
    assert seen.number == view.request.number == request.number
    assert not [secret for secret in SECRETS if secret in repr((seen, view.request))]
    async with world.transaction() as uow:
        (note,) = await uow.notes.of_request(request.id)
    assert (note.author_id, note.text) == (NEIGHBOUR, HERS[1])
    assert (await world.run(Unfollow, world.neighbour, request.id)).followers == 0
    with pytest.raises(NotFound):
        await world.run(SeeFollowed, world.neighbour, request.id)


async def test_nobody_follows_what_is_private_urgent_or_over(world: World) -> None:
    private = await world.filed(HAIRCUT)
    with pytest.raises(NotFound):
        await world.run(FollowRequest, world.neighbour, private.id, *HERS)
    urgent = await world.run(FileEmergency, world.owner, "saf_lighting", "漏电", "漏电", GATE, ("119",))
    with pytest.raises(NotFound):
        await world.run(FollowRequest, world.neighbour, urgent.id, *HERS)
    over = await lamp(world)
    await world.run(CancelRequest, world.owner, over.id)
    with pytest.raises(WrongState):
        await world.run(FollowRequest, world.neighbour, over.id, *HERS)


@pytest.mark.parametrize("confirmed", [False, True])
async def test_a_followers_no_counts_like_the_residents(world: World, confirmed: bool) -> None:
    request = await done(world)
    if confirmed:
        await world.run(ConfirmSolved, world.owner, request.id)
    world.events.clear()
    moved = await world.run(ObjectToDone, world.neighbour, request.id, "还是黑")
    assert moved.status is RequestStatus.REOPEN_REQUESTED
    assert [e.words for e in world.events if isinstance(e, ReopenRequested)] == ["还是黑"]
    assert [e.person_id for e in world.told(FollowerObjected)] == [NEIGHBOUR]
    await world.run(ObjectToDone, world.neighbour, request.id, "晚上更黑")
    assert world.told(FollowerObjected) == []
    async with world.transaction() as uow:
        notes = [n.text for n in await uow.notes.of_request(request.id)]
    assert notes[-1] == "晚上更黑"


async def test_the_resident_cannot_close_over_a_followers_no(world: World) -> None:
    request = await done(world)
    await world.run(ObjectToDone, world.neighbour, request.id)
    with pytest.raises(NeighboursObject):
        await world.run(ConfirmSolved, world.owner, request.id)
    # A worker looks and says that it is done; then the resident's word counts again.
    await world.run(DecideReopen, world.worker, request.id, approve=False, reason="看过了")
    assert (await world.run(ConfirmSolved, world.owner, request.id)).status is RequestStatus.CONFIRMED


async def test_an_old_no_does_not_outlive_new_work(world: World) -> None:
    request = await done(world)
    await world.run(ObjectToDone, world.neighbour, request.id)
    await world.run(DecideReopen, world.worker, request.id, approve=True)
    world.clock.forward(hours=1)
    await world.run(SettleRequest, world.worker, request.id, "换了整盏灯")
    await world.run(ReportUnsolved, world.owner, request.id, "还是黑")
    assert (await world.run(ConfirmSolved, world.owner, request.id)).status is RequestStatus.CONFIRMED


async def test_an_emergency_whose_place_comes_later_is_linked_then(world: World) -> None:
    await able(world)
    smoke = ("saf_fire", "冒烟", "冒烟")
    first = await world.run(FileEmergency, world.owner, *smoke, GATE, ("119",))
    second = await world.run(FileEmergency, world.neighbour, *smoke, Details(), ("119",))
    assert world.told(LooksAlike) == []
    await world.run(ChangeRequest, world.neighbour, second.id, Details(GATE.address))
    assert [o.id for e in world.told(LooksAlike) for o in e.others] == [first.id]
    await world.run(ChangeRequest, world.neighbour, second.id, Details(Address(building="3")))
    assert world.told(LooksAlike) == []


async def test_a_follower_cannot_object_before_it_is_done(world: World) -> None:
    request = await followed(world)
    with pytest.raises(WrongState):
        await world.run(ObjectToDone, world.neighbour, request.id, "还是黑")


async def test_what_its_resident_took_back_a_follower_files_after_all(world: World) -> None:
    request = await followed(world)
    with pytest.raises(WrongState):
        await world.run(FileAfterAll, world.neighbour, request.id)
    await world.run(CancelRequest, world.owner, request.id)
    filed = await world.run(FileAfterAll, world.neighbour, request.id)
    assert (filed.resident_id, filed.description, filed.details.phone) == (NEIGHBOUR, HERS[0], "13900001111")
    assert filed.status is RequestStatus.OFFERED
    with pytest.raises(NotFound):
        await world.run(FileAfterAll, world.neighbour, request.id)


async def test_what_looks_alike_is_linked_and_may_be_judged(world: World) -> None:
    first, second = await two(world)
    assert [[o.id for o in e.others] for e in world.told(LooksAlike)] == [[first.id]]
    for one, other in ((first, second), (second, first)):
        ((alike, seen),) = await world.run(ListAlike, world.worker, one.id)
        assert seen.id == other.id
        assert alike.likeness >= world.community.policy.sameness.likeness
    await world.run(JudgeAlike, world.worker, first.id, second.id)
    assert await world.run(ListAlike, world.worker, second.id) == []
    with pytest.raises(NotFound):
        await world.run(JudgeAlike, world.worker, first.id, 999)


async def test_the_residents_no_is_kept_and_told_to_nobody(world: World) -> None:
    first = await lamp(world)
    (second,) = await world.run(FileRequests, world.neighbour, [replace(SAME_LAMP, not_same=(first.id,))])
    assert world.told(LooksAlike) == []
    ((alike, _),) = await world.run(ListAlike, world.worker, second.id)
    assert alike.verdict is Verdict.RESIDENT_NO
    assert await world.run(FindAlike, world.neighbour, *LAMP_ASKED, (first.id, second.id)) is None


LAMP_ASKED = (SAME_LAMP.item, SAME_LAMP.summary, SAME_LAMP.details)


async def test_merging_stops_the_second_and_its_resident_follows(world: World) -> None:
    first, second = await two(world)
    offer = await world.offer_id(second)
    world.events.clear()
    moved = await world.run(MergeRequests, world.worker, second.id, first.id)
    assert (moved.status, moved.merged_into, moved.organisation_id) == (RequestStatus.MERGED, first.id, None)
    assert [e.why for e in world.events if isinstance(e, OfferWithdrawn)] == ["merged"]
    assert [e.into.id for e in world.told(RequestMerged)] == [first.id]
    async with world.transaction() as uow:
        (follower,) = await uow.followers.of_request(first.id)
        taken_away = await uow.offers.get(offer)
        world.clock.forward(days=60)
        rings = [
            t.request_id for t in [await uow.timers.claim_due(world.clock.now()) for _ in range(99)] if t
        ]
    assert (follower.person_id, follower.origin_id, follower.how) == (NEIGHBOUR, second.id, FollowKind.MERGED)
    assert taken_away is not None
    assert taken_away.status is OfferStatus.WITHDRAWN
    assert first.id in rings
    assert second.id not in rings
    assert (await world.now_at(first)).followers == 1


async def test_unmerging_brings_it_back_and_asks_anew(world: World) -> None:
    second = await merged(world)
    world.events.clear()
    back = await world.run(UnmergeRequest, world.worker, second.id)
    assert (back.status, back.merged_into) == (RequestStatus.OFFERED, None)
    assert [e.request.id for e in world.told(RequestUnmerged)] == [second.id]
    async with world.transaction() as uow:
        first = await uow.requests.get(second.merged_into)
        assert await uow.followers.of_request(second.merged_into) == []
        steps = [(h.from_status, h.to_status) for h in await uow.requests.history(second.id)]
    assert first is not None
    assert first.followers == 0
    assert (RequestStatus.MERGED, RequestStatus.SUBMITTED) in steps
    # A worker has looked: the pair is not suggested again.
    assert await world.run(ListAlike, world.worker, second.id) == []
    with pytest.raises(WrongState):
        await world.run(UnmergeRequest, world.worker, second.id)


async def test_work_in_hand_goes_back_to_whoever_had_it(world: World) -> None:
    first, second = await two(world)
    await world.run(AcceptOffer, world.lead, await world.offer_id(second))
    await world.run(StartWork, world.lead, second.id)
    await world.run(MergeRequests, world.worker, second.id, first.id)
    back = await world.run(UnmergeRequest, world.worker, second.id)
    assert (back.status, back.organisation_id) == (RequestStatus.OFFERED, world.first.id)


async def test_followers_move_along_a_chain_and_back(world: World) -> None:
    """a ← follower; a into b, b into c; then b stands alone again with a and the follower."""
    a = await followed(world)
    (b,) = await world.run(FileRequests, world.lead, [replace(SAME_LAMP, not_same=(a.id,))])
    (c,) = await world.run(FileRequests, world.worker, [replace(SAME_LAMP, not_same=(a.id, b.id))])
    await world.run(MergeRequests, world.worker, a.id, b.id)
    assert (await world.now_at(b)).followers == 2
    assert (await world.now_at(a)).followers == 0
    await world.run(MergeRequests, world.worker, b.id, c.id)
    assert (await world.now_at(c)).followers == 3
    await world.run(UnmergeRequest, world.worker, b.id)
    assert (await world.now_at(c)).followers == 0
    assert (await world.now_at(b)).followers == 2
    await world.run(UnmergeRequest, world.worker, a.id)
    assert (await world.now_at(b)).followers == 0
    assert (await world.now_at(a)).followers == 1
    async with world.transaction() as uow:
        assert [f.person_id for f in await uow.followers.of_request(a.id)] == [NEIGHBOUR]


async def test_one_persons_two_requests_merge_without_a_follower(world: World) -> None:
    first = await lamp(world)
    (second,) = await world.run(FileRequests, world.owner, [LAMP])
    await world.run(MergeRequests, world.worker, second.id, first.id)
    async with world.transaction() as uow:
        assert await uow.followers.of_person(OWNER) == []
    assert (await world.now_at(first)).followers == 0


async def test_what_cannot_be_merged(world: World) -> None:
    first, second = await two(world)
    with pytest.raises(BadValue):
        await world.run(MergeRequests, world.worker, first.id, first.id)
    await world.run(CancelRequest, world.owner, first.id)
    with pytest.raises(WrongState):
        await world.run(MergeRequests, world.worker, second.id, first.id)
    with pytest.raises(WrongState):
        await world.run(MergeRequests, world.worker, first.id, second.id)


async def test_an_urgent_one_is_filed_linked_and_never_merged_silently(world: World) -> None:
    await able(world)
    smoke = ("saf_fire", "西门口冒烟", "西门口冒烟", GATE, ("119",))
    first = await world.run(FileEmergency, world.owner, *smoke)
    second = await world.run(
        FileEmergency, world.neighbour, "saf_fire", "着火了快来", "着火了快来", *smoke[3:]
    )
    assert second.id != first.id
    assert [o.id for e in world.told(LooksAlike) for o in e.others] == [first.id]
    # The form asks nobody to wait behind an emergency.
    assert await world.run(FindAlike, world.neighbour, *smoke[:2], GATE) is None
    with pytest.raises(BadValue):
        await world.run(MergeRequests, world.worker, second.id, first.id)
    calm = await world.filed(LAMP)
    with pytest.raises(BadValue):
        await world.run(MergeRequests, world.worker, second.id, calm.id, sure=True)
    moved = await world.run(MergeRequests, world.worker, second.id, first.id, sure=True)
    assert moved.status is RequestStatus.MERGED
    back = await world.run(UnmergeRequest, world.worker, second.id)
    assert back.status is RequestStatus.OFFERED


async def test_the_place_of_an_unknown_address_is_no_place(world: World) -> None:
    await able(world)
    nowhere = Draft(
        "saf_lighting", "路灯坏了", "路灯坏了", Details(phone="13812345678"), without=("address",)
    )
    await world.filed(nowhere)
    assert await ask(world, nowhere) is None
    # One's own words are known again all the same.
    assert (await ask(world, nowhere, "owner")).own
