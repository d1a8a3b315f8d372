"""Programs before this one work on with the new schema: their statements, recorded then, are accepted now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import Database
from tests.storage.recording import read

STATEMENTS = Path(__file__).parent / "statements"
#: The schemas of the programs that must be able to work beside this one.
SERVED = ("0013",)
#: Examples name rows that are not there; whether their columns are is the question.
_UNTIED = {"sqlite": "PRAGMA foreign_keys=OFF", "postgresql": "SET session_replication_role = replica"}


def _recorded(schema: str, engine: str) -> list[tuple[str, tuple[object, ...]]]:
    lines = (STATEMENTS / f"{schema}.{engine}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(told["sql"], tuple(read(value) for value in told["with"])) for told in map(json.loads, lines)]


async def _refused(engine: AsyncEngine, statements: list[tuple[str, tuple[object, ...]]]) -> list[str]:
    """Each is tried by itself and taken back."""
    refused = []
    for sql, parameters in statements:
        async with engine.connect() as connection:
            # SQLite minds its switch only before a transaction; a second one ends what `connect` began.
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.execute(_UNTIED[engine.dialect.name])
            try:
                await connection.exec_driver_sql(sql, parameters)
            except DBAPIError as error:
                refused.append(f"{type(error).__name__} {str(error)[:300]}")
            await connection.rollback()
            await connection.invalidate()
    return refused


@pytest.mark.parametrize("schema", SERVED)
async def test_statements_of_an_earlier_program_are_accepted(
    db: Database, second_connection: AsyncEngine, engine_name: str, schema: str
) -> None:
    statements = _recorded(schema, engine_name)
    assert {sql.split()[0] for sql, _ in statements} >= {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert len(statements) > 100
    assert await _refused(second_connection, statements) == []


async def test_a_column_that_was_taken_away_would_be_noticed(
    db: Database, second_connection: AsyncEngine, engine_name: str
) -> None:
    if engine_name == "sqlite":
        pytest.skip("the other engine can take a change of a table back")
    statements = [s for s in _recorded("0013", engine_name) if "INSERT INTO requests" in s[0]]
    assert statements
    async with second_connection.connect() as connection:
        await connection.execute(text("ALTER TABLE requests RENAME COLUMN summary TO words"))
        with pytest.raises(Exception, match="summary"):
            await connection.exec_driver_sql(*statements[0])
        await connection.rollback()
