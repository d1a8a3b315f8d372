"""A running playground, a real aiogram Bot that talks to it, and a hand on the control API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession

from bot.playground.server import Playground


class Hand:
    """Calls the control API and gives back the JSON."""

    def __init__(self, session: ClientSession, base: str) -> None:
        self._session = session
        self._base = base

    async def get(self, path: str) -> Any:
        async with self._session.get(f"{self._base}/control/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, expect: int = 200, **body: Any) -> Any:
        async with self._session.post(f"{self._base}/control/{path}", json=body) as response:
            assert response.status == expect, await response.text()
            return await response.json()

    async def say(self, text: str, person: int = 1001, **more: Any) -> Any:
        return await self.post("send", **{"from": person, "text": text, **more})

    async def texts(self, chat: int) -> list[str]:
        found = await self.get(f"transcript/{chat}")
        return [one["message"].get("text", "") for one in found["entries"] if not one["deleted"]]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    place = Playground()
    await place.start()
    yield place
    await place.stop()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def hand(playground: Playground, http: ClientSession) -> Hand:
    return Hand(http, playground.api_base)


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(playground.api_base))
    one = Bot(playground.token, session=session)
    yield one
    await session.close()
