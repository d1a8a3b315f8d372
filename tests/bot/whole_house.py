"""Everybody's routers in the real dispatcher and worker, for tests of who may do what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, cast

from aiogram import Dispatcher
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import Column, Select, Table, Text, func, literal, select, union_all
from sqlalchemy import cast as cast_sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dispatch import make_dispatcher
from bot.worker import Worker
from casework.catalogue import Community
from casework.entities import Address, Details, Offer, Person, Request, WorkReport
from casework.policy import Conduct
from casework.use_cases.experts import InviteExpert, JoinAsExpert
from casework.use_cases.filing import Draft, FileEmergency, FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork, StartWork
from casework.use_cases.residents import CancelRequest, ConfirmSolved, ReportUnsolved
from casework.use_cases.workers import DeclineRequest
from nlu.reader import Reader
from storage.database import Database
from storage.tables import people
from storage.upgrade import whole_metadata
from tests.bot.admin_house import Files
from tests.bot.lead_house import ADMIN, GROUP, ITEM, LEAD, OTHER_LEAD, RESIDENT, build, buttons
from tests.bot.lead_house import House as SmallHouse

NEIGHBOUR, EXPERT, SILENCED, NOBODY, MEMBER = 102, 103, 104, 5555, 6666
#: Who → (user id, chat id). The stranger and the group's member never wrote to the bot. Experts and whoever
#: is muted come with `crowd`; the others stand also in the group of the first organisation.
PEOPLE: dict[str, tuple[int, int]] = {
    "owner": (RESIDENT, RESIDENT),
    "neighbour": (NEIGHBOUR, NEIGHBOUR),
    "lead": (LEAD, LEAD),
    "other_lead": (OTHER_LEAD, OTHER_LEAD),
    "admin": (ADMIN, ADMIN),
    "stranger": (NOBODY, NOBODY),
    "member": (MEMBER, GROUP),
    "expert": (EXPERT, EXPERT),
    "muted": (SILENCED, SILENCED),
    "owner in group": (RESIDENT, GROUP),
    "lead in group": (LEAD, GROUP),
    "other_lead in group": (OTHER_LEAD, GROUP),
    "expert in group": (EXPERT, GROUP),
    "admin in group": (ADMIN, GROUP),
}
DETAILS = Details(Address("阳光花园", "11", "4", "1907"), "13911112222", "明天下午", "", "爸爸", 80)
SUMMARY = "我爸头发胡子都长了，想请人上门剪"
WORDS = f"{SUMMARY}，11号楼4单元1907，电话{DETAILS.phone}"
#: What only the owner, whoever helps, and workers may read of the owner.
SECRETS = (DETAILS.phone, "1907", SUMMARY, f"名字<{RESIDENT}>", f"名字&lt;{RESIDENT}&gt;")
#: What a lead who was asked may not read before they have taken it.
DOOR = (DETAILS.phone, "1907", f"名字&lt;{RESIDENT}&gt;")
#: Looking is written into the audit, whether it changes anything or not.
_DELIVERY = {"inbox", "outbox", "files", "trackers", "audit", "audit_heads", "showings"}


@dataclass
class Said:
    """What one act brought: rows to all chats, and the answer over the button."""

    chat: int
    rows: list[dict[str, Any]]
    alert: str

    @property
    def here(self) -> str:
        """All words that came back to who acted, with the words on buttons."""
        own = [row for row in self.rows if row["chat_id"] == self.chat]
        return "\n".join([self.alert, *(words_of(row) for row in own)])

    @property
    def answered(self) -> bool:
        return bool(self.here.strip())


@dataclass
class Town:
    """A house with all routers, and what the rows of the tests start from."""

    house: SmallHouse
    files: Files
    request: Request | None = None
    offer: Offer | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    async def act(self, who: str, given: str | CallbackData, *, old: bool = False) -> Said:
        """`/…` and plain words are written, everything else is pressed."""
        if isinstance(given, str):
            return await self.write(who, given)
        return await self.press(who, given.pack(), old=old)

    async def write(self, who: str, text: str = "", **fields: Any) -> Said:
        person, chat = PEOPLE[who]
        await self.house.sent()
        await self.house.write(person, text, chat, **fields)
        return Said(chat, await self.house.sent(), "")

    async def press(self, who: str, data: str, *, old: bool = False, **how: Any) -> Said:
        person, chat = PEOPLE[who]
        await self.house.sent()
        self.house.answers[:] = [{}]
        answer = await self.house.press(person, data, chat, old, **how)
        return Said(chat, await self.house.sent(), str(answer.get("text") or ""))

    async def kept(self, but: int = 0) -> dict[str, list[str]]:
        """Everything that is remembered of people, requests and organisations, as text.

        The row of the person `but` is left out: speaking to the bot writes a name and a chat.
        """
        found: dict[str, list[str]] = {name: [] for name in _remembered()}
        async with self.house.reading.connect() as connection:
            for table, words in await connection.exec_driver_sql(
                _everything(self.house.reading.dialect.name)
            ):
                found[table].append(words)
            # These are written anew whenever they speak; what is sealed then reads the same only unsealed.
            for row in await connection.execute(select(*_seen_aside(people))):
                if row.id != but:
                    found["people"].append(repr(row))
        return {name: sorted(rows) for name, rows in found.items()}

    async def dead(self) -> list[str]:
        """Why updates could not be handled, also those that would be tried again."""
        async with self.house.reading.connect() as connection:
            table = whole_metadata().tables["inbox"]
            rows = (await connection.execute(table.select().where(table.c.status != "done"))).all()
        return [f"{row.status}: {row.error}" for row in rows]

    async def forget_updates(self) -> None:
        """Nothing waits to be tried again."""
        async with self.house.reading.begin() as connection:
            await connection.execute(whole_metadata().tables["inbox"].delete())

    # What the rows start from.

    async def filed(self) -> None:
        (self.request,) = await self.house.run(FileRequests, RESIDENT, [Draft(ITEM, WORDS, SUMMARY, DETAILS)])
        assert self.request
        self.offer = await self.house.offer(self.request)

    async def accepted(self) -> None:
        await self.filed()
        assert self.request
        assert self.offer
        await self.house.run(AcceptOffer, LEAD, self.offer.id)

    async def done(self) -> None:
        await self.accepted()
        assert self.request
        await self.house.run(StartWork, LEAD, self.request.id)
        await self.house.run(CompleteWork, LEAD, self.request.id, WorkReport(1.0, 1, "剪好了"))

    async def confirmed(self) -> None:
        await self.done()
        assert self.request
        await self.house.run(ConfirmSolved, RESIDENT, self.request.id)

    async def unsolved(self) -> None:
        await self.done()
        assert self.request
        await self.house.run(ReportUnsolved, RESIDENT, self.request.id, "还是长")

    async def cancelled(self) -> None:
        await self.filed()
        assert self.request
        await self.house.run(CancelRequest, RESIDENT, self.request.id)

    async def declined(self) -> None:
        await self.in_triage()
        assert self.request
        await self.house.run(DeclineRequest, ADMIN, self.request.id, "归街道办")

    async def in_triage(self) -> None:
        draft = Draft(ITEM, WORDS, SUMMARY, DETAILS, confident=False)
        (self.request,) = await self.house.run(FileRequests, RESIDENT, [draft])

    async def emergency(self) -> None:
        facts = "aid_rescue", WORDS, "老人摔倒了", DETAILS, ("120",)
        self.request = await self.house.run(FileEmergency, RESIDENT, *facts)
        assert self.request
        self.offer = await self.house.offer(self.request)


@cache
def _dispatcher() -> Dispatcher:
    """It keeps nothing between updates: one serves all tests."""
    return make_dispatcher()


def _remembered() -> dict[str, Table]:
    return {name: table for name, table in whole_metadata().tables.items() if name not in _DELIVERY}


@cache
def _everything(engine: str) -> str:
    """One query over all but the people: table, and the row as text."""
    dialect = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}[engine]()
    query = union_all(*(_as_text(table) for table in _remembered().values() if table is not people))
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _seen_aside(table: Table) -> list[Column[Any]]:
    """When somebody was last heard changes with every word and press."""
    return [column for column in table.columns if column.name != "seen_at"]


def _as_text(table: Table) -> Select[Any]:
    columns = [
        func.coalesce(cast_sql(c, Text), literal("∅", Text)) + literal("|", Text) for c in _seen_aside(table)
    ]
    whole = columns[0]
    for column in columns[1:]:
        whole = whole + column
    return select(literal(table.name, Text), whole)


async def crowd(town: Town) -> None:
    """An expert and somebody who is muted come along; one may call for help as often as a row needs it."""
    house, at = town.house, town.house.frame.clock.now()
    policy = house.frame.community.policy
    conduct = replace(policy.conduct, emergencies=0)
    house.frame.community = replace(house.frame.community, policy=replace(policy, conduct=conduct))
    async with house.db.transaction(house.community_id) as uow:
        for who, muted in ((EXPERT, False), (SILENCED, True)):
            name = f"名字<{who}>&"
            await uow.people.save(Person(who, house.community_id, name, who, consented_at=at, muted=muted))
        await uow.commit()
    token, _ = await house.run(InviteExpert, ADMIN, "周老师")
    await house.run(JoinAsExpert, EXPERT, token)


def with_conduct(community: Community, conduct: Conduct) -> Community:
    """The same with other limits of what is too much."""
    return replace(community, policy=replace(community.policy, conduct=conduct))


async def open_town(db: Database, reading: AsyncEngine, reader: Reader) -> Town:
    """The small house with the program's own dispatcher, a reader, and a neighbour with a request."""
    house = await build(db, reading)
    house.frame.seat.seat(reader)
    # Rows begin with one emergency after another, and each has to call everybody.
    house.frame.community = with_conduct(house.frame.community, Conduct(emergencies=0))
    files = Files()
    hears, fetches = cast("Any", house), cast("Any", files)
    house.worker = Worker(db, house.frame, house.bot, _dispatcher(), hears, fetches, lambda: None)
    details = Details(Address("阳光花园", "3", "1", "202"), "13600006666", "后天")
    async with db.transaction(house.community_id) as uow:
        at = house.frame.clock.now()
        neighbour = Person(NEIGHBOUR, house.community_id, "邻居", NEIGHBOUR, consented_at=at)
        await uow.people.save(neighbour)
        owner = await uow.people.get(RESIDENT)
        assert owner
        await uow.people.save(replace(owner, saved=DETAILS))
        # Nobody else cuts hair: the first organisation is asked each time.
        await uow.organisations.save(replace(house.organisations[1], items=frozenset({"cul_choir"})))
        await uow.commit()
    await house.run(FileRequests, NEIGHBOUR, [Draft("saf_patrol", "楼道灯坏", "楼道灯坏", details)])
    await house.sent()
    return Town(house, files)


def words_of(row: dict[str, Any]) -> str:
    """What is to be read in a row, its buttons included."""
    said = [row.get(key) for key in ("text", "caption", "phone_number", "first_name")]
    return "\n".join([*(str(s) for s in said if s), *buttons(row)])
