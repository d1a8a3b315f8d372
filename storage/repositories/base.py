"""What all repositories share: the connection, the community every query filters by, the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Select,
    Table,
    bindparam,
    select,
)
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from casework.ports import Clock
from storage.repeated import Rows, execute
from storage.types import SearchKey, keyring_of

#: Ids in one IN list; both engines have a limit on the parameters of a statement.
CHUNK = 1000
LAST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Scope:
    """One transaction of one community."""

    connection: AsyncConnection
    community_id: str
    clock: Clock


class Repository:
    """Reads and writes the rows of one community in one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._connection = scope.connection
        self._community = scope.community_id
        self._clock = scope.clock
        #: How many rows the last bite of `_forget` deleted.
        self.forgotten = 0

    @property
    def _is_postgresql(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def _search_keys(self, column: ColumnElement[Any], text: str) -> list[str]:
        """What `found_by` may be of rows with this text; `column` holds their search keys."""
        kind = column.type
        assert isinstance(kind, SearchKey)
        return kind.keys(text, keyring_of(self._connection.dialect))

    async def _run(self, statement: Executable, **parameters: Any) -> CursorResult[Any] | Rows:
        """Execute a statement whose community is the bound parameter `community`."""
        parameters["community"] = self._community
        return await execute(self._connection, statement, parameters)

    async def _write(self, statement: Executable, row: Mapping[str, Any]) -> CursorResult[Any] | Rows:
        """Execute an INSERT of one row, whose columns are all named."""
        return await execute(self._connection, statement, row)

    async def _insert(self, table: Table, values: Mapping[str, Any]) -> int:
        """Insert a row; returns its id."""
        return int((await self._write(inserting_with_id(table), values)).scalar_one())

    async def _forget(self, oldest: Select[Any], delete: Delete, before: datetime, after: int) -> int | None:
        """A small bite of a large deletion, so that nobody waits for it; returns where the next begins.

        Ids grow with time, so that no row is looked at but the old ones and the first new ones.
        """
        ids = [row.id for row in await self._run(oldest, after=after) if row.age < before]
        if not ids:
            return None
        gone = await self._run(delete, first=after + 1, last=ids[-1], before=before)
        self.forgotten = gone.rowcount
        return int(ids[-1])

    def _upsert(self, table: Table) -> pg.Insert | sqlite.Insert:
        """An INSERT that takes ON CONFLICT; the two engines' classes have the same methods."""
        return upserting(table, postgresql=self._is_postgresql)


def upserting(table: Table, *, postgresql: bool) -> pg.Insert | sqlite.Insert:
    """An INSERT that takes ON CONFLICT. Building one costs more than executing it: keep it with `cache`."""
    return pg.insert(table) if postgresql else sqlite.insert(table)


@cache
def inserting(table: Table) -> Insert:
    """The plain INSERT of a table, the same object each time."""
    return table.insert().inline()


@cache
def inserting_with_id(table: Table) -> ReturningInsert[tuple[int]]:
    """The same, which returns the row's id."""
    return table.insert().returning(table.c.id)


def oldest(table: Table, age: ColumnElement[datetime]) -> Select[Any]:
    """The ids and dates of a community's next rows, for `Repository._forget`."""
    row_id = table.c.id
    query = select(row_id, age.label("age")).where(
        table.c.community_id == bindparam("community"), row_id > bindparam("after")
    )
    return query.order_by(row_id).limit(CHUNK)


def is_id(value: int) -> bool:
    """Whether a row could have this id; forged ones may be larger than any column."""
    return -LAST_ID <= value <= LAST_ID


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """The distinct possible ids, in lists short enough for one statement."""
    left = iter(sorted({i for i in ids if is_id(i)}))
    while chunk := list(islice(left, CHUNK)):
        yield chunk
