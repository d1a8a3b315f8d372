"""A resident's private chat with the real reader, dialogue, worker and database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiogram import Dispatcher
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.worker import Worker
from casework.entities import Request
from handlers import lead, resident, start
from handlers.kit.fsm import MemoryStorage
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import House, _NoFiles, build, buttons

WHO = 501


@dataclass
class Chat:
    """One resident's chat: `says` and `taps` return what the bot answered."""

    house: House
    who: int = WHO
    keyboard: dict[str, str] | None = None

    async def says(self, text: str = "", **fields: Any) -> str:
        """Send a message; returns all new answers as one text and remembers the last buttons."""
        await self.house.write(self.who, text, **fields)
        return await self._answers()

    async def edits(self, text: str) -> str:
        """Edit a message that was sent before."""
        message = {"message_id": 5, "chat": {"id": self.who, "type": "private"}, "date": 1, "edit_date": 2}
        user = {"id": self.who, "is_bot": False, "first_name": "居民"}
        await self.house._feed({"edited_message": {**message, "from": user, "text": text}})
        return await self._answers()

    async def taps(self, word: str) -> str:
        """Press the button whose words contain `word`, as shown last."""
        data = next(d for w, d in (self.keyboard or {}).items() if word in w)
        return await self.presses(data)

    async def presses(self, data: Any) -> str:
        """Press any button, also one nobody showed."""
        await self.house.press(self.who, data)
        return await self._answers()

    async def _answers(self) -> str:
        said = []
        for message in await self.house.sent(self.who):
            if message["method"] in ("SendMessage", "EditMessageText", "SendContact"):
                said.append(str(message.get("text") or message.get("phone_number")))
            if buttons(message):
                self.keyboard = buttons(message)
        return "\n".join(said)

    @property
    def alert(self) -> str:
        """What the last pressed button was answered."""
        return str(self.house.answers[-1].get("text") or "")

    async def requests(self) -> list[Request]:
        """What is filed, oldest first."""
        async with self.house.db.transaction(self.house.community_id, read_only=True) as uow:
            return list(reversed(await uow.requests.of_resident(self.who)))

    async def filed(self) -> list[str]:
        """The items filed, oldest first."""
        return [r.item for r in await self.requests()]

    async def notes(self, request: Request) -> list[Any]:
        """What was added to a request."""
        async with self.house.db.transaction(self.house.community_id, read_only=True) as uow:
            return list(await uow.notes.of_request(request.id))

    async def memory(self) -> dict[str, Any]:
        """The chat's document as it is stored."""
        async with self.house.db.transaction(self.house.community_id, read_only=True) as uow:
            return dict(await uow.trackers.load(self.who) or {})


async def move_in(db: Database, reading: AsyncEngine, reader: Reader) -> Chat:
    """A house with the residents' routers in front of the same worker."""
    house = await build(db, reading)
    house.frame.seat.seat(reader)
    start_anew(house)
    return Chat(house)


def start_anew(house: House) -> None:
    """Fresh dispatcher and worker, as after a restart."""
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_routers(start.make_router(), lead.make_router(), resident.make_router())
    house.worker = Worker(
        house.db,
        house.frame,
        house.bot,
        dispatcher,
        house,
        _NoFiles(),
        lambda: None,  # type: ignore[arg-type]
    )
