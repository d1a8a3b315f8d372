"""Three programs on one PostgreSQL: started at once, each chat in order, one sender, nothing done twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import App, build, furnish
from bot.communities import load_community
from bot.opening import open_database
from bot.playground.people import Person
from bot.playground.server import Playground
from bot.schedules import RECURRING
from bot.settings import Settings
from nlu.reader import Reader
from storage.engine import address, make_engine
from storage.tables import organisations as organisations_table
from storage.tables_delivery import inbox, outbox
from storage.tables_time import schedules
from tests.bot.lead_house import by_day
from tests.bot.station import on_duty

RESIDENTS = range(1001, 1009)
#: What a resident writes, and the first of what the bot answers each time.
SAID = ("/help", "/my", "/my", "/help", "/my", "/help")


@dataclass
class Replica:
    """One program; its parts run like those of a process of its own."""

    app: App
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    def start(self, *parts: Awaitable[Any]) -> None:
        self.tasks += [asyncio.ensure_future(part) for part in (self.app.replicas.run(), *parts)]

    async def die(self) -> None:
        """As a kill would: nothing is finished."""
        for task in [*self.tasks, *self.app.sender._on_the_way.values()]:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.app.messenger.bot.session.close()
        await self.app.db.close()


@asynccontextmanager
async def _replica(
    url: str, folder: Path, playground: Playground, per_second: float
) -> AsyncIterator[Replica]:
    settings = Settings(
        token=playground.token,
        api_base=playground.api_base,
        database_url=url,
        data_dir=folder,
        messages_per_second=per_second,
    )
    community, _ = load_community("fenghe")
    replica = Replica(build(settings, by_day(community)))
    replica.app.frame.username = "linying_playground_bot"
    yield replica
    await replica.die()


Start = Callable[..., Awaitable[list[Replica]]]


@pytest.fixture
async def start(
    engine_name: str, tmp_path: Path, playground: Playground, reader: Reader
) -> AsyncIterator[Start]:
    """Makes three programs that share a database; a test says which parts of them run."""
    if engine_name == "sqlite":
        pytest.skip("SQLite has one program")
    for who in RESIDENTS:
        playground.world.persons[who] = Person(who, "甲", "resident", "13900000000")
    async with AsyncExitStack() as stack:

        async def begin(url: str, per_second: float = 1000) -> list[Replica]:
            made = [
                await stack.enter_async_context(_replica(url, tmp_path / str(n), playground, per_second))
                for n in range(3)
            ]
            for replica in made:
                replica.app.frame.seat.seat(reader)
            return made

        yield begin


async def _counts(url: str, *tables: Any) -> list[int]:
    engine = make_engine(address(url))
    async with engine.connect() as connection:
        found = [await connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables]
    await engine.dispose()
    return found


async def test_three_that_start_at_once_on_an_empty_database_furnish_it_once(
    start: Start, empty_url: str
) -> None:
    _, organisations = load_community("fenghe")

    async def begin(app: App) -> None:
        await open_database(app.db)
        await furnish(app, organisations)

    replicas = await start(empty_url)
    await asyncio.gather(*(begin(replica.app) for replica in replicas))
    assert await _counts(empty_url, organisations_table, schedules) == [
        len(organisations),
        len(RECURRING),
    ]


def _update(number: int, who: int, text: str) -> dict[str, Any]:
    person = {"id": who, "is_bot": False, "first_name": "甲"}
    message = {
        "message_id": number,
        "date": 1_790_000_000,
        "chat": {"id": who, "type": "private", "first_name": "甲"},
        "from": person,
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}


async def _settled(reading: AsyncEngine, seconds: float = 120) -> None:
    """Until everything is handled and sent."""
    waiting = [
        select(func.count()).select_from(table).where(table.c.status == "pending")
        for table in (inbox, outbox)
    ]
    async with asyncio.timeout(seconds):
        while True:
            async with reading.connect() as connection:
                if not any([await connection.scalar(query) for query in waiting]):
                    return
            await asyncio.sleep(0.05)


def _heard(playground: Playground, who: int) -> list[str]:
    shown = playground.world.chat(who).shown(0)
    return [str(e["message"].get("text") or "") for e in shown["entries"] if e["by_bot"]]


async def _said(playground: Playground, many: int) -> None:
    while True:
        if sum(len(_heard(playground, who)) for who in RESIDENTS) >= many:
            return
        await asyncio.sleep(0.001)


async def test_each_chat_is_answered_in_its_order_whoever_takes_its_updates_in(
    start: Start, db: object, database_url: str, second_connection: AsyncEngine, playground: Playground
) -> None:
    replicas = await start(database_url)
    for replica in replicas:
        replica.start(replica.app.worker.run(), replica.app.sender.run())
    calls = Counter[int]()
    for number, replica in enumerate(replicas):
        original = replica.app.messenger.call

        async def call(*given: Any, _n: int = number, _o: Any = original, **more: Any) -> Any:
            calls[_n] += 1
            return await _o(*given, **more)

        replica.app.messenger.call = call  # type: ignore[method-assign]
    # One update after another to whichever replica comes next, as behind a reverse proxy.
    number = 0
    for text in SAID:
        for who in RESIDENTS:
            number += 1
            await replicas[number % 3].app.receive([_update(number, who, text)])
    await _settled(second_connection)
    answers = {who: _heard(playground, who) for who in RESIDENTS}
    first = answers[RESIDENTS[0]]
    assert len(first) == len(SAID)
    assert [words == first[0] for words in first] == [text == "/help" for text in SAID]
    assert all(heard == first for heard in answers.values())
    handled = [sum(replica.app.frame.sight.updates.values()) for replica in replicas]
    assert sum(handled) == number
    assert all(handled)
    assert len(+calls) == 1


async def test_whoever_sends_dies_and_the_next_goes_on_where_it_ended(
    start: Start, db: object, database_url: str, second_connection: AsyncEngine, playground: Playground
) -> None:
    """What the first had on its way waits for its lease; everything else goes out at once."""
    replicas = await start(database_url)
    for replica in replicas:
        # Nobody waits a quarter of a minute for a test.
        replica.app.sender._lease = timedelta(seconds=1)
        replica.start(replica.app.sender.run())
    texts = [f"第{n}条" for n in range(20)]
    async with replicas[0].app.db.transaction("fenghe") as uow:
        for who in RESIDENTS:
            for text in texts:
                await uow.outbox.add(who, "SendMessage", {"chat_id": who, "text": text})
        await uow.commit()
    async with asyncio.timeout(120):
        first = await on_duty(*(replica.app for replica in replicas))
        await _said(playground, 30)
        (dead,) = (replica for replica in replicas if replica.app is first)
        await dead.die()
        replicas.remove(dead)
        assert await on_duty(*(replica.app for replica in replicas)) is not first
    await _settled(second_connection)
    repeated = 0
    for who in RESIDENTS:
        heard = _heard(playground, who)
        assert list(dict.fromkeys(heard)) == texts
        repeated += len(heard) - len(texts)
        # In their order, but for what was said twice.
        assert [a for a, b in zip(heard, [*heard[1:], ""], strict=True) if a != b] == texts
    assert repeated <= len(RESIDENTS)


async def test_the_limits_hold_across_a_takeover(start: Start, db: object, database_url: str) -> None:
    group = -100_200
    first, second, _ = (replica.app for replica in await start(database_url, per_second=30))
    async with first.db.transaction("fenghe") as uow:
        for number in range(8):
            await uow.outbox.add(group, "SendMessage", {"chat_id": group, "text": str(number)})
        for who in RESIDENTS:
            await uow.outbox.add(who, "SendMessage", {"chat_id": who, "text": "好"})
        await uow.commit()

    async def sends(app: App) -> Counter[int]:
        """Whom it would write to before it must wait; what it took counts as sent at once."""
        taken = Counter[int]()
        while True:
            busy = app.sender._limits.resting()
            room = app.sender._limits.room()
            async with app.db.transaction("fenghe") as uow:
                now = app.frame.clock.now()
                items = await uow.outbox.claim(now, room, busy) if room else []
                for item in items:
                    await uow.outbox.sent(item.id, now)
                await uow.commit()
            if not items:
                return taken
            for item in items:
                app.sender._limits.took(item.chat_id)
                taken[item.chat_id] += 1

    before = await sends(first)
    assert before[group] == 5
    assert before.total() == 5 + len(RESIDENTS)
    # Without looking back it would write to the group again.
    assert second.sender._limits.resting() == set()
    await second.sender._remember()
    assert second.sender._limits.resting() == {group}
    assert (await sends(second))[group] == 0


async def test_what_is_scheduled_is_done_once(
    start: Start, db: object, database_url: str, second_connection: AsyncEngine
) -> None:
    apps = [replica.app for replica in await start(database_url)]
    _, organisations = load_community("fenghe")
    await furnish(apps[0], organisations)
    done = Counter[str]()
    from bot import jobs

    doing = dict(jobs.SCHEDULED)
    for app in apps:
        app.frame.clock.follow(timedelta(days=8).total_seconds())  # type: ignore[attr-defined]
    try:
        for kind, do in doing.items():

            async def counted(context: Any, schedule: Any, _do: Any = do) -> None:
                done[f"{schedule.kind}/{schedule.due_at}"] += 1
                await asyncio.sleep(0.01)
                await _do(context, schedule)

            jobs.SCHEDULED[kind] = counted

        async def work(app: App) -> None:
            while await app.jobs.next_step():
                pass

        await asyncio.gather(*(work(app) for app in apps))
    finally:
        jobs.SCHEDULED.update(doing)
    assert len(done) >= len(RECURRING)
    assert set(done.values()) == {1}
