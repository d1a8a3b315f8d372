"""The playground as one object: start it, talk to it, stop it. It listens on loopback and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground import snapshot
from bot.playground.address import DEFAULT_TOKEN, is_loopback
from bot.playground.api import BotApi
from bot.playground.control import Control
from bot.playground.errors import ControlError
from bot.playground.files import FileStore
from bot.playground.phones import Phones
from bot.playground.profile import Profile
from bot.playground.watching import Watching
from bot.playground.webhook import deliver_forever
from bot.playground.world import World, watch_forever

_STATIC = Path(__file__).parent / "static"
_LARGEST_BODY = 120 * 1024 * 1024
_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; "
    "script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Playground:
    """A Bot-API server with a page. With `state_dir`, chats and files survive a restart."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "linying_playground_bot",
        state_dir: Path | None = None,
    ) -> None:
        self.token = token
        files = FileStore(state_dir / "files" if state_dir else None)
        self.world = World(Profile(int(token.split(":", 1)[0]), username), files)
        self._state_dir = state_dir
        self._runner: web.AppRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._origin = ""
        if state_dir is not None:
            snapshot.load(self.world, state_dir)

    @property
    def api_base(self) -> str:
        """For `TelegramAPIServer.from_base` and LINYING_API_BASE."""
        return self._origin

    @property
    def page_url(self) -> str:
        """The address to open in a browser."""
        return f"{self._origin}/"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises ValueError when the host is not loopback."""
        if not is_loopback(host):
            raise ValueError(f"the playground listens on loopback only, not on {host}")
        self._runner = web.AppRunner(
            self._app(), handler_cancellation=True, access_log=None, shutdown_timeout=2.0
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self._origin = f"http://{f'[{host}]' if ':' in host else host}:{bound}"
        self._tasks = [
            asyncio.create_task(watch_forever(self.world)),
            asyncio.create_task(deliver_forever(self.world)),
        ]
        if self._state_dir is not None:
            self._tasks.append(asyncio.create_task(snapshot.save_forever(self.world, self._state_dir)))

    async def stop(self) -> None:
        """End all connections and, with a state folder, save."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks.clear()
        self.world.feed.close()
        self.world.queue.wake()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        if self._state_dir is not None:
            snapshot.save(self.world, self._state_dir)

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[_guard], client_max_size=_LARGEST_BODY)
        app.add_routes(BotApi(self.world, self.token).routes())
        for part in (Control(self.world), Watching(self.world), Phones(self.world)):
            app.add_routes(part.routes())
        app.add_routes([web.get("/", _page), web.static("/static", _STATIC)])
        app.on_response_prepare.append(_add_headers)
        return app


async def _page(request: web.Request) -> web.FileResponse:
    return web.FileResponse(_STATIC / "index.html")


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.path == "/" or request.path.startswith("/static/"):
        response.headers["Content-Security-Policy"] = _PAGE_POLICY
        response.headers["Cache-Control"] = "no-cache"


@web.middleware
async def _guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Other web pages must not reach in: the host is this machine, an Origin is our own."""
    origin = request.headers.get("Origin")
    if not is_loopback(urlsplit(f"//{request.host}").hostname or ""):
        return web.json_response({"error": "only this machine may talk to the playground"}, status=403)
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return web.json_response({"error": "other pages may not talk to the playground"}, status=403)
    try:
        return await handler(request)
    except ControlError as error:
        return web.json_response({"error": str(error)}, status=400)
