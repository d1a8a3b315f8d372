"""The real processes: a messenger that stays up, and a bot that is killed and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.profiles import without_quiet_hours

ROOT = Path(__file__).parents[2]


def _environment(folder: Path, **settings: str) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("LINYING_")}
    settings = {"LINYING_COMMUNITY": str(without_quiet_hours(folder)), **settings}
    return {**inherited, "PYTHONPATH": str(ROOT), "LINYING_DATA_DIR": str(folder), **settings}


@dataclass
class Messenger:
    """`python -m bot playground --alone` and its control API."""

    process: asyncio.subprocess.Process
    api_base: str
    token: str
    http: aiohttp.ClientSession

    @classmethod
    async def start(cls, folder: Path) -> Messenger:
        command = [sys.executable, "-m", "bot", "playground", "--alone", "--port", "0"]
        process = await asyncio.create_subprocess_exec(
            *command, env=_environment(folder), cwd=folder, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        facts = json.loads(await asyncio.wait_for(process.stdout.readline(), 180))
        return cls(process, facts["api_base"], facts["token"], aiohttp.ClientSession())

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.api_base}/control/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **wish: Any) -> Any:
        """The answer, or None where the playground refuses (a button that is gone meanwhile)."""
        async with self.http.post(f"{self.api_base}/control/{path}", json=wish) as response:
            return await response.json() if response.status == 200 else None

    async def stop(self) -> None:
        await self.http.close()
        self.process.terminate()
        await self.process.wait()


@dataclass
class Bot:
    """`python -m bot run`, over and over."""

    folder: Path
    messenger: Messenger
    admins: str
    kills: dict[str, int] = field(default_factory=lambda: {"SIGKILL": 0, "SIGTERM": 0})
    slowest_end: float = 0.0
    _process: asyncio.subprocess.Process | None = None
    _log: Any = None

    async def start(self) -> None:
        """Returns at once; `up` waits until the program says that it runs."""
        self._log = self._log or (self.folder / "bot.log").open("ab")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=_environment(
                self.folder,
                LINYING_TOKEN=self.messenger.token,
                LINYING_API_BASE=self.messenger.api_base,
                LINYING_ADMINS=self.admins,
                LINYING_MESSAGES_PER_SECOND="1000",
                LINYING_LOG_LEVEL="INFO",
            ),
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._log,
        )

    async def up(self, seconds: float = 180) -> None:
        assert self._process
        assert self._process.stdout
        line = await asyncio.wait_for(self._process.stdout.readline(), seconds)
        assert line, "the bot ended by itself"

    async def end(self, how: signal.Signals) -> None:
        """Kill it and wait until it is gone; after SIGTERM it must have ended by itself and cleanly."""
        assert self._process
        assert self._process.returncode is None, "the bot died by itself"
        started = time.monotonic()
        self._process.send_signal(how)
        code = await asyncio.wait_for(self._process.wait(), 60)
        self.kills[how.name] += 1
        if how is signal.SIGTERM:
            self.slowest_end = max(self.slowest_end, time.monotonic() - started)
            assert code in (0, -signal.SIGTERM), code

    def close(self) -> None:
        """For a test that failed in between."""
        if self._process and self._process.returncode is None:
            self._process.kill()
        if self._log:
            self._log.close()
