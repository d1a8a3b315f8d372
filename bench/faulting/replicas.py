"""The real processes: a messenger that stays up, and replicas of the bot that end and are started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bench.faulting.astray import FILE as CLOCK_FILE

ROOT = Path(__file__).parents[2]
_USUAL = ROOT / "communities" / "fenghe.yaml"
_START_SECONDS = 180
_END_SECONDS = 60
#: What a program that keeps dying at once is given before its next start, as systemd does.
_KEEPER_PAUSE = 0.3


def profile_without_quiet_hours(folder: Path) -> Path:
    """The usual profile for stories that may be told at any hour, as a file in `folder`."""
    profile = folder / "fenghe.yaml"
    usual = _USUAL.read_text(encoding="utf-8")
    profile.write_text(f'{usual}\npolicy: {{quiet: {{start: "0:00", end: "0:00"}}}}\n', encoding="utf-8")
    return profile


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Of a process of this tree whose data lies in `folder`."""
    # Modules are compiled once, as they are where the bot is at home: it starts hundreds of times here.
    dropped = ("LINYING_", "PYTHONDONTWRITEBYTECODE")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    return {**inherited, "PYTHONPATH": str(ROOT), "LINYING_DATA_DIR": str(folder), **settings}


async def until(done: Callable[[], Awaitable[bool]], every: float = 0.1) -> None:
    """Ask again and again."""
    while True:
        if await done():
            return
        await asyncio.sleep(every)


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
            *command, env=environment(folder), cwd=folder, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        facts = json.loads(await asyncio.wait_for(process.stdout.readline(), _START_SECONDS))
        return cls(process, facts["api_base"], facts["token"], aiohttp.ClientSession())

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.api_base}/control/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **wish: Any) -> Any:
        """The answer, or None where the playground refuses (a button that is gone, a bot that is blocked)."""
        async with self.http.post(f"{self.api_base}/control/{path}", json=wish) as response:
            return await response.json() if response.status == 200 else None

    async def stop(self) -> None:
        await self.http.close()
        self.process.terminate()
        await self.process.wait()


@dataclass
class Replica:
    """`python -m bot run`, over and over: whatever it ends of, its keeper starts it again."""

    folder: Path
    settings: dict[str, str]
    kills: Counter[str] = field(default_factory=Counter)
    #: How many of the kills hit it when it was up.
    at_work: int = 0
    #: Ends that nobody asked for, by exit code.
    fallen: Counter[int] = field(default_factory=Counter)
    #: How it ended after SIGTERM, by exit code.
    ends: Counter[int] = field(default_factory=Counter)
    starts: int = 0
    #: How long the last whole start took.
    start_seconds: float = 0.0
    slowest_end: float = 0.0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _process: asyncio.subprocess.Process | None = None
    _keeper: asyncio.Task[None] | None = None
    _asked: bool = False
    _over: bool = False

    @property
    def clock_file(self) -> Path:
        """Holds the seconds by which its clock is off."""
        return self.folder / "clock"

    @property
    def log_file(self) -> Path:
        return self.folder / "bot.log"

    def start(self) -> None:
        """Returns at once; `ready` is set when the program says that it runs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._keeper = asyncio.create_task(self._keep())

    async def up(self) -> None:
        await asyncio.wait_for(self.ready.wait(), _START_SECONDS)

    async def end(self, how: signal.Signals, *, for_good: bool = False) -> bool:
        """End it and wait until it is gone; False when it was not there. After SIGTERM it ends by itself."""
        self._over = self._over or for_good
        process = self._process
        if process is None or process.returncode is not None:
            return False
        self._asked = True
        self.at_work += self.ready.is_set() and how is signal.SIGKILL
        started = time.monotonic()
        process.send_signal(how)
        # One that stands still would have to be woken before it hears anything.
        process.send_signal(signal.SIGCONT)
        hangs = False
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            hangs = True
            process.kill()
            await process.wait()
        self.kills[how.name] += 1
        killed_meanwhile = process.returncode == -signal.SIGKILL and not hangs
        if how is signal.SIGTERM and not killed_meanwhile:
            self.slowest_end = max(self.slowest_end, time.monotonic() - started)
            self.ends[process.returncode or 0] += 1
        return True

    async def freeze(self, seconds: float) -> None:
        """Let it stand still."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)

    async def close(self) -> None:
        """For good, whatever it is doing."""
        self._over = True
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        if self._keeper is not None:
            await self._keeper

    async def _keep(self) -> None:
        while not self._over:
            with self.log_file.open("ab") as log:
                self._asked = False
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "bench.faulting.astray", "run"),
                    env=environment(self.folder, **self.settings, **{CLOCK_FILE: str(self.clock_file)}),
                    cwd=ROOT,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=log,
                )
            self.starts += 1
            started = time.monotonic()
            assert self._process.stdout is not None
            with suppress(ValueError):
                if await self._process.stdout.readline():
                    self.start_seconds = time.monotonic() - started
                    self.ready.set()
                    await self._process.stdout.read()
            code = await self._process.wait()
            self.ready.clear()
            if not self._asked:
                self.fallen[code] += 1
            await asyncio.sleep(_KEEPER_PAUSE)
