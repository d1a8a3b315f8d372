"""Measures a start: seconds and memory from starting the process to the first answer in a resident's chat.

usage: python -m bench.start [--runs 5]

The message waits at the messenger before the bot is started, as after a restart. The reader is trained.
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


async def measure() -> tuple[float, float, float]:
    """Seconds to the first answer, CPU seconds spent by then, resident memory in MB after it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lend_model(folder)
        messenger = await Messenger.start(folder)
        await messenger.post("send", **{"from": 1001, "text": NEED})
        started = time.perf_counter()
        bot = await launch(["-m", "bot", "run"], folder, **messenger.settings())
        answer = await messenger.get("wait?chat=1001&after=0&timeout=60")
        seconds = time.perf_counter() - started
        assert any(one["by_bot"] for one in answer["entries"]), "no answer within a minute"
        cpu, memory = cpu_seconds(bot), memory_mb(bot)
        await end(bot)
        await messenger.stop()
    return seconds, cpu, memory


def main() -> None:
    """Print the Markdown table: median and range of the runs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = [asyncio.run(measure()) for _ in range(parser.parse_args().runs)]
    print("| figure | median | least | most |")
    print("|---|---|---|---|")
    names = ("seconds to the first answer", "CPU seconds by then", "memory MB after it")
    for name, values in zip(names, zip(*runs, strict=True), strict=True):
        print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} | {max(values):.2f} |")


if __name__ == "__main__":
    main()
