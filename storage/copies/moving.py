"""Filling an empty database from a copy, all or nothing, and proving that nothing is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.copies.archive import BadArchive, Contents, Reader, Writer
from storage.copies.rows import CHUNK, Digest, line, read, values
from storage.copies.shape import Shape, shapes
from storage.upgrade import current, migrate, newest

#: Called with the table's name and how many of its rows were done just now.
Progress = Callable[[str, int], None]
Rows = list[dict[str, Any]]


class NotEmpty(Exception):
    """The database to fill has rows already; `table` is where."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class Differs(Exception):
    """What was read back is not what was written, or not what the copy promised; `table` is where."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class Source(Protocol):
    """Where the rows come from."""

    schema: str
    tables: list[Shape]

    def batches(self, shape: Shape) -> AsyncIterator[tuple[Rows, list[str]]]:
        """Rows of one table and the same rows as lines, some at a time."""

    def promised(self, shape: Shape) -> Digest | None:
        """What the rows must add up to, when the source knows it beforehand."""


class LiveSource:
    """A database, seen through one transaction that stands still."""

    def __init__(self, connection: AsyncConnection, schema: str, tables: list[Shape]) -> None:
        self._connection = connection
        self.schema = schema
        self.tables = tables

    async def batches(self, shape: Shape) -> AsyncIterator[tuple[Rows, list[str]]]:
        async for rows in read(self._connection, shape):
            yield [dict(row._mapping) for row in rows], [line(shape, row) for row in rows]

    def promised(self, shape: Shape) -> Digest | None:
        return None


class ArchiveSource:
    """An archive. Raises BadArchive while it is read."""

    def __init__(self, archive: Reader) -> None:
        self._archive = archive
        self.schema = archive.contents.schema
        self._promised = {
            shape.name: Digest(rows, int(checksum, 16)) for shape, rows, checksum in archive.contents.tables
        }
        self.tables = [shape for shape, _, _ in archive.contents.tables]

    async def batches(self, shape: Shape) -> AsyncIterator[tuple[Rows, list[str]]]:
        lines: Iterator[str] = self._archive.lines(shape)
        while part := list(islice(lines, CHUNK)):
            try:
                rows = [values(shape, one) for one in part]
            except ValueError as error:
                raise BadArchive(shape.name) from error
            yield rows, part

    def promised(self, shape: Shape) -> Digest | None:
        return self._promised[shape.name]


async def write(connection: AsyncConnection, archive: Writer, contents: Contents, done: Progress) -> None:
    """Every row that the connection's transaction sees, into the archive."""
    contents.engine = connection.dialect.name
    for shape in await connection.run_sync(shapes):
        with archive.table(shape) as lines:
            async for rows in read(connection, shape):
                for row in rows:
                    lines.add(line(shape, row))
                done(shape.name, len(rows))


async def fill(connection: AsyncConnection, source: Source, done: Progress) -> dict[str, Digest]:
    """Write everything in the connection's transaction; the caller commits. Returns each table's digest.

    Raises NotEmpty before anything was written, Differs when a table read back is not the table given.
    """
    await connection.run_sync(_make_room, source.schema)
    digests: dict[str, Digest] = {}
    for shape in source.tables:
        given = Digest()
        async for rows, lines in source.batches(shape):
            await _insert(connection, shape, rows)
            for one in lines:
                given.add(one)
            done(shape.name, len(rows))
        promised = source.promised(shape) or given
        if not (promised.same_as(given) and (await digest(connection, shape)).same_as(given)):
            raise Differs(shape.name)
        digests[shape.name] = given
    await connection.run_sync(_settle, source.tables)
    return digests


async def _insert(connection: AsyncConnection, shape: Shape, rows: Rows) -> None:
    try:
        await connection.execute(shape.table().insert(), rows)
    except (IntegrityError, DataError) as error:
        raise Differs(shape.name) from error


async def digest(connection: AsyncConnection, shape: Shape) -> Digest:
    """Of a table as it stands."""
    found = Digest()
    async for rows in read(connection, shape):
        for row in rows:
            found.add(line(shape, row))
    return found


async def sizes(connection: AsyncConnection) -> dict[str, int]:
    """Rows of each table, to show how far a copy is."""
    found = await connection.run_sync(shapes)
    return {s.name: await connection.scalar(select(func.count()).select_from(s.table())) or 0 for s in found}


#: Tables into which migrations themselves write.
_OWN: frozenset[str] = frozenset()


def _make_room(connection: Connection, schema: str) -> None:
    """The schema of the copy, in a database in which nobody has written anything."""
    found = current(connection)
    if found is None:
        migrate(connection, schema)
    elif found != schema:
        raise NotEmpty("alembic_version")
    for shape in shapes(connection):
        table = shape.table()
        if shape.name in _OWN:
            connection.execute(table.delete())
        elif connection.execute(select(table).limit(1)).first() is not None:
            raise NotEmpty(shape.name)


def _settle(connection: Connection, tables: list[Shape]) -> None:
    """Numbers go on after the highest, and the schema is brought to what this program knows."""
    if connection.dialect.name == "postgresql":
        for shape in tables:
            _continue_numbers(connection, shape)
    if newest() != current(connection):
        migrate(connection)


def _continue_numbers(connection: Connection, shape: Shape) -> None:
    for name in shape.key:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": shape.name, "column": name}
        )
        highest = connection.scalar(select(func.max(shape.table().c[name]))) if sequence else None
        if highest is not None:
            connection.execute(text("SELECT setval(:name, :value)"), {"name": sequence, "value": highest})
