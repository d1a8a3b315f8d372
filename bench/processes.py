"""What the benches start: the playground's messenger, a bot beside it, and a look at what they cost."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil

ROOT = Path(__file__).parents[1]
_START_SECONDS = 120


@dataclass
class Messenger:
    """`python -m bot playground --alone`: a local Bot-API server with a control API."""

    process: Process
    api_base: str
    token: str
    http: aiohttp.ClientSession

    @classmethod
    async def start(cls, folder: Path) -> Messenger:
        process = await launch(["-m", "bot", "playground", "--alone", "--port", "0"], folder)
        facts = json.loads(await first_line(process))
        return cls(process, facts["api_base"], facts["token"], aiohttp.ClientSession())

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.api_base}/control/{path}") as response:
            response.raise_for_status()
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.api_base}/control/{path}", json=body) as response:
            response.raise_for_status()
            return await response.json()

    async def stop(self) -> None:
        await self.http.close()
        await end(self.process)

    def settings(self) -> dict[str, str]:
        """What a bot of ours needs to serve this messenger without its rate limits."""
        return {
            "LINYING_TOKEN": self.token,
            "LINYING_API_BASE": self.api_base,
            "LINYING_ADMINS": "3001",
            "LINYING_MESSAGES_PER_SECOND": "10000",
        }


async def launch(arguments: list[str], folder: Path, **settings: str) -> Process:
    """A Python process of this tree whose data lies in `folder`."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith("LINYING_")}
    environment = {**outside, "PYTHONPATH": str(ROOT), "LINYING_DATA_DIR": str(folder), **settings}
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=environment, stdout=PIPE
    )


async def first_line(process: Process) -> str:
    """What the process prints first: that it is ready."""
    assert process.stdout
    return (await asyncio.wait_for(process.stdout.readline(), _START_SECONDS)).decode()


async def end(process: Process) -> None:
    """Stop it as a person would."""
    process.terminate()
    await asyncio.wait_for(process.wait(), 30)


def cpu_seconds(process: Process) -> float:
    """User and system time so far, of all threads and children."""
    one = psutil.Process(process.pid)
    return sum(t.user + t.system for t in (p.cpu_times() for p in (one, *one.children(recursive=True))))


def memory_mb(process: Process) -> float:
    """Resident memory in MB (10^6 bytes)."""
    return psutil.Process(process.pid).memory_info().rss / 1e6


def lend_model(folder: Path) -> None:
    """The trained reader of this tree, trained now where it is missing."""
    from nlu.training import model_folder
    from nlu.versions import ready

    ready(model_folder())
    (folder / "model").symlink_to(model_folder().resolve())
