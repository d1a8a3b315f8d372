"""How many whole dialogues end in exactly the requests they should.

usage: python -m bench.dialogue [FILE.jsonl] [--verbose]

A line is {"turns": [what the resident writes…], "filed": [{"item", "building", "unit", "room", "phone",
"time", "recipient"}…], "note"}. Right means: as many requests, the same items, the same in every field told.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.communities import load_community
from bot.frame import Frame
from bot.identity import actor_of
from bot.telling import tell
from casework.entities import Person, Request
from handlers.dialogue import engine
from handlers.dialogue.conversation import Conversation
from handlers.kit.memory import Memory
from handlers.kit.outgoing import Outgoing
from handlers.kit.texts import default_texts
from handlers.ports import Outbox
from nlu.reader import Reader
from storage.database import Database

HELD_OUT = Path(__file__).parent.parent / "tests" / "data" / "held_out" / "dialogue.jsonl"


class Noon:
    """The morning that the dialogues were written for."""

    def now(self) -> datetime:
        """2026-11-21 10:00 in Shanghai."""
        return datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


class Bench:
    """Runs dialogues against the real reader, actions and a real database."""

    def __init__(self, db: Database, frame: Frame) -> None:
        self.db = db
        self.frame = frame
        self.seconds: list[float] = []

    async def run(self, who: int, turns: list[str]) -> tuple[list[Request], list[tuple[str, str]]]:
        """What a new resident's turns have filed, and the transcript."""
        said = []
        for turn in turns:
            async with self.db.transaction(self.frame.community.id) as uow:
                answers = Recording(uow.outbox, who)
                out = Outgoing(answers, self.frame.texts)
                context = replace(self.frame.context(uow), out=out)
                person = await uow.people.get(who) or Person(who, self.frame.community.id, "居民", who)
                await uow.people.save(person)
                memory = Memory(uow.trackers)
                actor = await actor_of(context, who)
                begun = time.perf_counter()
                conversation = await Conversation.open(context, actor, person, self.frame.seat.reader, memory)
                await conversation.hear(turn)
                self.seconds.append(time.perf_counter() - begun)
                await tell(context)
                await memory.flush()
                said.append((turn, "\n".join(answers.said)))
                await uow.commit()
        async with self.db.transaction(self.frame.community.id, read_only=True) as uow:
            return await uow.requests.of_resident(who), said


class Recording:
    """An outbox that also remembers what was said."""

    def __init__(self, outbox: Outbox, who: int) -> None:
        self._outbox = outbox
        self._who = who
        self.said: list[str] = []

    async def add(self, chat_id: int, method: str, payload: dict[str, Any], **options: Any) -> None:
        """As handlers.ports.Outbox."""
        await self._outbox.add(chat_id, method, payload, **options)
        if chat_id == self._who:
            self.said.append(str(payload.get("text") or payload.get("phone_number")))


def as_told(request: Request) -> dict[str, str]:
    """A request in the fields of the data."""
    details = request.details
    return {
        "item": request.item,
        "building": details.address.building,
        "unit": details.address.unit,
        "room": details.address.room,
        "phone": details.phone,
        "time": details.time_start,
        "recipient": details.recipient,
    }


def right(filed: list[Request], wanted: list[dict[str, str]]) -> bool:
    """Whether the requests are the wanted ones, in any order."""
    if len(filed) != len(wanted):
        return False
    left = [as_told(r) for r in filed]
    for want in wanted:
        fits = next((f for f in left if all(f[k] == v for k, v in want.items())), None)
        if fits is None:
            return False
        left.remove(fits)
    return True


async def measure(dialogues: list[Any], *, verbose: bool) -> tuple[int, int, list[float]]:
    """Right ones, all, and seconds a message."""
    community, _ = load_community("fenghe")
    frame = Frame(community, Noon(), default_texts(), frozenset())  # type: ignore[arg-type]
    frame.seat.seat(Reader.load(compounds=community.compounds))
    engine.executor()
    good = 0
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite+aiosqlite:///{folder}/bench.db")
        await db.open()
        bench = Bench(db, frame)
        for n, dialogue in enumerate(dialogues, start=1):
            filed, said = await bench.run(1000 + n, dialogue["turns"])
            ok = right(filed, dialogue["filed"])
            good += ok
            if verbose or not ok:
                print(f"--- {n} {'right' if ok else 'WRONG'}: {dialogue.get('note', '')}")
            if verbose:
                for turn, answer in said:
                    print(f"> {turn}\n{answer}")
            if not ok:
                print("    wanted", json.dumps(dialogue["filed"], ensure_ascii=False))
                print("    filed ", json.dumps([as_told(r) for r in filed], ensure_ascii=False))
        await db.close()
    return good, len(dialogues), bench.seconds


def main() -> None:
    """Print the share and the time a message."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=HELD_OUT)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    lines = given.file.read_text(encoding="utf-8").splitlines()
    dialogues = [json.loads(line) for line in lines if line.strip()]
    good, count, seconds = asyncio.run(measure(dialogues, verbose=given.verbose))
    milliseconds = sorted(s * 1000 for s in seconds)
    print(f"filed exactly right: {good} of {count} ({good / count:.0%})")
    print(
        f"a message, reader and storage included: median {statistics.median(milliseconds):.1f} ms, "
        f"p99 {milliseconds[int(len(milliseconds) * 0.99)]:.1f} ms"
    )


if __name__ == "__main__":
    main()
