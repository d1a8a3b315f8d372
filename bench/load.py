"""Load: 2,000 residents and 100 leads at a steady rate, beside a bare aiogram echo bot in the same run.

usage: python -m bench.load [--engine sqlite|postgresql] [--replicas 1|3] [--rate 2 20 100] [--seconds 600]
                            [--webhook] [--stored 500000] [--flood 1000] [--share 20] [--no-echo]
                            [--chart FILE.png]

Updates come at their own times, however slow the answers are: a reply is timed from when its update was due
to the first word in its chat. The messenger lives in this process and succeeds always. CPU is that of the
bots' processes alone (with PostgreSQL its server has its own column). Memory is looked at every 10 s; its
growth is the slope of a line through the second half. With --stored the database holds so many requests
before; with --flood one more person sends so many messages at once, and the others' replies are the table's.
With --share each process of the bot gets only so many percent of a core: replicas can be compared where the
machine has fewer cores than they would have.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.progress import Progress

from bench.loading import bots as town_bots
from bench.loading.bots import Bots
from bench.loading.messenger import Messenger
from bench.loading.people import FLOODER, Town
from bench.loading.shares import limited

_KEY = "load-bench-key-0123456789abcdef0123456789"
_LOOK_EVERY = 10.0
_PATIENCE = 60.0
#: Whole stories told before anything is counted: what is loaded by first messages is not what lasts.
_WARM = 100
HEAD = (
    "| bot | engine | replicas | asked /s | done /s | p50 ms | p95 ms | p99 ms | CPU ms a message | × echo "
    "| database CPU ms | memory MB | growth MB/h |"
)


@dataclass
class Figures:
    """What one run showed. Times in seconds, memory in MB."""

    name: str
    engine: str
    replicas: int
    rate: float
    answers: list[float] = field(default_factory=list)
    flooded: list[float] = field(default_factory=list)
    wall: float = 0.0
    handed: int = 0
    cpu: float = 0.0
    database_cpu: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)
    astray: int = 0
    unanswered: int = 0
    held_back: int = 0

    @property
    def cpu_ms(self) -> float:
        """CPU of the bot a message."""
        return 1000 * self.cpu / max(1, self.handed)

    def row(self, echo: Figures | None) -> str:
        """A line of the Markdown table."""
        p50, p95, p99 = (1000 * _centile(self.answers, share) for share in (50, 95, 99))
        ratio = f"{self.cpu_ms / echo.cpu_ms:.2f}" if echo and echo is not self else "1"
        database = f"{1000 * self.database_cpu / max(1, self.handed):.2f}" if self.database_cpu else "–"
        memory = self.memory[-1][1] if self.memory else 0
        cells = [
            self.name,
            self.engine,
            str(self.replicas),
            f"{self.rate:g}",
            f"{(self.handed - self.unanswered) / self.wall:.1f}",
        ]
        cells += [f"{p50:.0f}", f"{p95:.0f}", f"{p99:.0f}", f"{self.cpu_ms:.2f}", ratio, database]
        return f"| {' | '.join([*cells, f'{memory:.0f}', f'{growth(self.memory):+.1f}'])} |"


def _centile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1] if len(values) > 1 else 0.0


def growth(memory: list[tuple[float, float]]) -> float:
    """MB an hour: the slope of the line through the second half of the looks."""
    late = memory[len(memory) // 2 :]
    if len(late) < 3:
        return 0.0
    return 3600 * statistics.linear_regression([t for t, _ in late], [mb for _, mb in late]).slope


async def measure(wanted: argparse.Namespace, name: str, rate: float) -> Figures:
    """One bot at one rate: everything fresh, and ended afterwards."""
    ours = name != "echo"
    engine = wanted.engine if ours else "–"
    figures = Figures(name, engine, wanted.replicas if ours else 1, rate)
    with tempfile.TemporaryDirectory(prefix="linying-load-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        town_bots.profile(folder)
        with town_bots.database(wanted.engine if ours else "sqlite", folder) as address:
            if ours:
                await town_bots.settle(address, folder, wanted.leads, wanted.stored, _KEY)
            messenger = Messenger()
            await messenger.start()
            arguments = ["-m", "bot", "run"] if ours else ["-m", "bench.echo"]
            settings = {"LINYING_DATABASE_URL": address, "LINYING_SECRET_KEY": _KEY}
            settings |= {"webhook": "yes"} if wanted.webhook else {}
            bots = await town_bots.start(arguments, messenger.base, folder, figures.replicas, **settings)
            messenger.hooks = bots.hooks
            try:
                with limited([p.pid for p in bots.processes], wanted.share):
                    await _drive(wanted, figures, messenger, bots, folder)
            finally:
                await bots.end()
                await messenger.stop()
    return figures


async def _drive(
    wanted: argparse.Namespace, figures: Figures, messenger: Messenger, bots: Bots, folder: Path
) -> None:
    town = Town(messenger, wanted.residents, wanted.leads)
    for _ in range(_WARM):
        town.speak(time.perf_counter())
        await asyncio.sleep(0.03)
    await _quiet(messenger)
    messenger.answers.clear()
    town.done.clear()
    database = _database_cpu(folder)
    before, started = bots.cpu(), time.perf_counter()
    watch = asyncio.create_task(_watch(bots))
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(f"{figures.name} {figures.rate:g}/s", total=wanted.seconds)
        figures.held_back = await _at_rate(wanted, figures.rate, town, progress, task)
    flooding = len(messenger.waiting[FLOODER])
    await _quiet(messenger)
    figures.wall = max(wanted.seconds, messenger.answered_at - started)
    watch.cancel()
    bots.look()
    figures.cpu = bots.cpu() - before
    figures.database_cpu = _database_cpu(folder) - database
    figures.handed, figures.memory = sum(town.done.values()), bots.memory
    figures.astray, figures.unanswered = town.astray, messenger.unanswered()
    figures.answers = [took for chat, took in messenger.answers if chat in town.residents]
    figures.flooded = [took for chat, took in messenger.answers if chat == FLOODER]
    if wanted.flood:
        print(f"flooder: {flooding} of {wanted.flood} messages were still unanswered when the time was over")


async def _at_rate(wanted: argparse.Namespace, rate: float, town: Town, progress: Progress, task: Any) -> int:
    """Hand updates over at their times; returns how many nobody was free for."""
    started, spoken, held_back = time.perf_counter(), 0, 0
    flooded = not wanted.flood
    while (now := time.perf_counter() - started) < wanted.seconds:
        if not flooded and now > wanted.seconds / 4:
            flooded = True
            for n in range(wanted.flood):
                town.say(FLOODER, f"在吗{n}", time.perf_counter())
        while spoken + held_back < now * rate:
            if town.speak(started + (spoken + held_back) / rate):
                spoken += 1
            else:
                held_back += 1
        progress.update(task, completed=now)
        await asyncio.sleep(max(0.001, min(0.2, (spoken + held_back) / rate - now)))
    return held_back


async def _watch(bots: Bots) -> None:
    while True:
        bots.look()
        await asyncio.sleep(_LOOK_EVERY)


async def _quiet(messenger: Messenger) -> None:
    """Until nothing more comes out: what a message causes for others belongs to its cost."""
    deadline = time.perf_counter() + _PATIENCE
    seen = -1
    while messenger.calls != seen and time.perf_counter() < deadline:
        seen = messenger.calls
        await asyncio.sleep(1.5)


def _database_cpu(folder: Path) -> float:
    """CPU seconds so far of the PostgreSQL server in `folder` (none: 0)."""
    note = folder / "pg" / "postmaster.pid"
    if not note.exists():
        return 0.0
    server = psutil.Process(int(note.read_text().split()[0]))
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(t.user + t.system for t in times)


def draw(runs: list[Figures], path: Path) -> None:
    """A picture: replies and CPU over the rate, memory over time."""
    from matplotlib.figure import Figure

    picture = Figure(figsize=(11, 3.6), layout="constrained")
    replies, cpu, memory = picture.subplots(1, 3)
    for name in dict.fromkeys(run.name for run in runs):
        mine = [run for run in runs if run.name == name]
        rates = [run.rate for run in mine]
        label = name if name.isascii() else "Linying"
        for share in (50, 99):
            replies.plot(
                rates, [1000 * _centile(r.answers, share) for r in mine], "o-", label=f"{label} p{share}"
            )
        cpu.plot(rates, [run.cpu_ms for run in mine], "o-", label=label)
        for run in mine:
            times = [(t - run.memory[0][0]) / 60 for t, _ in run.memory]
            memory.plot(times, [mb for _, mb in run.memory], label=f"{label} {run.rate:g}/s")
    for axes, title, across in (
        (replies, "reply, ms", "updates a second"),
        (cpu, "CPU a message, ms", "updates a second"),
        (memory, "memory, MB", "minutes"),
    ):
        axes.set(title=title, xlabel=across, ylim=(0, None))
        axes.legend(fontsize=7)
    picture.savefig(path, dpi=110)


def main() -> None:
    """Print the Markdown table, a row a run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--rate", type=float, nargs="+", default=[2, 20, 100])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--residents", type=int, default=2000)
    parser.add_argument("--leads", type=int, default=100)
    parser.add_argument("--stored", type=int, default=0)
    parser.add_argument("--flood", type=int, default=0)
    parser.add_argument("--webhook", action="store_true")
    parser.add_argument("--share", type=float, default=0)
    parser.add_argument("--no-echo", action="store_true")
    parser.add_argument("--chart", type=Path)
    wanted = parser.parse_args()
    if wanted.replicas > 1 and wanted.engine == "sqlite":
        parser.error("replicas need --engine postgresql")
    wanted.webhook = wanted.webhook or wanted.replicas > 1
    print(HEAD + "\n" + "|---" * (HEAD.count("|") - 1) + "|", flush=True)
    runs = []
    for rate in wanted.rate:
        echo = None if wanted.no_echo else asyncio.run(measure(wanted, "echo", rate))
        ours = asyncio.run(measure(wanted, "邻应", rate))
        for run in (echo, ours):
            if run:
                runs.append(run)
                print(run.row(echo), flush=True)
        left = f"{ours.unanswered} unanswered, {ours.astray} astray, {ours.held_back} held back"
        print(f"<!-- {rate:g}/s: {left}; echo {echo.unanswered if echo else 0} unanswered -->", flush=True)
    if wanted.chart:
        draw(runs, wanted.chart)


if __name__ == "__main__":
    main()
