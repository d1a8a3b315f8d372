"""The door to the memory: opens a database, hands out transactions, takes updates in."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ports import Clock
from storage.engine import BEGIN, address, make_engine
from storage.unit_of_work import UnitOfWork
from storage.upgrade import is_current, upgrade

_WAL_TRIES = 50


class WallClock:
    """The computer's own time."""

    def now(self) -> datetime:
        """Timezone-aware UTC."""
        return datetime.now(UTC)


class Database:
    """One database, shared by any number of communities, tasks and (in WAL mode or on PostgreSQL) processes.

    `url` is a SQLAlchemy address of SQLite or PostgreSQL. `clock` dates what storage dates by itself.
    """

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.url = address(url)
        self._clock = clock or WallClock()
        self._engine = make_engine(self.url)
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        """Bring the schema up to date. Raises SchemaTooNew."""
        if self._is_sqlite:
            await self._use_wal()
        async with self._engine.connect() as connection:
            await connection.execution_options(**{BEGIN: "BEGIN"})
            if await connection.run_sync(is_current):
                return
        async with self._engine.connect() as connection:
            await connection.execution_options(**{BEGIN: "BEGIN EXCLUSIVE"})
            await connection.run_sync(upgrade)
            await connection.commit()

    async def close(self) -> None:
        """Close all connections; the database may be opened again."""
        await self._engine.dispose()

    @asynccontextmanager
    async def transaction(self, community_id: str, *, read_only: bool = False) -> AsyncIterator[UnitOfWork]:
        """One transaction; without `commit()` nothing of it stays.

        Writers of SQLite take turns. A `read_only` one sees a still picture and waits for nobody.
        """
        async with AsyncExitStack() as stack:
            if self._is_sqlite and not read_only:
                await stack.enter_async_context(self._writing)
            connection = await stack.enter_async_context(self._engine.connect())
            if read_only:
                await self._make_read_only(connection)
            yield UnitOfWork(connection, community_id, self._clock)

    async def receive(self, updates: Iterable[dict[str, Any]], community_id: str) -> int:
        """Take raw updates of a community's bot into its inbox; returns how many were new."""
        async with self.transaction(community_id) as uow:
            new = await uow.inbox.receive(updates)
            await uow.commit()
        return new

    async def _make_read_only(self, connection: AsyncConnection) -> None:
        if self._is_sqlite:
            await connection.execution_options(**{BEGIN: "BEGIN"})
        else:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def _use_wal(self) -> None:
        """WAL stays with the file. Switching needs the file alone for a moment and does not wait for it."""
        async with self._engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            for tries_left in reversed(range(_WAL_TRIES)):
                try:
                    await driver.execute("PRAGMA journal_mode=WAL")
                    return
                except sqlite3.OperationalError:
                    if not tries_left:
                        raise
                    await asyncio.sleep(0.1)
