"""Measures a start: seconds and memory from starting the process to the first answer in a resident's chat.

usage: python -m bench.start [--runs 5]

A message waits at the messenger before the bot is started: once with no database yet, once after a stop.
The reader is trained, and the modules are compiled as pip leaves them (in a folder of the bench's own, by a
start that is not counted).
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bench.processes import Messenger, cpu_seconds, end, launch, lend_model, memory_mb

NEED = "厨房水龙头关不死一直滴水，3号楼1单元202"
STARTS = ("the very first start", "a later start")
FIGURES = ("seconds to the first answer", "CPU seconds by then", "memory MB after it")


async def measure(compiled: str) -> list[tuple[float, float, float]]:
    """For each of STARTS: seconds to the first answer, CPU seconds by then, memory in MB after it."""
    python = {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    measured = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lend_model(folder)
        messenger = await Messenger.start(folder)
        for name in STARTS:
            person = (await messenger.post("persons", role="resident", name=name))["id"]
            await messenger.post("send", **{"from": person, "text": NEED})
            started = time.perf_counter()
            bot = await launch(["-m", "bot", "run"], folder, **messenger.settings(), **python)
            answer = await messenger.get(f"wait?chat={person}&after=0&timeout=60")
            seconds = time.perf_counter() - started
            assert any(one["by_bot"] for one in answer["entries"]), "no answer within a minute"
            measured.append((seconds, cpu_seconds(bot), memory_mb(bot)))
            await end(bot)
        await messenger.stop()
    return measured


def main() -> None:
    """Print the Markdown table: median and range of the runs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    many = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as compiled:
        runs = [asyncio.run(measure(compiled)) for _ in range(many + 1)][1:]
    print("| start | figure | median | least | most |")
    print("|---|---|---|---|---|")
    for start, starts in zip(STARTS, zip(*runs, strict=True), strict=True):
        for figure, values in zip(FIGURES, zip(*starts, strict=True), strict=True):
            print(
                f"| {start} | {figure} | {statistics.median(values):.2f} "
                f"| {min(values):.2f} | {max(values):.2f} |"
            )


if __name__ == "__main__":
    main()
