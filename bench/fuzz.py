"""Reads a million inputs that nobody expects: never an exception, never a phone left unmasked, never slow.

usage: python -m bench.fuzz [--inputs N] [--seconds S] [--seed S] [--processes N]
                           [--model DIR] [--only NUMBER]
       python -m bench.fuzz --updates N [--seconds S] [--seed S] [--model DIR]

Ends with code 1 at the first fault, which `--seed … --only …` shows again. With `--updates`, unexpected
updates go through the webhook, the inbox and the worker instead: never an unhandled exception, a stuck
chat, or a status that is neither 2xx nor a right 4xx.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
from bench.fuzz_inputs import LONG, make
from nlu.answer import as_json
from nlu.details import Expected
from nlu.details.phone import find_phones
from nlu.entities import find_entities
from nlu.normalise import normalise
from nlu.reader import Reader
from nlu.understanding import Decision, Understanding

NOW = datetime.fromisoformat("2026-11-21T10:00")
COMPOUNDS = ("丰和家园", "正阳里小区", "锦绣苑", "春城花园", "绿园新村", "和顺佳苑", "松苑小区")
BOUND_MS = 50.0
_SLICE = 2_000
#: What the answer is read for, besides the message as a whole.
_EXPECTED: tuple[Expected, ...] = ("address", "door", "contact", "time", "recipient")
#: 10,000 characters each, by what they are made of.
SHAPES = {
    "one character": "水" * LONG,
    "one figure": "1" * LONG,
    "Chinese figures": "一二三四五六七八九零" * (LONG // 10),
    "all figures": "3141592653" * (LONG // 10),
    "all marks": ",.!?;:-/()" * (LONG // 10),
    "no marks": "我家住在三号楼水管漏了想请师傅来修一修" * (LONG // 19 + 1),
    "thousands of clauses": "灯坏了,要修." * (LONG // 7 + 1),
    "thousands of phones": "13800138000," * (LONG // 12 + 1),
    "thousands of doors": "3栋2单元501 " * (LONG // 9 + 1),
    "thousands of days": "明天上午九点或" * (LONG // 7 + 1),
    "one compound again and again": "丰和家园" * (LONG // 4),
    "emoji": "👨‍👩‍👧‍👦" * (LONG // 7 + 1),
    "combining marks": "a\u0301\u0302\u0303" * (LONG // 4),
    "wide forms": "㍿ﷺ㋿①" * (LONG // 4),
    "danger": "着火了救命" * (LONG // 5),
}


@dataclass(frozen=True, slots=True)
class Faults:
    """What was found in some inputs; times in milliseconds of this process's own work."""

    inputs: int = 0
    long_inputs: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, -1)
    long_times: list[float] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


def main() -> int:
    """Run, and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input, to run in slices")
    parser.add_argument("--seconds", type=float, default=7200.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--only", type=int)
    parser.add_argument("--updates", type=int, help="so many updates instead of messages")
    options = parser.parse_args()
    if options.updates is not None:
        from bench.fuzzing.run import fuzz

        return fuzz(options.updates, options.seconds, options.seed, options.model)
    if options.only is not None:
        return _show(options.model, options.seed, options.only)
    started = time.monotonic()
    total = Faults()
    for part in _slices(options, started):
        total = _sum(total, part)
        if total.found:
            break
    _print(total, time.monotonic() - started, options)
    return 1 if total.found else 0


def faults(text: str, read: Understanding) -> list[str]:
    """What is wrong with the answer to one message, whatever the message was; empty where nothing is."""
    wrong = []
    try:
        json.loads(json.dumps(as_json(read)))
    except (TypeError, ValueError) as error:
        wrong.append(f"no JSON: {error}")
    chances = [
        read.act_confidence,
        *(r.confidence for r in read.ranking),
        *(n.confidence for n in read.needs),
    ]
    if not all(math.isfinite(c) and 0 <= c <= 1 for c in chances):
        wrong.append("a confidence is no probability")
    if len(read.ranking) < 3 or (read.decision is Decision.FILE and not read.needs):
        wrong.append("no ranking, or filed without a need")
    if read.text != text:
        wrong.append("the text is another")
    for need in read.needs:
        if not all(piece in text for piece in need.text.split("，")):
            wrong.append("a need's words are not in the text")
    if not all(0 <= e.start < e.end <= len(text) for e in find_entities(text, read.details)):
        wrong.append("a position outside the text")
    shown = {p.number for p in find_phones(normalise(read.masked))}
    if shown & {p.number for p in find_phones(normalise(text))}:
        wrong.append("a phone is not masked")
    if read.details.time:
        datetime.fromisoformat(read.details.time.start)
    return wrong


def _slices(options: argparse.Namespace, started: float) -> Iterator[Faults]:
    """The work in parts, with a bar, until inputs or time are over."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    firsts = range(options.first, options.first + options.inputs, _SLICE)
    columns = (TextColumn("读怪话"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    parts = [
        (options.model, options.seed, at, min(_SLICE, options.first + options.inputs - at)) for at in firsts
    ]
    with Progress(*columns) as bar, ProcessPoolExecutor(options.processes) as pool:
        task = bar.add_task("", total=options.inputs)
        # Few at a time, so that the end of the time is soon heard.
        for at in range(0, len(parts), options.processes):
            for part in pool.map(_run, parts[at : at + options.processes]):
                bar.advance(task, part.inputs)
                yield part
            if time.monotonic() - started > options.seconds:
                return


@cache
def _reader(folder: Path | None) -> Reader:
    reader = Reader.load(folder, compounds=COMPOUNDS)
    reader.understand("我家水管漏了", NOW)
    return reader


def _run(work: tuple[Path | None, int, int, int]) -> Faults:
    folder, seed, first, many = work
    reader = _reader(folder)
    begun = time.process_time()
    slowest, long_times, found = (0.0, -1), [], []
    for number in range(first, first + many):
        text = make(seed, number)
        try:
            before = time.process_time()
            read = reader.understand(text, NOW)
            took = (time.process_time() - before) * 1000
            found += [f"input {number}: {what}" for what in faults(text, read)]
            reader.details(text, NOW, _EXPECTED[number % len(_EXPECTED)])
        except Exception:  # noqa: BLE001 - any exception is what is looked for
            found.append(f"input {number}: {traceback.format_exc()}")
            continue
        slowest = max(slowest, (took, number))
        if len(text) >= LONG:
            long_times.append(took)
    return Faults(many, len(long_times), time.process_time() - begun, slowest, long_times, found)


def _sum(one: Faults, other: Faults) -> Faults:
    return Faults(
        one.inputs + other.inputs,
        one.long_inputs + other.long_inputs,
        one.seconds + other.seconds,
        max(one.slowest, other.slowest),
        one.long_times + other.long_times,
        one.found + other.found,
    )


def _print(total: Faults, wall: float, options: argparse.Namespace) -> None:
    reader = _reader(options.model)
    over = sum(t > BOUND_MS for t in total.long_times)
    times = sorted(total.long_times) or [0.0]
    print("| figure | value |\n|---|---|")
    print(f"| inputs (seed {options.seed}, from {options.first}) | {total.inputs:,} |")
    print(f"| exceptions and wrong answers | {len(total.found)} |")
    pace = total.inputs / total.seconds
    print(f"| inputs a second of one core, with making and checking them | {pace:,.0f} |")
    print(f"| seconds on the clock | {wall:,.0f} |")
    print(f"| slowest input | {total.slowest[0]:.1f} ms (number {total.slowest[1]}) |")
    print(
        f"| inputs of {LONG:,} to 20,000 characters: how many; median, slowest; above {BOUND_MS:.0f} ms "
        f"| {len(total.long_times):,}; {times[len(times) // 2]:.1f} ms, {times[-1]:.1f} ms; {over} |"
    )
    for name, text in SHAPES.items():
        print(f"| {LONG:,} characters: {name} | {_typical(reader, text[:LONG]):.1f} ms |")
    for fault in total.found[:10]:
        number = fault.split()[1].rstrip(":")
        print(f"\n{fault}\npython -m bench.fuzz --seed {options.seed} --only {number}", file=sys.stderr)


def _typical(reader: Reader, text: str) -> float:
    """The middle of five times, in milliseconds of this process's own work."""
    times = []
    for _ in range(5):
        before = time.process_time()
        reader.understand(text, NOW)
        times.append((time.process_time() - before) * 1000)
    return sorted(times)[2]


def _show(folder: Path | None, seed: int, number: int) -> int:
    text = make(seed, number)
    print(ascii(text[:2000]), len(text))
    reader = _reader(folder)
    before = time.process_time()
    read = reader.understand(text, NOW)
    print(f"{(time.process_time() - before) * 1000:.1f} ms", faults(text, read))
    return 1 if faults(text, read) else 0


if __name__ == "__main__":
    sys.exit(main())
