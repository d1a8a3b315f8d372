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
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import child

if TYPE_CHECKING:
    from handlers.drawings import Drawing

_TIMEOUT = 60


class ChildCharts:
    """A ChartDrawer. `cache` is where matplotlib may keep its list of fonts between drawings."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache or Path(tempfile.gettempdir()) / "linying-matplotlib"
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, chart: Drawing) -> bytes:
        """A PNG, 1080 pixels wide. Raises RuntimeError when the child fails or takes too long."""
        given = json.dumps({"kind": type(chart).__name__, **asdict(chart)}).encode()
        settings = {"MPLCONFIGDIR": str(self._cache), "PYTHONWARNINGS": "default"}
        async with self._one_at_a_time:
            return await child.run("bot.charts", given, seconds=_TIMEOUT, settings=settings)


def main() -> None:
    """Read a chart as JSON, write its PNG."""
    document = json.load(sys.stdin)
    kind, draw = _pictures()[document.pop("kind")]
    sys.stdout.buffer.write(draw(kind(**{name: _tuples(value) for name, value in document.items()})))


def _pictures() -> dict[str, tuple[Any, Callable[[Any], bytes]]]:
    """Name of what is to be drawn → its class and who draws it."""
    from bot import bars_picture, board_picture, chart_picture, report_pictures
    from handlers import drawings, ports

    drawn: tuple[tuple[Any, Callable[[Any], bytes]], ...] = (
        (ports.Chart, chart_picture.picture),
        (ports.Bars, bars_picture.picture),
        (drawings.Trend, report_pictures.trend),
        (drawings.Ranking, report_pictures.ranking),
        (drawings.HeatMap, report_pictures.heat_map),
        (drawings.RateTable, report_pictures.rate_table),
        (drawings.Board, board_picture.picture),
    )
    return {kind.__name__: (kind, draw) for kind, draw in drawn}


def _tuples(value: Any) -> Any:
    """JSON has no tuples."""
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


if __name__ == "__main__":
    main()
