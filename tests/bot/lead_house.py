"""A small community on a real database for the tests of leads and announcements."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answers import HoldAnswers
from bot.clock import SystemClock
from bot.communities import load_community
from bot.frame import Frame
from bot.identity import actor_of
from bot.telling import tell
from bot.worker import Worker
from casework.catalogue import Community
from casework.entities import Address, Details, Offer, Organisation, Person, Request
from casework.permissions import system
from casework.policy import QuietHours
from casework.statuses import OfferStatus
from casework.use_case import UseCase
from casework.use_cases.filing import Draft, FileEmergency, FileRequests
from casework.use_cases.leads import AcceptOffer
from handlers import lead
from handlers.kit.fsm import MemoryStorage
from handlers.kit.texts import default_texts
from storage.database import Database
from storage.tables_delivery import outbox

RESIDENT, LEAD, COLLEAGUE, OTHER_LEAD, ADMIN, STRANGER = 101, 201, 202, 301, 901, 999
GROUP = -1001
PHONE, ROOM = "13812345678", "501"
DETAILS = Details(Address("阳光花园", "8", "2", ROOM), PHONE, "明天下午", "", "妈妈", 80)
WORDS = f"我妈头发长了，8号楼2单元{ROOM}，电话{PHONE}"
SUMMARY = "我妈头发长了，想请人上门剪"
ITEM = "eld_haircut"


@dataclass
class House:
    """Runs use cases as somebody, feeds updates through the real worker, reads what would be sent."""

    db: Database
    frame: Frame
    worker: Worker
    bot: Bot
    reading: AsyncEngine
    answers: list[dict[str, Any]] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    _updates: Any = field(default_factory=lambda: itertools.count(1))
    _read: set[int] = field(default_factory=set)

    @property
    def community_id(self) -> str:
        return self.frame.community.id

    def send(self, update: Any, answers: dict[str, dict[str, Any]], alert: str | None = None) -> None:
        """Stands where the messenger would hear the answers to buttons."""
        if update.callback_query:
            self.answers.append({"text": alert} if alert else next(iter(answers.values()), {}))

    async def run(self, kind: type[UseCase], who: int | None, *args: Any, **kwargs: Any) -> Any:
        """A use case by a person (None: the timers), announced and committed."""
        async with self.db.transaction(self.community_id) as uow:
            acting: frozenset[int] = frozenset() if who is None else frozenset({who})
            context = replace(self.frame.context(uow), acting=acting)
            actor = system(self.community_id) if who is None else await actor_of(context, who)
            result = await context.cases(kind)(actor, *args, **kwargs)
            await tell(context)
            await uow.commit()
        return result

    async def file(self, *items: str) -> Request:
        """The first of one or several requests of the resident."""
        drafts = [Draft(i, WORDS, SUMMARY, DETAILS) for i in items or (ITEM,)]
        filed: list[Request] = await self.run(FileRequests, RESIDENT, drafts)
        return filed[0]

    async def accepted(self) -> Request:
        """A request that the first organisation has taken; what was said until then is read."""
        request = await self.file()
        await self.run(AcceptOffer, LEAD, (await self.offer(request)).id)
        await self.sent()
        return await self.request(request.id)

    async def emergency(self) -> Request:
        """Somebody has fallen."""
        found: Request = await self.run(
            FileEmergency, RESIDENT, "aid_rescue", WORDS, "老人摔倒了", DETAILS, ("120",)
        )
        return found

    async def offer(self, request: Request, status: OfferStatus = OfferStatus.OPEN) -> Offer:
        async with self.db.transaction(self.community_id, read_only=True) as uow:
            return next(o for o in await uow.offers.of_request(request.id) if o.status is status)

    async def request(self, request_id: int) -> Request:
        async with self.db.transaction(self.community_id, read_only=True) as uow:
            found = await uow.requests.get(request_id)
        assert found
        return found

    async def press(
        self,
        who: int,
        data: CallbackData | str,
        chat: int | None = None,
        old: bool = False,
        *,
        message: int = 77,
        ago: float = 0,
    ) -> dict[str, Any]:
        """Press a button of the message, so many seconds after it came; returns what was answered."""
        packed = data if isinstance(data, str) else data.pack()
        date = 0 if old else round(self.frame.clock.now().timestamp() - ago)
        card: dict[str, Any] = {"message_id": message, "chat": _chat(chat or who), "date": date}
        if not old:
            card["text"] = "card"
        query = {"id": str(next(self._updates)), "from": _user(who), "chat_instance": "x", "data": packed}
        await self._feed({"callback_query": {**query, "message": card}})
        return self.answers[-1]

    async def write(self, who: int, text: str = "", chat: int | None = None, **fields: Any) -> None:
        """Send a message; `fields` are the Bot API's."""
        entities = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[:1] == "/" else []
        )
        said = {"text": text, "entities": entities} if text else {}
        head = {"message_id": 5, "chat": _chat(chat or who), "from": _user(who), "date": _now()}
        await self._feed({"message": {**head, **said, **fields}})

    async def _feed(self, update: dict[str, Any]) -> None:
        await self.db.receive([{"update_id": next(self._updates), **update}], self.community_id)
        while await self.worker.step() or await self.worker.prepared():
            pass

    async def sent(self, *chats: int) -> list[dict[str, Any]]:
        """New outbox rows (to these chats) as payloads with `method`; each is handed out once."""
        async with self.reading.connect() as connection:
            rows = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
        new = [
            r
            for r in rows
            if r.id not in self._read and (not chats or r.chat_id in chats) and r.method != "SetMyCommands"
        ]
        self._read |= {r.id for r in new}
        return [{"method": r.method, **r.payload} for r in new]

    async def words(self, *chats: int) -> str:
        """Everything new to these chats as one text."""
        return "\n".join(str(m.get("text") or m.get("caption") or m) for m in await self.sent(*chats))


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """Words → callback data."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {b["text"]: b["callback_data"] for row in rows for b in row}


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def _user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": f"名字<{who}>&"}


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private"} if chat > 0 else {"id": chat, "type": "supergroup", "title": "群"}


class EveryDay:
    """A calendar without Sundays."""

    def is_working_day(self, day: date) -> bool:
        return True


def by_day(community: Community) -> Community:
    """The same without quiet hours and weekends: what a test sees must not depend on when it runs."""
    policy = replace(community.policy, quiet=QuietHours(time(0), time(0)))
    return replace(community, policy=policy, calendar=EveryDay())


@cache
def _community() -> Community:
    return by_day(load_community("fenghe")[0])


async def build(db: Database, reading: AsyncEngine) -> House:
    """Two haircutters (the first with two leads and a group), one rescue team, a resident, a worker."""
    community = _community()
    clock = SystemClock()
    frame = Frame(community, clock, default_texts(), frozenset({ADMIN}), username="linying_bot")
    frame.seat.ready.set()
    session = AiohttpSession()
    session.middleware(HoldAnswers())
    bot = Bot("4242:test", session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(lead.make_router())
    house = House(db, frame, None, bot, reading)  # type: ignore[arg-type]
    house.worker = Worker(db, frame, bot, dispatcher, house, _NoFiles(), lambda: None)  # type: ignore[arg-type]
    async with db.transaction(community.id) as uow:
        for who in (RESIDENT, LEAD, COLLEAGUE, OTHER_LEAD, ADMIN, STRANGER):
            await uow.people.save(Person(who, community.id, f"名字<{who}>&", who, consented_at=clock.now()))
        for n, (name, items, leads, phone) in enumerate(_ORGANISATIONS):
            organisation = await uow.organisations.save(
                Organisation(
                    0,
                    community.id,
                    name,
                    community.category_of(ITEM),
                    frozenset(items),
                    capacity=10 if n == 0 else 9,
                    phone=phone,
                    emergency=n == 2,
                    group_chat_id=GROUP if n == 0 else None,
                )
            )
            for person in leads:
                await uow.organisations.add_lead(organisation.id, person, clock.now())
            house.organisations.append(organisation)
        await uow.commit()
    return house


class _NoFiles:
    def missing(self, item_id: int, update: Any) -> bool:
        return False

    def of(self, item_id: int) -> None:
        return None

    def drop(self, item_id: int) -> None:
        return None


_ORGANISATIONS: tuple[tuple[str, tuple[str, ...], tuple[int, ...], str], ...] = (
    ("巧手<b>理发&队", (ITEM, "hom_plumbing"), (LEAD, COLLEAGUE), "0431-111"),
    ("银发理发站", (ITEM,), (OTHER_LEAD,), "0431-222"),
    ("应急队", ("aid_rescue",), (OTHER_LEAD,), "0431-333"),
)
