"""The rules of judging organisations that chats cannot show: who has no voice, who is asked, what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.entities import Organisation, Person, WorkReport
from casework.errors import BadValue, NotAllowed, NotFound, TooLate
from casework.judging.evaluation import Grade, Party
from casework.judging.judgement_events import ResidentQuestioned, RoundClosed, StandingChanged
from casework.judging.register import Cause, ListKind, Verdict
from casework.permissions import Actor, Role
from casework.statuses import Fee, Standing
from casework.use_cases.disclosure import (
    DraftNotice,
    ListUnpriced,
    PublishNotice,
    ReadNotice,
    RecordDonation,
    SetPrice,
)
from casework.use_cases.evaluation import (
    AnswerQuestion,
    CloseRound,
    ListToScore,
    OpenRound,
    ScoreOrganisation,
    ShowResults,
    ShowRound,
)
from casework.use_cases.experts import InviteExpert, JoinAsExpert
from casework.use_cases.filing import FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork
from casework.use_cases.organisations import ImportOrganisations
from casework.use_cases.register import (
    AnswerListing,
    EnterInRegister,
    ShowRegister,
    ShowStanding,
    UpdateStandings,
)
from casework.use_cases.residents import ConfirmSolved, RateRequest
from casework.use_cases.spot_checks import DrawSpotChecks, RecordSpotCheck
from tests.casework.world import HAIRCUT, LEAD, OWNER, World

FOUR = dict.fromkeys(("answering", "quality", "order", "teamwork"), 4)
EXPERT_FOUR = dict.fromkeys(("skill", "management", "safety", "benefit"), 4)


async def expert(world: World, person_id: int) -> Actor:
    """Somebody who came by an invite."""
    token, _ = await world.run(InviteExpert, world.worker, "周老师")
    await world.run(JoinAsExpert, world.actor(person_id, Role.RESIDENT), token)
    return world.actor(person_id, Role.RESIDENT, Role.EXPERT)


async def solved_by(world: World, resident: int, lead: Actor, organisation: Organisation) -> Any:
    """A confirmed request of this resident."""
    actor = world.actor(resident, Role.RESIDENT)
    [request] = await world.run(FileRequests, actor, [HAIRCUT])
    await world.run(AcceptOffer, lead, await world.offer_id(request, organisation))
    await world.run(CompleteWork, lead, request.id, WorkReport(1, 1, "好了"))
    return await world.run(ConfirmSolved, actor, request.id)


async def test_an_expert_scores_as_an_expert_and_a_worker_as_a_worker(world: World) -> None:
    scholar = await expert(world, OWNER)
    opened = await world.run(OpenRound, world.worker, "冬季")
    form = await world.run(ScoreOrganisation, scholar, world.first.id, EXPERT_FOUR)
    assert form.party is Party.EXPERTS
    with pytest.raises(BadValue):
        await world.run(ScoreOrganisation, scholar, world.first.id, FOUR)
    both = replace(scholar, roles=scholar.roles | {Role.ADMIN})
    assert (await world.run(ScoreOrganisation, both, world.first.id, FOUR)).party is Party.WORKERS
    progress = await world.run(ShowRound, world.worker)
    assert progress.round.id == opened.id
    assert progress.forms == {Party.WORKERS: 1, Party.EXPERTS: 1, Party.RESIDENTS: 0}


@pytest.mark.parametrize(
    "scores",
    [{}, {"quality": 4}, {**FOUR, "beauty": 5}, {**FOUR, "quality": 0}, {**FOUR, "quality": 6}],
)
async def test_a_form_is_whole_or_nothing(world: World, scores: dict[str, int]) -> None:
    await world.run(OpenRound, world.worker, "冬季")
    with pytest.raises(BadValue):
        await world.run(ScoreOrganisation, world.worker, world.first.id, scores)


async def test_nobody_judges_their_own(world: World) -> None:
    scholar = replace(await expert(world, LEAD), organisation_ids=frozenset({world.first.id}))
    scholar = replace(scholar, roles=scholar.roles | {Role.LEAD})
    await world.run(OpenRound, world.worker, "冬季")
    _, listed = await world.run(ListToScore, scholar)
    assert [one.organisation.id for one in listed] == [world.second.id]
    with pytest.raises(NotAllowed):
        await world.run(ScoreOrganisation, scholar, world.first.id, EXPERT_FOUR)
    # Nor with stars for work that was done for themselves.
    request = await solved_by(world, LEAD, world.lead, world.first)
    await world.run(RateRequest, world.actor(LEAD, Role.RESIDENT), request.id, 5)
    progress = await world.run(ShowRound, world.worker)
    assert progress.forms[Party.RESIDENTS] == 0


async def test_a_few_residents_are_asked_once_each_and_raters_never(world: World) -> None:
    async with world.transaction() as uow:
        for person_id in range(601, 609):
            who = Person(person_id, world.community.id, "居民", person_id, consented_at=world.clock.now())
            await uow.people.save(replace(who, reachable=person_id != 602))
    for person_id in range(601, 609):
        request = await solved_by(world, person_id, world.lead, world.first)
        if person_id == 601:
            await world.run(RateRequest, world.actor(601, Role.RESIDENT), request.id, 3)
    await solved_by(world, 608, world.lead, world.first)
    opened = await world.run(OpenRound, world.worker, "冬季")
    asked = [event.person_id for event in world.told(ResidentQuestioned)]
    assert len(asked) == len(set(asked)) == 5
    assert not {601, 602} & set(asked)
    # Silence is no form; an answer may be changed; an older round's button does nothing.
    person = world.actor(asked[0], Role.RESIDENT)
    for score in (5, 1):
        await world.run(AnswerQuestion, person, opened.id, world.first.id, score)
    with pytest.raises(BadValue):
        await world.run(AnswerQuestion, person, opened.id, world.first.id, 4)
    await world.run(CloseRound, world.worker)
    [(_, result), _] = (await world.run(ShowResults, world.worker, opened.id))[1]
    assert result.voices == {"residents": 1}
    assert result.total is None
    again = await world.run(OpenRound, world.worker, "春季")
    with pytest.raises(NotFound):
        await world.run(AnswerQuestion, person, opened.id, world.first.id, 5)
    assert again.id != opened.id


async def test_opening_twice_is_opening_once_and_closing_twice_is_told(world: World) -> None:
    opened = await world.run(OpenRound, world.worker, "冬季")
    assert await world.run(OpenRound, world.worker, "另一个") == opened
    await world.run(ScoreOrganisation, world.worker, world.first.id, FOUR)
    await world.run(CloseRound, world.worker)
    assert len(world.told(RoundClosed)) == 1
    with pytest.raises(NotFound):
        await world.run(CloseRound, world.worker)
    with pytest.raises(NotFound):
        await world.run(ScoreOrganisation, world.worker, world.first.id, FOUR)


async def test_a_grade_counts_from_the_next_day_until_it_is_a_year_old(world: World) -> None:
    scholar = await expert(world, OWNER)
    await world.run(OpenRound, world.worker, "冬季")
    five = dict.fromkeys(EXPERT_FOUR, 5)
    await world.run(ScoreOrganisation, scholar, world.first.id, five)
    await world.run(ScoreOrganisation, world.worker, world.first.id, FOUR)
    await world.run(CloseRound, world.worker)
    assert (await world.run(ShowStanding, world.worker, world.first.id)).grade is Grade.A
    world.clock.forward(days=1)
    await world.run(UpdateStandings, world.system)
    [changed] = world.told(StandingChanged)
    assert (changed.organisation.id, changed.before, changed.cause) == (
        world.first.id,
        Standing.NORMAL,
        Cause.GRADE_A,
    )
    world.clock.forward(days=365)
    await world.run(UpdateStandings, world.system)
    [changed] = world.told(StandingChanged)
    assert changed.organisation.standing is Standing.NORMAL


async def test_too_few_services_are_flagged_after_a_year(world: World) -> None:
    await world.run(UpdateStandings, world.system)
    assert (await world.run(ShowRegister, world.worker)).few == ()
    world.clock.forward(days=366)
    for _ in range(4):
        await solved_by(world, OWNER, world.lead, world.first)
    view = await world.run(ShowRegister, world.worker)
    assert [(o.id, s.confirmed) for o, s in view.few] == [(world.second.id, 0)]
    assert (await world.run(ShowStanding, world.worker, world.second.id)).few


async def test_work_in_hand_is_a_sign_of_life(world: World) -> None:
    await world.run(UpdateStandings, world.system)
    await world.accepted()
    world.clock.forward(days=200)
    await world.run(UpdateStandings, world.system)
    view = await world.run(ShowRegister, world.worker)
    assert [o.id for o, _ in view.dormant] == [world.second.id]


async def test_a_sheet_does_not_whitewash(world: World) -> None:
    await world.run(EnterInRegister, world.worker, world.first.id, ListKind.ABNORMAL, "找不到人")
    await world.run(UpdateStandings, world.system)
    await world.run(ImportOrganisations, world.worker, [replace(world.first, id=0, capacity=3)])
    async with world.transaction() as uow:
        found = await uow.organisations.get(world.first.id)
    assert found
    assert (found.capacity, found.standing) == (3, Standing.WATCH)


async def test_who_is_on_the_black_list_gets_no_offer(world: World) -> None:
    await world.run(EnterInRegister, world.worker, world.first.id, ListKind.BLACK, "乱收费")
    world.clock.forward(days=8)
    await world.run(UpdateStandings, world.system)
    request = await world.filed()
    async with world.transaction() as uow:
        offered = [offer.organisation_id for offer in await uow.offers.of_request(request.id)]
    assert offered == [world.second.id]


async def test_an_answer_comes_in_time_or_not_at_all(world: World) -> None:
    listing = await world.run(EnterInRegister, world.worker, world.first.id, ListKind.BLACK, "乱收费")
    with pytest.raises(NotFound):
        await world.run(AnswerListing, world.other_lead, listing.id, "不是我们")
    with pytest.raises(BadValue):
        await world.run(AnswerListing, world.lead, listing.id, "  ")
    world.clock.forward(days=7, seconds=1)
    with pytest.raises(TooLate):
        await world.run(AnswerListing, world.lead, listing.id, "来晚了")
    red = await world.run(EnterInRegister, world.worker, world.first.id, ListKind.RED, "好")
    with pytest.raises(NotFound):
        await world.run(AnswerListing, world.lead, red.id, "谢谢")


@pytest.mark.parametrize("reason", ["", "   ", "长" * 501])
async def test_an_entry_needs_a_reason(world: World, reason: str) -> None:
    with pytest.raises(BadValue):
        await world.run(EnterInRegister, world.worker, world.first.id, ListKind.RED, reason)


async def test_the_lot_falls_on_everybody_in_turn(world: World) -> None:
    async with world.transaction() as uow:
        for n in range(6):
            extra = replace(world.second, id=0, name=f"组织{n}", emergency=False)
            await uow.organisations.save(extra)
    drawn = []
    for _ in range(4):
        drawn += [check.organisation_id for check in await world.run(DrawSpotChecks, world.system)]
        assert await world.run(DrawSpotChecks, world.system) == []
        world.clock.forward(days=7)
    # Eight organisations, two a week: after four weeks each has been drawn once.
    assert len(drawn) == len(set(drawn)) == 8
    with pytest.raises(NotFound):
        await world.run(RecordSpotCheck, world.worker, 10**6, Verdict.GOOD)


async def test_a_notice_tells_its_month_and_stays_as_published(world: World) -> None:
    month = "2026-11"
    await world.confirmed()
    await world.run(RecordDonation, world.worker, "丰和超市", "2000元", "助老餐")
    await world.run(SetPrice, world.worker, world.first.id, "eld_haircut", "10元一次")
    await world.run(EnterInRegister, world.worker, world.second.id, ListKind.BLACK, "乱收费")
    with pytest.raises(BadValue):
        await world.run(PublishNotice, world.worker, month)
    assert await world.run(ReadNotice, world.owner) == (None, [])
    world.clock.forward(days=20)
    figures, published = await world.run(DraftNotice, world.worker, month)
    assert published is None
    assert figures["total"] == 1
    assert figures["rates"]["response"] == {"numerator": 1, "denominator": 1}
    assert figures["rates"]["solved"] == {"numerator": 1, "denominator": 1}
    assert figures["rates"]["satisfied"] == {"numerator": 0, "denominator": 0}
    assert figures["donations"] == [["丰和超市", "2000元", "助老餐"]]
    assert figures["prices"] == [["巧手理发队", "eld_haircut", "10元一次"]]
    assert figures["black"] == [["爱心服务队", "乱收费"]]
    await world.run(PublishNotice, world.worker, month)
    with pytest.raises(TooLate):
        await world.run(PublishNotice, world.worker, month)
    async with world.transaction() as uow:
        for donation in await uow.disclosures.donations(
            world.clock.now() - timedelta(days=40), world.clock.now()
        ):
            await uow.disclosures.withdraw_donation(donation.id, world.clock.now())
    notice, months = await world.run(ReadNotice, world.neighbour)
    assert months == [month]
    assert notice.figures == figures


async def test_who_takes_money_has_to_tell_the_price(world: World) -> None:
    async with world.transaction() as uow:
        paid = await uow.organisations.save(replace(world.first, fee=Fee.PAID))
    assert [o.id for o in await world.run(ListUnpriced, world.worker)] == [paid.id]
    await world.run(SetPrice, world.worker, paid.id, "eld_haircut", "10元一次")
    assert await world.run(ListUnpriced, world.worker) == []


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-00", "1999-01", "2027-01", "二月"])
async def test_months_that_are_none_or_have_not_begun(world: World, month: str) -> None:
    with pytest.raises(BadValue):
        await world.run(DraftNotice, world.worker, month)
