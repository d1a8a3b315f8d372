"""The small community of the lifecycle machine, and one picture of all that its database holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from bot.communities import load_community
from bot.simulation.stage import MovedClock, Stage
from casework.catalogue import Community
from casework.entities import Address, Details, HistoryEntry, Offer, Organisation, Person, Request, Workload
from casework.permissions import Actor, Role
from casework.reports import RequestFilter
from casework.use_cases.filing import Draft
from storage.database import Database
from storage.repositories.offers import _offer
from storage.tables import offers as offers_table
from storage.tables_delivery import outbox
from storage.tables_notes import timers
from storage.unit_of_work import UnitOfWork

#: A Saturday morning in Shanghai.
BEGIN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
RESIDENTS, LEADS, WORKERS = (1001, 1002, 1003), (2001, 2002, 2003, 2004), (3001, 3002)
BASE = load_community("fenghe")[0]
#: The last of them is called in emergencies; each can do little at once.
ORGANISATIONS = (
    Organisation(0, "", "巧手理发队", "互助类", frozenset({"eld_haircut"}), capacity=2),
    Organisation(0, "", "银发服务队", "互助类", frozenset({"eld_haircut", "eld_meal"}), capacity=2),
    Organisation(0, "", "万家维修社", "便民类", frozenset({"hom_plumbing", "hom_electric"}), capacity=3),
    Organisation(0, "", "平安应急队", "互助类", frozenset({"aid_rescue"}), emergency=True),
)
ITEMS = ("eld_haircut", "hom_plumbing", "eld_meal")


def draft(resident: int, nth: int, item: str, *, confident: bool = True) -> Draft:
    """What a resident files; the phone is nobody else's."""
    details = Details(Address("丰和家园", "8", "2", "501"), phone(nth), "明天上午", "2026-11-22", "我妈", 81)
    words = f"第{nth}件事，来自{resident}"
    return Draft(item, words, words, details, confident=confident)


def phone(nth: int) -> str:
    """The phone of the nth request."""
    return f"1381234{nth:04d}"


@dataclass(frozen=True)
class Picture:
    """All of a community that the machine judges, in one still read."""

    requests: dict[int, Request]
    histories: dict[int, list[HistoryEntry]]
    offers: dict[int, list[Offer]]
    timers: tuple[Any, ...]
    messages: tuple[Any, ...]
    loads: dict[int, Workload]
    leads: dict[int, int]

    def open_offers(self, request_id: int) -> list[Offer]:
        """Offers nobody has answered."""
        return [o for o in self.offers.get(request_id, ()) if o.status.value == "open"]


class House:
    """A stage with its people. `second` is another replica of the program on the same database."""

    def __init__(self, db: Database, community: Community) -> None:
        clock = MovedClock(BEGIN)
        self.stage = Stage(db, community, clock, frozenset(WORKERS))
        self.second = Stage(db, community, clock, frozenset(WORKERS))
        self.clock = clock
        self.filed = 0
        #: Who leads which organisation; nobody comes or goes.
        self.leads: dict[int, int] = {}
        self.seen_messages = 0

    @property
    def now(self) -> datetime:
        """The present of this house."""
        return self.clock.now()

    async def look(self) -> Picture:
        """Everything as the database has it."""
        return await self.stage.read(self._picture)  # type: ignore[no-any-return]

    async def _picture(self, uow: UnitOfWork) -> Picture:
        requests = {r.id: r async for page in uow.requests.pages(RequestFilter()) for r in page}
        of_us = self.stage.community.id
        run = uow.timers._connection.execute
        news = select(outbox.c.id, outbox.c.chat_id, outbox.c.payload).where(
            outbox.c.community_id == of_us, outbox.c.id > self.seen_messages
        )
        messages = tuple((await run(news.order_by(outbox.c.id))).all())
        self.seen_messages = messages[-1].id if messages else self.seen_messages
        offers: dict[int, list[Offer]] = {request_id: [] for request_id in requests}
        for row in await run(select(offers_table).where(offers_table.c.community_id == of_us).order_by("id")):
            offers[row.request_id].append(_offer(row))
        return Picture(
            requests,
            await uow.requests.histories(requests),
            offers,
            tuple((await run(select(timers).where(timers.c.community_id == of_us))).all()),
            messages,
            await uow.organisations.workloads(self.leads.values()),
            self.leads,
        )

    def actor(self, person_id: int) -> Actor:
        """Somebody with their roles."""
        roles, leads = {Role.RESIDENT}, frozenset[int]()
        if person_id in self.leads:
            roles, leads = {*roles, Role.LEAD}, frozenset({self.leads[person_id]})
        if person_id in WORKERS:
            roles.add(Role.ADMIN)
        return Actor(person_id, self.stage.community.id, frozenset(roles), leads)

    def outsider(self, picture: Picture, request: Request, n: int) -> Actor:
        """Somebody who has nothing to do with the request: another resident, or a lead never asked."""
        asked = {o.organisation_id for o in picture.offers.get(request.id, ())} | {request.organisation_id}
        who = [Actor(r, request.community_id, frozenset({Role.RESIDENT})) for r in RESIDENTS]
        who = [actor for actor in who if actor.person_id != request.resident_id]
        roles = frozenset({Role.RESIDENT, Role.LEAD})
        who += [
            Actor(lead, request.community_id, roles, frozenset({its}))
            for lead, its in picture.leads.items()
            if its not in asked
        ]
        return who[n % len(who)]


async def make_house(db: Database, name: str) -> House:
    """A community of its own in a database shared with others."""
    house = House(db, replace(BASE, id=name))
    async with db.transaction(name) as uow:
        for lead, one in zip(LEADS, ORGANISATIONS, strict=True):
            its = await uow.organisations.save(replace(one, community_id=name))
            await uow.people.save(Person(lead, name, f"负责人{lead}", lead))
            await uow.organisations.add_lead(its.id, lead, BEGIN)
            house.leads[lead] = its.id
        for person in (*RESIDENTS, *WORKERS):
            await uow.people.save(Person(person, name, f"人{person}", person, consented_at=BEGIN))
        await uow.commit()
    await house.stage.begin()
    return house
