"""Connections that die silently are given up together, and work goes on over new ones."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import URL

from bench.faulting.wire import Wire
from storage import engine
from storage.database import Database
from tests.storage.things import HOME


async def test_one_silent_connection_gives_up_all(
    server: URL | None, opened_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if server is None:
        pytest.skip("SQLite has no network")
    monkeypatch.setattr(engine, "_STATEMENT_SECONDS", 1)
    wire = Wire(Path(str(server.query["host"])) / ".s.PGSQL.5432")
    await wire.start()
    through = opened_database.url.set(host="127.0.0.1", port=wire.port, query={})
    database = Database(through.render_as_string(hide_password=False))
    all_open = asyncio.Barrier(4)

    async def work() -> None:
        async with database.transaction(HOME) as uow:
            await uow.requests.get(1)
            await all_open.wait()

    try:
        await asyncio.gather(*(work() for _ in range(4)))
        wire.silence()
        with pytest.raises(TimeoutError):
            async with database.transaction(HOME) as uow:
                await uow.requests.get(1)
        async with database.transaction(HOME) as uow:
            assert await uow.requests.get(1) is None
    finally:
        await database.close()
        await wire.stop()
