"""`doctor` looks at what a running bot needs, changes nothing, and says in Chinese what to do."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.checks import machine
from bot.checks.finding import Finding
from bot.checks.machine import about_holidays
from bot.cli import main
from bot.doctor import CHECKS, examine, report
from bot.playground.server import Playground
from bot.settings import Settings
from bot.watching.door import beside
from storage.database import Database
from storage.upgrade import newest
from tests.bot.station import Station
from tests.conftest import fresh_database

_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, and no other setting."""
    for name in [name for name in os.environ if name.startswith("LINYING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LINYING_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def _of(about: str, settings: Settings) -> list[Finding]:
    return list(CHECKS[about](settings))


def test_doctor_looks_at_everything_it_promises(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    words = capsys.readouterr().out
    assert "✗" not in words
    promised = ["社区", "节假日", "数据库", "密钥", "备份", "阅读器", "字体", "磁盘", "时钟", "监控", "令牌"]
    assert [thing for thing in promised if thing not in words] == []
    assert not list(data.glob("*.db*"))


def test_doctor_says_how_far_the_holidays_are_known() -> None:
    assert "周一到周五" in about_holidays(2026, 2027)
    assert "明年" in about_holidays(2026, 2026)
    assert about_holidays(2027, 2026) == "节假日知道到 2027 年。"


def test_machines_read_it_as_json(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["good"] is True
    assert {one["about"] for one in told["findings"]} == set(CHECKS)
    assert all(one["state"] in ("good", "hint") and _HAN.search(one["words"]) for one in told["findings"])
    monkeypatch.setenv("LINYING_METRICS_PORT", "0")
    monkeypatch.setenv("LINYING_METRICS_HOST", "0.0.0.0")
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    bad = [one for one in told["findings"] if one["state"] == "bad"]
    assert (told["good"], len(bad), "LINYING_METRICS_KEY" in bad[0]["words"]) == (False, 1, True)


async def test_the_database_is_looked_at_and_not_migrated(
    server: URL | None, data: Path, tmp_path: Path
) -> None:
    async with fresh_database(server, tmp_path / "made") as url:
        settings = Settings(database_url=url, data_dir=data)
        if server is None:
            (missing,) = await asyncio.to_thread(_of, "database", settings)
            assert "还没有数据库" in missing.words
            (tmp_path / "made").mkdir()
            sqlite3.connect(tmp_path / "made" / "linying.db").close()
        empty = await asyncio.to_thread(_of, "database", settings)
        assert "是空的" in empty[0].words
        database = Database(url)
        assert (await database.checkup()).schema is None
        await database.open()
        good = await asyncio.to_thread(_of, "database", settings)
        assert all(one.good for one in good)
        assert newest() in good[0].words
        assert ("SQLite" if server is None else "PostgreSQL") in good[0].words
        from sqlalchemy import text

        async with database._engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '0013'"))
        old = await asyncio.to_thread(_of, "database", settings)
        assert (old[0].state, "0013" in old[0].words) == ("hint", True)
        assert (await database.checkup()).schema == "0013"
        async with database._engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        (new, *_) = await asyncio.to_thread(_of, "database", settings)
        assert (new.state, "9999" in new.words) == ("hint", True)
        async with database._engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET oldest = '9999'"))
        (new, *_) = await asyncio.to_thread(_of, "database", settings)
        assert (new.state, "升级程序" in new.words) == ("bad", True)
        await database.close()


async def test_a_server_tells_its_connections(postgres_server: URL, data: Path, tmp_path: Path) -> None:
    async with fresh_database(postgres_server, tmp_path) as url:
        found = await asyncio.to_thread(_of, "database", Settings(database_url=url, data_dir=data))
        assert "没有机器人连着" in found[-1].words
        import asyncpg

        from storage.replicas import REPLICA

        where = url.replace("+asyncpg", "")
        lines = [await asyncpg.connect(where, server_settings={"application_name": REPLICA}) for _ in "ab"]
        found = await asyncio.to_thread(_of, "database", Settings(database_url=url, data_dir=data))
        assert "2 个机器人" in found[-1].words
        for line in lines:
            await line.close()


def test_a_broken_database_is_named(data: Path) -> None:
    data.mkdir()
    (data / "linying.db").write_bytes(b"no database at all, but long enough to be looked at" * 40)
    (found,) = _of("database", Settings(data_dir=data))
    assert (found.state, "备份" in found.words) == ("bad", True)
    (found,) = _of("database", Settings(data_dir=data, database_url="postgresql://a:b@127.0.0.1:1/c"))
    assert (found.state, "连不上" in found.words) == ("bad", True)


def test_where_the_keys_are(data: Path) -> None:
    alone = Settings(data_dir=data)
    server = Settings(data_dir=data, database_url="postgresql://a:b@127.0.0.1:1/c")

    def states(settings: Settings) -> list[str]:
        return [one.state for one in _of("keys", settings)]

    assert states(alone) == ["good"]
    assert states(server) == ["bad"]
    for settings in (alone, server):
        given = settings.model_copy(update={"secret_key": "one-long-enough-key,an-older-long-enough-key"})
        (found,) = _of("keys", given)
        assert (found.state, "2 把" in found.words) == ("good", True)
    data.mkdir()
    kept = data / "secret.key"
    kept.write_text("x" * 64)
    kept.chmod(0o600)
    assert states(alone) == ["hint"]
    kept.chmod(0o644)
    assert states(alone) == ["hint", "bad"]


def test_the_age_of_backups(data: Path) -> None:
    settings = Settings(data_dir=data)
    assert machine.backups(settings).state == "hint"
    made = data / "backups" / "one.zip"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"")
    assert machine.backups(settings).state == "good"
    old = time.time() - 3 * 24 * 3600
    os.utime(made, (old, old))
    assert machine.backups(settings).state == "hint"
    assert "3.0 天" in machine.backups(settings).words


async def test_doctor_asks_the_messenger(playground: Playground, data: Path) -> None:
    def findings(token: str) -> list[Finding]:
        return list(examine(Settings(token=token, api_base=playground.api_base, data_dir=data)))

    good = await asyncio.to_thread(findings, playground.token)
    assert any("@linying_playground_bot" in one.words for one in good)
    assert any("轮询" in one.words and one.state == "good" for one in good)
    # A bot without workers cannot be run.
    assert (good[-1].good, "LINYING_ADMINS" in good[-1].words) == (False, True)
    bad = await asyncio.to_thread(findings, "10001:revoked")
    assert any(not one.good and "401" in one.words for one in bad)
    playground.world.faults.order({"kind": "502", "method": "getMe", "times": 1})
    busy = await asyncio.to_thread(findings, playground.token)
    assert any(not one.good and "502" in one.words for one in busy)


async def test_doctor_compares_the_webhook_with_the_settings(playground: Playground, data: Path) -> None:
    ours = "https://bot.example/hook"
    settings = Settings(
        token=playground.token,
        api_base=playground.api_base,
        data_dir=data,
        admins=frozenset({1}),
        webhook_url=ours,
        webhook_secret="geheim",
    )

    async def states() -> list[tuple[str, str]]:
        found = await asyncio.to_thread(_of, "messenger", settings)
        return [(one.state, one.words) for one in found[1:]]

    hook = playground.world.hook
    ((state, words),) = await states()
    assert (state, "还不知道" in words) == ("hint", True)
    hook.url = "https://elsewhere.example/hook"
    ((state, words),) = await states()
    assert (state, "不一样" in words) == ("hint", True)
    hook.url = ours
    assert [state for state, _ in await states()] == ["good"]
    hook.last_error, hook.last_error_at = "Connection refused", int(time.time())
    assert [state for state, _ in await states()] == ["good", "bad"]
    hook.last_error_at = int(time.time()) - 7200
    assert [state for state, _ in await states()] == ["good"]
    polling = settings.model_copy(update={"webhook_url": ""})
    found = await asyncio.to_thread(_of, "messenger", polling)
    assert (found[1].state, "轮询" in found[1].words) == ("hint", True)


async def test_doctor_asks_the_running_bot(station: Station, data: Path) -> None:
    settings = Settings(data_dir=data)

    async def look(settings: Settings) -> Finding:
        (found,) = await asyncio.to_thread(_of, "running", settings)
        return found

    assert (await look(settings)).state == "good"
    sight, seat = station.app.frame.sight, station.app.frame.seat
    sight.turn("worker-0")
    async with beside(settings.model_copy(update={"metrics_port": 0}), station.app.watch) as address:
        port = int(address.rsplit(":", 1)[1])
        for asked in (
            settings.model_copy(update={"metrics_port": port, "metrics_host": "0.0.0.0"}),
            settings.model_copy(update={"webhook_url": "https://x.example/hook", "webhook_port": port}),
        ):
            good = await look(asked)
            assert (good.state, "能接消息" in good.words) == ("good", True)
        seat.ready.clear()
        sight.draining = True
        bad = await look(asked)
        assert (bad.state, "阅读器还没装好" in bad.words, "正在停" in bad.words) == ("bad", True, True)
    gone = await look(asked)
    assert (gone.state, "没有在运行" in gone.words) == ("hint", True)


def test_marks_and_codes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding(True, "好"), Finding(True, "快了", hint=True), Finding(False, "坏了")]
    assert [one.line[0] for one in found] == ["✓", "！", "✗"]
    for last, code in ((1, 0), (2, 0), (3, 1)):
        monkeypatch.setattr("bot.doctor.CHECKS", {"it": lambda _, last=last: found[:last]})
        said: list[str] = []
        assert report(Settings(), said.append, as_json=False) == code
        assert len(said) == last
