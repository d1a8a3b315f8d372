"""One door for the messenger's webhook before many replicas, like a reverse proxy: in turns, with retry."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

#: A replica that takes longer is passed over; it may still have kept the update, so that it comes twice.
_PATIENCE = 8.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Proxy:
    """`outcomes` counts answers of replicas by status; a connection that failed is `away`."""

    def __init__(self, ports: list[int], secret: str) -> None:
        self._ports = ports
        self._secret = secret
        self._turn = count()
        self._runner: web.AppRunner | None = None
        self._http: aiohttp.ClientSession | None = None
        self.outcomes: Counter[str] = Counter()
        self.url = ""

    async def start(self) -> None:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE))
        app = web.Application(client_max_size=1 << 24)
        app.router.add_post("/hook", self._on_update)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    async def stop(self) -> None:
        assert self._runner is not None
        assert self._http is not None
        await self._runner.cleanup()
        await self._http.close()

    async def throw_in(self, body: bytes) -> int:
        """A body from nowhere with the right secret, as a broken messenger would send it; the status."""
        return await self._pass_on(body, {_HEADER: self._secret})

    async def _on_update(self, request: web.Request) -> web.Response:
        return web.Response(status=await self._pass_on(await request.read(), dict(request.headers)))

    async def _pass_on(self, body: bytes, headers: Any) -> int:
        assert self._http is not None
        first = next(self._turn)
        headers = {name: value for name, value in headers.items() if name.lower() == _HEADER.lower()}
        for n in range(len(self._ports)):
            port = self._ports[(first + n) % len(self._ports)]
            try:
                async with self._http.post(
                    f"http://127.0.0.1:{port}/hook", data=body, headers=headers
                ) as response:
                    self.outcomes[str(response.status)] += 1
                    if response.status < 500:
                        return response.status
            except (aiohttp.ClientError, TimeoutError):
                self.outcomes["away"] += 1
        return 502
