"""What is kept of judging organisations: once, by one, and for its own community only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.entities import Organisation, Request
from casework.judging.disclosure import Donation, Notice, Price
from casework.judging.evaluation import Expert, ExpertInvite, Form, Grade, Party, Result, Round
from casework.judging.register import Cause, Listing, ListKind, Presence, SpotCheck, Verdict
from casework.statuses import OfferStatus, Standing
from storage.database import Database
from tests.storage.things import HOME, NOW

ELSEWHERE = "rainy"
LATER = NOW + timedelta(days=1)
ROUND = Round(0, HOME, "冬季评价", NOW - timedelta(days=90), NOW, 9)
LISTING = Listing(0, HOME, 0, ListKind.BLACK, "乱收费\x00", 9, NOW, NOW + timedelta(days=7))
Stored = tuple[Request, Organisation]


async def test_one_round_is_open_at_a_time(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        opened = await uow.evaluations.open_round(ROUND)
        assert opened
        assert await uow.evaluations.open_round(ROUND) is None
        assert await uow.evaluations.current() == opened
        result = Result(
            opened.id, HOME, stored[1].id, {"workers": 80.0}, {"workers": 1}, 80.0, 1, Grade.B, 5, False
        )
        assert await uow.evaluations.close(opened.id, LATER, [result])
        assert not await uow.evaluations.close(opened.id, LATER, [result])
        assert await uow.evaluations.current() is None
        assert await uow.evaluations.results(opened.id) == [result]
        assert await uow.evaluations.grades(NOW) == {stored[1].id: Grade.B}
        # A grade that is too old counts no more, and the next round takes its place also without one.
        assert await uow.evaluations.grades(LATER) == {}
        again = await uow.evaluations.open_round(replace(ROUND, title="春季评价"))
        assert again
        assert await uow.evaluations.close(again.id, LATER + timedelta(days=1), [])
        assert await uow.evaluations.grades(NOW) == {}
        latest = await uow.evaluations.latest_closed()
        assert latest
        assert latest.title == "春季评价"
        assert [r.title for r in await uow.evaluations.closed_rounds()] == ["春季评价", "冬季评价"]
        assert [r.title for r in await uow.evaluations.closed_rounds(limit=1)] == ["春季评价"]
        await uow.commit()
    async with db.transaction(ELSEWHERE) as uow:
        assert await uow.evaluations.round(opened.id) is None
        assert await uow.evaluations.results(opened.id) == []
        assert await uow.evaluations.latest_closed() is None


async def test_a_person_has_one_form_of_an_organisation(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        opened = await uow.evaluations.open_round(ROUND)
        assert opened
        asked = Form(opened.id, HOME, stored[1].id, Party.RESIDENTS, 501, {}, NOW)
        assert await uow.evaluations.ask(asked)
        said = replace(asked, scores={"stars": 4}, at=LATER)
        await uow.evaluations.keep(said)
        # Who has answered is not asked again.
        assert not await uow.evaluations.ask(asked)
        worker = replace(said, party=Party.WORKERS, scores={"quality": 2})
        await uow.evaluations.keep(worker)
        assert await uow.evaluations.forms(opened.id) == [said, worker]
        assert await uow.evaluations.forms_of(opened.id, Party.WORKERS, 501) == {stored[1].id: worker}
        assert await uow.evaluations.form(opened.id, stored[1].id, Party.EXPERTS, 501) is None


async def test_an_expert_joins_by_a_key_that_works_once(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await uow.evaluations.add_invite(ExpertInvite("hash", HOME, "周老师", 9, LATER))
        await uow.evaluations.add_invite(ExpertInvite("old", HOME, "李老师", 9, NOW))
        await uow.commit()
    async with db.transaction(ELSEWHERE) as uow:
        assert await uow.evaluations.use_invite("hash", 501, NOW) is None
    async with db.transaction(HOME) as uow:
        found = await uow.evaluations.use_invite("hash", 501, NOW)
        assert found
        assert found.name == "周老师"
        assert await uow.evaluations.use_invite("hash", 502, NOW) is None
        assert await uow.evaluations.use_invite("old", 502, NOW) is None
        expert = Expert(501, HOME, "周老师", NOW)
        await uow.evaluations.add_expert(expert)
        await uow.evaluations.add_expert(replace(expert, since=LATER))
        assert await uow.evaluations.experts() == [expert]
        assert await uow.evaluations.is_expert(501)
        await uow.evaluations.remove_expert(501)
        assert not await uow.evaluations.is_expert(501)


async def test_an_organisation_stands_once_on_a_list_and_again_after_removal(
    db: Database, stored: Stored
) -> None:
    new = replace(LISTING, organisation_id=stored[1].id)
    async with db.transaction(HOME) as uow:
        entered = await uow.register.enter(new)
        assert entered
        assert await uow.register.enter(new) is None
        other = await uow.register.enter(replace(new, kind=ListKind.RED))
        assert other
        over = replace(entered, removed_at=LATER, removed_by=9, removed_why="整改好了", answer="对不起")
        await uow.register.save(over)
        kept = await uow.register.get(entered.id)
        assert kept == replace(over, reason="乱收费")
        assert [e.id for e in await uow.register.listed()] == [other.id]
        assert await uow.register.listed(ListKind.BLACK) == []
        again = await uow.register.enter(new)
        assert again
        history = [e.id for e in await uow.register.of_organisation(stored[1].id)]
        assert history == [again.id, other.id, entered.id]
        await uow.commit()
    async with db.transaction(ELSEWHERE) as uow:
        assert await uow.register.get(entered.id) is None
        assert await uow.register.listed() == []
        await uow.register.save(replace(over, removed_at=None))
        await uow.commit()
    async with db.transaction(HOME) as uow:
        found = await uow.register.get(entered.id)
        assert found
        assert found.removed_at == LATER


async def test_a_check_is_drawn_and_recorded_once(db: Database, stored: Stored) -> None:
    new = SpotCheck(0, HOME, stored[1].id, date(2026, 11, 16), NOW)
    async with db.transaction(HOME) as uow:
        check = await uow.register.draw(new)
        assert check
        assert await uow.register.draw(new) is None
        done = replace(check, checked_at=LATER, by=9, verdict=Verdict.GOOD, words="人在")
        assert await uow.register.record_check(done)
        assert not await uow.register.record_check(replace(done, verdict=Verdict.ABSENT))
        assert await uow.register.check(check.id) == done
        assert await uow.register.checks(open_only=True) == []
        next_week = await uow.register.draw(replace(new, week=date(2026, 11, 23)))
        assert await uow.register.checks() == [next_week, done]


async def test_signs_of_life_are_what_leads_said(db: Database, stored: Stored) -> None:
    request, organisation = stored
    async with db.transaction(HOME) as uow:
        assert await uow.register.signs_of_life() == {}
        await uow.organisations.add_lead(organisation.id, 77, NOW)
        assert await uow.register.signs_of_life() == {organisation.id: NOW}
        offer = await uow.offers.add(request, organisation.id, NOW, LATER, 1.0, ())
        # An offer that only ran out was nobody's act.
        await uow.offers.decide(offer, OfferStatus.EXPIRED, LATER, None)
        assert await uow.register.signs_of_life() == {organisation.id: NOW}
        offer = await uow.offers.add(request, organisation.id, NOW, LATER, 1.0, ())
        await uow.offers.decide(offer, OfferStatus.DECLINED, LATER, 77)
        assert await uow.register.signs_of_life() == {organisation.id: LATER}


async def test_presence_and_standing(db: Database, stored: Stored) -> None:
    presence = Presence(stored[1].id, HOME, NOW)
    async with db.transaction(HOME) as uow:
        await uow.register.save_presence(presence)
        asleep = replace(presence, dormant_since=LATER, cause=Cause.GRADE_D, changed_at=LATER)
        await uow.register.save_presence(asleep)
        assert await uow.register.presences() == {stored[1].id: asleep}
        await uow.register.set_standing(stored[1].id, Standing.WATCH)
        found = await uow.organisations.get(stored[1].id)
        assert found == replace(stored[1], standing=Standing.WATCH)
        await uow.commit()
    async with db.transaction(ELSEWHERE) as uow:
        await uow.register.set_standing(stored[1].id, Standing.BLACK)
        assert await uow.register.presences() == {}
        await uow.commit()
    async with db.transaction(HOME) as uow:
        found = await uow.organisations.get(stored[1].id)
        assert found
        assert found.standing is Standing.WATCH


async def test_donations_stand_until_they_are_withdrawn(db: Database) -> None:
    new = Donation(0, HOME, "丰和超市", "2000元", "助老餐", 9, NOW)
    async with db.transaction(HOME) as uow:
        first = await uow.disclosures.add_donation(new)
        second = await uow.disclosures.add_donation(replace(new, at=LATER))
        assert await uow.disclosures.donations(NOW, LATER) == [first]
        assert await uow.disclosures.withdraw_donation(first.id, LATER)
        assert not await uow.disclosures.withdraw_donation(first.id, LATER)
        assert await uow.disclosures.donations(NOW, LATER + timedelta(days=1)) == [second]
        await uow.commit()
    async with db.transaction(ELSEWHERE) as uow:
        assert await uow.disclosures.donation(second.id) is None
        assert not await uow.disclosures.withdraw_donation(second.id, LATER)


async def test_a_new_price_ends_the_old_one(db: Database, stored: Stored) -> None:
    new = Price(0, HOME, stored[1].id, "hom_plumbing", "30元一次", 9, NOW)
    async with db.transaction(HOME) as uow:
        old = await uow.disclosures.set_price(new)
        price = await uow.disclosures.set_price(replace(new, words="40元一次", at=LATER))
        assert await uow.disclosures.prices() == [price]
        assert await uow.disclosures.price(old.id) == replace(old, ended_at=LATER)
        assert await uow.disclosures.end_price(price.id, LATER)
        assert not await uow.disclosures.end_price(price.id, LATER)
        assert await uow.disclosures.prices() == []


async def test_a_month_is_published_once(db: Database) -> None:
    notice = Notice("2026-10", HOME, {"total": 3, "black": [["某队", "乱收费"]]}, NOW, 9)
    async with db.transaction(HOME) as uow:
        assert await uow.disclosures.publish(notice)
        assert not await uow.disclosures.publish(replace(notice, figures={"total": 4}))
        await uow.disclosures.publish(replace(notice, month="2026-09"))
        assert await uow.disclosures.notice("2026-10") == notice
        assert await uow.disclosures.published() == ["2026-10", "2026-09"]
        await uow.commit()
    async with db.transaction(ELSEWHERE) as uow:
        assert await uow.disclosures.notice("2026-10") is None
        assert await uow.disclosures.published() == []


@pytest.mark.parametrize("beyond", [-1, 0, 2**63, 10**30])
async def test_ids_that_are_nobodys(db: Database, beyond: int) -> None:
    async with db.transaction(HOME) as uow:
        assert await uow.evaluations.round(beyond) is None
        assert await uow.evaluations.results(beyond) == []
        assert await uow.evaluations.form(beyond, beyond, Party.EXPERTS, 1) is None
        assert await uow.register.get(beyond) is None
        assert await uow.register.check(beyond) is None
        assert await uow.disclosures.donation(beyond) is None
        assert await uow.disclosures.price(beyond) is None
