"""Opening: migrations make exactly the tables the code believes in, once, and never touch newer ones."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, bindparam, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Details, Request
from casework.policy import ServiceClass
from casework.statuses import RequestStatus
from storage.database import Database
from storage.engine import address, make_engine
from storage.repositories.request_rows import row_of
from storage.tables import requests
from storage.upgrade import MIGRATIONS, SchemaTooNew, current, newest, whole_metadata
from tests.storage.things import NOW, add

_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}
_OPEN = """
import asyncio, sys
from storage.database import Database
asyncio.run(Database(sys.argv[1]).open())
"""


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), whole_metadata()))


async def _indexes(engine: AsyncEngine) -> dict[str, str]:
    async with engine.connect() as connection:
        rows = await connection.execute(text(_INDEXES[engine.dialect.name]))
        return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith("alembic")}


@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_migrated_schema_is_the_metadata(second_connection: AsyncEngine, empty_url: str) -> None:
    async with second_connection.connect() as connection:
        assert await connection.run_sync(_differences) == []
    Path(str(address(empty_url).database)).parent.mkdir(parents=True, exist_ok=True)
    straight = make_engine(address(empty_url))
    async with straight.begin() as connection:
        await connection.run_sync(whole_metadata().create_all)
    expected = await _indexes(straight)
    await straight.dispose()
    assert "uq_timers_what" in expected
    assert await _indexes(second_connection) == expected


async def test_opening_again_changes_nothing(empty_url: str) -> None:
    for _ in range(2):
        database = Database(empty_url)
        await database.open()
        async with database.transaction("sunny") as uow:
            assert await uow.organisations.all() == []
        await database.close()


async def test_a_place_is_added_to_a_full_table_and_older_code_writes_on(empty_url: str) -> None:
    from alembic import command
    from alembic.config import Config

    def to_the_third(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")

    url = address(empty_url)
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    due = NOW + timedelta(days=4)
    old_one = Request(0, "sunny", "1", 1, "hom_leak", "y", "", "", RequestStatus.TRIAGE, Details(), NOW, NOW)
    row = row_of(old_one.with_(resolve_due=due))
    async with engine.begin() as connection:
        await connection.run_sync(to_the_third)
        known = await connection.run_sync(lambda c: {k["name"] for k in inspect(c).get_columns("requests")})
        columns = [c for c in requests.columns if c.name in known - {"id"}]
        assert "place" not in known
        old = requests.insert().from_select(
            [c.name for c in columns], select(*[bindparam(c.name, type_=c.type) for c in columns])
        )
        row = {name: value for name, value in row.items() if name in known}
        await connection.execute(old, row)
    database = Database(empty_url)
    await database.open()
    async with engine.begin() as connection:
        await connection.execute(old, {**row, "number": "2"})
    await engine.dispose()
    async with database.transaction("sunny") as uow:
        second, first = await uow.requests.of_resident(1)
        alarms = []
        while timer := await uow.timers.claim_due(NOW + timedelta(days=30)):
            alarms.append((timer.kind.value, timer.step, timer.due_at - NOW))
    await database.close()
    assert first.details.address.place == second.details.address.place == ""
    # What was open before is carried up as well when nobody acts.
    assert first.service_class is ServiceClass.COMPLEX
    day = timedelta(days=1)
    assert alarms == [
        ("worker_reminder", 3, day),
        ("worker_reminder", 4, 1.25 * day),
        ("resolve_due", 1, 5 * day),
        ("resolve_due", 2, 6 * day),
    ]


async def test_each_program_before_a_contraction_is_told_of(second_connection: AsyncEngine) -> None:
    async with second_connection.connect() as connection:
        assert await connection.scalar(text("SELECT oldest FROM alembic_version")) == "0018"


async def test_newer_schema_that_was_only_expanded_serves_on(empty_url: str) -> None:
    database = Database(empty_url)
    await database.open()
    engine = make_engine(database.url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.execute(text("ALTER TABLE requests ADD COLUMN mood TEXT"))
    await database.close()
    database = Database(empty_url)
    await database.open()
    async with database.transaction("sunny") as uow:
        request = await add(uow)
        assert await uow.requests.get(request.id) is not None
        await uow.commit()
    await database.close()
    async with engine.connect() as connection:
        assert await connection.run_sync(current) == "9999"
    await engine.dispose()


@pytest.mark.parametrize("oldest", ["'9998'", "NULL"])
async def test_newer_schema_is_refused_and_left_alone(empty_url: str, oldest: str) -> None:
    database = Database(empty_url)
    await database.open()
    engine = make_engine(database.url)
    async with engine.begin() as connection:
        newer = f"UPDATE alembic_version SET version_num = '9999', oldest = {oldest}"
        await connection.execute(text(newer))
    await database.close()
    with pytest.raises(SchemaTooNew) as refused:
        await Database(empty_url).open()
    assert (refused.value.found, refused.value.known) == ("9999", newest())
    async with engine.connect() as connection:
        assert await connection.run_sync(current) == "9999"
    await engine.dispose()


async def test_processes_opening_at_once_all_succeed(empty_url: str) -> None:
    openers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _OPEN, empty_url, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    for opener in openers:
        _, errors = await opener.communicate()
        assert opener.returncode == 0, errors.decode()
    database = Database(empty_url)
    await database.open()
    async with database.transaction("sunny") as uow:
        assert await uow.requests.next_number("20261121") == "20261121-0001"
    await database.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite+aiosqlite:///:memory:"])
def test_addresses_not_served_are_refused(url: str) -> None:
    with pytest.raises(ValueError):
        Database(url)
