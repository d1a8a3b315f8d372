"""Copies of a whole database: nothing is missing in them, and what is damaged is noticed."""

from __future__ import annotations

import json
import zipfile
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import URL, text

from storage.copies import archive, moving
from storage.copies.rows import Digest
from storage.copies.shape import shapes
from storage.database import Database
from storage.engine import address, make_engine
from storage.upgrade import MIGRATIONS, current, migrate, newest
from tests.conftest import fresh_database
from tests.storage.filling import ROWS, fill_every_table

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection


@asynccontextmanager
async def connection(url: str) -> AsyncIterator[AsyncConnection]:
    engine = make_engine(address(url))
    async with engine.connect() as opened:
        yield opened
    await engine.dispose()


@pytest.fixture
async def full(empty_url: str) -> str:
    """A database with rows in every table."""
    database = Database(empty_url)
    await database.open()
    await database.close()
    async with connection(empty_url) as opened:
        await fill_every_table(opened)
        await opened.commit()
    return empty_url


async def write(url: str, file: Path) -> archive.Contents:
    async with connection(url) as opened:
        contents = archive.Contents(newest(), "", datetime.now(UTC))
        writer = archive.Writer(file, contents)
        await moving.write(opened, writer, contents, lambda table, rows: None)
        writer.close()
    return contents


async def restore(url: str, file: Path) -> dict[str, Digest]:
    backup = archive.Reader(file)
    try:
        async with connection(url) as opened:
            digests = await moving.fill(opened, moving.ArchiveSource(backup), lambda table, rows: None)
            await opened.commit()
    finally:
        backup.close()
    return digests


@pytest.fixture(params=["to sqlite", "to postgresql"])
async def target(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database of either engine, whichever the source is."""
    other: URL | None = request.getfixturevalue("postgres_server") if "postgresql" in request.param else None
    async with fresh_database(other, tmp_path) as url:
        yield url


async def test_every_row_of_every_table_comes_over_to_either_engine(
    full: str, target: str, tmp_path: Path
) -> None:
    contents = await write(full, tmp_path / "copy.zip")
    restored = await restore(target, tmp_path / "copy.zip")
    async with connection(full) as opened:
        tables = await opened.run_sync(shapes)
        before = {shape.name: await moving.digest(opened, shape) for shape in tables}
    async with connection(target) as opened:
        after = {shape.name: await moving.digest(opened, shape) for shape in await opened.run_sync(shapes)}
        assert await opened.run_sync(current) == newest()
    assert before == after == restored
    assert {digest.rows for digest in before.values()} == {ROWS}
    assert contents.rows == ROWS * len(tables)


async def test_numbers_go_on_after_the_highest(full: str, target: str, tmp_path: Path) -> None:
    await write(full, tmp_path / "copy.zip")
    await restore(target, tmp_path / "copy.zip")
    async with connection(target) as opened:
        add = text("INSERT INTO broadcasts (community_id, author_id, text, at) VALUES ('c', 1, '', :at)")
        await opened.execute(add, {"at": datetime.now(UTC)})
        assert await opened.scalar(text("SELECT max(id) FROM broadcasts")) == ROWS + 1


async def test_a_database_with_rows_is_not_written_over(full: str, tmp_path: Path) -> None:
    await write(full, tmp_path / "copy.zip")
    with pytest.raises(moving.NotEmpty):
        await restore(full, tmp_path / "copy.zip")


async def test_an_older_copy_is_restored_and_brought_up(empty_url: str, target: str, tmp_path: Path) -> None:
    versions = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
    Path(address(empty_url).database or "").parent.mkdir(parents=True, exist_ok=True)
    async with connection(empty_url) as opened:
        await opened.run_sync(migrate, versions[5])
        filled = await fill_every_table(opened)
        writer_contents = archive.Contents(versions[5], "", datetime.now(UTC))
        writer = archive.Writer(tmp_path / "old.zip", writer_contents)
        await moving.write(opened, writer, writer_contents, lambda table, rows: None)
        writer.close()
    restored = await restore(target, tmp_path / "old.zip")
    assert {name: digest.rows for name, digest in restored.items()} == filled
    async with connection(target) as opened:
        assert await opened.run_sync(current) == newest()
        assert len(await opened.run_sync(shapes)) > len(filled)


def damage(file: Path, table: str, change: object) -> None:
    """Rewrite one table of an archive, with right checksums of the ZIP itself."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[f"{table}.jsonl"] = change(parts[f"{table}.jsonl"])  # type: ignore[operator]
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b'" 2 ', b'" 3 ').replace(b"description 1", b"description 9"),
        lambda content: content[content.index(b"\n") + 1 :],
        lambda content: content + content.splitlines(keepends=True)[0].replace(b"[1,", b"[4,", 1),
    ],
    ids=["a word changed", "a row less", "a row more"],
)
async def test_a_changed_archive_is_refused_and_nothing_stays(
    full: str, target: str, tmp_path: Path, change: object
) -> None:
    await write(full, tmp_path / "copy.zip")
    damage(tmp_path / "copy.zip", "notes", change)
    damage(tmp_path / "copy.zip", "requests", change)
    with pytest.raises((moving.Differs, archive.BadArchive)):
        await restore(target, tmp_path / "copy.zip")
    async with connection(target) as opened:
        assert await opened.run_sync(shapes) == []


async def test_a_cut_off_archive_is_no_archive(full: str, tmp_path: Path) -> None:
    whole = tmp_path / "copy.zip"
    await write(full, whole)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(archive.BadArchive):
        archive.Reader(cut)


async def test_flipped_bytes_are_noticed(full: str, target: str, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    await write(full, file)
    with zipfile.ZipFile(file) as opened:
        place = opened.getinfo("people.jsonl").header_offset + 120
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(bytes(content))
    with pytest.raises((archive.BadArchive, moving.Differs)):
        await restore(target, file)


def test_a_stranger_zip_is_no_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("contents.json", json.dumps({"format": 99, "tables": []}))
    with pytest.raises(archive.BadArchive):
        archive.Reader(tmp_path / "a.zip")
