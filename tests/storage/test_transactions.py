"""Transactions: all or nothing, beside each other, across processes, and after a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Person, Request
from casework.events import RequestFiled
from casework.statuses import TimerKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.upgrade import whole_metadata
from tests.storage.things import HOME, NOW, a_request, add, an_organisation

_WRITER = """
import asyncio, sys
from storage.database import Database

async def main():
    url, chat, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    database = Database(url)
    await database.open()
    for n in range(rounds):
        async with database.transaction("sunny") as uow:
            number = await uow.requests.next_number("20261121")
            await uow.outbox.add(chat, "SendMessage", {"text": number}, key=f"{number}/1")
            await uow.outbox.add(chat, "SendMessage", {"text": number}, key=f"{number}/2")
            await uow.commit()
        if n == 0:
            print("started", flush=True)
    await database.close()

asyncio.run(main())
"""


async def _writer(url: str, chat: int, rounds: int) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITER, url, str(chat), str(rounds), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"started\n"
    return process


async def _fill(uow: UnitOfWork) -> Request:
    organisation = await uow.organisations.save(an_organisation())
    request = await add(uow, await uow.requests.next_number("20261121"))
    await uow.offers.add(request, organisation.id, NOW, NOW, 1.0, ())
    await uow.timers.set(TimerKind.ASK_SOLVED, request.id, NOW)
    await uow.people.save(Person(1, HOME))
    await uow.trackers.save(1, {})
    await uow.outbox.add(1, "SendPhoto", {}, file=("photo", "a.png", b"x"))
    await uow.inbox.receive([{"update_id": 1}])
    return request


async def _fail_halfway(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await _fill(uow)
        raise RuntimeError("halfway")


async def _set_timer_of_nothing(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await uow.timers.set(TimerKind.ASK_SOLVED, 123_456, NOW)
        await uow.commit()


async def _rows(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        tables = whole_metadata().sorted_tables
        return sum([await connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables])


async def test_leaving_without_commit_leaves_nothing(db: Database, second_connection: AsyncEngine) -> None:
    async with db.transaction(HOME) as uow:
        await _fill(uow)
    with pytest.raises(RuntimeError, match="halfway"):
        await _fail_halfway(db)
    assert await _rows(second_connection) == 0
    async with db.transaction(HOME) as uow:
        await _fill(uow)
        await uow.commit()
    assert await _rows(second_connection) > 10


async def test_a_cancelled_transaction_leaves_nothing_and_frees_the_way(
    db: Database, second_connection: AsyncEngine
) -> None:
    async def hang() -> None:
        async with db.transaction(HOME) as uow:
            await _fill(uow)
            filled.set()
            await asyncio.sleep(60)

    filled = asyncio.Event()
    task = asyncio.create_task(hang())
    await filled.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.transaction(HOME) as uow:
        assert await uow.requests.next_number("20261121") == "20261121-0001"
    assert await _rows(second_connection) == 0


async def test_events_are_taken_once_in_order(db: Database) -> None:
    events = [RequestFiled(a_request(f"20261121-{n:04d}")) for n in range(3)]
    async with db.transaction(HOME) as uow:
        for event in events:
            uow.record(event)
        assert uow.take_events() == events
        assert uow.take_events() == []


async def test_reading_and_receiving_go_on_beside_each_other(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await _fill(uow)
        await uow.commit()
    async with db.transaction(HOME, read_only=True) as reader:
        assert await reader.requests.get(request.id) == request
        assert await asyncio.wait_for(db.receive([{"update_id": 2}], HOME), 30) == 1
        async with db.transaction(HOME) as writer:
            await add(writer, "20261121-0009")
            await writer.commit()
        assert await reader.requests.by_number("20261121-0009") is None
    async with db.transaction(HOME, read_only=True) as reader:
        assert await reader.requests.by_number("20261121-0009") is not None


async def test_a_read_only_transaction_cannot_write(db: Database) -> None:
    async with db.transaction(HOME, read_only=True) as uow:
        with pytest.raises(DBAPIError, match=r"read.?only"):
            await uow.requests.next_number("20261121")
    async with db.transaction(HOME) as uow:
        assert await uow.requests.next_number("20261121") == "20261121-0001"


async def test_what_hangs_on_nothing_is_refused(db: Database) -> None:
    with pytest.raises(IntegrityError):
        await _set_timer_of_nothing(db)


async def test_two_processes_write_without_losing_anything(empty_url: str) -> None:
    writers = [await _writer(empty_url, chat, 40) for chat in (1, 2)]
    for writer in writers:
        assert await writer.wait() == 0
    database = Database(empty_url)
    await database.open()
    async with database.transaction(HOME, read_only=True) as uow:
        assert await uow.outbox.count_by_key_prefix("20261121-") == {"pending": 160, "sent": 0, "dead": 0}
    async with database.transaction(HOME) as uow:
        assert await uow.requests.next_number("20261121") == "20261121-0081"
    await database.close()


@pytest.mark.crash
async def test_a_killed_writer_leaves_whole_transactions_only(empty_url: str) -> None:
    database = Database(empty_url)
    await database.open()
    for _ in range(3):
        writer = await _writer(empty_url, 1, 100_000)
        await asyncio.sleep(0.1)
        os.kill(writer.pid, signal.SIGKILL)
        await writer.wait()
        async with database.transaction(HOME) as uow:
            number = await uow.requests.next_number("20261121")
            pairs = (await uow.outbox.count_by_key_prefix("20261121-"))["pending"]
            assert pairs == 2 * (int(number[9:]) - 1) > 0
    await database.close()


async def test_a_file_database_is_set_up_to_be_shared(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'linying.db'}")
    await database.open()
    async with database.transaction(HOME) as uow:
        connection = uow.outbox._connection
        pragmas = [
            await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    assert pragmas == ["wal", 1, 1]
    await database.close()


#: Whose proofs are those of the keys that open the whole database.
_OF_ALL = {"sealing_keys"}


@pytest.mark.parametrize("table", whole_metadata().sorted_tables, ids=lambda table: table.name)
def test_every_table_carries_its_community(table: Table) -> None:
    assert ("community_id" in table.c) != (table.name in _OF_ALL)
