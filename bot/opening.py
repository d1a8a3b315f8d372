"""Opening the database of the settings, and keeping a second bot away from a SQLite file."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import IO, TYPE_CHECKING

from bot.faults import Fault
from bot.keys import make_keyring
from bot.settings import Settings

if TYPE_CHECKING:
    from casework.ports import Clock
    from storage.database import Database
    from storage.engine import RawConnection
    from storage.upgrade import DatabaseUnavailable

log = logging.getLogger(__name__)

_SAID = {
    "locked": "别的程序一直占着它，请先关掉那个程序",
    "not_a_database": "文件坏了，或者不是数据库。请从备份恢复，或换一个 LINYING_DATABASE_URL",
    "full": "磁盘满了，请腾出一些空间",
    "read_only": "没有写的权限，请改一改文件和目录的权限",
    "cannot_open": "目录建不了，或没有权限，请检查 LINYING_DATA_DIR 和 LINYING_DATABASE_URL",
    "unreachable": "连不上数据库服务器，请检查它开着没有，地址对不对",
    "refused": "用户名、密码或库名不对，请检查 LINYING_DATABASE_URL",
}
#: How long a start waits for a server that is away, how often it tries and says so (seconds).
LONGEST_WAIT, _TRY_EVERY, _SAY_EVERY = 600.0, 2.0, 30.0
_FORM = "应是 sqlite+aiosqlite:///文件 或 postgresql+asyncpg://用户:密码@主机/库名。"


class Away(Fault):
    """The database's server does not answer; it may come back."""


def make_database(settings: Settings, clock: Clock) -> Database:
    """The database of the settings, not opened yet. Raises Fault for a bad address or key file."""
    from storage.database import Database

    keyring = make_keyring(settings)
    if keyring is None:
        log.warning("personal data is not sealed: LINYING_SECRET_KEY is not set")
    try:
        return Database(settings.database, clock, keyring)
    except ValueError:
        raise Fault(f"LINYING_DATABASE_URL 写得不对，{_FORM}") from None


async def open_database(database: Database) -> None:
    """Open and migrate it. Raises Fault in plain words."""
    from storage.sealing import KeyMissing, SealBroken
    from storage.upgrade import DatabaseUnavailable, SchemaTooNew

    try:
        await database.open()
    except SchemaTooNew as error:
        raise Fault(
            f"数据库是更新版本的程序写的（{error.found}），这个程序只认得到 {error.known}。请升级程序。"
        ) from None
    except KeyMissing as error:
        raise Fault(
            f"数据库里的个人资料是用另一把密钥封存的（编号 {error.key_id}），没有那把密钥就不能启动。"
            "请把那把密钥也写进 LINYING_SECRET_KEY（新的在前，旧的在后，用逗号隔开），"
            "或把原来的 secret.key 放回 LINYING_DATA_DIR。"
        ) from None
    except SealBroken:
        raise Fault("密钥打不开数据库里的个人资料：数据库被改动过。请从备份恢复。") from None
    except DatabaseUnavailable as error:
        raise (Away if error.reason == "unreachable" else Fault)(_words_of(error)) from None


async def patiently(database: Database, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    """Do what a start does with the database; while its server is away, wait and say so.

    Returns whether it was done: False when `stop` was set meanwhile. Raises Fault, after ten minutes also
    for a server that did not come; whatever keeps the program then starts it again.
    """
    stopping = asyncio.create_task(stop.wait())
    give_up, told_at = time.monotonic() + LONGEST_WAIT, None
    try:
        while True:
            doing = asyncio.ensure_future(work())
            await asyncio.wait([doing, stopping], return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                doing.cancel()
                await asyncio.gather(doing, return_exceptions=True)
                return False
            error = doing.exception()
            if error is None:
                if told_at is not None:
                    _say("数据库连上了。")
                return True
            now = time.monotonic()
            if not _is_away(database, error) or now > give_up:
                raise error
            if told_at is None or now - told_at > _SAY_EVERY:
                told_at = now
                _say("还连不上数据库服务器。它开着没有？地址对不对？每隔两秒再试一次，按 Ctrl+C 停止。")
            await asyncio.wait([stopping], timeout=_TRY_EVERY)
    finally:
        stopping.cancel()


def _is_away(database: Database, error: BaseException) -> bool:
    """Whether it is the server, which may come back, and not an address, a password or a fault of ours."""
    from storage.upgrade import DRIVER_ERRORS, DatabaseUnavailable

    if database.url.get_backend_name() == "sqlite":
        return False
    if isinstance(error, Away):
        return True
    return isinstance(error, DRIVER_ERRORS) and DatabaseUnavailable(error).reason == "unreachable"


def _say(words: str) -> None:
    # Standard output is for the one line with the address.
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - to whoever started the program


def fault_of(error: DatabaseUnavailable) -> Fault:
    """What to tell whoever started the program."""
    return Fault(_words_of(error))


def _words_of(error: DatabaseUnavailable) -> str:
    why = _SAID.get(error.reason, "请检查 LINYING_DATABASE_URL")
    return f"数据库打不开：{why}。（{error}）"


@asynccontextmanager
async def connected(url: str, *, read_only: bool = False) -> AsyncIterator[RawConnection]:
    """One connection to the database at that address, as it is: nothing is migrated. Raises Fault."""
    from storage.engine import address, make_engine
    from storage.upgrade import DRIVER_ERRORS, DatabaseUnavailable

    try:
        engine = make_engine(address(url), read_only=read_only)
    except ValueError:
        raise Fault(f"数据库的地址写得不对，{_FORM}") from None
    try:
        async with engine.connect() as connection:
            yield connection
    except DRIVER_ERRORS as error:
        raise fault_of(DatabaseUnavailable(error)) from None
    finally:
        await engine.dispose()


def hold(settings: Settings) -> IO[bytes] | None:
    """Keep a second bot away from the SQLite file until this process ends; it would send everything twice.

    The system lets go of it whatever this process dies of. Raises Fault when the file is taken, or when
    its folder or the data folder cannot be written to. None for PostgreSQL, which replicas share.
    """
    path = settings.database_file
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if path is None:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(path.name + ".lock").open("ab")
    except OSError:
        folder = path.parent if path else settings.data_dir
        raise Fault(f"目录 {folder} 不能写。请检查权限和磁盘，或用 LINYING_DATA_DIR 换一个。") from None
    try:
        import fcntl
    except ImportError:
        # Windows has no such lock.
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Fault(
            f"已经有一个机器人在用 {path}。请用那一个，或先把它停掉；"
            "要另开一个，请用 LINYING_DATA_DIR 换个目录。"
        ) from None
    return file
