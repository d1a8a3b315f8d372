"""SQLite's asynchronous driver without its detours: a statement is near, not a service far away.

SQLAlchemy opens a cursor, executes, fetches and closes; aiosqlite hands each of these to a thread and back,
at about 0.15 ms of processor time. A message needs some fifteen statements of a few dozen microseconds, and
writers of SQLite take turns anyway. So writers run their statements at once, on the event loop's own thread,
and wait for other processes without blocking it; readers, whose reports may take seconds, keep the thread
and need one hand-over a statement. What it gained: docs/performance.md.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

#: How long a connection waits for another writer, in seconds.
BUSY_SECONDS = 30
_LOOK_AGAIN = 0.01


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Holds all rows once a statement has run; the real cursor is exhausted by then and needs no closing."""

    __slots__ = ()

    def __init__(self, adapted: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapted
        self._connection = adapted._connection
        self._cursor: Any = None
        self._rows = deque()
        self._soft_closed_memoized = EMPTY_DICT

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        return self._run("execute", operation, () if parameters is None else parameters)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        return self._run("executemany", operation, seq_of_parameters)

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        return

    async def _call(self, work: Callable[[], Any]) -> Any:
        driver: Any = self._connection
        return await driver._execute(work)

    def _run(self, method: str, operation: Any, parameters: Any) -> Any:
        driver: Any = self._connection

        def work() -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = driver._conn.cursor()
            getattr(cursor, method)(operation, parameters)
            return cursor, cursor.fetchall() if cursor.description else []

        try:
            self._cursor, rows = await_(self._call(work))
        except Exception as error:  # noqa: BLE001 - the adapter turns them into the driver's own
            self._adapt_connection._handle_exception(error)
        self._rows = deque(rows)
        return self._cursor


async def _patiently(work: Callable[[], Any]) -> Any:
    """Do it now; while another process has the file, look again and let others run."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        await asyncio.sleep(_LOOK_AGAIN)


class _NearCursor(_Cursor):
    """Runs on the event loop's thread; only a file locked by another process is waited for."""

    __slots__ = ()

    async def _call(self, work: Callable[[], Any]) -> Any:
        return await _patiently(work)


class NearConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose statements need one hand-over to its thread."""

    __slots__ = ()

    _cursor_cls: Any = _Cursor

    async def fetch(self, operation: str, parameters: Sequence[Any]) -> tuple[list[Any], int]:
        """All rows of a statement, and how many it changed, for whoever awaits by themselves."""
        driver: Any = self._connection
        connection: sqlite3.Connection = driver._conn

        def work() -> tuple[list[Any], int]:
            cursor = connection.execute(operation, parameters)
            return cursor.fetchall() if cursor.description else [], cursor.rowcount

        return await self._call(work)  # type: ignore[no-any-return]

    async def _call(self, work: Callable[[], Any]) -> Any:
        driver: Any = self._connection
        return await driver._execute(work)


class _NearerConnection(NearConnection):
    """Its statements run on the event loop's own thread."""

    __slots__ = ()

    _cursor_cls: Any = _NearCursor

    async def _call(self, work: Callable[[], Any]) -> Any:
        return await _patiently(work)

    def commit(self) -> None:
        self._end(self._commit)

    def rollback(self) -> None:
        self._end(self._rollback)

    def _end(self, work: Callable[[sqlite3.Connection], Awaitable[None]]) -> None:
        connection: Any = self._connection._connection
        try:
            if connection is not None:
                await_(work(connection))
        except Exception as error:  # noqa: BLE001 - the adapter turns them into the driver's own
            self._handle_exception(error)

    async def _commit(self, connection: sqlite3.Connection) -> None:
        if not connection.in_transaction:
            # A full disk makes SQLite roll back by itself; what came after was kept a statement at a time.
            raise sqlite3.OperationalError("the transaction was rolled back before its commit")
        try:
            await _patiently(connection.commit)
        except sqlite3.Error:
            # SQLAlchemy takes a failed commit for an end; the connection must not go back half way.
            connection.rollback()
            raise

    async def _rollback(self, connection: sqlite3.Connection) -> None:
        connection.rollback()


class NearDriver(AsyncAdapt_aiosqlite_dbapi):
    """What `create_async_engine(module=…)` takes for `sqlite+aiosqlite`. `thread` keeps the thread."""

    def __init__(self, *, thread: bool) -> None:
        super().__init__(aiosqlite, sqlite3)
        self._kind = NearConnection if thread else _NearerConnection

    def connect(self, *arguments: Any, **options: Any) -> AsyncAdapt_aiosqlite_connection:
        adapted = super().connect(*arguments, **options)
        return self._kind(self, adapted._connection)
