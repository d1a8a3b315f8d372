"""The database: reached, of which engine and schema, how large, who else is at it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.checks.finding import Finding, hint
from bot.checks.machine import MOST_SECONDS_OFF
from bot.faults import Fault
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.checkup import Checkup

_MB = 2**20
#: A log of writes that grows beyond this is not folded into the file: somebody reads without end.
_LARGE_WAL = 256 * _MB
#: A copy, a migration and the log of writes need about the size of the file itself.
_ROOM_FOR = 2


def check_database(settings: Settings) -> Iterator[Finding]:
    """Nothing is migrated or made: that is for the next start."""
    file = settings.database_file
    if file is not None and not file.exists():
        yield Finding(True, "还没有数据库：第一次启动时会建好。")
        return
    try:
        found = asyncio.run(_look(settings))
    except Fault as fault:
        yield Finding(False, str(fault))
        return
    yield _schema(settings, found)
    if found.read_only:
        yield Finding(False, "这台数据库服务器只能读（它是备用的）。请把 LINYING_DATABASE_URL 指到主服务器。")
    if abs(found.clock_off) > MOST_SECONDS_OFF:
        yield Finding(False, f"这台机器的时钟和数据库差了 {abs(found.clock_off):.0f} 秒。请校准两边的时钟。")
    if file is not None:
        yield from _file(file, found)
    else:
        yield from _server(found)


async def _look(settings: Settings) -> Checkup:
    from bot.clock import SystemClock
    from bot.opening import fault_of, make_database
    from storage.upgrade import DatabaseUnavailable

    database = make_database(settings, SystemClock())
    try:
        return await database.checkup()
    except DatabaseUnavailable as error:
        raise fault_of(error) from None
    finally:
        await database.close()


def _schema(settings: Settings, found: Checkup) -> Finding:
    from bot.ledgers import opened

    name = f"{found.engine}，{found.size / _MB:.0f} MB"
    if found.schema is None:
        return Finding(True, f"数据库（{name}）是空的：第一次启动时会建好表。")
    if found.schema < found.newest:
        return hint(
            f"数据库（{name}）的结构是 {found.schema}，程序要 {found.newest}："
            "下次启动时会自动升级，请先备份。"
        )

    async def work() -> None:
        async with opened(settings):
            pass

    try:
        # Nothing is left to migrate; whether this program may and can read it is asked as at a start.
        asyncio.run(work())
    except Fault as fault:
        return Finding(False, str(fault))
    if found.schema > found.newest:
        return hint(f"数据库（{name}）的结构是 {found.schema}，比程序新，这个程序还能用：请尽快升级程序。")
    return Finding(True, f"数据库（{name}）可以读写，结构是最新的（{found.schema}）。")


def _file(file: Path, found: Checkup) -> Iterator[Finding]:
    log = file.with_name(file.name + "-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > _LARGE_WAL:
        yield hint(
            f"数据库的写入日志有 {size // _MB} MB，合不进去：可能有别的程序一直开着这个文件在读。"
            "请关掉它；不行就重启机器人。"
        )
    free = shutil.disk_usage(file.parent).free
    if free < _ROOM_FOR * found.size:
        yield hint(
            f"数据库有 {found.size // _MB} MB，它所在的磁盘只剩 {free // _MB} MB，"
            "不够做备份和升级。请腾出一些空间。"
        )


def _server(found: Checkup) -> Iterator[Finding]:
    running = f"现在有 {found.replicas} 个机器人连着" if found.replicas else "现在没有机器人连着"
    words = f"数据库服务器有 {found.connections} 个连接，最多 {found.most_connections} 个；{running}。"
    if found.connections > 0.8 * found.most_connections:
        yield hint(f"{words}快用完了，请调大 PostgreSQL 的 max_connections，或少开几个机器人。")
    else:
        yield Finding(True, words)
