"""The routes for the machines that watch over the program, and the door they have while it polls.

They stand on the webhook's port as well. Health says one word about each part and is told to everybody;
figures are told to this machine, or to whoever has the key.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.listening import listening
from bot.playground.address import is_loopback
from bot.settings import Settings

if TYPE_CHECKING:
    from aiohttp import web

    from bot.frame import Frame
    from storage.database import Database

log = logging.getLogger(__name__)

#: A proxy sets one of these: then who asks is not the machine whose address we see.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
Add = Callable[["web.Application"], None]


def check_door(settings: Settings) -> None:
    """Raises Fault where other machines could read the figures without a key."""
    if settings.metrics_port is None or settings.metrics_key or is_loopback(settings.metrics_host):
        return
    raise Fault(
        f"LINYING_METRICS_HOST 是 {settings.metrics_host}，别的机器也连得进来。"
        "请改回 127.0.0.1，或者再设置 LINYING_METRICS_KEY（16 个以上的字母和数字），监控程序也要带上它。"
    )


def routes(db: Database, frame: Frame, key: str) -> Add:
    """Adds /healthz, /readyz, /metrics (and /health, its older name) to an application."""
    from bot.watching.exposition import TYPE, make_registry, page
    from bot.watching.figures import Figures
    from bot.watching.health import Readiness, still

    figures = Figures(db, frame)
    readiness = Readiness(db, frame)
    registry = None

    async def on_alive(request: web.Request) -> web.Response:
        return _answer(dict.fromkeys(still(frame.sight), "still"))

    async def on_ready(request: web.Request) -> web.Response:
        return _answer(await readiness.look())

    async def on_metrics(request: web.Request) -> web.Response:
        nonlocal registry
        from aiohttp import web

        if not may_read(request, key):
            return web.Response(status=403)
        registry = registry or make_registry(frame.sight, figures)
        await figures.renew()
        return web.Response(body=page(registry), headers={"Content-Type": TYPE})

    def add(app: web.Application) -> None:
        handlers: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {
            "/health": on_alive,
            "/healthz": on_alive,
            "/readyz": on_ready,
            "/metrics": on_metrics,
        }
        for path, handler in handlers.items():
            app.router.add_get(path, handler)

    return add


def may_read(request: web.Request, key: str) -> bool:
    """With the key; without one only from this machine, and not through a proxy."""
    if not key:
        return is_loopback(request.remote or "") and not any(name in request.headers for name in _FORWARDED)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(errors="surrogateescape"), key.encode())


def _answer(parts: dict[str, str]) -> web.Response:
    from aiohttp import web

    good = all(word == "ok" for word in parts.values())
    return web.json_response({"ok": good, **parts}, status=200 if good else 503)


@asynccontextmanager
async def beside(settings: Settings, add: Add) -> AsyncIterator[str]:
    """A door of its own while the block runs; gives its address, none without a port. Raises Fault."""
    if settings.metrics_port is None:
        yield ""
        return
    from aiohttp import web

    check_door(settings)
    app = web.Application(client_max_size=1024)
    add(app)
    door = listening(
        app,
        settings.metrics_host,
        settings.metrics_port,
        what="监控",
        setting="LINYING_METRICS",
        last_calls=1.0,
    )
    async with door as address:
        log.info("health and figures at %s", address)
        yield address
