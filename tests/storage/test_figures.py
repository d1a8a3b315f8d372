"""The counts of reports, from requests whose fate is known; each count agrees with its list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.books.figures import Axis, Effort, Part, Tally, of_part
from casework.entities import Address, Details, Rating, WorkReport
from casework.reports import RequestFilter
from casework.statuses import RequestStatus as S
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, NOW, add, an_organisation, move

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: By a day after NOW all of these have ended one way or the other.
LATER = NOW + DAY
SPAN = RequestFilter(since=NOW, until=NOW + DAY)
GARDEN = Details(Address("花园里", "3"))


async def _some(uow: UnitOfWork) -> int:
    """One confirmed in time, one done late, one open and overdue, one urgent elsewhere, one of later on."""
    organisation = await uow.organisations.save(an_organisation())
    taken = {"organisation_id": organisation.id}
    first = await add(uow, "20261121-0001", resolve_due=NOW + DAY, details=GARDEN)
    first = await move(uow, first, S.DONE, done_at=NOW + HOUR, **taken)
    await uow.notes.add_report(first.id, organisation.id, WorkReport(2.0, 1), NOW + HOUR)
    await move(uow, first, S.CONFIRMED)
    await uow.notes.rate(Rating(first.id, HOME, 4, (), NOW + HOUR))
    second = await add(uow, "20261121-0002", resolve_due=NOW + HOUR, details=GARDEN)
    await move(uow, second, S.DONE, done_at=NOW + 2 * HOUR, **taken)
    await add(uow, "20261122-0001", resolve_due=NOW + HOUR, item="env_pest", category="互助类")
    await add(uow, "20261122-0002", urgent=True, item="env_pest", resolve_due=NOW + 9 * DAY)
    await add(uow, "20270101-0001", created_at=NOW + 40 * DAY)
    return organisation.id


async def test_a_tally_counts_each_part(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await _some(uow)
        assert await uow.figures.tally(SPAN, LATER) == Tally(4, 1, 2, 2, 1, 1)
        assert await uow.figures.effort(SPAN) == Effort(2.0, 1, 4)


async def test_the_same_counts_along_each_axis(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        ours = await _some(uow)
        found = {axis: await uow.figures.by(axis, SPAN, LATER) for axis in Axis}
        plumbing, pests = Tally(2, 0, 0, 1, 1, 1), Tally(2, 1, 2, 1, 0, 0)
        assert found[Axis.ITEM] == found[Axis.GROUP] == {"hom_plumbing": plumbing, "env_pest": pests}
        assert found[Axis.ORGANISATION] == {ours: plumbing, None: pests}
        assert found[Axis.COMPOUND] == {"花园里": plumbing, "": pests}
        assert found[Axis.DAY] == {"2026-11-21": plumbing, "2026-11-22": pests}
        assert found[Axis.CATEGORY] == {"便民类": Tally(3, 1, 1, 1, 1, 1), "互助类": Tally(1, 0, 1, 1, 0, 0)}
        assert await uow.figures.cross(SPAN) == {("花园里", "hom_plumbing"): 2, ("", "env_pest"): 2}


@pytest.mark.parametrize(
    "cut",
    [
        {},
        {"items": frozenset({"env_pest", "env_waste"})},
        {"category": "便民类"},
        {"compound": "花园里"},
        {"outside": frozenset({"花园里"})},
        {"organisation_id": 0},
    ],
)
async def test_each_number_is_as_long_as_its_list(db: Database, cut: dict[str, object]) -> None:
    async with db.transaction(HOME) as uow:
        await _some(uow)
        those = RequestFilter(since=NOW, until=NOW + DAY, **cut)  # type: ignore[arg-type]
        tally = await uow.figures.tally(those, LATER)
        assert 0 < tally.total < (5 if not cut else 4)
        numbers = {
            Part.ALL: tally.total,
            Part.URGENT: tally.urgent,
            Part.OPEN: tally.open,
            Part.LATE: tally.late,
            Part.DONE: tally.done,
            Part.CONFIRMED: tally.confirmed,
        }
        for part, number in numbers.items():
            listed = await uow.figures.listed(of_part(those, part, LATER), 50)
            assert len(listed) == number, part


async def test_lists_begin_with_the_newest_and_go_on(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for n in range(5):
            await add(uow, f"20261121-{n:04d}", created_at=NOW + n * HOUR)
        pages = [await uow.figures.listed(SPAN, 2, skip) for skip in (0, 2, 4)]
        assert [r.number[-1] for page in pages for r in page] == ["4", "3", "2", "1", "0"]


async def test_what_is_due_later_today_is_not_late_yet(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await add(uow, "20261121-0001", resolve_due=NOW + 2 * HOUR)
        assert (await uow.figures.tally(SPAN, NOW + HOUR)).late == 0
        assert (await uow.figures.tally(SPAN, NOW + 3 * HOUR)).late == 1


async def test_an_empty_span_counts_nothing(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        nothing = RequestFilter(since=NOW, until=NOW)
        assert await uow.figures.tally(nothing, NOW) == Tally()
        assert await uow.figures.by(Axis.DAY, nothing, NOW) == {}
        assert await uow.figures.effort(nothing) == Effort()
