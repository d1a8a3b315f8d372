"""Requests: numbers, compare-and-set, lists, and what comes back is what went in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from casework.entities import Address, Details, Organisation, Request
from casework.errors import Conflict
from casework.reports import RequestFilter
from casework.statuses import RequestStatus, TriageReason
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, NOW, add, an_entry, an_organisation, move

ODD_TEXTS = [
    "8号楼的老王👨‍👩‍👧‍👦说：“漏水了”🚰",
    "O'Brien\"; DROP TABLE requests;--",
    "<b>粗体</b> & 100% _下划线_ \\ \t 换\n行",
    "字" * 10_000,
    "𠮷𡈽 繁體 ﷽",
]


async def every(uow: UnitOfWork, wanted: RequestFilter) -> list[Request]:
    """All that match, from all pages."""
    return [request async for page in uow.requests.pages(wanted) for request in page]


async def numbers_of(uow: UnitOfWork, wanted: RequestFilter) -> list[str]:
    return [request.number for request in await every(uow, wanted)]


def everything(organisation: Organisation) -> dict[str, object]:
    """Every field of a request set to something."""
    return {
        "details": Details(
            Address("阳光花园", "8", "2", "501", "三楼左手边"),
            "13812345678",
            "明天下午",
            "2026-11-22",
            "我妈",
            82,
        ),
        "urgent": True,
        "hotlines": ("120", "119"),
        "organisation_id": organisation.id,
        "triage_reason": TriageReason.HANDED_BACK,
        "answer_due": NOW + timedelta(hours=1),
        "resolve_due": NOW + timedelta(hours=2),
        "started_at": NOW + timedelta(hours=3),
        "done_at": NOW + timedelta(hours=4),
        "taken_by": 7_000_000_000,
        "bundle": "20261121-0001",
        "urges": 3,
        "followers": 2,
    }


async def test_a_request_comes_back_as_it_went_in(db: Database, stored: tuple[Request, Organisation]) -> None:
    bare, organisation = stored
    async with db.transaction(HOME) as uow:
        full = await add(uow, "20261121-0002", **everything(organisation))
        await uow.commit()
    async with db.transaction(HOME) as uow:
        assert await uow.requests.get(full.id) == full
        assert await uow.requests.get(bare.id) == bare
        assert await uow.requests.by_number("20261121-0002") == full
        assert [h.to_status for h in await uow.requests.history(full.id)] == [RequestStatus.SUBMITTED]


@pytest.mark.parametrize("text", ODD_TEXTS)
async def test_any_text_survives(db: Database, text: str) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow, description=text, details=Details(Address(compound=text[:50])))
        await uow.commit()
    async with db.transaction(HOME) as uow:
        assert await uow.requests.get(request.id) == request


async def test_what_no_database_can_hold_is_left_out(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow, description="a\x00b\ud83dc")
        found = await uow.requests.get(request.id)
        assert found is not None
        assert found.description == "ab?c"
        assert (await uow.requests.find("a\x00b\ud83dc")).requests == [found]


async def test_times_keep_their_moment_whatever_the_zone(db: Database) -> None:
    shanghai = datetime(2026, 11, 21, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=8)))
    async with db.transaction(HOME) as uow:
        request = await add(uow, created_at=shanghai)
        found = await uow.requests.get(request.id)
    assert found is not None
    assert found.created_at == shanghai
    assert found.created_at.tzinfo is UTC


async def test_a_time_without_zone_is_refused(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        with pytest.raises(Exception, match="time zone"):
            await add(uow, created_at=datetime(2026, 11, 21))  # noqa: DTZ001


async def test_numbers_are_never_handed_out_twice(db: Database) -> None:
    async def take() -> str:
        async with db.transaction(HOME) as uow:
            number = await uow.requests.next_number("20261121")
            await asyncio.sleep(0)
            await uow.commit()
        return number

    numbers = await asyncio.gather(*(take() for _ in range(20)))
    assert sorted(numbers) == [f"20261121-{n:04d}" for n in range(1, 21)]


async def test_numbers_count_by_day_and_community(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        assert await uow.requests.next_number("20261121") == "20261121-0001"
        assert await uow.requests.next_number("20261122") == "20261122-0001"
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.requests.next_number("20261121") == "20261121-0001"


async def test_of_two_writers_with_the_same_version_one_wins(
    db: Database, stored: tuple[Request, Organisation]
) -> None:
    async def write(words: str) -> bool:
        changed = stored[0].with_(description=words, version=stored[0].version + 1)
        try:
            async with db.transaction(HOME) as uow:
                await uow.requests.save(changed, an_entry(changed))
                await uow.commit()
        except Conflict:
            return False
        return True

    won = await asyncio.gather(*(write(f"版本{n}") for n in range(5)))
    assert won.count(True) == 1
    async with db.transaction(HOME) as uow:
        request = await uow.requests.get(stored[0].id)
        assert request is not None
        assert request.description == f"版本{won.index(True)}"
        assert len(await uow.requests.history(request.id)) == 2


async def test_another_community_sees_and_changes_nothing(
    db: Database, stored: tuple[Request, Organisation]
) -> None:
    request, organisation = stored
    async with db.transaction("other") as uow:
        assert await uow.requests.get(request.id) is None
        assert await uow.requests.by_number(request.number) is None
        assert (await uow.requests.find("厨房")).requests == []
        assert await uow.requests.history(request.id) == []
        assert await uow.requests.of_resident(request.resident_id) == []
        assert await uow.requests.with_status([RequestStatus.SUBMITTED]) == []
        assert await every(uow, RequestFilter()) == []
        assert (await uow.figures.tally(RequestFilter(), NOW)).total == 0
        assert await uow.figures.listed(RequestFilter(), 5) == []
        assert await uow.organisations.get(organisation.id) is None
        assert await uow.organisations.by_name(organisation.name) is None
        assert await uow.organisations.workloads([organisation.id]) == {}
        with pytest.raises(Conflict):
            await uow.requests.save(request.with_(version=request.version + 1))


@pytest.mark.parametrize("forged", [0, -1, 2**31, 2**63, 10**40])
async def test_forged_ids_find_nothing(db: Database, forged: int) -> None:
    async with db.transaction(HOME) as uow:
        assert await uow.requests.get(forged) is None
        assert await uow.offers.get(forged) is None
        assert await uow.organisations.get(forged) is None
        assert await uow.people.get(forged) is None
        assert await uow.people.many([forged]) == []
        assert await uow.community.broadcast(forged) is None
        assert await uow.inbox.retry(forged) is False


async def test_lists_have_their_order_and_limit(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        organisation = await uow.organisations.save(an_organisation())
        made = [
            await add(
                uow,
                f"20261121-{n:04d}",
                created_at=NOW + timedelta(minutes=n),
                urgent=n == 3,
                organisation_id=organisation.id,
            )
            for n in range(1, 6)
        ]
        closed = await move(uow, made[0], RequestStatus.CANCELLED)
        submitted = [RequestStatus.SUBMITTED]
        assert await uow.requests.of_resident(1001) == [*reversed(made[1:]), closed]
        assert await uow.requests.of_resident(1001, open_only=True, limit=2) == [made[4], made[3]]
        assert await uow.requests.with_status(submitted) == [made[2], made[1], made[3], made[4]]
        assert await uow.requests.of_organisations([organisation.id], submitted, 3) == made[1:4]
        assert await uow.requests.of_organisations([], submitted) == []
        assert await uow.requests.untaken_emergencies() == [made[2]]
        await move(uow, made[2], RequestStatus.OFFERED, taken_by=5)
        assert await uow.requests.untaken_emergencies() == []


async def test_late_is_what_somebody_still_owes(db: Database) -> None:
    hour = timedelta(hours=1)
    promised = {"answer_due": NOW + hour, "resolve_due": NOW + 5 * hour}
    async with db.transaction(HOME) as uow:
        unanswered = await add(uow, "20261121-0001", **promised)
        slow = await add(uow, "20261121-0002", answer_due=NOW, resolve_due=NOW + 2 * hour)
        slow = await move(uow, slow, RequestStatus.ACCEPTED)
        done = await add(uow, "20261121-0003", **promised)
        await move(uow, done, RequestStatus.DONE)
        waiting = await add(uow, "20261121-0004", **promised)
        await move(uow, waiting, RequestStatus.WAITING_RESIDENT)
        assert await uow.requests.late(NOW + hour) == []
        assert await uow.requests.late(NOW + 3 * hour) == [unanswered, slow]
        assert await uow.requests.late(NOW + 9 * hour, limit=1) == [unanswered]
        await move(uow, unanswered, RequestStatus.CANCELLED)
        assert await uow.requests.late(NOW + 9 * hour) == [slow]


async def test_each_walks_through_everything_that_matches(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for n in range(1203):
            await add(uow, f"20261121-{n:04d}", created_at=NOW + timedelta(minutes=n), item="env_pest")
        odd = await add(uow, "20261121-9999", item="hom_leak", created_at=NOW)
        numbers = await numbers_of(uow, RequestFilter(item="env_pest"))
        assert numbers == [f"20261121-{n:04d}" for n in range(1203)]
        span = RequestFilter(since=NOW + timedelta(minutes=10), until=NOW + timedelta(minutes=12))
        assert await numbers_of(uow, span) == ["20261121-0010", "20261121-0011"]
        by = replace(RequestFilter(), statuses=frozenset({RequestStatus.SUBMITTED}), item="hom_leak")
        assert await every(uow, by) == [odd]
        assert await every(uow, RequestFilter(organisation_id=5)) == []
