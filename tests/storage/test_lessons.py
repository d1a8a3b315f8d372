"""Corrections for the reader: kept once, decided once, forgotten in time, taken over from the older table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from casework.lessons import Lesson, LessonCounts, LessonSource, LessonState
from storage.database import Database
from storage.engine import address, make_engine
from storage.upgrade import MIGRATIONS
from tests.storage.things import HOME, NOW

LESSON = Lesson(
    0, HOME, "厨房滴水\x00🌧️", "hom_leak", "env_pest", "hom_plumbing", LessonSource.CHOSEN, "resident", NOW
)
LATER = NOW + timedelta(days=1)
_REQUEST = """
INSERT INTO requests
    (id, community_id, number, resident_id, item, category, description, summary, status, compound, building,
     unit, room, phone, time_expr, time_start, recipient, created_at, updated_at, urgent, hotlines, bundle,
     urges, followers, version)
VALUES (7, 'sunny', '1', 1, 'x', 'y', '滴水 13812345678', '滴水 ***', 'triage', '', '', '', '', '', '', '',
    '', '2026-11-21 08:30:00', '2026-11-21 08:30:00', false, '[]', '', 0, 0, 1)
"""
_CORRECTION = """
INSERT INTO corrections (community_id, request_id, text, old_item, new_item, corrected_by, at)
VALUES ('sunny', 7, '滴水 13812345678', 'hom_leak', 'hom_plumbing', 9, '2026-11-21 08:30:00')
"""


async def test_a_lesson_is_kept_once_and_found_again(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        assert await uow.lessons.add(LESSON)
        assert not await uow.lessons.add(replace(LESSON, text="厨房滴水🌧️", heard="env_waste"))
        assert await uow.lessons.add(replace(LESSON, meant="hom_appliance"))
        await uow.commit()
    async with db.transaction(HOME, read_only=True) as uow:
        first = await uow.lessons.waiting(0)
        assert first == replace(LESSON, id=first.id if first else 0, text="厨房滴水🌧️")
        assert first
        assert await uow.lessons.get(first.id) == first
        second = await uow.lessons.waiting(first.id)
        assert second
        assert await uow.lessons.waiting(second.id) is None
        assert await uow.lessons.waiting(2**70) is None
        assert await uow.lessons.get(2**70) is None
        assert await uow.lessons.counts() == LessonCounts(2, 0, 0)
    async with db.transaction("other", read_only=True) as uow:
        assert await uow.lessons.get(first.id) is None
        assert await uow.lessons.waiting(0) is None
        assert await uow.lessons.counts() == LessonCounts()


async def test_the_second_decision_on_the_same_finds_it_decided(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await uow.lessons.add(LESSON)
        seen = await uow.lessons.waiting(0)
        assert seen
        assert await uow.lessons.decide(seen, LessonState.ACCEPTED, "hom_plumbing", LATER)
        assert not await uow.lessons.decide(seen, LessonState.REJECTED, "", LATER)
        (kept,) = await uow.lessons.accepted()
        assert kept == replace(seen, state=LessonState.ACCEPTED, label="hom_plumbing", decided_at=LATER)
        assert await uow.lessons.decide(kept, LessonState.NEW, "", None)
        assert await uow.lessons.waiting(0) == seen


async def test_what_was_rejected_or_never_decided_is_forgotten_in_time(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for n, state in enumerate((LessonState.NEW, LessonState.ACCEPTED, LessonState.REJECTED)):
            await uow.lessons.add(replace(LESSON, text=str(n), state=state, decided_at=NOW))
            await uow.lessons.add(replace(LESSON, text=f"{n} later", state=state, at=LATER, decided_at=LATER))
        await uow.lessons.forget(NOW, NOW)
        assert await uow.lessons.counts() == LessonCounts(2, 2, 2)
        await uow.lessons.forget(LATER, NOW)
        assert await uow.lessons.counts() == LessonCounts(2, 2, 1)
        await uow.lessons.forget(NOW, LATER)
        assert await uow.lessons.counts() == LessonCounts(1, 2, 1)


async def test_what_was_kept_before_is_taken_over_without_its_phone(empty_url: str) -> None:
    url = address(empty_url)
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)

    def to_the_fourth(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")

    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(to_the_fourth)
        await connection.execute(text(_REQUEST))
        await connection.execute(text(_CORRECTION))
    await engine.dispose()
    database = Database(empty_url)
    await database.open()
    async with database.transaction("sunny") as uow:
        taken = await uow.lessons.waiting(0)
        assert await uow.lessons.add(LESSON), "the next id is free"
    await database.close()
    assert taken
    assert (taken.text, taken.heard, taken.meant) == ("滴水 ***", "hom_leak", "hom_plumbing")
    assert (taken.source, taken.role) == (LessonSource.REFILED, "admin")
