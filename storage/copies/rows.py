"""Rows as lines of JSON, the same from both engines, and a sum over them by which two copies are compared."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.copies.shape import Shape

#: Rows read or written at a time.
CHUNK = 2000
_MODULUS = 1 << 256


@dataclass(slots=True)
class Digest:
    """Count and checksum of rows in any order: the sum of each line's SHA-256."""

    rows: int = 0
    total: int = 0

    def add(self, line: str) -> None:
        """One row more."""
        self.rows += 1
        self.total += int.from_bytes(hashlib.sha256(line.encode()).digest())

    @property
    def checksum(self) -> str:
        """64 hexadecimal digits."""
        return f"{self.total % _MODULUS:064x}"

    def same_as(self, other: Digest) -> bool:
        """As many rows with the same content."""
        return (self.rows, self.checksum) == (other.rows, other.checksum)


async def read(connection: AsyncConnection, shape: Shape) -> AsyncIterator[list[Row[Any]]]:
    """All rows in the order of the primary key, so many at a time."""
    table = shape.table()
    key = [table.c[name] for name in shape.key]
    query = select(table).order_by(*key).limit(CHUNK)
    after: tuple[Any, ...] | None = None
    while True:
        part = query if after is None else query.where(tuple_(*key) > tuple_(*after))
        rows = list(await connection.execute(part))
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        after = tuple(getattr(rows[-1], name) for name in shape.key)


def line(shape: Shape, row: Iterable[Any]) -> str:
    """A row as one line of JSON, values in the order of the columns."""
    values = [_plain(kind, value) for (_, kind), value in zip(shape.columns, row, strict=True)]
    return json.dumps(values, separators=(",", ":"))


def values(shape: Shape, text: str) -> dict[str, Any]:
    """The row of a line, by column. Raises ValueError for what is no such line."""
    found = json.loads(text)
    return {name: _value(kind, value) for (name, kind), value in zip(shape.columns, found, strict=True)}


def _plain(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "time":
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if kind == "bytes":
        return base64.b64encode(value).decode()
    if kind == "number":
        return float(value)
    return value


def _value(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "time":
        return datetime.fromisoformat(value)
    if kind == "bytes":
        return base64.b64decode(value)
    return value
