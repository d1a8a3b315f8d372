"""Between resident and organisation, on a real database: urging, correcting, splitting, handing on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.addressees import phone_of
from casework.between_events import HandOnProposed, HandOnRefused, NeedCorrected, RequestSplit
from casework.books.ledgers import ProblemKind
from casework.entities import Address, Details, Request
from casework.errors import BadValue, NotFound, WrongState
from casework.events import (
    NoteAdded,
    OfferMade,
    OfferWithdrawn,
    ProblemRaised,
    RequestUrged,
    ResidentAsked,
)
from casework.policy import ServiceClass
from casework.statuses import RequestStatus, TimerKind
from casework.steps import CHANGE, PROPOSE_HAND_ON, SPLIT, URGE
from casework.use_cases.between import (
    AskBeforeAccepting,
    CorrectNeed,
    DecideHandOn,
    ListQuestions,
    ProposeHandOn,
    SplitRequest,
)
from casework.use_cases.filing import Draft, FileEmergency
from casework.use_cases.leads import AskResident, Attachment, CompleteWork, WorkReport
from casework.use_cases.residents import AddResidentNote, ChangeRequest, UrgeRequest
from casework.use_cases.workers import RecategoriseRequest
from tests.casework.world import DETAILS, World


async def steps(world: World, request: Request) -> list[tuple[str, str]]:
    async with world.transaction() as uow:
        return [(e.action, e.reason) for e in await uow.requests.history(request.id)]


# Hurry


async def test_urging_counts_so_often_a_day_and_again_on_the_next(world: World) -> None:
    request = await world.filed()
    for _ in range(5):
        urged = await world.run(UrgeRequest, world.owner, request.id)
    assert urged.urges == 3
    assert len(world.told(RequestUrged)) == 3
    assert [a for a, _ in await steps(world, request)].count(URGE) == 3
    world.clock.forward(hours=16)
    assert (await world.run(UrgeRequest, world.owner, request.id)).urges == 4


async def test_in_danger_every_urge_counts(world: World) -> None:
    request = await world.run(
        FileEmergency, world.owner, "aid_rescue", "老人摔倒", "老人摔倒", Details(), ("120",)
    )
    for _ in range(5):
        urged = await world.run(UrgeRequest, world.owner, request.id)
    assert urged.urges == 5


async def test_what_is_late_goes_to_workers_then_into_the_problem_ledger(world: World) -> None:
    request = await world.accepted()
    world.clock.forward(days=30)
    await world.run(UrgeRequest, world.owner, request.id)
    assert world.told(RequestUrged)[0].late
    assert (await world.now_at(request)).escalation == 1
    assert world.told(ProblemRaised) == []
    await world.run(UrgeRequest, world.owner, request.id)
    assert [e.problem.kind for e in world.told(ProblemRaised)] == [ProblemKind.LATE]
    assert (await world.now_at(request)).escalation == 2
    await world.run(UrgeRequest, world.owner, request.id)
    assert world.told(ProblemRaised) == []


async def test_nothing_is_late_while_the_resident_is_asked_or_when_it_is_done(world: World) -> None:
    request = await world.accepted()
    await world.run(AskResident, world.lead, request.id, "几楼？")
    world.clock.forward(days=60)
    world.told(RequestUrged)
    await world.run(UrgeRequest, world.owner, request.id)
    assert not world.told(RequestUrged)[0].late
    await world.run(CompleteWork, world.lead, request.id, WorkReport(1, 1))
    await world.run(UrgeRequest, world.owner, request.id)
    assert not world.told(RequestUrged)[0].late


# Questions before a yes


async def test_a_question_before_the_yes_leaves_the_clock_running_and_waits_for_an_answer(
    world: World,
) -> None:
    request = await world.filed()
    offer = await world.offer_id(request)
    await world.run(AskBeforeAccepting, world.lead, offer, "有电梯吗？")
    assert [e.note.text for e in world.told(ResidentAsked)] == ["有电梯吗？"]
    now = await world.now_at(request)
    assert (now.status, now.answer_due) == (RequestStatus.OFFERED, request.answer_due)
    async with world.transaction() as uow:
        kinds = {t.kind for t in [await uow.timers.claim_due(now.answer_due)] if t}  # type: ignore[arg-type]
    assert TimerKind.OFFER_REMINDER in kinds
    asked = [(r.id, q) for r, q in await world.run(ListQuestions, world.owner)]
    assert asked == [(request.id, "有电梯吗？")]
    await world.run(AddResidentNote, world.owner, request.id, "没有，13812345678", Attachment(), "没有，〇")
    assert await world.run(ListQuestions, world.owner) == []
    told = world.told(NoteAdded)[0]
    assert [o.id for o in told.asked] == [world.first.id]
    assert told.summary == "没有，〇"


async def test_a_question_in_work_waits_too_and_of_others_nothing_is_listed(world: World) -> None:
    request = await world.accepted()
    await world.run(AskResident, world.lead, request.id, "几楼？")
    assert [r.id for r, _ in await world.run(ListQuestions, world.owner)] == [request.id]
    assert await world.run(ListQuestions, world.neighbour) == []


async def test_nobody_asks_about_what_is_no_longer_offered(world: World) -> None:
    request = await world.filed()
    offer = await world.offer_id(request)
    with pytest.raises(BadValue):
        await world.run(AskBeforeAccepting, world.lead, offer, " ")
    world.clock.forward(days=9)
    await world.accepted()
    async with world.transaction() as uow:
        await uow.offers.decide((await uow.offers.get(offer)), _declined(), world.clock.now(), None)  # type: ignore[arg-type]
    with pytest.raises(WrongState):
        await world.run(AskBeforeAccepting, world.lead, offer, "几楼？")


def _declined() -> object:
    from casework.statuses import OfferStatus

    return OfferStatus.DECLINED


# Another need, another place


async def test_another_need_is_filed_anew_before_anybody_works_on_it(world: World) -> None:
    request = await world.filed()
    moved = await world.run(
        CorrectNeed, world.owner, request.id, "hom_plumbing", "不是理发，是修水管", "不是理发，是修水管"
    )
    assert moved.item == "hom_plumbing"
    assert moved.category == world.community.category_of("hom_plumbing")
    assert moved.description.endswith("是修水管")
    withdrawn = [e for e in world.events if type(e) is OfferWithdrawn]
    assert [e.organisation.id for e in withdrawn] == [world.first.id]
    told = world.told(NeedCorrected)[0]
    assert (told.old_item, told.moved) == ("eld_haircut", True)


async def test_another_need_in_work_is_told_and_stays(world: World) -> None:
    request = await world.accepted()
    kept = await world.run(CorrectNeed, world.owner, request.id, "hom_plumbing", "是修水管", "是修水管")
    assert (kept.item, kept.status) == ("eld_haircut", RequestStatus.ACCEPTED)
    told = world.told(NeedCorrected)[0]
    assert not told.moved
    assert [o.id for o in told.organisations] == [world.first.id]
    with pytest.raises(BadValue):
        await world.run(CorrectNeed, world.owner, request.id, "eld_haircut", "理发", "理发")


async def test_another_place_takes_the_place_of_the_known_one(world: World) -> None:
    request = await world.filed()
    gate = Details(Address(place="西门口"))
    changed = await world.run(
        ChangeRequest, world.owner, request.id, gate, "西门口", "西门口", elsewhere=True
    )
    assert changed.details.address == Address(compound="丰和家园", place="西门口")
    assert changed.details.phone == DETAILS.phone
    assert (CHANGE, "address") in await steps(world, request)


def test_more_about_a_place_is_added_and_another_one_replaces() -> None:
    home = Address("丰和家园", "8", "2", "501")
    more = Address(place="三楼左手边")
    assert home.merged_with(more).place == "三楼左手边"
    assert home.merged_with(more).building == "8"
    assert home.replaced_by(Address("翠湖苑", place="西门")) == Address("翠湖苑", place="西门")


# Splitting


async def test_one_becomes_two_each_with_its_own_way(world: World) -> None:
    request = await world.accepted()
    async with world.transaction() as uow:
        await uow.organisations.save(replace(world.second, items=frozenset({"hom_electric"})))
    world.told(OfferMade)
    parent, child = await world.run(
        SplitRequest, world.worker, request.id, "hom_electric", "灯也不亮", "灯也不亮"
    )
    assert parent.number == request.number
    assert (await world.now_at(request)).status is RequestStatus.ACCEPTED
    assert child.parent_id == request.id
    assert child.number != request.number
    assert child.resident_id == request.resident_id
    assert child.details == request.details
    assert (child.status, child.organisation_id) == (RequestStatus.OFFERED, world.second.id)
    assert (await steps(world, child))[0] == ("submit", request.number)
    assert (SPLIT, f"{child.number} 灯也不亮") in await steps(world, request)
    told = world.told(RequestSplit)[0]
    assert (told.request.id, told.parent.id) == (child.id, request.id)
    assert [o.id for o in told.organisations] == [world.first.id]


async def test_what_is_done_or_empty_is_not_split(world: World) -> None:
    request = await world.done()
    with pytest.raises(WrongState):
        await world.run(SplitRequest, world.worker, request.id, "hom_electric", "灯", "灯")
    other = await world.filed(Draft("eld_haircut", "剪头", "剪头", DETAILS))
    with pytest.raises(BadValue):
        await world.run(SplitRequest, world.worker, other.id, "hom_electric", " ", "")
    with pytest.raises(NotFound):
        await world.run(SplitRequest, world.worker, other.id, "no_such", "灯", "灯")


# Handing on


async def proposal(world: World) -> Request:
    request = await world.accepted()
    await world.run(ProposeHandOn, world.lead, request.id, world.second.id, "人手不够")
    return request


async def test_a_proposal_leaves_it_where_it_is_until_a_worker_agrees(world: World) -> None:
    request = await proposal(world)
    asked = world.told(HandOnProposed)[0]
    assert (asked.organisation.id, asked.to.id, asked.reason) == (world.first.id, world.second.id, "人手不够")
    assert (await world.now_at(request)).organisation_id == world.first.id
    moved = await world.run(DecideHandOn, world.worker, request.id, world.second.id, approve=True)
    assert (moved.status, moved.organisation_id) == (RequestStatus.OFFERED, world.second.id)
    assert [e.why for e in world.told(OfferWithdrawn)] == ["handed_on"]
    chain = await steps(world, request)
    assert (PROPOSE_HAND_ON, f"{world.second.name}\n人手不够") in chain
    assert chain[-1] == ("assign", f"{world.first.name} → {world.second.name}")


async def test_a_worker_may_say_no_and_nothing_is_decided_twice(world: World) -> None:
    request = await proposal(world)
    kept = await world.run(
        DecideHandOn, world.worker, request.id, world.second.id, approve=False, reason="就近"
    )
    assert (kept.status, kept.organisation_id) == (RequestStatus.ACCEPTED, world.first.id)
    assert world.told(HandOnRefused)[0].reason == "就近"
    with pytest.raises(NotFound):
        await world.run(DecideHandOn, world.worker, request.id, world.second.id, approve=True)


async def test_where_the_community_says_so_nobody_need_decide(world: World) -> None:
    world.community = replace(world.community, policy=replace(world.community.policy, hand_on_directly=True))
    request = await proposal(world)
    now = await world.now_at(request)
    assert (now.status, now.organisation_id) == (RequestStatus.OFFERED, world.second.id)
    assert (PROPOSE_HAND_ON, f"{world.second.name}\n人手不够") in await steps(world, request)


async def test_nobody_hands_on_to_themselves_or_without_a_reason(world: World) -> None:
    request = await world.accepted()
    for organisation, reason in ((world.first, "人手不够"), (world.second, " ")):
        with pytest.raises(BadValue):
            await world.run(ProposeHandOn, world.lead, request.id, organisation.id, reason)


def test_the_community_knows_its_own_telephones_better() -> None:
    assert phone_of("power", {}) == "95598"
    assert phone_of("property", {"property": "0431-1"}) == "0431-1"
    assert phone_of("nobody", {}) == ""


@pytest.mark.parametrize("by", ["worker", "owner"])
async def test_another_item_brings_its_own_class_and_promise(world: World, by: str) -> None:
    request = await world.filed()
    world.clock.forward(hours=5)
    if by == "worker":
        moved = await world.run(RecategoriseRequest, world.worker, request.id, "hom_plumbing")
    else:
        moved = await world.run(CorrectNeed, world.owner, request.id, "hom_plumbing", "修水管", "修水管")
    assert moved.service_class is ServiceClass.SUPPLY
    assert moved.resolve_due == world.clock.now() + timedelta(hours=24)
