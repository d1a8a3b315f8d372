"""The whole program on a real database, before the playground's real Bot-API server, moved step by step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import App, build, furnish
from bot.communities import load_community
from bot.playground.server import Playground
from bot.poller import Poller
from bot.settings import Settings
from nlu.reader import Reader
from storage.tables_delivery import inbox, outbox
from tests.bot.lead_house import by_day
from tests.conftest import SECRET

RESIDENT, LEAD, WORKER = 1001, 2001, 3001


@dataclass
class Station:
    """Nothing runs by itself: a test says when updates are fetched, handled, and sent."""

    app: App
    playground: Playground
    http: aiohttp.ClientSession
    reading: AsyncEngine
    line: asyncio.Task[None]

    async def leave(self) -> None:
        """Give up its duties, as a program that has ended."""
        self.line.cancel()
        await asyncio.gather(self.line, return_exceptions=True)

    async def control(self, path: str, **wish: Any) -> Any:
        """A call of the playground's control API."""
        url = f"{self.playground.api_base}/control/{path}"
        async with self.http.post(url, json=wish) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def say(self, text: str, who: int = RESIDENT) -> int:
        """Somebody writes; returns the update's id."""
        said = await self.control("send", **{"from": who, "text": text})
        return int(said["update_ids"][0])

    async def press(self, words: str, who: int = RESIDENT) -> Any:
        """Somebody presses the newest button with these words."""
        return await self.control("press", **{"from": who, "text": words})

    async def heard(self, who: int = RESIDENT) -> list[str]:
        """What the bot said in a private chat, oldest first, as the messenger shows it."""
        chat = self.playground.world.chat(who).shown(0)
        messages = [entry["message"] for entry in chat["entries"] if entry["by_bot"]]
        return [str(m.get("text") or m.get("caption") or "") for m in messages]

    async def handle(self) -> None:
        """Fetch what waits at the messenger and handle it."""
        if self.playground.world.queue.pending:
            await self.app.poller.fetch()
        while await self.app.worker.step() or await self.app.worker.prepared():
            pass

    async def send(self, seconds: float = 60) -> None:
        """Send until nothing due is left."""
        sender = self.app.sender
        async with asyncio.timeout(seconds):
            while True:
                taken = await sender.step()
                if not taken and sender.idle and not self.app.sender.limited:
                    return
                await asyncio.sleep(0.01)

    async def go(self) -> None:
        """Handle and send."""
        await self.handle()
        await self.send()

    def forward(self, seconds: int) -> None:
        """Move the playground's clock, and the program's after it."""
        self.playground.world.set_clock(seconds)
        self.app.frame.clock.follow(seconds)

    async def rows(self, table: Table, **equal: Any) -> list[Any]:
        """Rows of a table, past the program, oldest first."""
        query = select(table).order_by(table.c.id).where(*(table.c[k] == v for k, v in equal.items()))
        async with self.reading.connect() as connection:
            return list((await connection.execute(query)).all())

    async def inbox(self, **equal: Any) -> list[Any]:
        return await self.rows(inbox, **equal)

    async def outbox(self, **equal: Any) -> list[Any]:
        return await self.rows(outbox, **equal)


async def on_duty(*apps: App) -> App:
    """The one of these programs that sends, once one of them does."""
    while True:
        for app in apps:
            if app.sender.on_duty:
                return app
        await asyncio.sleep(0.005)


@asynccontextmanager
async def opened(
    database_url: str, reading: AsyncEngine, reader: Reader | None, folder: Path, playground: Playground
) -> AsyncIterator[Station]:
    """A program of its own at this playground; its database is migrated already."""
    settings = Settings(
        token=playground.token,
        api_base=playground.api_base,
        database_url=database_url,
        secret_key=SECRET,
        data_dir=folder,
        messages_per_second=1000,
    )
    community, organisations = load_community("fenghe")
    app = build(settings, by_day(community))
    await furnish(app, organisations)
    line = asyncio.create_task(app.replicas.run())
    try:
        async with asyncio.timeout(60):
            await on_duty(app)
        # A long poll would only make the tests long.
        app.poller = Poller(app.messenger, app.receive, clock=app.frame.clock, wait=0)
        app.frame.username = "linying_playground_bot"
        if reader is not None:
            app.frame.seat.seat(reader)
        async with aiohttp.ClientSession() as http:
            yield Station(app, playground, http, reading, line)
    finally:
        # Also after a failure: a connection left open would hold up every test that comes after.
        await app.sender.close()
        await app.answerer.close()
        await app.messenger.bot.session.close()
        line.cancel()
        await asyncio.gather(line, return_exceptions=True)
        await app.db.close()
