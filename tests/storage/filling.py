"""Rows for every table there is, made from what the database says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.copies.shape import Shape, shapes

ROWS = 3
_BEGIN = datetime(2026, 11, 21, 1, 2, 3, 456789, tzinfo=UTC)
_WORDS = ("水管漏了，\n“快”来", "e\u0301 👵🏽 \\ ' \" 𠮷", "")


async def fill_every_table(connection: AsyncConnection) -> dict[str, int]:
    """Three rows each; ids are 1 to 3 everywhere, so that every reference finds its row. Rows by table."""
    found = await connection.run_sync(shapes)
    for shape in found:
        await connection.execute(shape.table().insert(), _rows(shape))
    return {shape.name: ROWS for shape in found}


def _rows(shape: Shape) -> list[dict[str, Any]]:
    return [{name: _value(name, kind, n) for name, kind in shape.columns} for n in range(1, ROWS + 1)]


def _value(name: str, kind: str, n: int) -> Any:
    made = {
        "integer": n,
        "boolean": n % 2 == 0,
        "number": n / 7,
        "bytes": bytes(range(n, 256)),
        "time": _BEGIN + timedelta(days=n),
        "text": f"{name} {n} {_WORDS[n - 1]}",
    }
    return made[kind]
