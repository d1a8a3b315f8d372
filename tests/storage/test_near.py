"""The near driver of SQLite: waiting for another process never stops the event loop."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database


async def test_writer_waits_for_another_process_without_standing_still(tmp_path: Path) -> None:
    path = tmp_path / "linying.db"
    database = Database(f"sqlite:///{path}")
    await database.open()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.transaction("home") as uow:
            await uow.community.pause_intake("台风")
            await uow.commit()

    writing = asyncio.create_task(write())
    ticks = 0
    for _ in range(20):
        await asyncio.sleep(0.01)
        ticks += 1
    assert not writing.done()
    async with database.transaction("home", read_only=True) as uow:
        assert await uow.community.intake_paused() is None
    other.execute("COMMIT")
    other.close()
    await asyncio.wait_for(writing, 5)
    assert ticks == 20
    async with database.transaction("home", read_only=True) as uow:
        assert await uow.community.intake_paused() == "台风"
    await database.close()


async def test_errors_of_the_driver_keep_their_kind(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'linying.db'}")
    await database.open()
    async with database.transaction("home") as uow:
        connection = uow.outbox._connection
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO trackers (community_id) VALUES ('home')"))
    async with database.transaction("home") as uow:
        assert await uow.organisations.all() == []
    await database.close()
