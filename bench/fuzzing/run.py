"""The long run over one engine, with a bar: until the updates or the time are over."""

from __future__ import annotations

import asyncio
import logging
import resource
import tempfile
import time
from pathlib import Path

from bench.fuzzing.program import Program, opened
from bot.communities import load_community
from nlu.reader import Reader

#: So many between two looks at whether everybody is still answered.
_SLICE = 500
_MOST_SHOWN = 10


def fuzz(updates: int, seconds: float, seed: int, model: Path | None) -> int:
    """Print a table; 1 if anything was found that should not be."""
    logging.disable(logging.CRITICAL)
    return asyncio.run(_fuzz(updates, seconds, seed, model))


async def _fuzz(updates: int, seconds: float, seed: int, model: Path | None) -> int:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    reader = Reader.load(model, compounds=load_community("fenghe")[0].compounds)
    begun, cpu = time.monotonic(), time.process_time()
    columns = (TextColumn("发怪消息"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with tempfile.TemporaryDirectory(prefix="linying-fuzz-") as folder, Progress(*columns) as bar:
        url = f"sqlite+aiosqlite:///{folder}/linying.db"
        async with opened(url, Path(folder), reader, seed) as program:
            await program.story()
            task, done = bar.add_task("", total=updates), 0
            while (
                done < updates
                and time.monotonic() - begun < seconds
                and len(program.found.wrong) < _MOST_SHOWN
            ):
                many = min(_SLICE, updates - done)
                await program.odd(many)
                await program.still_answers()
                done += many
                bar.advance(task, many)
    _print(program, done, seed, time.monotonic() - begun, time.process_time() - cpu)
    return 1 if program.found.wrong or done < updates else 0


def _print(program: Program, done: int, seed: int, wall: float, cpu: float) -> None:
    found = program.found
    answers = ", ".join(f"{code}: {many:,}" for code, many in sorted(found.answers.items()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| figure | value |\n|---|---|")
    print(f"| unexpected updates (seed {seed}) | {done:,} |")
    print(f"| kinds of update among those that were made | {len(found.kinds) - 2} |")
    print(f"| mutated real ones; broken bytes | {found.kinds['mutated']:,}; {found.kinds['broken']:,} |")
    print(f"| answers of the webhook by status | {answers} |")
    print(f"| handled without a fault | {found.handled:,} |")
    print(
        "| dead letters: the library refuses them; nobody can read them "
        f"| {found.refused:,}; {found.unreadable:,} |"
    )
    print(f"| messages said in answer | {found.replies:,} |")
    print(f"| unhandled exceptions, stuck chats, wrong statuses | {len(found.wrong)} |")
    print(
        "| seconds; CPU ms an update; most memory "
        f"| {wall:,.0f}; {cpu * 1000 / max(done, 1):.1f}; {memory:,.0f} MB |"
    )
    for what in found.wrong[:_MOST_SHOWN]:
        print(f"\n{what}")
