"""`python -m bot actions` in a process of its own, and a hand on it over HTTP."""

from __future__ import annotations

import asyncio
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.e2e.house import PATIENCE, ROOT, environment, lend_model


@dataclass
class ActionServer:
    """The running server: its address and its process."""

    address: str
    http: ClientSession
    process: Process

    async def post(self, body: Any, **headers: str) -> tuple[int, Any]:
        """A call to /webhook: the status and the JSON answered."""
        async with self.http.post(f"{self.address}/webhook", json=body, headers=headers) as response:
            return response.status, await response.json()

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        """What a GET is answered."""
        async with self.http.get(f"{self.address}/{path}", headers=headers) as response:
            return response.status, await response.json()


@asynccontextmanager
async def serving(data: Path, model: Path, **settings: str) -> AsyncIterator[ActionServer]:
    """Start it on a free port and end it by a signal; it must end well and say nothing bad."""
    lend_model(data, model)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "actions",
        cwd=ROOT,
        env=environment(data, LINYING_ACTIONS_PORT="0", LINYING_ADMINS="3001", **settings),
        stdout=PIPE,
        stderr=STDOUT,
    )
    assert process.stdout
    log = ""
    while not (found := re.search(r"(http://\S+)/webhook", log)):
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE * 4)).decode()
        assert line, log
        log += line
    async with ClientSession() as http:
        yield ActionServer(found[1], http, process)
    process.terminate()
    log += (await asyncio.wait_for(process.stdout.read(), PATIENCE)).decode()
    assert await process.wait() == 0, log
    assert "Traceback" not in log, log
    assert "Warning" not in log, log
