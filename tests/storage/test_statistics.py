"""The counts of `/stats`, from requests whose fate is known."""

from __future__ import annotations

from datetime import timedelta

from casework.entities import Rating, WorkReport
from casework.reports import Statistics
from casework.statuses import OfferStatus, RequestStatus
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, NOW, add, an_organisation, move

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def _served(uow: UnitOfWork, number: str, organisation_id: int, stars: int) -> None:
    """A request that was answered in time, worked on for two hours, confirmed and rated."""
    request = await add(uow, number, answer_due=NOW + HOUR, resolve_due=NOW + DAY)
    offer = await uow.offers.add(request, organisation_id, NOW, NOW + HOUR, 1.0, ())
    await uow.offers.decide(offer, OfferStatus.ACCEPTED, NOW + HOUR / 2, 1)
    request = await move(
        uow, request, RequestStatus.DONE, organisation_id=organisation_id, done_at=NOW + HOUR
    )
    await uow.notes.add_report(request.id, organisation_id, WorkReport(2.0, 1), NOW + HOUR)
    await move(uow, request, RequestStatus.CONFIRMED)
    await uow.notes.rate(Rating(request.id, HOME, stars, (), NOW + HOUR))


async def test_counts(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        organisation = await uow.organisations.save(an_organisation())
        await _served(uow, "20261121-0001", organisation.id, 5)
        await _served(uow, "20261121-0002", organisation.id, 3)
        slow = await add(uow, "20261122-0001", urgent=True, item="env_pest", category="互助类")
        refused = await uow.offers.add(slow, organisation.id, NOW, NOW + HOUR, 1.0, ())
        await uow.offers.decide(refused, OfferStatus.EXPIRED, NOW + 2 * HOUR, None)
        again = await uow.offers.add(slow, organisation.id, NOW + 2 * HOUR, NOW + 9 * HOUR, 1.0, ())
        await uow.offers.decide(again, OfferStatus.ACCEPTED, NOW + 3 * HOUR, 1)
        await add(uow, "20261122-0002", resolve_due=NOW + HOUR)
        await add(uow, "20270101-0001", created_at=NOW + 40 * DAY)
        assert await uow.requests.statistics(NOW, NOW + DAY) == Statistics(
            total=4,
            urgent=1,
            late=1,
            by_status={"confirmed": 2, "submitted": 2},
            by_item={"hom_plumbing": 3, "env_pest": 1},
            by_category={"便民类": 3, "互助类": 1},
            by_organisation={organisation.id: 2},
            by_day={"2026-11-21": 2, "2026-11-22": 2},
            answered_in_time=2,
            dispatched=3,
            solved=2,
            asked=2,
            satisfied=1,
            rated=2,
            stars_sum=8,
            hours=4.0,
        )


async def test_what_is_due_later_today_is_not_late_yet(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await add(uow, "20261121-0001", resolve_due=NOW + 2 * HOUR)
        assert (await uow.requests.statistics(NOW, NOW + DAY, NOW + HOUR)).late == 0
        assert (await uow.requests.statistics(NOW, NOW + DAY, NOW + 3 * HOUR)).late == 1
        assert (await uow.requests.statistics(NOW, NOW + DAY)).late == 1


async def test_an_empty_span_counts_nothing(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        assert await uow.requests.statistics(NOW, NOW) == Statistics()
