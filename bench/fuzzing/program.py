"""The program behind its real webhook route, in a folder of its own, with some people who have a story."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiogram.types import Update
from aiohttp.test_utils import TestServer
from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.fuzzing.made import GROUPS, PEOPLE, make
from bench.fuzzing.mutated import broken, mutate
from bot.app import App, build, furnish
from bot.communities import load_community
from bot.opening import open_database
from bot.raw import STUB
from bot.settings import Settings
from bot.webhook import SECRET_HEADER, make_app
from nlu.reader import Reader
from storage.engine import address, make_engine
from storage.tables_delivery import inbox, outbox

SECRET = "fuzz"
RESIDENT, LEAD, WORKER = 1001, 2001, 3001
#: What everybody says to begin with, so that there are requests, offers, work and buttons.
_STORY = (
    (RESIDENT, "马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家"),
    (RESIDENT, "好"),
    (RESIDENT, "提交"),
    (RESIDENT, "我想找人理发"),
    (RESIDENT, "/my"),
    (1002, "我爸突然倒在地上没有呼吸了"),
    (LEAD, "/tasks"),
    (WORKER, "/desk"),
    (WORKER, "/triage"),
    (WORKER, "/orgs"),
    (WORKER, "/stats 30"),
)
_MOST_BUTTONS = 3000


@dataclass
class Findings:
    """What the run has counted, and everything that should not have been."""

    answers: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    unreadable: int = 0
    handled: int = 0
    waiting: int = 0
    replies: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Program:
    """Whoever fuzzes posts updates, lets them be handled, and looks what became of them."""

    app: App
    http: aiohttp.ClientSession
    url: str
    looking: AsyncEngine
    chance: random.Random
    found: Findings = field(default_factory=Findings)
    recorded: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    async def post(self, body: bytes, secret: str = SECRET) -> int:
        """The messenger's call; returns the status."""
        async with self.http.post(self.url, data=body, headers={SECRET_HEADER: secret}) as response:
            self.found.answers[response.status] += 1
            if response.status // 100 != 2 and response.status not in (400, 403, 413):
                self.found.wrong.append(f"status {response.status} for {body[:200]!r}")
            return response.status

    async def tell(self, update: dict[str, Any]) -> None:
        """An update that is whole."""
        import json

        body = json.dumps(update).encode(errors="surrogatepass")
        if await self.post(body) != 200:
            self.found.wrong.append(f"refused {body[:200]!r}")

    async def handle(self) -> None:
        """Let the worker do all that waits, and look at it."""
        while await self.app.worker.step() or await self.app.worker.prepared():
            pass
        async with self.looking.begin() as connection:
            rows = (await connection.execute(select(inbox.c.status, inbox.c.error, inbox.c.raw))).all()
            said = (await connection.execute(select(outbox.c.payload))).all()
            await connection.execute(delete(inbox))
            await connection.execute(delete(outbox))
        for status, error, raw in rows:
            self._judge(status, error, raw)
        self.found.replies += len(said)
        for (payload,) in said:
            self._learn(payload)

    def _judge(self, status: str, error: str, raw: Any) -> None:
        """Handled without a fault; or a dead letter because the library cannot read it either."""
        if status == "done" and not error:
            self.found.handled += 1
        elif raw.get("message") == STUB:
            self.found.unreadable += 1
        elif status == "dead" and not _is_valid(raw):
            self.found.refused += 1
        elif status == "pending" and not error:
            # Behind one of its chat that is tried again; that one is the finding.
            self.found.waiting += 1
        else:
            self.found.wrong.append(f"{status} {error}: {ascii(raw)[:1500]}")

    def _learn(self, payload: Any) -> None:
        markup = payload.get("reply_markup") if isinstance(payload, dict) else None
        rows = (markup or {}).get("inline_keyboard", [])
        self.buttons += [b["callback_data"] for row in rows for b in row if "callback_data" in b]
        del self.buttons[:-_MOST_BUTTONS]

    async def story(self) -> None:
        """Everybody says something and presses what they see; all of it is recorded."""
        for who, text in _STORY:
            await self._record(said(who, text, next(self.numbers)))
        for who, data in [(w, d) for d in self.buttons[-40:] for w in (RESIDENT, LEAD, WORKER)]:
            await self._record(pressed(who, data, next(self.numbers)))

    async def _record(self, update: dict[str, Any]) -> None:
        self.recorded.append(update)
        await self.tell(update)
        await self.handle()

    async def odd(self, many: int) -> None:
        """So many unexpected ones: made, mutated and broken, in a row."""
        for _ in range(many):
            number, draw = next(self.numbers), self.chance.random()
            if draw < 0.55:
                update = make(self.chance, number, self.buttons)
                self.found.kinds[next(k for k in update if k != "update_id")] += 1
                await self.tell(update)
            elif draw < 0.9:
                self.found.kinds["mutated"] += 1
                await self.tell(mutate(self.chance, self.chance.choice(self.recorded), number, self.buttons))
            else:
                self.found.kinds["broken"] += 1
                body = broken(self.chance, {**self.chance.choice(self.recorded), "update_id": number})
                await self.post(body, self.chance.choice((SECRET, SECRET, SECRET, "wrong")))

    async def still_answers(self) -> None:
        """A plain message in every chat is answered as if nothing had been."""
        await self.handle()
        await self._unmute()
        for chat in (*PEOPLE[:5], *GROUPS):
            before = self.found.replies
            await self.tell(said(chat if chat > 0 else RESIDENT, "/help", next(self.numbers), chat))
            await self.handle()
            if self.found.replies == before:
                self.found.wrong.append(f"chat {chat} is stuck")

    async def _unmute(self) -> None:
        """Workers' buttons are pressed too, and may have muted somebody: that would be no fault."""
        from dataclasses import replace

        async with self.app.db.transaction(self.app.frame.community.id) as uow:
            for who in PEOPLE:
                person = await uow.people.get(who)
                if person is not None and person.muted:
                    await uow.people.save(replace(person, muted=False))
            await uow.commit()


def said(who: int, text: str, number: int, chat: int | None = None) -> dict[str, Any]:
    """A message as the messenger sends it."""
    entities = (
        [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[0] == "/" else []
    )
    head = {"message_id": number, "from": _user(who), "chat": _chat(chat or who), "date": int(time.time())}
    return {"update_id": number, "message": {**head, "text": text, "entities": entities}}


def pressed(who: int, data: str, number: int) -> dict[str, Any]:
    """A pressed button."""
    message = {"message_id": number, "chat": _chat(who), "date": int(time.time()), "text": "card"}
    query = {"id": str(number), "from": _user(who), "message": message, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


def _user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": f"某人{who}", "language_code": "zh-hans"}


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private"} if chat > 0 else {"id": chat, "type": "supergroup", "title": "群"}


def _is_valid(raw: Any) -> bool:
    try:
        Update.model_validate(raw)
    except ValidationError:
        return False
    return True


class _Nobody:
    """Stands where the messenger would hear the answers to buttons: nothing is sent anywhere."""

    def send(self, update: Any, answers: Any, alert: str | None = None) -> None:
        """It is not heard."""

    async def close(self) -> None:
        """Nothing is under way."""


@asynccontextmanager
async def opened(url: str, folder: Path, reader: Reader, seed: int) -> AsyncIterator[Program]:
    """A program of its own on an empty, migrated database."""
    settings = Settings(
        token="4242:fuzz",
        api_base="http://127.0.0.1:9",
        database_url=url,
        data_dir=folder,
        admins=frozenset({WORKER}),
        # Everything is to be read, however fast it comes.
        updates_per_minute=1_000_000,
    )
    community, organisations = load_community("fenghe")
    app = build(settings, community)
    await open_database(app.db)
    await furnish(app, organisations)
    await _with_leads(app)
    app.frame.username = "linying_bot"
    app.frame.seat.seat(reader)
    app.worker._answerer = _Nobody()  # type: ignore[assignment]
    looking = make_engine(address(url), keyring=app.db.keyring)
    hook = make_app("/hook", SECRET, app.receive)
    async with TestServer(hook) as server, aiohttp.ClientSession() as http:
        yield Program(app, http, str(server.make_url("/hook")), looking, random.Random(seed))
    await app.messenger.bot.session.close()
    await looking.dispose()
    await app.db.close()


async def _with_leads(app: App) -> None:
    """The first organisations are led by the two leads, and the first has a group."""
    from dataclasses import replace

    async with app.db.transaction(app.frame.community.id) as uow:
        for n, organisation in enumerate((await uow.organisations.all())[:40]):
            await uow.organisations.add_lead(organisation.id, LEAD + n % 2, app.frame.clock.now())
            if n == 0:
                await uow.organisations.save(replace(organisation, group_chat_id=GROUPS[0]))
        await uow.commit()
