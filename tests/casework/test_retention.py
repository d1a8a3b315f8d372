"""What is too old is forgotten by night, some rows at a time; what is young and what is counted stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from casework.audit import Act
from casework.keeping.personal import STAGES
from casework.statuses import RequestStatus
from casework.use_cases.rectifying import CheckRectification, OpenRectification, ReportRectified
from casework.use_cases.retention import BeginRetention, RetainOn
from storage.upgrade import whole_metadata
from tests.casework.lives import a_life, contents, forgotten, reports
from tests.casework.world import OWNER, World


async def test_old_requests_lose_what_is_personal_and_are_counted_on(
    world: World, second_connection: AsyncEngine
) -> None:
    request = await a_life(world)
    open_one = await world.filed()
    world.clock.forward(days=366)
    before = await reports(world)
    await _retain(world)
    assert await reports(world) == before
    old, young = await world.now_at(request), await world.now_at(open_one)
    assert (old.description, old.details.phone, old.details.address.room) == ("", "", "")
    assert (old.resident_id, old.details.address.building) == (OWNER, "8")
    assert old.status is RequestStatus.CONFIRMED
    assert young.details.phone == "13812345678"
    left = await contents(second_connection)
    assert "剪得真好" not in repr(left)
    async with world.transaction() as uow:
        assert (await uow.audit.newest(1))[0].act == Act.RETENTION


async def _retain(world: World) -> dict[str, int]:
    """A whole night: how many rows by stage."""
    await world.run(BeginRetention, world.system)
    stages: dict[str, int] = {}
    while done := await world.run(RetainOn, world.system):
        stages[done.stage] = stages.get(done.stage, 0) + done.rows
    return stages


async def test_messages_go_after_some_days_and_what_failed_after_a_month(
    world: World, second_connection: AsyncEngine
) -> None:
    await world.db.receive([{"update_id": n} for n in range(3)], world.community.id)
    for outcome in ("done", "dead"):
        async with world.transaction() as uow:
            item = await uow.inbox.claim()
            assert item is not None
            if outcome == "done":
                await uow.inbox.done(item)
            else:
                await uow.inbox.failed(item, "", dead=True)
    left, counted = [], []
    for days in (13, 15, 31):
        world.clock.at = datetime.now(UTC) + timedelta(days=days)
        counted.append(sum((await _retain(world)).values()))
        left.append([row.update_id for row in (await _rows(second_connection, "inbox"))])
    # Nobody has looked at the third yet.
    assert left == [[0, 1, 2], [1, 2], [2]]
    assert counted == [0, 1, 1]


async def _rows(engine: AsyncEngine, table: str) -> list[Any]:
    async with engine.connect() as connection:
        found = await connection.execute(whole_metadata().tables[table].select())
        return sorted(found.all(), key=lambda row: row.id)


async def test_a_night_goes_through_every_stage_and_leaves_what_is_young(world: World) -> None:
    await a_life(world)
    async with world.transaction() as uow:
        await uow.trackers.save(-7, {"dialogue": 1})
        await uow.trackers.save(OWNER, {"dialogue": 1})
    before = await reports(world)
    assert set(await _retain(world)) == set(STAGES)
    async with world.transaction() as uow:
        assert await uow.trackers.load(OWNER) is not None
    # The database dates what is dated by itself with the computer's own clock.
    world.clock.at, then = datetime.now(UTC) + timedelta(days=31), world.clock.at
    await _retain(world)
    async with world.transaction() as uow:
        assert await uow.trackers.load(-7) is None
        assert await uow.trackers.load(OWNER) is None
    world.clock.at = then
    assert await reports(world) == before


async def test_what_is_still_to_be_put_right_keeps_its_words_until_it_is(
    world: World, second_connection: AsyncEngine
) -> None:
    request = await a_life(world)
    async with world.transaction() as uow:
        (problem,) = await uow.problems.of_request(request.id)
    task, asked = "向人1001说明", world.worker
    opened = await world.run(OpenRectification, asked, problem.id, task, 3, by_organisation=True)
    await forgotten(world)
    async with world.transaction() as uow:
        found = await uow.rectifications.get(opened.id)
    assert found is not None
    assert found.task == task
    await world.run(ReportRectified, world.lead, opened.id, "向人1001说明了")
    await world.run(CheckRectification, asked, opened.id, good=True, words="好")
    await _retain(world)
    left = await contents(second_connection)
    assert [name for name, rows in left.items() if "人1001" in repr(rows)] == []
