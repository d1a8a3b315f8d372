"""`/find`: number, phone, place, item, words; and signs that mean something to a database."""

from __future__ import annotations

import pytest

from casework.entities import Address, Details
from storage.database import Database
from storage.repositories import requests
from storage.unit_of_work import UnitOfWork
from tests.storage.things import HOME, add


async def _fill(uow: UnitOfWork) -> None:
    at_home = Details(Address("阳光花园", "8", "2", "501"), "13812345678")
    await add(uow, "20261121-0007", description="厨房水管漏水", details=at_home)
    elsewhere = Details(Address("明珠苑", "18"))
    await add(uow, "20261121-0012", description="打折100%_真的?", summary="", details=elsewhere)
    words = 'O\'Neil说"灯坏了" WiFi\\路由'
    by_the_gate = Details(Address(place="东门那个亭子旁边"))
    await add(uow, "20261120-0007", description=words, summary="", item="saf_lighting", details=by_the_gate)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20261121-0007", ["20261121-0007"]),
        ("２０２６１１２１－０００７", ["20261121-0007"]),
        ("202611210007", ["20261121-0007"]),
        ("20261121", ["20261121-0012", "20261121-0007"]),
        ("202611", ["20261121-0012", "20261121-0007", "20261120-0007"]),
        ("0007", ["20261120-0007", "20261121-0007"]),
        ("12", ["20261121-0012"]),
        ("13812345678", ["20261121-0007"]),
        ("138-1234-5678", ["20261121-0007"]),
        ("+8613812345678", ["20261121-0007"]),
        ("5678", ["20261121-0007"]),
        ("8号楼", ["20261121-0007"]),
        ("8栋", ["20261121-0007"]),
        ("阳光花园8号楼", ["20261121-0007"]),
        ("阳光花园8号楼2单元501", ["20261121-0007"]),
        ("明珠苑8号楼", []),
        ("阳光花园", ["20261121-0007"]),
        ("阳光花园 漏水", ["20261121-0007"]),
        ("阳光花园 灯坏了", []),
        ("saf_lighting", ["20261120-0007"]),
        ("亭子旁边", ["20261120-0007"]),
        ("saf%lighting", []),
        ("水管", ["20261121-0007"]),
        ("%", ["20261121-0012"]),
        ("_真", ["20261121-0012"]),
        ("0%_", ["20261121-0012"]),
        ("O'Neil", ["20261120-0007"]),
        ('"灯', ["20261120-0007"]),
        ("wifi\\路", ["20261120-0007"]),
        ("'; DROP TABLE requests;--", []),
        ("", []),
        ("   ", []),
        ("-", []),
        ("字" * 100_000, []),
        ("1" * 100_000, []),
    ],
)
async def test_find(db: Database, text: str, expected: list[str]) -> None:
    async with db.transaction(HOME) as uow:
        await _fill(uow)
        assert [r.number for r in (await uow.requests.find(text)).requests] == expected


async def test_find_gives_the_newest_up_to_the_limit_and_goes_on_from_there(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        for n in range(1, 6):
            await add(uow, f"20261121-{n:04d}")
        first = await uow.requests.find("水管", 2)
        assert [r.number for r in first.requests] == ["20261121-0005", "20261121-0004"]
        second = await uow.requests.find("水管", 2, first.before)
        assert [r.number for r in second.requests] == ["20261121-0003", "20261121-0002"]
        last = await uow.requests.find("水管", 2, second.before)
        assert [r.number for r in last.requests] == ["20261121-0001"]
        assert last.before is None


async def test_words_are_looked_for_among_so_many_at_a_time(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "FIND_AMONG", 3)
    async with db.transaction(HOME) as uow:
        await add(uow, "20261121-0001", description="找人修钢琴", summary="")
        for n in range(2, 6):
            await add(uow, f"20261121-{n:04d}")
        newest = await uow.requests.find("钢琴")
        assert newest.requests == []
        assert newest.since is not None
        older = await uow.requests.find("钢琴", before=newest.before)
        assert ([r.number for r in older.requests], older.before) == (["20261121-0001"], None)
        # What has an index is found however old it is.
        assert len((await uow.requests.find("20261121-0001")).requests) == 1
