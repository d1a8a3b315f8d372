"""Every HTTP route × every caller: who is let in, and which hosts a door may stand on."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import parsing, webhook
from bot.faults import Fault
from bot.frame import Frame
from bot.playground.server import Playground
from bot.rasa import server as rasa
from bot.rasa.host import Host
from bot.settings import Settings
from bot.watching import door as watching
from bot.watching.door import routes as watched
from nlu.reader import Reader
from storage.database import Database
from tests.bot.doors import CALLERS, DOORS
from tests.bot.lead_house import House

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")
KEY = "k" * 20
Routes = set[tuple[str, str]]


def _aiohttp_routes(app: web.Application) -> Routes:
    """Method and path; HEAD comes with each GET by itself."""
    found = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource}
    return {(method, path) for method, path in found if method != "HEAD"}


@asynccontextmanager
async def _aiohttp(app: web.Application) -> AsyncIterator[tuple[str, Routes]]:
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/"), _aiohttp_routes(app)


@asynccontextmanager
async def _sanic(db: Database, frame: Frame, key: str) -> AsyncIterator[tuple[str, Routes]]:
    from sanic import Sanic

    app, _ = rasa.make_app(Host(db, frame), key)
    # Sanic rewrites its own methods for speed at the first start, and cannot do so twice in a process.
    app.config.TOUCHUP = False
    server = await rasa._listen(app, "127.0.0.1", 0)
    found = {(method, f"/{route.path}") for route in app.router.routes for method in route.methods}
    yield rasa._address("127.0.0.1", server), {(m, p) for m, p in found if m not in ("HEAD", "OPTIONS")}
    server.close()
    await server.after_stop()
    Sanic.unregister_app(app)


@asynccontextmanager
async def _playground() -> AsyncIterator[tuple[str, Routes]]:
    server = Playground()
    await server.start()
    yield server.api_base, _aiohttp_routes(server._app())
    await server.stop()


def opened(name: str, db: Database, frame: Frame, reader: Reader) -> Any:
    """The door with this name, and its routes as the program has them."""
    key = KEY if name.endswith("a key") else ""
    kind = name.replace(",", " ").split()[0]
    if kind == "webhook":

        async def receive(updates: list[dict[str, Any]]) -> int:
            return len(updates)

        return _aiohttp(webhook.make_app("/hook", KEY, receive, watched(db, frame, key)))
    if kind == "parse":
        return _aiohttp(parsing.make_app(lambda: reader, key, "Asia/Shanghai"))
    return _sanic(db, frame, key) if kind == "actions" else _playground()


def _headers(caller: str) -> dict[str, str]:
    shown = {"holder": KEY, "wrong key": "x" * 20}.get(caller)
    headers = {"Authorization": f"Bearer {shown}", webhook.SECRET_HEADER: shown} if shown else {}
    more = {"web page": {"Origin": "http://evil.example"}, "foreign name": {"Host": "evil.example"}}
    return headers | more.get(caller, {})


@on_sqlite
@pytest.mark.parametrize("name", DOORS)
async def test_who_is_let_in(name: str, house: House, reader: Reader) -> None:
    door, wrong = DOORS[name], []
    house.frame.seat.seat(reader)
    async with opened(name, house.db, house.frame, reader) as (url, routes):
        assert routes == set(door.routes)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(2)) as http:
            for (method, path), allowed in door.routes.items():
                for caller in CALLERS:
                    status = await _call(http, method, url + _filled(path), _headers(caller))
                    if (status not in (401, 403)) is not (caller in allowed) or status == 500:
                        wrong.append(f"{caller}: {method} {path} was answered {status}")
    assert wrong == []


def _filled(path: str) -> str:
    values = {"{token}": Playground().token, "{path}": "x", "{method}": "getMe", "{id}": "x", "{chat}": "1"}
    for name, value in values.items():
        path = path.replace(name, value)
    path = "/static/index.html" if path == "/static" else path
    return path + "?timeout=0"


async def _call(http: aiohttp.ClientSession, method: str, url: str, headers: dict[str, str]) -> int:
    try:
        body = None if method == "GET" else {}
        async with http.request(method.replace("*", "POST"), url, headers=headers, json=body) as response:
            return response.status
    except TimeoutError:
        # It listens and waits for news.
        return 200


WIDE = ("0.0.0.0", "::", "192.168.1.5", "linying.example")


@pytest.mark.parametrize("host", WIDE)
async def test_no_door_stands_open_to_others_without_a_key(host: str) -> None:
    hook = {"webhook_url": "https://x.example/hook", "webhook_host": host}
    with pytest.raises(Fault, match="LINYING_WEBHOOK_SECRET"):
        await webhook.listen(Settings(webhook_secret="kurz", **hook), _never)
    webhook.check_door(Settings(webhook_secret=KEY, **hook))
    webhook.check_door(Settings(secret_key="kurz", **hook))
    with pytest.raises(Fault, match="LINYING_ACTIONS_KEY"):
        rasa.serve(Settings(actions_host=host))
    from bot import parse_server

    with pytest.raises(Fault, match="LINYING_PARSE_KEY"):
        parse_server.check_door(Settings(parse_host=host))
    with pytest.raises(Fault, match="LINYING_METRICS_KEY"):
        watching.check_door(Settings(metrics_host=host, metrics_port=0))
    with pytest.raises(ValueError, match="loopback"):
        await Playground().start(host)


async def _never(updates: list[dict[str, Any]]) -> int:
    raise AssertionError(updates)


def test_every_door_stands_on_this_machine_unless_told_otherwise() -> None:
    hosts = {name: value for name, value in Settings().model_dump().items() if name.endswith("_host")}
    assert set(hosts) == {"webhook_host", "actions_host", "parse_host", "metrics_host"}
    assert set(hosts.values()) == {"127.0.0.1"}


def test_every_secret_is_compared_in_constant_time() -> None:
    """Wherever a key or secret is compared it is by `hmac.compare_digest`."""
    for module in (webhook, parsing, rasa, watching):
        source = inspect.getsource(module)
        assert "compare_digest(" in source, module.__name__
        assert "== key" not in source, module.__name__
        assert "== secret" not in source, module.__name__
