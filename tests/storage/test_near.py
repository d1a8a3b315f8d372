"""The near driver of SQLite: nothing that goes wrong in one transaction is left over for the next."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage import near
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_DISK_FULL = """
import asyncio, os, resource, sys
from sqlalchemy.exc import DBAPIError
from storage.database import Database

async def write(database, n):
    async with database.transaction("home") as uow:
        for part in range(40):
            await uow.outbox.add(n, "SendMessage", {"text": "x" * 3000}, key=f"{n}/{part}")
        await uow.commit()

async def main():
    database = Database(sys.argv[1])
    await database.open()
    kept, refused = [], 0
    path = sys.argv[1].removeprefix("sqlite:///")
    limit = max(os.path.getsize(path), os.path.getsize(path + "-wal")) + 500_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    for n in range(1, 30):
        try:
            await write(database, n)
            kept.append(n)
        except DBAPIError:
            refused += 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await write(database, 100)
    kept.append(100)
    async with database.transaction("home", read_only=True) as uow:
        for n in range(1, 101):
            rows = (await uow.outbox.count_by_key_prefix(f"{n}/"))["pending"]
            assert rows == (40 if n in kept else 0), (n, rows)
    await database.close()
    assert refused and len(kept) > 1, (refused, kept)

asyncio.run(main())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "linying.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{path}")
    await opened.open()
    yield opened
    await opened.close()


def _connection(uow: UnitOfWork) -> Any:
    return uow.outbox._connection


async def _pause_intake(database: Database, words: str = "台风") -> None:
    async with database.transaction("home") as uow:
        await uow.community.pause_intake(words)
        await uow.commit()


async def _paused(database: Database) -> str | None:
    async with database.transaction("home", read_only=True) as uow:
        return await uow.community.intake_paused()


def _is_free(path: Path) -> bool:
    """Whether another process may write at once."""
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


async def test_writer_waits_for_another_process_without_standing_still(
    database: Database, path: Path
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(_pause_intake(database))
    ticks = 0
    for _ in range(20):
        await asyncio.sleep(0.01)
        ticks += 1
    assert not writing.done()
    assert await _paused(database) is None
    other.execute("COMMIT")
    other.close()
    await asyncio.wait_for(writing, 30)
    assert ticks == 20
    assert await _paused(database) == "台风"


async def test_errors_of_the_driver_keep_their_kind(database: Database) -> None:
    async with database.transaction("home") as uow:
        with pytest.raises(IntegrityError):
            await _connection(uow).execute(text("INSERT INTO trackers (community_id) VALUES ('home')"))
    async with database.transaction("home") as uow:
        assert await uow.organisations.all() == []


async def test_lock_that_lasts_too_long_fails_once_and_is_forgotten(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        await _pause_intake(database)
    other.execute("COMMIT")
    other.close()
    await _pause_intake(database)
    assert await _paused(database) == "台风"


async def test_cancelled_anywhere_a_transaction_is_whole_or_nothing(database: Database, path: Path) -> None:
    """Also while it waits for the lock of another process."""
    for turn in range(40):
        other = sqlite3.connect(path, isolation_level=None)
        if turn % 2:
            other.execute("BEGIN IMMEDIATE")
        task = asyncio.create_task(_pause_intake(database, str(turn)))
        for _ in range(turn // 2):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        other.close()
        await _pause_intake(database, f"after {turn}")
        assert await _paused(database) == f"after {turn}"
    assert _is_free(path)


async def test_failed_commit_leaves_nothing_open(database: Database, path: Path) -> None:
    async with database.transaction("home") as uow:
        await _connection(uow).execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        late = "CREATE TABLE child (p INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        await _connection(uow).execute(text(late))
        await uow.commit()
    async with database.transaction("home") as uow:
        await _connection(uow).execute(text("INSERT INTO child VALUES (5)"))
        with pytest.raises(IntegrityError):
            await uow.commit()
    assert _is_free(path)
    await _pause_intake(database)
    async with database.transaction("home") as uow:
        assert await _connection(uow).scalar(text("SELECT count(*) FROM child")) == 0


async def test_transaction_that_sqlite_gave_up_is_not_taken_for_kept(database: Database) -> None:
    async with database.transaction("home") as uow:
        await uow.community.pause_intake("台风")
        # What SQLite does by itself when the disk is full.
        await _connection(uow).execute(text("ROLLBACK"))
        with pytest.raises(DBAPIError, match="rolled back"):
            await uow.commit()
    assert await _paused(database) is None


async def test_full_disk_refuses_whole_transactions_and_is_got_over(path: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _DISK_FULL, f"sqlite:///{path}")
    assert await process.wait() == 0


async def test_savepoint_takes_back_its_own_part_only(database: Database) -> None:
    async with database.transaction("home") as uow:
        await uow.outbox.add(1, "SendMessage", {}, key="a/1")
        nested = await _connection(uow).begin_nested()
        await uow.outbox.add(1, "SendMessage", {}, key="a/2")
        await nested.rollback()
        await uow.outbox.add(1, "SendMessage", {}, key="a/3")
        await uow.commit()
    async with database.transaction("home", read_only=True) as uow:
        assert (await uow.outbox.count_by_key_prefix("a/"))["pending"] == 2


async def test_many_rows_in_and_out_at_once(database: Database) -> None:
    updates = [{"update_id": n, "message": {"chat": {"id": n % 7}}} for n in range(1, 5001)]
    assert await database.receive(updates, "home") == 5000
    assert await database.receive(updates, "home") == 0
    async with database.transaction("home") as uow:
        await uow.outbox.add_to_each(range(1, 5001), "SendMessage", {"text": "停水"}, "broadcast:1:")
        items = await uow.outbox.claim(uow.outbox._clock.now(), 5000)
        assert [item.chat_id for item in items] == list(range(1, 5001))
        await uow.commit()


async def test_closing_leaves_no_thread(path: Path) -> None:
    before = set(threading.enumerate())
    database = Database(f"sqlite:///{path}")
    await database.open()
    await _pause_intake(database)
    await asyncio.gather(*(_paused(database) for _ in range(5)))
    started = set(threading.enumerate()) - before
    assert started
    await database.close()
    for thread in started:
        await asyncio.to_thread(thread.join, 10)
    assert not any(thread.is_alive() for thread in started)


async def test_reader_cut_off_in_a_long_statement_is_replaced(database: Database) -> None:
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"

    async def read() -> None:
        async with database.transaction("home", read_only=True) as uow:
            started.set()
            await _connection(uow).scalar(text(f"{counting} SELECT max(i) FROM n"))

    for _ in range(3):
        started = asyncio.Event()
        task = asyncio.create_task(read())
        await started.wait()
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await _pause_intake(database)
        assert await _paused(database) == "台风"
