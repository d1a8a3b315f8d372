"""`python -m bot simulate`: plays, prints the report, writes it beside a picture."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.charts import ChildCharts
from bot.communities import load_community
from bot.faults import Fault
from bot.simulation import report
from bot.simulation.running import Month, Outcome, Wishes
from storage.database import Database

_DATABASE = "simulation.db"


def simulate(community: str, wishes: Wishes, folder: Path) -> int:
    """Write `report.txt`, `report.png` and the database into the folder; 1 when something is unexplained."""
    _make_room(folder)
    outcome = asyncio.run(_play(community, wishes, folder))
    words = report.words(outcome)
    print(words, end="")  # noqa: T201 - a command line speaks by printing
    (folder / "report.txt").write_text(words, encoding="utf-8")
    (folder / "report.png").write_bytes(asyncio.run(ChildCharts().draw(report.chart(outcome))))
    print(f"报告、图和数据库在 {folder}")  # noqa: T201
    return 0 if outcome.good else 1


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm"):
            (folder / name).unlink(missing_ok=True)
    except OSError:
        raise Fault(f"目录 {folder} 不能写。") from None


async def _play(community: str, wishes: Wishes, folder: Path) -> Outcome:
    from rich.console import Console
    from rich.progress import Progress

    profile, organisations = load_community(community)
    database = Database(f"sqlite:///{folder / _DATABASE}")
    await database.open()
    try:
        with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("一天一天地过", total=wishes.days + wishes.after)
            month = Month(database, profile, organisations, wishes)
            return await month.play(lambda day: progress.update(task, completed=day))
    finally:
        await database.close()
