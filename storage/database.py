"""The door to the memory: opens a database, hands out transactions, takes updates in."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ExceptionContext, event
from sqlalchemy.exc import DBAPIError

from casework.audit import AuditEntry
from casework.ports import Clock
from storage import keys
from storage.checkup import Checkup, look
from storage.engine import address, make_engine
from storage.sealing import Keyring
from storage.unit_of_work import UnitOfWork
from storage.upgrade import DatabaseUnavailable, is_current, upgrade

_WAL_TRIES = 50


class WallClock:
    """The computer's own time."""

    def now(self) -> datetime:
        """Timezone-aware UTC."""
        return datetime.now(UTC)


class Database:
    """One database, shared by any number of communities, tasks and (in WAL mode or on PostgreSQL) processes.

    `url` is a SQLAlchemy address of SQLite or PostgreSQL. `clock` dates what storage dates by itself.
    With a `keyring` personal data is sealed; without one it is stored as it is.
    """

    def __init__(self, url: str, clock: Clock | None = None, keyring: Keyring | None = None) -> None:
        self.url = address(url)
        self.keyring = keyring
        self._clock = clock or WallClock()
        self._engine = make_engine(self.url, keyring=keyring)
        self._reading = make_engine(self.url, read_only=True, keyring=keyring)
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        """Bring the schema up to date. Raises SchemaTooNew, DatabaseUnavailable, SealingError."""
        try:
            await self._bring_up_to_date()
            await self._check_keys()
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise DatabaseUnavailable(error) from error

    async def _bring_up_to_date(self) -> None:
        if self._is_sqlite:
            Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
            await self._use_wal()
        async with self._reading.connect() as connection:
            if await connection.run_sync(is_current):
                return
        patient = make_engine(self.url, patient=True)
        try:
            async with patient.connect() as connection:
                await connection.run_sync(upgrade)
                await connection.commit()
        finally:
            await patient.dispose()

    async def _check_keys(self) -> None:
        """Nothing may be sealed under a key that the database does not know of."""
        async with self._reading.connect() as connection:
            known = await connection.run_sync(keys.check, self.keyring)
        if known or self.keyring is None:
            return
        async with self._engine.connect() as connection:
            await connection.run_sync(keys.enter, self.keyring, self._clock.now())
            await connection.commit()

    async def is_current(self) -> bool:
        """Whether the database answers with the schema of this program. Raises the driver's errors."""
        async with self._reading.connect() as connection:
            return await connection.run_sync(is_current)

    async def checkup(self) -> Checkup:
        """How it stands, not migrated, and that it can be written to. Raises DatabaseUnavailable."""
        try:
            # Beginning to write takes the lock that writing takes, and nothing else.
            async with self._engine.connect() as connection:
                return await connection.run_sync(look)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise DatabaseUnavailable(error) from error

    def on_error(self, told: Callable[[str], None]) -> None:
        """`told` hears the kind of each statement's failure, for counting."""

        def hear(context: ExceptionContext) -> None:
            cause = context.original_exception
            told(getattr(cause, "sqlite_errorname", type(cause).__name__))

        for engine in (self._engine, self._reading):
            event.listen(engine.sync_engine, "handle_error", hear)

    async def close(self) -> None:
        """Close all connections; the database may be opened again."""
        await self._engine.dispose()
        await self._reading.dispose()

    @asynccontextmanager
    async def transaction(self, community_id: str, *, read_only: bool = False) -> AsyncIterator[UnitOfWork]:
        """One transaction; without `commit()` nothing of it stays.

        Writers of SQLite take turns. A `read_only` one sees a still picture and waits for nobody.
        """
        async with AsyncExitStack() as stack:
            if self._is_sqlite and not read_only:
                await stack.enter_async_context(self._writing)
            engine = self._reading if read_only else self._engine
            try:
                connection = await stack.enter_async_context(engine.connect())
                uow = UnitOfWork(connection, community_id, self._clock)
                yield uow
            except TimeoutError:
                # A connection that died silently has not died alone, and each would take its time.
                await engine.dispose(close=False)
                raise
        if read_only and uow.audit.noted:
            await self._keep(community_id, uow.audit.take())

    async def _keep(self, community_id: str, entries: list[AuditEntry]) -> None:
        """Who only looked is written down as well."""
        async with self.transaction(community_id) as uow:
            await uow.audit.write(entries)
            await uow.commit()

    async def receive(self, updates: Iterable[dict[str, Any]], community_id: str) -> int:
        """Take raw updates of a community's bot into its inbox; returns how many were new."""
        async with self.transaction(community_id) as uow:
            new = await uow.inbox.receive(updates)
            await uow.commit()
        return new

    async def _use_wal(self) -> None:
        """WAL stays with the file. Switching needs the file alone for a moment and does not wait for it."""
        async with self._engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            for tries_left in reversed(range(_WAL_TRIES)):
                try:
                    # The file stays locked until the answer has been read to its end.
                    await driver.execute_fetchall("PRAGMA journal_mode=WAL")
                    return
                except sqlite3.OperationalError:
                    if not tries_left:
                        raise
                    await asyncio.sleep(0.1)
