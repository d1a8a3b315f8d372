"""Measures the reader: load to first answer, memory, time a message (p50/p99), 10,000 characters, training.

usage: python -m bench.reader [--model DIR] [--train]
       python -m bench.reader --rasa PYTHON [--each N]     side by side with Rasa's DIET (see docs/rasa.md)
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
HELD_OUT = Path(__file__).parents[1] / "tests" / "data" / "held_out"
NOW = datetime.fromisoformat("2026-11-21T10:00")


def main() -> None:
    """Print a Markdown table of figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path)
    parser.add_argument("--train", action="store_true", help="also time the training")
    parser.add_argument(
        "--rasa", type=Path, metavar="PYTHON", help="the Python of an environment with Rasa 3.6"
    )
    parser.add_argument(
        "--each", type=int, default=20, metavar="N", help="messages an intent that both learn"
    )
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(options.model)))
        return
    if options.rasa:
        from bench.rasa.compare import compare

        print(compare(options.rasa, options.each))
        return
    from nlu.training import model_folder
    from nlu.versions import ready

    folder = options.model or model_folder()
    ready(folder)
    # A fresh process, so that memory and the start are the reader's own.
    child = subprocess.run(
        [sys.executable, "-m", "bench.reader", "--child", "--model", str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    figures = json.loads(child.stdout.splitlines()[-1])
    if options.train:
        figures["training, s"] = train()
    print("| figure | value |\n|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value} |")


def measure(folder: Path) -> dict[str, float]:
    """Figures of this process: seconds, megabytes, milliseconds."""
    messages = [
        json.loads(line)["text"]
        for path in sorted(HELD_OUT.glob("*.jsonl"))
        if path.stem != "dialogue"
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    before = _resident()
    started = time.perf_counter()
    from nlu.reader import Reader

    reader = Reader.load(folder)
    reader.understand("我家水管漏了", NOW)
    loaded = time.perf_counter() - started
    memory = _resident()
    random.Random(0).shuffle(messages)
    times = sorted(_timed(reader.understand, m) for m in messages)
    long = max(
        _timed(reader.understand, m) for m in ("水管漏了" * 2500, "3-" * 5000, "一" * 10000, "我家的," * 2500)
    )
    return {
        "messages": len(messages),
        "load to first answer, s": round(loaded, 2),
        "memory of the process, MB": memory,
        "of that before the reader, MB": before,
        "p50, ms": round(times[len(times) // 2], 2),
        "p99, ms": round(times[int(len(times) * 0.99)], 2),
        "slowest of 10,000 characters, ms": round(long, 1),
    }


def train() -> float:
    """Seconds to train from nothing."""
    from nlu import training

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        training.train(Path(folder))
    return round(time.perf_counter() - started, 1)


def _resident() -> int:
    """Megabytes of this process now. (Its peak would count what the parent held when it forked.)"""
    import psutil

    return round(psutil.Process().memory_info().rss / 2**20)


def _timed(read: object, message: str) -> float:
    assert callable(read)
    started = time.perf_counter()
    read(message, NOW)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
