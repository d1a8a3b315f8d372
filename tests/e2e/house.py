"""The real program in a process of its own, and a hand on its playground over HTTP."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, FormData

from tests.profiles import without_quiet_hours

ROOT = Path(__file__).parents[2]
RESIDENT, LEAD, WORKER = 1001, 2001, 3001
#: Longer than anything should take on a loaded machine; reached only by a failure.
PATIENCE = 60.0


@dataclass
class House:
    """The running program. What `see` has shown once it does not look at again."""

    page: str
    http: ClientSession
    data: Path
    seen: dict[int, int] = field(default_factory=dict)

    async def post(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.page}control/{path}", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.page}control/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def say(self, person: int, text: str, **more: Any) -> Any:
        return await self.post("send", **{"from": person, "text": text, **more})

    async def press(self, person: int, words: str, chat: int | None = None, **more: Any) -> Any:
        """Press a button by its words, as soon as it is there."""
        body = {"from": person, "chat": chat or person, "text": words, **more}
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            async with self.http.post(f"{self.page}control/press", json=body) as response:
                if response.status == 200:
                    return await response.json()
                late = asyncio.get_running_loop().time() > deadline
                assert not late, f"{await response.text()} {words}; last: {await self.last(chat or person)}"
            await asyncio.sleep(0.1)

    async def open_link(self, person: int, payload: str) -> None:
        await self.post("start", **{"from": person, "payload": payload})

    async def upload(self, person: int, name: str, content: bytes, kind: str = "document") -> None:
        form = FormData()
        form.add_field("from", str(person))
        form.add_field("kind", kind)
        form.add_field("file", content, filename=name)
        async with self.http.post(f"{self.page}control/send", data=form) as response:
            assert response.status == 200, await response.text()

    async def forward(self, **span: int) -> None:
        seconds = span.get("days", 0) * 86400 + span.get("hours", 0) * 3600 + span.get("minutes", 0) * 60
        await self.post("clock", add=seconds)

    async def person(self, role: str, name: str) -> int:
        return int((await self.post("persons", role=role, name=name))["id"])

    async def see(self, chat: int, *words: str) -> str:
        """Wait until the bot has said all of these in the chat, each in a message not looked at before."""
        missing, found = list(words), ""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while missing:
            for message in await self._new(chat):
                text = shown(message)
                hits = [word for word in missing if word in text]
                missing = [word for word in missing if word not in hits]
                found = text if hits else found
            if missing and asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"{chat} was not told {missing}; last: {await self.last(chat)}")
            if missing:
                await asyncio.sleep(0.1)
        return found

    async def _new(self, chat: int) -> list[dict[str, Any]]:
        found = await self.get(f"transcript/{chat}?after={self.seen.get(chat, 0)}")
        self.seen[chat] = found["revision"]
        return [one["message"] for one in found["entries"] if one["by_bot"] and not one["deleted"]]

    async def last(self, chat: int) -> str:
        found = await self.get(f"transcript/{chat}")
        said = [shown(one["message"]) for one in found["entries"] if one["by_bot"]]
        return "\n---\n".join(said[-2:])

    async def everything(self, chat: int) -> list[str]:
        found = await self.get(f"transcript/{chat}")
        return [shown(one["message"]) for one in found["entries"] if one["by_bot"] and not one["deleted"]]

    async def document(self, chat: int) -> bytes:
        """The newest document that the bot sent to the chat."""
        found = await self.get(f"transcript/{chat}")
        files = [
            one["message"]["document"]["file_id"] for one in found["entries"] if "document" in one["message"]
        ]
        async with self.http.get(f"{self.page}control/files/{files[-1]}") as response:
            assert response.status == 200
            return await response.read()

    async def command(self, *arguments: str) -> str:
        """Run a command of the program beside the running one; its output."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=ROOT,
            env=environment(self.data),
            stdout=PIPE,
            stderr=PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode == 0, err.decode()
        return out.decode()


def shown(message: dict[str, Any]) -> str:
    """What a person sees of a message: words, buttons, and the kind of what is attached."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = " ".join(f"[{one['text']}]" for row in rows for one in row)
    kinds = " ".join(f"<{kind}>" for kind in ("photo", "document", "contact", "voice") if kind in message)
    number = message.get("contact", {}).get("phone_number", "")
    return f"{message.get('text') or message.get('caption') or ''} {number} {kinds} {buttons}".strip()


def environment(data: Path, **more: str) -> dict[str, str]:
    """The settings of a program that keeps everything in `data`; nothing of ours leaks in from outside."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith("LINYING_")}
    return {**outside, "LINYING_DATA_DIR": str(data), "LINYING_PLAYGROUND_PORT": "0", **more}


@asynccontextmanager
async def running(data: Path, model: Path, **more: str) -> AsyncIterator[House]:
    """Start `python -m bot run` and stop it as a person would, by a signal."""
    lend_model(data, model)
    more = {"LINYING_COMMUNITY": str(without_quiet_hours(data)), **more}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=ROOT,
        env=environment(data, **more),
        stdout=PIPE,
        stderr=STDOUT,
    )
    page = await _address(process)
    rest = asyncio.create_task(_drain(process))
    async with ClientSession() as http:
        yield House(page, http, data)
    process.terminate()
    code = await asyncio.wait_for(process.wait(), PATIENCE)
    log = await rest
    assert code == 0, log
    assert "Traceback" not in log, log


def lend_model(data: Path, model: Path) -> None:
    """Let a program with this data folder use the trained reader of this run."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / "model").exists():
        (data / "model").symlink_to(model)


async def _address(process: Process) -> str:
    assert process.stdout is not None
    said = ""
    while line := (await asyncio.wait_for(process.stdout.readline(), PATIENCE * 4)).decode():
        said += line
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if found:
            return found.group()
    raise AssertionError(f"the program printed no address: {said}")


async def _drain(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.read()).decode()
