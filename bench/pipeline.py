"""Measures the whole way: messenger → inbox → reader → commit → outbox → messenger, beside a bare echo bot.

usage: python -m bench.pipeline [--residents 20] [--rounds 5]

Residents file requests over HTTP at the same time, each waiting for its answer before it goes on. The load,
the messenger and the bot share this machine's processors. CPU is the bot process's own, all threads.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bench.processes import Messenger, cpu_seconds, end, first_line, launch, lend_model, memory_mb

#: One resident's story: a need, what is missing, filing it, asking about it.
STORY = (
    "厨房水龙头关不死一直滴水",
    "3号楼1单元202",
    "明天上午",
    "13900001111",
    "提交",
    "/my",
    "我报的事办到哪一步了",
    "谢谢",
)


@dataclass
class Figures:
    """What one bot needed for the same messages. Times in seconds."""

    answers: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0

    def row(self, name: str) -> str:
        """A line of the Markdown table."""
        count = len(self.answers)
        centiles = statistics.quantiles(self.answers, n=100)
        return (
            f"| {name} | {count} | {count / self.wall:.0f} | {1000 * self.cpu / count:.2f} "
            f"| {1000 * centiles[49]:.0f} | {1000 * centiles[98]:.0f} | {self.memory:.0f} |"
        )


async def talk(messenger: Messenger, person: int, rounds: int, figures: Figures, tick: object) -> None:
    """One resident's stories; each answer is timed from the message to the first reply."""
    seen = 0
    for words in STORY * rounds:
        started = time.perf_counter()
        pressed = words == "提交" and await _press(messenger, person)
        if not pressed:
            await messenger.post("send", **{"from": person, "text": words})
        answer = await messenger.get(f"wait?chat={person}&after={seen}&timeout=60")
        figures.answers.append(time.perf_counter() - started)
        seen = answer["revision"]
        tick()  # type: ignore[operator]


async def _press(messenger: Messenger, person: int) -> bool:
    body = {"from": person, "chat": person, "text": "提交"}
    async with messenger.http.post(f"{messenger.api_base}/control/press", json=body) as response:
        return response.status == 200


async def measure(arguments: list[str], name: str, residents: int, rounds: int) -> Figures:
    """Start a messenger and the bot, let the residents talk, stop both."""
    with tempfile.TemporaryDirectory() as place, Progress(console=Console(stderr=True)) as progress:
        folder = Path(place)
        lend_model(folder)
        messenger = await Messenger.start(folder)
        bot = await launch(arguments, folder, **messenger.settings())
        await first_line(bot)
        people = [
            (await messenger.post("persons", role="resident", name=f"居民{n}"))["id"]
            for n in range(residents)
        ]
        # What is loaded by the first message of all is measured by bench/start.py.
        await talk(messenger, people[0], 1, Figures(), lambda: None)
        figures, task = Figures(), progress.add_task(name, total=residents * rounds * len(STORY))
        cpu, started = cpu_seconds(bot), time.perf_counter()
        await asyncio.gather(
            *(talk(messenger, one, rounds, figures, lambda: progress.advance(task)) for one in people)
        )
        figures.wall = time.perf_counter() - started
        await _quiet(messenger)
        figures.cpu, figures.memory = cpu_seconds(bot) - cpu, memory_mb(bot)
        await end(bot)
        await messenger.stop()
    return figures


async def _quiet(messenger: Messenger) -> None:
    """Until nothing more comes out: messages to leads belong to the cost of a resident's message."""
    before = -1
    while (now := (await messenger.get("transcript?after=0"))["revision"]) != before:
        before = now
        await asyncio.sleep(1)


def main() -> None:
    """Print the Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--residents", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    print("| bot | messages | messages/s | CPU ms a message | reply p50 ms | reply p99 ms | memory MB |")
    print("|---|---|---|---|---|---|---|")
    bots = (
        ("邻应", ["-m", "bot", "run"]),
        ("邻应, one resident at a time", ["-m", "bot", "run"]),
        ("bare aiogram echo", ["-m", "bench.echo"]),
        ("bare aiogram echo, one at a time", ["-m", "bench.echo"]),
    )
    for name, arguments in bots:
        residents = 1 if "at a time" in name else wanted.residents
        rounds = wanted.rounds * (wanted.residents // residents) // (1 if residents > 1 else 4)
        print(asyncio.run(measure(arguments, name, residents, max(1, rounds))).row(name), flush=True)


if __name__ == "__main__":
    main()
