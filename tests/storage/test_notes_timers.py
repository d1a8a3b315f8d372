"""Notes, reports, people, switches, and timers that fire once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from casework.entities import (
    Address,
    Broadcast,
    Details,
    Note,
    Organisation,
    Person,
    Rating,
    Request,
    Timer,
    Volunteer,
    WorkReport,
)
from casework.statuses import NoteKind, TimerKind
from storage.database import Database
from tests.storage.things import HOME, NOW, add

LATER = NOW + timedelta(hours=1)
Stored = tuple[Request, Organisation]


async def test_notes_reports_and_ratings(db: Database, stored: Stored) -> None:
    request, organisation = stored
    first, last = WorkReport(1.5, 2, "换了水龙头", "photo-id"), WorkReport(0.25, 1, "拧紧了")
    async with db.transaction(HOME) as uow:
        notes = [
            await uow.notes.add(Note(0, HOME, request.id, 7, "lead", kind, f"说{n}", NOW, "f", "photo"))
            for n, kind in enumerate(NoteKind)
        ]
        assert await uow.notes.of_request(request.id) == notes
        assert await uow.notes.report(request.id) is None
        await uow.notes.add_report(request.id, organisation.id, first, NOW)
        await uow.notes.add_report(request.id, organisation.id, last, LATER)
        assert await uow.notes.report(request.id) == last
        rating = Rating(request.id, HOME, 4, ("kind", "fast"), NOW, "谢谢😊")
        await uow.notes.rate(rating)
        assert await uow.notes.ratings([request.id, request.id + 1]) == {request.id: rating}
        await uow.notes.add_volunteer(Volunteer(7, HOME, "我会修电脑", "138", NOW))
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.notes.of_request(request.id) == []
        assert await uow.notes.report(request.id) is None
        assert await uow.notes.ratings([request.id]) == {}


async def test_people_are_known_by_community(db: Database) -> None:
    saved = Details(Address("阳光花园", "8", "2", "501"), "13812345678")
    person = Person(7_777_777_777, HOME, "<b>张'三\"</b>👵", 7_777_777_777, True, NOW, saved, False)
    blocked = Person(2, HOME, "走了", 2, reachable=False)
    never = Person(3, HOME, "群里的人")
    async with db.transaction(HOME) as uow:
        for each in (person, blocked, never):
            await uow.people.save(each)
        assert await uow.people.get(person.id) == person
        assert await uow.people.many([3, person.id, 2, 3, 99]) == [blocked, never, person]
        assert await uow.people.reachable_chats() == [person.chat_id]
        await uow.people.save(replace(person, saved=Details(), muted=True, reachable=False))
        assert await uow.people.get(person.id) == replace(
            person, saved=Details(), muted=True, reachable=False
        )
        assert await uow.people.reachable_chats() == []
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.people.get(person.id) is None
        await uow.people.save(Person(person.id, "other", "同一个人"))
        await uow.commit()
    async with db.transaction(HOME) as uow:
        found = await uow.people.get(person.id)
        assert found is not None
        assert found.name == person.name


async def test_many_people_at_once(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for n in range(1, 4):
            await uow.people.save(Person(n * 1500, HOME))
        assert [p.id for p in await uow.people.many(range(40_000))] == [1500, 3000, 4500]


async def test_switches_and_broadcasts(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        assert await uow.community.intake_paused() is None
        await uow.community.pause_intake("放假三天")
        assert await uow.community.intake_paused() == "放假三天"
        await uow.community.pause_intake(None)
        assert await uow.community.intake_paused() is None
        kept = await uow.community.add_broadcast(9, "停水通知", NOW)
        assert kept == Broadcast(kept.id, HOME, 9, "停水通知", NOW)
        assert await uow.community.broadcast(kept.id) == kept
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.community.broadcast(kept.id) is None


async def test_a_timer_fires_once_and_the_oldest_first(db: Database, stored: Stored) -> None:
    request = stored[0]
    async with db.transaction(HOME) as uow:
        await uow.timers.set(TimerKind.ASK_SOLVED, request.id, LATER, step=2)
        await uow.timers.set(TimerKind.ASK_SOLVED, request.id, NOW, step=1)
        await uow.timers.set(TimerKind.ASK_SOLVED, request.id, LATER + timedelta(hours=9), step=3)
        first = await uow.timers.claim_due(LATER)
        assert first == Timer(first.id if first else 0, HOME, TimerKind.ASK_SOLVED, request.id, NOW, None, 1)
        second = await uow.timers.claim_due(LATER)
        assert second is not None
        assert second.step == 2
        assert await uow.timers.claim_due(LATER) is None


async def test_a_repeat_moves_a_timer_that_has_not_fired(db: Database, stored: Stored) -> None:
    request, organisation = stored
    async with db.transaction(HOME) as uow:
        offer = await uow.offers.add(request, organisation.id, NOW, LATER, 1.0, ())
        for offer_id in (None, offer.id):
            await uow.timers.set(TimerKind.OFFER_EXPIRES, request.id, NOW, offer_id)
            await uow.timers.set(TimerKind.OFFER_EXPIRES, request.id, LATER, offer_id)
        assert await uow.timers.claim_due(NOW) is None
        fired = [await uow.timers.claim_due(LATER) for _ in range(3)]
        assert [t and t.offer_id for t in fired] == [None, offer.id, None]
        assert fired[2] is None
        await uow.timers.set(TimerKind.OFFER_EXPIRES, request.id, NOW, offer.id)
        assert await uow.timers.claim_due(LATER) is None


async def test_cleared_timers_are_gone_and_may_be_set_anew(db: Database, stored: Stored) -> None:
    request = stored[0]
    async with db.transaction(HOME) as uow:
        other = await add(uow, "20261121-0002")
        for kind in (TimerKind.RESOLVE_DUE, TimerKind.RESOLVE_REMINDER):
            await uow.timers.set(kind, request.id, NOW)
        await uow.timers.set(TimerKind.RESOLVE_DUE, other.id, LATER)
        await uow.timers.clear(request.id, [TimerKind.RESOLVE_REMINDER])
        fired = await uow.timers.claim_due(NOW)
        assert fired is not None
        assert fired.kind is TimerKind.RESOLVE_DUE
        assert await uow.timers.claim_due(NOW) is None
        await uow.timers.clear(request.id)
        await uow.timers.set(TimerKind.RESOLVE_DUE, request.id, NOW)
        again = await uow.timers.claim_due(LATER)
        assert again is not None
        assert again.request_id == request.id
        left = await uow.timers.claim_due(LATER)
        assert left is not None
        assert left.request_id == other.id


async def test_claimers_at_once_get_different_timers(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for step in range(10):
            request = await add(uow, f"20261121-1{step:03}")
            await uow.timers.set(TimerKind.ASK_SOLVED, request.id, NOW, step=step)
        await uow.commit()

    async def claim() -> int | None:
        async with db.transaction(HOME) as uow:
            timer = await uow.timers.claim_due(NOW)
            await asyncio.sleep(0.01)
            await uow.commit()
        return timer and timer.step

    steps = await asyncio.gather(*(claim() for _ in range(10)))
    assert sorted(step for step in steps if step is not None) == list(range(10))


async def test_a_timer_whose_work_was_rolled_back_fires_again(db: Database, stored: Stored) -> None:
    async with db.transaction(HOME) as uow:
        await uow.timers.set(TimerKind.ASK_SOLVED, stored[0].id, NOW)
        await uow.commit()
    async with db.transaction(HOME) as uow:
        failed = await uow.timers.claim_due(NOW)
    assert failed is not None
    async with db.transaction(HOME) as uow:
        await uow.timers.postpone(failed.id, LATER)
        await uow.commit()
    async with db.transaction(HOME) as uow:
        assert await uow.timers.claim_due(NOW) is None
        assert await uow.timers.claim_due(LATER) == replace(failed, due_at=LATER)
    async with db.transaction("other") as uow:
        assert await uow.timers.claim_due(LATER) is None
