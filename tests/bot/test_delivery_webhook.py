"""The webhook takes what the messenger sends, and nothing from anybody else."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import app as program
from bot.faults import Fault
from bot.settings import Settings
from bot.webhook import MOST_BYTES, SECRET_HEADER, listen, make_app
from tests.bot.station import Station
from tests.bot.test_delivery_in import HELP


async def test_webhook_takes_updates_with_its_secret_only(station: Station) -> None:
    app = make_app("/hook", "geheim", station.app.receive, older=["älter"])
    async with TestClient(TestServer(app)) as client:

        async def post(body: Any, secret: str | None) -> int:
            headers = {} if secret is None else {SECRET_HEADER: secret}
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            async with client.post("/hook", data=data, headers=headers) as response:
                return response.status

        update = {"update_id": 70, "message": HELP}
        assert await post(update, None) == 403
        assert await post(update, "falsch") == 403
        assert await post(update, "gehei\u00df") == 403
        assert await post(b"{not json", "geheim") == 400
        assert await post([], "geheim") == 400
        assert await station.inbox() == []
        assert await post(update, "geheim") == 200
        assert await post(update, "geheim") == 200
        # Another replica may still announce the secret of the key before.
        assert await post(update, "älter") == 200
        assert len(await station.inbox()) == 1
    await station.handle()
    await station.send()
    assert len(await station.heard()) == 1


async def test_what_cannot_be_kept_is_to_come_again_and_leaves_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def receive(updates: list[dict[str, Any]]) -> int:
        raise ConnectionError(f"a driver that says too much: {updates}")

    async with TestClient(TestServer(make_app("/hook", "geheim", receive))) as client:
        update = {"update_id": 71, "message": HELP}
        async with client.post("/hook", json=update, headers={SECRET_HEADER: "geheim"}) as response:
            assert response.status == 503
    [line] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "ConnectionError" in line.getMessage()
    assert HELP["text"] not in caplog.text


async def _raw(server: TestServer, *lines: bytes, body: bytes = b"{}") -> bytes:
    """The status line that answers a request written byte by byte."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(b"\r\n".join((b"POST /hook HTTP/1.1", b"Host: x", *lines, b"Connection: close", b"", body)))
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 30)
    writer.close()
    return answer


async def test_webhook_refuses_what_is_no_update(station: Station) -> None:
    secret = f"{SECRET_HEADER}: geheim".encode()
    deep = b'{"update_id":1,"message":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    async with TestServer(make_app("/hook", "geheim", station.app.receive)) as server:
        wrong = f"{SECRET_HEADER}: ".encode() + b"\xff\xfe"
        assert b" 403 " in await _raw(server, wrong, b"Content-Length: 2")
        assert b" 400 " in await _raw(server, secret, b"Content-Length: many")
        assert b" 400 " in await _raw(server, secret, b"Content-Length: -1")
        # From the messenger, which would send it again for ever: kept, to be a dead letter.
        assert b" 200 " in await _raw(server, secret, b"Content-Length: %d" % len(deep), body=deep)
        cut = deep[:-9]
        assert b" 400 " in await _raw(server, secret, b"Content-Length: %d" % len(cut), body=cut)
        assert b" 413 " in await _raw(
            server, secret, b"Content-Length: %d" % (MOST_BYTES + 1), body=b" " * (MOST_BYTES + 1)
        )
        fits = json.dumps({"update_id": 9, "message": HELP}).encode().ljust(MOST_BYTES - 1)
        assert b" 200 " in await _raw(server, secret, b"Content-Length: %d" % len(fits), body=fits)
    assert [row.update_id for row in await station.inbox()] == [1, 9]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(station: Station, port: int) -> Settings:
    return station.app.settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}/hook",
            "webhook_secret": "geheim",
            "webhook_port": port,
        }
    )


async def test_webhook_goes_on_when_the_messenger_was_away_at_the_start(station: Station) -> None:
    """It listens all the while: the messenger may know the address from before."""
    await station.control("faults", kind="refuse", method="setWebhook", times=2)
    port = _free_port()
    station.app.settings = _settings(station, port)
    hooking = asyncio.create_task(program._hook(station.app))
    try:
        async with asyncio.timeout(60):
            while station.app.hook is None:
                assert not hooking.done()
                await asyncio.sleep(0.01)
            update = {"update_id": 70, "message": HELP}
            headers = {SECRET_HEADER: "geheim"}
            url = f"http://127.0.0.1:{port}/hook"
            async with station.http.post(url, json=update, headers=headers) as response:
                assert response.status == 200
            while not station.playground.world.hook.url:
                assert not hooking.done()
                await asyncio.sleep(0.05)
    finally:
        hooking.cancel()
        if station.app.hook is not None:
            await station.app.hook.cleanup()
    assert len(await station.inbox()) >= 1


async def test_port_that_is_taken_is_named(station: Station) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Fault, match=f"{port}.*LINYING_WEBHOOK_PORT"):
            await listen(_settings(station, port), station.app.receive)
