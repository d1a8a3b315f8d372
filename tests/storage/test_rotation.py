"""Keys change while the program runs: everything is sealed anew, nothing is lost, nothing stays open."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text, literal, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Address, Details
from casework.statuses import RequestStatus
from storage import rotation
from storage.database import Database
from storage.engine import address, make_engine
from storage.rotation import BROKEN, Rotated, rotate
from storage.sealing import Keyring, key_of
from storage.tables import requests
from tests.storage.things import HOME, add, move

PHONE = "13812345678"
OLD, NEW = Keyring(["old"]), Keyring(["new"])
BOTH = Keyring(["new", "old"])
MANY = 450
_ROTATE = """
import asyncio, sys
from storage.engine import address
from storage.rotation import rotate
from storage.sealing import Keyring
ring = Keyring(["new", "old"])
asyncio.run(rotate(address(sys.argv[1]), ring, lambda done, every: print(done, flush=True)))
"""


async def _opened(url: str, ring: Keyring | None) -> Database:
    database = Database(url, keyring=ring)
    await database.open()
    return database


async def _fill(url: str, ring: Keyring | None, many: int = 3) -> None:
    database = await _opened(url, ring)
    async with database.transaction(HOME) as uow:
        for n in range(many):
            details = Details(Address("阳光花园", "8", "2", "501"), PHONE)
            await add(uow, f"20261121-{n:04d}", details=details)
        await uow.outbox.add(5, "SendMessage", {"text": PHONE}, file=("document", "a.txt", PHONE.encode()))
        await uow.trackers.save(5, {})
        await uow.commit()
    await database.close()


async def _stored(url: str) -> list[str]:
    """Descriptions as they are stored."""
    engine = make_engine(address(url))
    async with engine.connect() as connection:
        query = select(type_coerce(requests.c.description, Text)).order_by(requests.c.id)
        found = list((await connection.execute(query)).scalars())
    await engine.dispose()
    return found


async def _write_summaries(url: str, stored: str) -> None:
    """As somebody could past the program."""
    engine = make_engine(address(url))
    async with engine.begin() as connection:
        await connection.execute(update(requests).values(summary=literal(stored, Text())))
    await engine.dispose()


@pytest.mark.parametrize("before", [None, OLD], ids=["open", "old key"])
async def test_everything_is_sealed_under_the_new_key(empty_url: str, before: Keyring | None) -> None:
    await _fill(empty_url, before)
    seen: list[tuple[int, int]] = []
    done = await rotate(address(empty_url), BOTH, lambda *told: seen.append(told))
    # Requests and their history, whose reason is empty; a message, its file, a tracker.
    assert (done.checked, done.sealed, done.left) == (9, 6, {})
    assert seen[-1] == (9, 9)
    assert done.retired == ([] if before is None else [OLD.first_id])
    database = await _opened(empty_url, NEW)
    async with database.transaction(HOME) as uow:
        found = (await uow.requests.find(PHONE)).requests
        assert [r.details.phone for r in found] == [PHONE] * 3
        (item,) = await uow.outbox.claim(found[0].created_at, 1)
        assert (item.payload["text"], item.file) == (PHONE, ("document", "a.txt", PHONE.encode()))
        assert await uow.trackers.load(5) == {}
    await database.close()
    again = await rotate(address(empty_url), NEW)
    assert (again.checked, again.sealed, again.left, again.retired) == (9, 0, {}, [])


async def test_nothing_readable_stays_in_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'linying.db'}"
    await _fill(url, None, 300)

    def readable() -> set[str]:
        held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        return {words for words in (PHONE, "厨房水管漏水") if words.encode() in held}

    assert readable() == {PHONE, "厨房水管漏水"}
    await rotate(address(url), NEW)
    assert readable() == set()


async def test_a_change_of_the_same_moment_is_not_overwritten(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fill(empty_url, OLD)
    database = await _opened(empty_url, BOTH)
    page, changed = rotation._Rotation._page, []

    async def late(self: Any, sheet: Any, rows: Any) -> None:
        if sheet.table is requests and not changed:
            changed.append(rows)
            async with database.transaction(HOME) as uow:
                (request,) = (await uow.requests.find("20261121-0001")).requests
                details = replace(request.details, phone="13900000000")
                await move(uow, request, RequestStatus.TRIAGE, details=details)
                await uow.commit()
        await page(self, sheet, rows)

    monkeypatch.setattr(rotation._Rotation, "_page", late)
    done = await rotate(database.url, BOTH)
    assert (done.sealed, done.left) == (5, {})
    async with database.transaction(HOME) as uow:
        (request,) = (await uow.requests.find("13900000000")).requests
        assert (request.number, request.status) == ("20261121-0001", RequestStatus.TRIAGE)
        assert len((await uow.requests.find(PHONE)).requests) == 2
    await database.close()


async def test_a_row_that_somebody_holds_is_not_waited_for(empty_url: str) -> None:
    if "postgresql" not in empty_url:
        pytest.skip("SQLite has no locks of rows")
    await _fill(empty_url, OLD)
    database = await _opened(empty_url, BOTH)
    async with database.transaction(HOME) as uow:
        assert await uow.requests.get(2, lock=True)
        held = await rotate(database.url, BOTH)
    assert (held.sealed, held.left, held.retired) == (5, {OLD.first_id: 1}, [])
    assert (await rotate(database.url, BOTH)).retired == [OLD.first_id]
    await database.close()


async def test_what_cannot_be_sealed_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'linying.db'}"
    await _fill(url, OLD)
    (sealed, *_) = await _stored(url)
    await _write_summaries(url, OLD.seal("not a summary", b"requests.room"))
    broken = await rotate(address(url), BOTH)
    assert (broken.left, broken.retired) == ({BROKEN: 3}, [])
    assert (await _stored(url))[0] == sealed, "a row is rewritten as a whole or not at all"
    await _write_summaries(url, "打开的")
    missing = await rotate(address(url), Keyring(["other", "new"]))
    assert (missing.left, missing.retired) == ({OLD.first_id: 3}, [])


async def test_it_is_killed_half_way_among_writers_and_goes_on(empty_url: str) -> None:
    await _fill(empty_url, OLD, MANY)
    database = await _opened(empty_url, BOTH)
    stop = asyncio.Event()

    async def work() -> int:
        """What the bot does meanwhile: read, move, add."""
        moved = 0
        while not stop.is_set():
            async with database.transaction(HOME) as uow:
                (request,) = (await uow.requests.find(f"20261121-{moved % MANY:04d}")).requests
                assert request.details.phone == PHONE
                await move(uow, request, RequestStatus.TRIAGE, urges=request.urges + 1)
                await add(uow, f"20261122-{moved:04d}", details=request.details)
                await uow.commit()
            moved += 1
            await asyncio.sleep(0.005)
        return moved

    working = asyncio.create_task(work())
    order = (sys.executable, "-c", _ROTATE, empty_url)
    process = await asyncio.create_subprocess_exec(*order, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    while int(await process.stdout.readline()) < MANY // 3:
        pass
    process.kill()
    await process.wait()
    half = [key_of(words) for words in await _stored(empty_url)]
    assert {OLD.first_id, NEW.first_id} <= set(half)
    done: Rotated = await rotate(database.url, BOTH)
    stop.set()
    moved = await working
    assert (done.left, done.retired) == ({}, [OLD.first_id])
    assert {key_of(words) for words in await _stored(empty_url)} == {NEW.first_id}
    await database.close()
    database = await _opened(empty_url, NEW)
    engine: AsyncEngine = make_engine(database.url, keyring=NEW)
    async with engine.connect() as connection:
        rows = (await connection.execute(select(requests.c.phone, requests.c.urges))).all()
    assert [row.phone for row in rows] == [PHONE] * (MANY + moved)
    assert sum(row.urges for row in rows) == moved
    await engine.dispose()
    await database.close()
