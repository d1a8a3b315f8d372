"""The community of the lead's tests with the workers' conversation in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.communities import load_community
from bot.worker import Worker
from casework.entities import WorkReport
from casework.statuses import RequestStatus
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork, StartWork
from handlers import admin, lead, letters
from handlers.admin.deferred import DEFERRED
from handlers.admin.sheets import SheetResult, read_organisations
from handlers.kit.fsm import MemoryStorage
from handlers.ports import Chart, Delivery
from storage.database import Database
from tests.bot.lead_house import ADMIN, DETAILS, LEAD, RESIDENT, SUMMARY, WORDS, House, build, buttons


class Files:
    """Stands where an attachment would be fetched."""

    content: bytes | None = None

    def missing(self, item_id: int, update: Any) -> bool:
        return False

    def of(self, item_id: int) -> SheetResult | None:
        if self.content is None:
            return None
        return read_organisations(self.content, load_community("fenghe")[0])

    def drop(self, item_id: int) -> None:
        return None


class Charts:
    """Keeps what should be drawn."""

    def __init__(self) -> None:
        self.drawn: list[Chart] = []

    async def draw(self, chart: Chart) -> bytes:
        self.drawn.append(chart)
        return b"png"


@dataclass
class Office:
    """A House, spoken to as the worker. `missed` holds what no router of workers or leads took."""

    house: House
    files: Files
    charts: Charts
    missed: list[str]

    async def write(self, text: str = "", who: int = ADMIN, **fields: Any) -> list[dict[str, Any]]:
        """Say something; returns what is sent to that person."""
        await self.house.write(who, text, **fields)
        return await self.house.sent(who)

    async def press(self, data: CallbackData | str, who: int = ADMIN, **how: Any) -> list[dict[str, Any]]:
        """Press a button; returns what is sent to that person."""
        await self.house.press(who, data, **how)
        return await self.house.sent(who)

    async def tap(self, messages: list[dict[str, Any]], word: str, **how: Any) -> list[dict[str, Any]]:
        """Press the button of these messages whose words hold `word`."""
        every = {words: data for message in messages for words, data in buttons(message).items()}
        return await self.press(next(data for words, data in every.items() if word in words), **how)

    async def sure(self, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Press 「确定」 below a question, which is a message of its own."""
        return await self.tap(messages, "确定", message=78)

    async def send_file(self, name: str, content: bytes | None, size: int | None = None) -> str:
        """Send a document; returns the words of the answer."""
        self.files.content = content
        document = {
            "file_id": "f",
            "file_unique_id": "u",
            "file_name": name,
            "file_size": len(content or b"") if size is None else size,
        }
        return said(await self.write(document=document))

    async def deferred(self, row: dict[str, Any]) -> Delivery:
        """What the sender would send for a deferred row."""
        assert row["method"] == "Deferred"
        community = self.house.community_id
        async with self.house.db.transaction(community, read_only=True) as uow:
            context = replace(self.house.frame.context(uow), charts=self.charts)
            return await DEFERRED[row["kind"]](row, context)


def said(messages: list[dict[str, Any]]) -> str:
    """All words of these messages."""
    return "\n".join(str(m.get("text") or m.get("caption") or "") for m in messages)


async def open_office(db: Database, reading: AsyncEngine) -> Office:
    """Workers before leads, as in the program; what nobody takes is noted."""
    house = await build(db, reading)
    missed: list[str] = []
    rest = Router()

    async def on_message(message: Message) -> None:
        missed.append(message.text or "")

    async def on_press(callback: CallbackQuery) -> None:
        missed.append(callback.data or "")

    rest.message.register(on_message)
    rest.callback_query.register(on_press)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_routers(letters.make_router(), admin.make_router(), lead.make_router(), rest)
    files = Files()
    house.worker = Worker(db, house.frame, house.bot, dispatcher, house, files, lambda: None)  # type: ignore[arg-type]
    return Office(house, files, Charts(), missed)


async def waiting(office: Office, count: int = 1) -> list[Any]:
    """Requests of which the reader was not sure."""
    drafts = [Draft("eld_haircut", WORDS, SUMMARY, DETAILS, confident=False) for _ in range(count)]
    filed = await office.house.run(FileRequests, RESIDENT, drafts)
    await office.house.sent()
    return list(filed)


async def done(office: Office) -> Any:
    """A request that an organisation says is done."""
    request = await office.house.file()
    offer = await office.house.offer(request)
    await office.house.run(AcceptOffer, LEAD, offer.id)
    await office.house.run(StartWork, LEAD, request.id)
    await office.house.run(CompleteWork, LEAD, request.id, WorkReport(1.5, 2, "剪好了"))
    await office.house.sent()
    return request


async def status(office: Office, request: Any) -> RequestStatus:
    return (await office.house.request(request.id)).status
