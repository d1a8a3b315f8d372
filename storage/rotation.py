"""Everything sealed anew under the first key, while the program runs: also what was stored in the clear.

Rows are read without a lock, a page at a time, and rewritten only if they are still what was read; a row that
somebody holds is left for the next round. So nobody waits for long, an interrupted rotation is simply begun
again, and what another process writes meanwhile is never overwritten.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    LargeBinary,
    Row,
    Table,
    Text,
    Update,
    event,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import keys
from storage.engine import make_engine
from storage.sealing import Keyring, SealBroken, SealingError, key_of
from storage.types import SealedColumn, SearchKey
from storage.upgrade import whole_metadata

#: Rows rewritten in one transaction: some ten milliseconds in which others wait.
PAGE = 200
#: How long others are let through between two pages, in seconds: longer than they wait before looking again.
_PAUSE = 0.02
_MOST_ROUNDS = 5
_WIPE_TRIES = 50
#: Instead of a key's short id in `Rotated.left`.
OPEN, BROKEN = "", "broken"

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Rotated:
    """Rows `sealed` anew; rows `left`, by the short id of their key (OPEN: in the clear, BROKEN: unreadable).

    `retired` are the keys that need not be given any more; `checked` is how many rows were looked at.
    """

    checked: int = 0
    sealed: int = 0
    left: Counter[str] = field(default_factory=Counter)
    retired: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Sheet:
    """A table with something sealed in it."""

    table: Table
    key: tuple[Column[Any], ...]
    sealed: Mapping[str, SealedColumn]
    search: Mapping[str, SearchKey]


def sheets() -> list[_Sheet]:
    """All of them."""
    found = []
    for table in whole_metadata().sorted_tables:
        sealed = {c.name: c.type for c in table.columns if isinstance(c.type, SealedColumn)}
        if sealed:
            search = {c.name: c.type for c in table.columns if isinstance(c.type, SearchKey)}
            found.append(_Sheet(table, tuple(table.primary_key.columns), sealed, search))
    return found


async def rotate(url: URL, ring: Keyring, told: Told = lambda _done, _all: None) -> Rotated:
    """Seal everything under the first key of the ring. `told` hears rows seen, and how many there are."""
    reading, writing = make_engine(url, read_only=True), make_engine(url)
    if url.get_backend_name() == "sqlite":
        # What is overwritten must not stay readable in the file.
        event.listen(writing.sync_engine, "connect", _delete_for_good)
    try:
        return await _Rotation(reading, writing, ring, told).run()
    finally:
        await reading.dispose()
        await writing.dispose()


def _delete_for_good(connection: Any, _record: Any) -> None:
    connection.cursor().execute("PRAGMA secure_delete=ON")


class _Rotation:
    def __init__(self, reading: AsyncEngine, writing: AsyncEngine, ring: Keyring, told: Told) -> None:
        self._reading = reading
        self._writing = writing
        self._ring = ring
        self._told = told
        self._found = Rotated()

    async def run(self) -> Rotated:
        found = self._found
        todo = sheets()
        total = await self._count(todo)
        async with self._writing.begin() as connection:
            await connection.run_sync(keys.enter, self._ring, datetime.now(UTC))
        for n in range(_MOST_ROUNDS):
            found.left.clear()
            for sheet in todo:
                async for page in self._pages(sheet):
                    await self._page(sheet, page)
                    if n == 0:
                        found.checked += len(page)
                        self._told(found.checked, max(total, found.checked))
            if not set(found.left) - {BROKEN}:
                break
        await self._wipe()
        if not found.left:
            await self._retire()
        return found

    async def _retire(self) -> None:
        async with self._writing.begin() as connection:
            for key_id in await connection.run_sync(keys.known):
                if key_id != self._ring.first_id:
                    await connection.run_sync(keys.retire, key_id)
                    self._found.retired.append(key_id)

    async def _count(self, todo: Sequence[_Sheet]) -> int:
        total = 0
        async with self._reading.connect() as connection:
            for sheet in todo:
                total += await connection.scalar(select(func.count()).select_from(sheet.table)) or 0
        return total

    async def _pages(self, sheet: _Sheet) -> AsyncIterator[Sequence[Row[Any]]]:
        """All rows as they are stored, by primary key; each page in a read transaction of its own."""
        columns = sheet.table.c
        stored = [type_coerce(columns[n], kind.impl_instance).label(n) for n, kind in sheet.sealed.items()]
        query = select(*sheet.key, *stored).order_by(*sheet.key).limit(PAGE)
        last: tuple[Any, ...] | None = None
        while True:
            beyond = query if last is None else query.where(tuple_(*sheet.key) > tuple_(*last))
            async with self._reading.connect() as connection:
                page = (await connection.execute(beyond)).all()
            if not page:
                return
            yield page
            last = tuple(page[-1][: len(sheet.key)])

    async def _page(self, sheet: _Sheet, page: Sequence[Row[Any]]) -> None:
        """Rewrite what is not sealed under the first key."""
        changes = []
        for row in page:
            old = self._stale(sheet, row)
            if not old:
                continue
            try:
                changes.append((old, self._change(sheet, row, old)))
            except SealBroken:
                self._found.left[BROKEN] += 1
            except SealingError:
                self._leave(old)
        if not changes:
            await asyncio.sleep(0)
            return
        async with self._writing.begin() as connection:
            done = [(await connection.execute(change)).rowcount == 1 for _, change in changes]
        for (old, _), written in zip(changes, done, strict=True):
            if written:
                self._found.sealed += 1
            else:
                self._leave(old)
        await asyncio.sleep(_PAUSE)

    def _stale(self, sheet: _Sheet, row: Row[Any]) -> dict[str, Any]:
        """The columns of a row that hold something, but not under the first key; as they are stored."""
        stored = {name: row._mapping[name] for name in sheet.sealed}
        return {name: v for name, v in stored.items() if v and key_of(v) != self._ring.first_id}

    def _change(self, sheet: _Sheet, row: Row[Any], old: dict[str, Any]) -> Update:
        """Write the row's columns anew if they still hold what was read and nobody holds the row."""
        columns, new = sheet.table.c, dict[str, Any]()
        for name, value in old.items():
            kind = sheet.sealed[name]
            opened = kind.opened(value, self._ring)
            new[name] = kind.sealed(opened, self._ring)
            for found_by, search in sheet.search.items():
                if search.purpose == kind.purpose:
                    new[found_by] = search.key(opened, self._ring)
        mine = [column == row._mapping[column.name] for column in sheet.key]
        same = [type_coerce(columns[name], _kept_as(value)) == value for name, value in old.items()]
        # A lock that cannot be had is not waited for: who waits while holding others may wait for ever.
        free = select(*sheet.key).where(*mine, *same).with_for_update(skip_locked=True)
        values = {columns[name]: literal(value, _kept_as(value)) for name, value in new.items()}
        return update(sheet.table).where(*mine, tuple_(*sheet.key).in_(free)).values(values)

    def _leave(self, old: dict[str, Any]) -> None:
        self._found.left[max(key_of(value) or OPEN for value in old.values())] += 1

    async def _wipe(self) -> None:
        """What SQLite's write-ahead log still holds of the old rows goes as well, once nobody reads them."""
        if self._writing.dialect.name != "sqlite":
            return
        for _ in range(_WIPE_TRIES):
            async with self._reading.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                busy = (await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)"))[0][0]
            if not busy:
                return
            await asyncio.sleep(_PAUSE)


def _kept_as(stored: str | bytes) -> LargeBinary | Text:
    """The type of a value as it is stored: with the column's own it would be sealed once more."""
    return LargeBinary() if isinstance(stored, bytes) else Text()
