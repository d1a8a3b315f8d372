"""What the database's absence does to messages: they wait, and what is wrong by itself does not."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from aiogram import Bot
from sqlalchemy.exc import DBAPIError

from bot.delivery import Fate, Letter, deliver
from bot.messenger import File, Messenger
from storage.outages import is_outage


def _sqlite_error(tmp_path: Path, statement: str) -> sqlite3.Error:
    """What SQLite really says while somebody else writes."""
    one = sqlite3.connect(tmp_path / "db", timeout=0, isolation_level=None)
    other = sqlite3.connect(tmp_path / "db", timeout=0, isolation_level=None)
    one.execute("CREATE TABLE IF NOT EXISTS t (a UNIQUE)")
    one.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(sqlite3.Error) as caught:
            other.execute(statement)
        return caught.value
    finally:
        one.close()
        other.close()


def test_what_is_an_outage(tmp_path: Path) -> None:
    gone = asyncpg.ConnectionDoesNotExistError("gone")
    assert is_outage(ConnectionResetError())
    assert is_outage(TimeoutError())
    assert is_outage(DBAPIError("SELECT", {}, gone))
    assert is_outage(DBAPIError("SELECT", {}, asyncpg.AdminShutdownError()))
    assert is_outage(DBAPIError("SELECT", {}, asyncpg.DiskFullError()))
    assert is_outage(DBAPIError("SELECT", {}, RuntimeError(), connection_invalidated=True))
    assert is_outage(DBAPIError("BEGIN", {}, _sqlite_error(tmp_path, "BEGIN IMMEDIATE")))
    assert not is_outage(DBAPIError("SELECT", {}, asyncpg.UniqueViolationError()))
    assert not is_outage(DBAPIError("SELECT", {}, _sqlite_error(tmp_path, "SELECT b FROM t")))
    assert not is_outage(RuntimeError())


@pytest.mark.parametrize(
    ("error", "fate"),
    [(DBAPIError("SELECT", {}, asyncpg.AdminShutdownError()), Fate.LATER), (RuntimeError(), Fate.DEAD)],
)
async def test_a_ledger_is_not_given_up_while_the_database_is_away(error: Exception, fate: Fate) -> None:
    async def develop(payload: dict[str, Any]) -> tuple[str, dict[str, Any], File | None]:
        raise error

    messenger = Messenger(Bot("1:a"))
    outcome = await deliver(messenger, Letter(1, "Deferred", {}, None, attempts=50), develop)
    assert outcome.fate is fate
