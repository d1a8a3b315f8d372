"""`backup`, `restore`, `verify` and `migrate-data`: whole copies of the database, proven row by row."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.opening import connected, hold
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.copies.archive import Contents, Reader
    from storage.copies.moving import Progress
    from storage.copies.rows import Digest
    from storage.engine import RawConnection

_PATTERN = "linying-*.zip"
_KEY = "个人信息在备份里仍是加密的：恢复时要用同一个密钥（LINYING_SECRET_KEY），请把密钥另外保管。"


def folder(settings: Settings) -> Path:
    """Where backups are kept unless another file is named."""
    return settings.data_dir / "backups"


def newest(settings: Settings) -> Path | None:
    """The last backup made into the usual folder."""
    return max(folder(settings).glob(_PATTERN), default=None)


def back_up(settings: Settings, to: Path | None, keep: int) -> str:
    """Copy everything while the bot runs; older backups beyond `keep` go. Raises Fault."""
    from storage.copies import archive

    file = to or folder(settings) / f"linying-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip"
    half = file.with_name(file.name + ".half")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        contents = asyncio.run(_write(settings, half))
        archive.keep(half)
        half.replace(file)
    except OSError:
        raise Fault(f"写不了 {file}。请检查权限和磁盘空间。") from None
    finally:
        half.unlink(missing_ok=True)
    if to is None and keep:
        for old in sorted(folder(settings).glob(_PATTERN))[:-keep]:
            old.unlink()
    return f"备份好了：{file}（{len(contents.tables)} 张表，{contents.rows} 行）。\n{_KEY}"


def restore(settings: Settings, file: Path, *, replace: bool) -> str:
    """Make the database of the settings what the backup holds, all or nothing. Raises Fault."""
    with _opened(file) as backup:
        database = settings.database_file
        if database is None:
            digests = asyncio.run(_fill(settings.database, backup))
        else:
            digests = _restore_file(settings, database, backup, replace=replace)
        made = backup.contents.made_at
    return f"恢复好了：{_told(digests)}，和备份时（{made.astimezone():%Y-%m-%d %H:%M}）完全一样。\n{_KEY}"


def verify(settings: Settings, file: Path | None) -> str:
    """Restore a backup into a throw-away database and compare every table. Raises Fault."""
    file = file or newest(settings)
    if file is None:
        raise Fault("还没有备份。请先用 backup 做一个，或写明文件名。")
    with _opened(file) as backup, tempfile.TemporaryDirectory() as place:
        digests = asyncio.run(_fill(f"sqlite+aiosqlite:///{place}/trial.db", backup))
        made = backup.contents.made_at
    return f"备份完好，能恢复：{file}，{made.astimezone():%Y-%m-%d %H:%M} 做的，{_told(digests)}。"


def migrate_data(settings: Settings, target: str) -> str:
    """Move a grown community into an empty database. The old one stays as it is. Raises Fault."""
    if target == settings.database:
        raise Fault("搬到哪里和从哪里搬是同一个库。请用 --to 写明新的库。")
    # Whatever is written after the copy began would be missing in it.
    held = hold(settings)
    try:
        digests = asyncio.run(_move(settings.database, target))
    finally:
        if held is not None:
            held.close()
    lines = [f"  {name}：{digest.rows} 行，校验 {digest.checksum[:12]}" for name, digest in digests.items()]
    return "\n".join(
        [
            *lines,
            f"搬好了：{_told(digests)}，两边逐表一致。旧库没有动。",
            "下一步：把 LINYING_DATABASE_URL 改成新库；LINYING_SECRET_KEY 要和原来一样"
            "（没有设过，就填数据目录里 secret.key 的内容），再启动。",
        ]
    )


def _told(digests: dict[str, Digest]) -> str:
    return f"{len(digests)} 张表，{sum(digest.rows for digest in digests.values())} 行"


@contextmanager
def _opened(file: Path) -> Iterator[Reader]:
    from storage.copies.archive import BadArchive, Reader
    from storage.copies.moving import Differs, NotEmpty
    from storage.upgrade import newest as known

    try:
        backup = Reader(file)
    except OSError:
        raise Fault(f"读不了文件 {file}。") from None
    except BadArchive:
        raise Fault(f"{file} 不是邻应的备份，或者已经损坏。") from None
    try:
        if backup.contents.schema > known():
            raise Fault("这个备份是更新版本的程序做的。请先升级程序。")
        yield backup
    except (BadArchive, Differs) as error:
        raise Fault(f"备份损坏了（{error.table}），什么也没有恢复。请换一个备份。") from None
    except NotEmpty:
        raise Fault("库里已经有数据，没有动它。请先建一个空的库，再恢复。") from None
    finally:
        backup.close()


def _restore_file(settings: Settings, database: Path, backup: Reader, *, replace: bool) -> dict[str, Digest]:
    """Beside the old file first, so that there is never half a database in its place."""
    held = hold(settings)
    fresh = database.with_name(database.name + ".restoring")
    try:
        if database.exists() and not replace:
            raise Fault(f"{database} 已经有了。加上 --replace，会把它挪到一边，再恢复。")
        fresh.unlink(missing_ok=True)
        digests = asyncio.run(_fill(f"sqlite+aiosqlite:///{fresh}", backup))
        if database.exists():
            _put_aside(database)
        fresh.replace(database)
    finally:
        fresh.unlink(missing_ok=True)
        if held is not None:
            held.close()
    return digests


def _put_aside(database: Path) -> None:
    aside = database.with_name(f"{database.name}.before-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    # A log that was not written back yet belongs to its file.
    for end in ("", "-wal", "-shm"):
        part = database.with_name(database.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))


async def _write(settings: Settings, file: Path) -> Contents:
    from storage.copies import archive, moving

    async with _reading(settings.database) as (connection, schema):
        contents = archive.Contents(schema, connection.dialect.name, datetime.now(UTC))
        writer = archive.Writer(file, contents)
        try:
            with _progress("备份", await moving.sizes(connection)) as done:
                await moving.write(connection, writer, contents, done)
        except BaseException:
            writer.give_up()
            raise
        writer.close()
    return contents


async def _fill(target: str, backup: Reader) -> dict[str, Digest]:
    from storage.copies import moving

    sizes = {shape.name: rows for shape, rows, _ in backup.contents.tables}
    async with connected(target) as connection:
        with _progress("恢复", sizes) as done:
            digests = await moving.fill(connection, moving.ArchiveSource(backup), done)
        await connection.commit()
    return digests


async def _move(source: str, target: str) -> dict[str, Digest]:
    from storage.copies import moving
    from storage.copies.shape import shapes

    async with _reading(source) as (reading, schema), connected(target) as writing:
        live = moving.LiveSource(reading, schema, await reading.run_sync(shapes))
        try:
            with _progress("搬家", await moving.sizes(reading)) as done:
                digests = await moving.fill(writing, live, done)
        except moving.NotEmpty:
            raise Fault("新的库里已经有数据，没有动它。请先建一个空的库。") from None
        except moving.Differs as error:
            raise Fault(f"新库里的 {error.table} 和旧库不一样，什么也没有搬。请再试一次。") from None
        await writing.commit()
    return digests


@asynccontextmanager
async def _reading(url: str) -> AsyncIterator[tuple[RawConnection, str]]:
    """A still picture of a database that exists, and the number of its schema. Raises Fault."""
    from storage.upgrade import current

    _must_exist(url)
    async with connected(url, read_only=True) as connection:
        schema = await connection.run_sync(current)
        if schema is None:
            raise Fault("这个库是空的，没有什么可以拷贝。")
        yield connection, schema


def _must_exist(url: str) -> None:
    """SQLite would make a file that is not there."""
    from storage.engine import address

    if url.startswith("sqlite") and not Path(str(address(url).database)).exists():
        raise Fault("还没有数据库，没有什么可以拷贝。")


@contextmanager
def _progress(what: str, sizes: dict[str, int]) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=sum(sizes.values()))
        yield lambda _table, rows: bar.advance(task, rows)
