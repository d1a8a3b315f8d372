"""Helpers of the tests that judge organisations in chat: a clock that jumps, presses, scheduled moments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import judging
from bot.clock import SystemClock
from bot.telling import tell
from casework.promises.schedules import Schedule, ScheduleKind
from casework.statuses import Standing
from handlers.kit.callbacks import ScoreCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import buttons
from tests.bot.whole_house import Town, open_town


class Ahead(SystemClock):
    """A clock that can be set forward."""

    by = timedelta()

    def now(self) -> Any:
        return super().now() + self.by


async def open_ahead(db: Database, reading: AsyncEngine, reader: Reader) -> Town:
    """A town whose clock can be set forward."""
    town = await open_town(db, reading, reader)
    town.house.frame.clock = Ahead()
    return town


async def chats(town: Town, who: int, given: Any) -> list[dict[str, Any]]:
    """What is said to this person after they wrote or pressed."""
    if isinstance(given, str):
        await town.house.write(who, given)
    else:
        await town.house.press(who, given)
    return [row for row in await town.house.sent() if row["chat_id"] == who]


async def tap(town: Town, who: int, rows: list[dict[str, Any]], word: str) -> list[dict[str, Any]]:
    every = {words: data for row in rows for words, data in buttons(row).items()}
    return await chats(town, who, Press(next(data for words, data in every.items() if word in words)))


class Press:
    """Callback data as it stands in a message."""

    def __init__(self, data: str) -> None:
        self.data = data

    def pack(self) -> str:
        return self.data


def text(rows: list[dict[str, Any]]) -> str:
    return "\n".join(str(row.get("text") or row.get("caption") or "") for row in rows)


async def happens(town: Town, kind: ScheduleKind, days: float = 0) -> dict[int, str]:
    """The scheduled moment comes, so many days later; what each chat is told."""
    town.house.frame.clock.by += timedelta(days=days)  # type: ignore[attr-defined]
    async with town.house.db.transaction(town.house.community_id) as uow:
        context = town.house.frame.context(uow)
        await judging.RECURRING[kind](context, Schedule(kind, 0, context.now))
        await tell(context)
        await uow.commit()
    found: dict[int, list[str]] = {}
    for row in await town.house.sent():
        found.setdefault(row["chat_id"], []).append(str(row.get("text")))
    return {chat: "\n".join(said) for chat, said in found.items()}


async def standing(town: Town, n: int = 0) -> Standing:
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        found = await uow.organisations.get(town.house.organisations[n].id)
    assert found
    return found.standing


async def score(town: Town, who: int, organisation: int, points: str) -> str:
    """All questions of a form, one press after another."""
    for n in range(len(points) + 1):
        said = await chats(town, who, ScoreCD(action="form", id=organisation, value=points[:n]))
    return text(said)


async def all_rows(town: Town) -> dict[int, str]:
    """Everything ever said, by chat."""
    town.house._read.clear()
    found: dict[int, list[str]] = {}
    for row in await town.house.sent():
        if "text" in row:
            found.setdefault(row["chat_id"], []).append(str(row["text"]))
    return {chat: "\n".join(said) for chat, said in found.items()}


def running_month(town: Town) -> str:
    """The running month."""
    return town.house.frame.clock.now().strftime("%Y-%m")
