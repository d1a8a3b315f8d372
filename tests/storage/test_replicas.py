"""The line between replicas: one on duty, bells heard by the others, through every cut."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import replicas
from storage.engine import address, make_engine
from storage.replicas import Alone, Duty, Replicas, replicas_of

Start = Callable[..., "Line"]


class Line:
    """A replica of which only the line runs."""

    def __init__(self, url: str, community: str) -> None:
        self.replicas = replicas_of(address(url), community)
        self.duty: Duty = self.replicas.duty("send")
        self.changes: list[bool] = []
        self.duty.on_change = lambda: self.changes.append(self.duty.held)
        self.heard: Counter[str] = Counter()
        for bell in ("inbox", "outbox"):
            self.replicas.hear(bell, lambda bell=bell: self.heard.update([bell]))  # type: ignore[misc]
        self.task = asyncio.create_task(self.replicas.run())

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while True:
            if true():
                return
            await asyncio.sleep(0.005)


@pytest.fixture
async def start(database_url: str, engine_name: str) -> AsyncIterator[Start]:
    if engine_name == "sqlite":
        pytest.skip("SQLite has one program")
    lines: list[Line] = []

    def begin(community: str = "fenghe") -> Line:
        lines.append(Line(database_url, community))
        return lines[-1]

    yield begin
    for line in lines:
        await line.end()


async def _cut(engine: AsyncEngine) -> int:
    """As if the network had gone: every connection that listens ends."""
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    async with engine.connect() as connection:
        ended = await connection.execute(text(f"{listening} AND datname = current_database()"))
        return len(ended.all())


async def test_one_is_on_duty_and_the_next_takes_over(start: Start) -> None:
    lines = [start(), start(), start()]
    await until(lambda: any(line.duty.held for line in lines) and all(x.replicas.connected for x in lines))
    for left in (2, 1):
        (on_duty,) = (line for line in lines if line.duty.held)
        lines.remove(on_duty)
        await on_duty.end()
        assert not on_duty.duty.held
        await until(lambda: any(line.duty.held for line in lines))
        assert len([line for line in lines if line.duty.held]) == 1
        assert len(lines) == left


async def test_another_community_has_its_own_duty(start: Start) -> None:
    ours, theirs = start(), start("other")
    await until(lambda: ours.duty.held and theirs.duty.held)


async def test_a_bell_is_heard_by_the_others_of_the_community(start: Start) -> None:
    first, second, stranger = start(), start(), start("other")
    lines = (first, second, stranger)
    await until(lambda: all(line.replicas.connected for line in lines))
    for line in lines:
        # Each was told to look when its line came up.
        assert line.heard["outbox"] == 1
        line.heard.clear()
    first.replicas.ring("outbox")
    await until(lambda: second.heard["outbox"] > 0)
    second.replicas.ring("inbox")
    await until(lambda: first.heard["inbox"] > 0)
    assert (first.heard["outbox"], second.heard["inbox"], stranger.heard.total()) == (0, 0, 0)


async def test_whoever_is_cut_off_is_no_longer_on_duty_and_comes_back(
    start: Start, second_connection: AsyncEngine
) -> None:
    first = start()
    await until(lambda: first.duty.held)
    second = start()
    await until(lambda: second.replicas.connected)
    await second_connection.dispose()
    assert await _cut(second_connection) >= 2
    await until(lambda: first.changes[:2] == [True, False])
    await until(lambda: first.duty.held or second.duty.held)
    await until(lambda: first.replicas.connected and second.replicas.connected)
    assert first.duty.held != second.duty.held
    second.heard.clear()
    first.replicas.ring("outbox")
    await until(lambda: second.heard["outbox"] > 0)


async def test_whoever_stands_still_is_relieved(
    start: Start, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that hangs keeps its connection and its lock, and says nothing."""
    monkeypatch.setattr(replicas, "_LOOK_FOR_IT_EVERY", 0.0)
    monkeypatch.setattr(replicas, "STANDS_STILL", 1.5)
    engine = make_engine(address(database_url))
    async with engine.connect() as hanging:
        await hanging.execute(text("SELECT pg_advisory_lock(hashtextextended('fenghe/send', 0))"))
        await hanging.commit()
        first, second = start(), start()
        await until(lambda: first.duty.held or second.duty.held)
        with pytest.raises(DBAPIError):
            await hanging.execute(text("SELECT 1"))
    await engine.dispose()


async def test_sqlite_is_always_on_duty() -> None:
    alone = replicas_of(address("sqlite:///linying.db"), "fenghe")
    assert isinstance(alone, Alone)
    assert alone.duty("send").held
    assert isinstance(replicas_of(address("postgresql://here/linying"), "fenghe"), Replicas)
