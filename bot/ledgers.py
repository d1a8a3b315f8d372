"""`migrate`, `import`, `export` and `learn`: the commands that work on the database and end."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.clock import SystemClock
from bot.communities import load_community
from bot.faults import Fault
from bot.opening import make_database, open_database
from bot.settings import Settings
from casework.catalogue import Community
from casework.permissions import Actor, Role
from casework.reports import RequestFilter
from casework.use_cases.organisations import ImportOrganisations
from casework.use_cases.reading import ExportRequests, ExportRow
from casework.use_cases.teaching import ListAccepted

if TYPE_CHECKING:
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings, migrated. Raises Fault when it cannot be used."""
    database = make_database(settings, SystemClock())
    try:
        await open_database(database)
        yield database
    finally:
        await database.close()


def as_worker(community: Community) -> Actor:
    """Whoever can run commands on this machine speaks for the community."""
    return Actor(None, community.id, frozenset({Role.ADMIN}))


def migrate(settings: Settings) -> str:
    """Bring the database up to date."""

    async def work() -> None:
        async with opened(settings):
            pass

    asyncio.run(work())
    return "数据库已是最新。"


def import_organisations(settings: Settings, path: Path) -> str:
    """Take in a list of organisations, all or nothing. Raises Fault naming each bad row."""
    from handlers.admin.sheets import describe, read_organisations

    community, _ = load_community(settings.community)
    try:
        content = path.read_bytes()
    except OSError:
        raise Fault(f"读不了文件 {path}。") from None
    result = read_organisations(content, community)
    if result.problems:
        raise Fault("一行也没有导入，请先改好：\n" + "\n".join(f"  {describe(p)}" for p in result.problems))

    async def work() -> tuple[int, int]:
        async with opened(settings) as database, database.transaction(community.id) as uow:
            take_in = ImportOrganisations(uow, SystemClock(), community)
            counts = await take_in(as_worker(community), list(result.organisations))
            await uow.commit()
        return counts

    added, updated = asyncio.run(work())
    return f"导入完成：新增 {added} 个组织，更新 {updated} 个。"


def export_requests(settings: Settings, form: str, out: Path | None) -> str:
    """Write all requests as JSON lines or xlsx, to a file or to standard output."""
    if form == "xlsx" and out is None:
        raise Fault("导出 xlsx 要用 --out 写明文件名。")
    community, _ = load_community(settings.community)
    write = _write_xlsx if form == "xlsx" else _write_jsonl

    async def work(file: IO[bytes]) -> int:
        async with opened(settings) as database, database.transaction(community.id, read_only=True) as uow:
            return await write(_rows(uow, community), file, community)

    if out is None:
        asyncio.run(work(sys.stdout.buffer))
        return ""
    # A half-written file never takes the place of a whole one.
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            count = asyncio.run(work(file))
        part.replace(out)
    except OSError:
        raise Fault(f"写不了文件 {out}。") from None
    finally:
        part.unlink(missing_ok=True)
    return f"已导出 {count} 件到 {out}。"


def learn(settings: Settings) -> int:
    """Write down what workers accepted, then train in a process of its own; returns its exit code."""
    import subprocess

    from bot.reading import ROOT
    from nlu import lessons

    community, _ = load_community(settings.community)
    folder = settings.data_dir / "model"

    async def work() -> int:
        async with opened(settings) as database, database.transaction(community.id, read_only=True) as uow:
            found = await ListAccepted(uow, SystemClock(), community)(as_worker(community))
        return lessons.write(lessons.beside(folder), [(lesson.text, lesson.label) for lesson in found])

    many = asyncio.run(work())
    print(f"社工采纳的更正有 {many} 句，写在 {lessons.beside(folder)}。", flush=True)  # noqa: T201 - a command line
    command = [sys.executable, "-m", "nlu", "train", "--model", str(folder.resolve())]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own program


async def _rows(uow: UnitOfWork, community: Community) -> AsyncIterator[ExportRow]:
    export = ExportRequests(uow, SystemClock(), community)
    async for row in await export(as_worker(community), RequestFilter()):
        yield row


async def _write_jsonl(rows: AsyncIterator[ExportRow], file: IO[bytes], _: Community) -> int:
    from handlers.admin.sheets import request_json

    count = 0
    async for row in rows:
        file.write(json.dumps(request_json(row), ensure_ascii=False).encode() + b"\n")
        count += 1
    file.flush()
    return count


async def _write_xlsx(rows: AsyncIterator[ExportRow], file: IO[bytes], community: Community) -> int:
    from handlers.admin.sheets import LedgerWriter

    ledger, count = LedgerWriter(community), 0
    async for row in rows:
        ledger.add(row)
        count += 1
    file.write(ledger.finish())
    return count
