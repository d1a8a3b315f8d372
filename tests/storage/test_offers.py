"""Offers, organisations, leads, invites: one winner each time, and records that add up."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from casework.entities import Invite, Offer, Organisation, Person, Rating, Request, ScorePart, Workload
from casework.errors import Conflict
from casework.statuses import Fee, OfferStatus, RequestStatus
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, NOW, add, an_organisation, move

LATER = NOW + timedelta(hours=1)
Stored = tuple[Request, Organisation]


async def offer_of(uow: UnitOfWork, request: Request, organisation: Organisation) -> Offer:
    """An open offer."""
    part = ScorePart("fit", 1.0, 0.4, "hom_plumbing")
    return await uow.offers.add(request, organisation.id, NOW, LATER, 0.75, [part])


async def test_of_many_leads_accepting_at_once_one_wins(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        offer = await offer_of(uow, *stored)
        await uow.commit()

    async def accept(person: int) -> bool:
        async with db.transaction(HOME) as uow:
            won = await uow.offers.decide(offer, OfferStatus.ACCEPTED, LATER, person, "好的")
            await asyncio.sleep(0)
            await uow.commit()
        return won

    won = await asyncio.gather(*(accept(n) for n in range(6)))
    assert won.count(True) == 1
    async with db.transaction(HOME) as uow:
        decided = await uow.offers.get(offer.id)
        expected = replace(
            offer, status=OfferStatus.ACCEPTED, decided_at=LATER, decided_by=won.index(True), reason="好的"
        )
        assert decided == expected
        assert await uow.offers.of_request(stored[0].id) == [expected]
        assert await uow.offers.open_of_organisations([stored[1].id]) == []
        assert (await uow.organisations.workloads([stored[1].id]))[stored[1].id].accepted == 1


async def test_an_offer_of_another_community_cannot_be_decided(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        offer = await offer_of(uow, *stored)
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.offers.get(offer.id) is None
        assert not await uow.offers.decide(offer, OfferStatus.ACCEPTED, LATER, 1)
        await uow.commit()
    async with db.transaction(HOME) as uow:
        assert await uow.offers.open_of_organisations([stored[1].id]) == [offer]


async def test_workloads_follow_what_happens(db: Database, stored: Stored) -> None:
    request, organisation = stored
    async with db.transaction(HOME) as uow:
        other = await uow.organisations.save(an_organisation("邻里帮"))
        offer = await offer_of(uow, request, organisation)
        await uow.offers.decide(offer, OfferStatus.ACCEPTED, LATER, 1)
        request = await move(uow, request, RequestStatus.ACCEPTED, organisation_id=organisation.id)
        loads = await uow.organisations.workloads([organisation.id, other.id])
        assert loads[other.id] == Workload()
        load = loads[organisation.id]
        assert (load.open_requests, load.offered, load.accepted, load.last_offer_at) == (1, 1, 1, NOW)
        assert (load.ended, load.in_time) == (1, 1)
        request = await move(uow, request, RequestStatus.DONE, done_at=LATER)
        request = await move(uow, request, RequestStatus.CONFIRMED)
        rating = Rating(request.id, HOME, 2, ("slow",), LATER)
        await uow.notes.rate(rating)
        await uow.notes.rate(replace(rating, stars=5, reasons=(), words="改主意了"))
        loads = await uow.organisations.workloads([organisation.id])
        load = loads[organisation.id]
        assert (load.open_requests, load.asked, load.confirmed) == (0, 1, 1)
        assert (load.rating_sum, load.rating_count, load.satisfied) == (5, 1, 1)
        await uow.notes.rate(replace(rating, stars=3))
        assert (await uow.organisations.workloads([organisation.id]))[organisation.id].satisfied == 0
        await uow.notes.rate(replace(rating, stars=5, reasons=(), words="改主意了"))
        assert await uow.notes.rating(request.id) == replace(rating, stars=5, reasons=(), words="改主意了")
        assert await uow.organisations.workloads([]) == {}


async def test_organisations_come_back_as_they_went_in(db: Database) -> None:
    full = an_organisation(
        "雷锋'班\"",
        items=frozenset({"hom_plumbing", "env_pest"}),
        areas=frozenset({"阳光花园", "明珠苑"}),
        capacity=3,
        fee=Fee.LOW,
        phone="01012345678",
        emergency=True,
        sample=True,
        group_chat_id=-1001234567890,
        intro="一群热心人",
    )
    async with db.transaction(HOME) as uow:
        first = await uow.organisations.save(full)
        paused = await uow.organisations.save(an_organisation("休息中", active=False))
        near = await uow.organisations.save(an_organisation("像", items=frozenset({"homXplumbing"})))
        assert first == replace(full, id=first.id)
        assert await uow.organisations.by_name("雷锋'班\"") == first
        assert await uow.organisations.all() == [first, paused, near]
        assert await uow.organisations.all(active_only=True) == [first, near]
        assert await uow.organisations.offering("hom_plumbing") == [first]
        assert await uow.organisations.suited("hom_plumbing", "没有这一类") == [first, paused]
        assert await uow.organisations.suited("hom_", first.category) == [first, paused, near]
        assert await uow.organisations.suited("hom_", "没有这一类") == []
        assert await uow.organisations.count() == 3
        assert await uow.organisations.offering("plumbing") == []
        changed = await uow.organisations.save(replace(first, items=frozenset(), active=False))
        assert await uow.organisations.get(first.id) == changed
        assert await uow.organisations.offering("hom_plumbing") == []


async def test_leads_join_once_and_leave(db: Database, stored: Stored) -> None:
    organisation = stored[1]
    async with db.transaction(HOME) as uow:
        for n, name in ((5, "李"), (4, "王")):
            await uow.people.save(Person(n, HOME, name))
            await uow.organisations.add_lead(organisation.id, n, NOW - timedelta(days=n))
        await uow.organisations.add_lead(organisation.id, 4, LATER)
        assert [p.name for p in await uow.organisations.leads(organisation.id)] == ["李", "王"]
        assert await uow.organisations.led_by(4) == [organisation.id]
        await uow.organisations.remove_lead(organisation.id, 4)
        await uow.organisations.remove_lead(organisation.id, 4)
        assert await uow.organisations.led_by(4) == []


async def test_an_invite_lets_in_exactly_one(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        await uow.invites.add(Invite("hash", HOME, stored[1].id, 9, LATER))
        await uow.invites.add(Invite("old", HOME, stored[1].id, 9, NOW))
        await uow.commit()

    async def use(person: int) -> Invite | None:
        async with db.transaction(HOME) as uow:
            invite = await uow.invites.use("hash", person, NOW)
            await asyncio.sleep(0)
            await uow.commit()
        return invite

    used = [invite for invite in await asyncio.gather(*(use(n) for n in range(6))) if invite]
    assert len(used) == 1
    assert used[0] == Invite("hash", HOME, stored[1].id, 9, LATER, used[0].used_by, NOW)
    async with db.transaction(HOME) as uow:
        assert await uow.invites.use("old", 1, NOW) is None
        assert await uow.invites.use("unknown", 1, NOW) is None


async def test_an_invite_of_another_community_is_unknown(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        await uow.invites.add(Invite("hash", HOME, stored[1].id, 9, LATER))
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.invites.use("hash", 1, NOW) is None


async def test_emergency_taken_by_two_organisations_files_one(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow, urgent=True, status=RequestStatus.OFFERED)
        helpers = [await uow.organisations.save(an_organisation(f"救援{n}")) for n in range(3)]
        offers = [await offer_of(uow, request, helper) for helper in helpers]
        await uow.commit()

    async def accept(offer: Offer) -> bool:
        try:
            async with db.transaction(HOME) as uow:
                await uow.offers.decide(offer, OfferStatus.ACCEPTED, LATER, 1)
                await move(uow, request, RequestStatus.ACCEPTED, organisation_id=offer.organisation_id)
                await uow.commit()
        except Conflict:
            return False
        return True

    won = await asyncio.gather(*(accept(offer) for offer in offers))
    assert won.count(True) == 1
    async with db.transaction(HOME) as uow:
        statuses = [offer.status for offer in await uow.offers.of_request(request.id)]
        assert statuses.count(OfferStatus.ACCEPTED) == 1
        assert statuses.count(OfferStatus.OPEN) == 2


async def test_an_offer_reads_the_same_again_and_again(db: Database, stored: Stored) -> None:
    # From the second time on a statement goes straight to the driver; see storage/repeated.py.
    async with db.transaction(HOME) as uow:
        offer = await offer_of(uow, *stored)
        for _ in range(4):
            assert await uow.offers.of_request(stored[0].id) == [offer]
