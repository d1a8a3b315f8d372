"""`backup`, `restore`, `verify`, `migrate-data` as they are typed, on real databases and beside a writer."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from bot import copies
from bot.cli import main
from bot.faults import Fault
from bot.opening import hold
from bot.settings import read_settings
from tests.conftest import fresh_database
from tests.storage.filling import fill_every_table
from tests.storage.test_copies import connection


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, and no other setting."""
    for name in [name for name in os.environ if name.startswith("LINYING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LINYING_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def full(data: Path) -> Path:
    """A database file with rows in every table."""

    async def fill() -> None:
        async with connection(f"sqlite+aiosqlite:///{data / 'linying.db'}") as opened:
            await fill_every_table(opened)
            await opened.commit()

    assert main(["migrate"]) == 0
    asyncio.run(fill())
    return data / "linying.db"


def backups(data: Path) -> list[Path]:
    return sorted((data / "backups").iterdir())


def numbers(file: Path) -> list[str]:
    with sqlite3.connect(file) as opened:
        return [row[0] for row in opened.execute("SELECT number FROM requests ORDER BY id")]


def test_a_backup_is_verified_restored_and_the_old_file_put_aside(
    full: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup"]) == 0
    kept = backups(data)
    assert [file.suffix for file in kept] == [".zip"]
    assert main(["verify"]) == 0
    assert "备份完好" in capsys.readouterr().out
    before = numbers(full)
    with sqlite3.connect(full) as opened:
        opened.execute("UPDATE requests SET number = number || 'x'")
    opened.close()
    assert main(["restore", str(kept[0])]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", str(kept[0]), "--replace"]) == 0
    assert numbers(full) == before
    (aside,) = (file for file in data.glob("linying.db.before-*") if not file.name.endswith(("-wal", "-shm")))
    assert numbers(aside) == [number + "x" for number in before]
    assert main(["doctor"]) == 0


def test_a_backup_sees_a_still_picture_while_others_write(full: Path, data: Path) -> None:
    writer = sqlite3.connect(full, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE requests SET number = 'half'")
    assert main(["backup"]) == 0
    writer.execute("COMMIT")
    writer.close()
    shutil.move(full, data / "was.db")
    assert main(["restore", str(backups(data)[0])]) == 0
    assert "half" not in numbers(full)


def test_only_so_many_backups_are_kept(full: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = data / "backups"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"linying-2026010{day}-000000.zip").touch()
    (folder / "mine.zip").touch()
    assert main(["backup", "--keep", "2"]) == 0
    assert next(file.name[:16] for file in backups(data)) == "linying-20260104"
    assert len(backups(data)) == 3
    assert main(["backup", "--to", str(data / "x.zip"), "--keep", "1"]) == 0
    assert len(backups(data)) == 3


@pytest.mark.parametrize("line", ["restore nothing.zip", "verify nothing.zip", "verify", "backup"])
def test_what_is_not_there_is_said_in_one_sentence(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_damaged_backups_are_not_restored(full: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup"]) == 0
    file = backups(data)[0]
    file.write_bytes(file.read_bytes()[:-100])
    assert main(["verify"]) == 1
    assert main(["restore", str(file), "--replace"]) == 1
    assert "损坏" in capsys.readouterr().err
    assert full.exists()
    assert not list(data.glob("*.restoring"))


async def test_a_community_moves_to_postgresql(full: Path, postgres_server: URL, tmp_path: Path) -> None:
    async with fresh_database(postgres_server, tmp_path) as url:
        said = await asyncio.to_thread(copies.migrate_data, read_settings(), url)
        assert "两边逐表一致" in said
        with pytest.raises(Fault, match="已经有数据"):
            await asyncio.to_thread(copies.migrate_data, read_settings(), url)
        async with connection(url) as opened:
            moved = await opened.execute(text("SELECT number FROM requests ORDER BY id"))
            assert list(moved.scalars()) == numbers(full)


def test_nothing_moves_while_the_bot_runs(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = hold(read_settings())
    assert main(["migrate-data", "--to", "sqlite:///elsewhere.db"]) == 1
    assert "已经有一个机器人在用" in capsys.readouterr().err
    assert running
    running.close()
