"""Stands between Rasa and the action server and writes every call with its answer as a line of JSON.

Of the tracker's events it keeps those since the resident's last words, without what Rasa's pipeline thought,
and it leaves out the domain: the action server reads neither.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web


class Recorder:
    """Passes calls on to `target` (the action server's address) and records them into `path`."""

    def __init__(self, target: str, path: Path) -> None:
        self._target = target
        self._file = path.open("w", encoding="utf-8")
        self._http = ClientSession()
        self._runner = web.AppRunner(self._app())

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=16 * 2**20)
        app.router.add_post("/webhook", self._pass_on)
        return app

    async def start(self, port: int) -> None:
        """Listen on loopback."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def stop(self) -> None:
        """Let go of everything."""
        await self._runner.cleanup()
        await self._http.close()
        self._file.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        call = await request.json()
        async with self._http.post(f"{self._target}/webhook", json=call) as response:
            answer = await response.json()
            line = {"call": shortened(call), "status": response.status, "answer": answer}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
            return web.json_response(answer, status=response.status)


def shortened(call: dict[str, Any]) -> dict[str, Any]:
    """The call with the events of this turn alone, without the domain."""
    events = call["tracker"]["events"]
    last = max((n for n, event in enumerate(events) if event["event"] == "user"), default=0)
    kept = [{k: v for k, v in event.items() if k != "parse_data"} for event in events[last:]]
    told = {name: value for name, value in call.items() if name != "domain"}
    return {**told, "tracker": {**call["tracker"], "events": kept}}
