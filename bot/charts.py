"""Draws reports as pictures for a phone's screen, with matplotlib in a process of its own.

Measured: importing matplotlib adds 64 MB to a process and takes 1.1 s of CPU, of which a thread would never
give the memory back and would hold the interpreter lock. A report is drawn a few times a day, so each drawing
pays for a short-lived child and the bot stays small.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot import child
from handlers.ports import Bars, Chart

_TIMEOUT = 60


class ChildCharts:
    """A ChartDrawer. `cache` is where matplotlib may keep its list of fonts between drawings."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache or Path(tempfile.gettempdir()) / "linying-matplotlib"
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, chart: Chart | Bars) -> bytes:
        """A PNG, 1080 pixels wide. Raises RuntimeError when the child fails or takes too long."""
        given = json.dumps({"kind": type(chart).__name__, **asdict(chart)}).encode()
        settings = {"MPLCONFIGDIR": str(self._cache), "PYTHONWARNINGS": "default"}
        async with self._one_at_a_time:
            return await child.run("bot.charts", given, seconds=_TIMEOUT, settings=settings)


def main() -> None:
    """Read a chart as JSON, write its PNG."""
    from bot import bars_picture, chart_picture

    document = json.load(sys.stdin)
    kind = document.pop("kind")
    fields: dict[str, Any] = {k: _tuples(v) if isinstance(v, list) else v for k, v in document.items()}
    bars = kind == Bars.__name__
    drawn = bars_picture.picture(Bars(**fields)) if bars else chart_picture.picture(Chart(**fields))
    sys.stdout.buffer.write(drawn)


def _tuples(rows: list[list[str | int]]) -> tuple[tuple[str | int, ...], ...]:
    return tuple(tuple(row) for row in rows)


if __name__ == "__main__":
    main()
