"""A start waits for a database server that is away, and ends at once when it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot import opening
from bot.clock import SystemClock
from bot.faults import Fault
from bot.opening import make_database, open_database, patiently
from bot.settings import Settings
from storage.engine import address
from tests.conftest import fresh_database

ROOT = Path(__file__).parents[2]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def _door(port: int, server: URL) -> AsyncIterator[None]:
    """What listens on that port leads to the server."""

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        socket_folder = server.query.get("host")
        if socket_folder:
            path = f"{socket_folder}/.s.PGSQL.{server.port or 5432}"
            there, back = await asyncio.open_unix_connection(path)
        else:
            there, back = await asyncio.open_connection(server.host, server.port)

        async def pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
            sink.close()

        await asyncio.gather(pour(reader, back), pour(there, writer), return_exceptions=True)

    listening = await asyncio.start_server(lead, "127.0.0.1", port)
    yield
    listening.close()


async def test_a_start_goes_on_once_the_server_is_there(
    postgres_server: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "_TRY_EVERY", 0.05)
    port = _free_port()
    async with fresh_database(postgres_server, tmp_path) as url:
        made = URL.create(
            "postgresql+asyncpg",
            postgres_server.username,
            postgres_server.password,
            "127.0.0.1",
            port,
            url.rsplit("/", 1)[1].split("?")[0],
        )
        settings = Settings(database_url=made.render_as_string(hide_password=False), data_dir=tmp_path)
        database = make_database(settings, SystemClock())
        starting = asyncio.create_task(patiently(database, lambda: open_database(database), asyncio.Event()))
        async with asyncio.timeout(60):
            said = ""
            while "每隔两秒再试" not in said:
                await asyncio.sleep(0.02)
                assert not starting.done()
                said += capsys.readouterr().err
            async with _door(port, address(url)):
                assert await starting
                async with database.transaction("fenghe", read_only=True) as uow:
                    assert await uow.organisations.all() == []
                await database.close()
    assert "数据库连上了" in capsys.readouterr().err


async def test_a_start_gives_up_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_TRY_EVERY", 0.01)
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.1)
    url = f"postgresql://nobody@127.0.0.1:{_free_port()}/linying"
    database = make_database(Settings(database_url=url, data_dir=tmp_path), SystemClock())
    with pytest.raises(Fault, match="连不上数据库服务器"):
        await patiently(database, lambda: open_database(database), asyncio.Event())


async def test_told_to_stop_while_it_waits(tmp_path: Path, trained_model: Path) -> None:
    (tmp_path / "model").symlink_to(trained_model)
    outside = {k: v for k, v in os.environ.items() if not k.startswith("LINYING_")}
    mine = {
        "LINYING_DATA_DIR": str(tmp_path),
        "LINYING_PLAYGROUND_PORT": "0",
        "LINYING_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{_free_port()}/linying",
        "LINYING_SECRET_KEY": "a key for this test alone",
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=outside | mine, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr
    try:
        async with asyncio.timeout(90):
            while "每隔两秒再试" not in (await process.stderr.readline()).decode():
                assert process.returncode is None
            process.send_signal(signal.SIGTERM)
            left = await process.stderr.read()
            assert await process.wait() == 0
        assert b"Traceback" not in left
    finally:
        if process.returncode is None:
            process.kill()
