"""A small community for use cases, on a real database: two organisations with leads, residents, a worker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.communities import load_community
from casework.catalogue import Community
from casework.entities import Address, Details, Organisation, Person, Request, WorkReport
from casework.events import AnyEvent
from casework.permissions import Actor, Role, system
from casework.use_case import UseCase
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork
from casework.use_cases.residents import ConfirmSolved
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_T = TypeVar("_T", bound=UseCase)

OWNER, NEIGHBOUR, LEAD, OTHER_LEAD, WORKER = 1001, 1002, 2001, 2002, 3001
DETAILS = Details(Address("丰和家园", "8", "2", "501"), "13812345678", "明天上午", "2026-11-22", "我妈", 81)
HAIRCUT = Draft("eld_haircut", "给我妈剪头，8号楼2单元501，13812345678", "给我妈剪头", DETAILS)


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class World:
    """The community's database and its people."""

    db: Database
    community: Community
    clock: SetClock = field(default_factory=SetClock)
    first: Organisation = field(init=False)
    second: Organisation = field(init=False)
    events: list[AnyEvent] = field(default_factory=list)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[UnitOfWork]:
        """Commits when nothing was raised; keeps the events."""
        async with self.db.transaction(self.community.id) as uow:
            yield uow
            self.events += uow.take_events()
            await uow.commit()

    async def run(self, kind: type[_T], actor: Actor, *args: Any, **kwargs: Any) -> Any:
        """One use case in one transaction."""
        async with self.transaction() as uow:
            return await kind(uow, self.clock, self.community)(actor, *args, **kwargs)  # type: ignore[operator]

    def told(self, kind: type) -> list[Any]:
        """The events of one kind since the last call, all others forgotten."""
        found = [e for e in self.events if type(e) is kind]
        self.events.clear()
        return found

    # Who acts.
    def actor(self, person_id: int | None, *roles: Role, leads: Organisation | None = None) -> Actor:
        ids = frozenset({leads.id}) if leads else frozenset()
        return Actor(person_id, self.community.id, frozenset(roles), ids)

    @property
    def owner(self) -> Actor:
        return self.actor(OWNER, Role.RESIDENT)

    @property
    def neighbour(self) -> Actor:
        return self.actor(NEIGHBOUR, Role.RESIDENT)

    @property
    def lead(self) -> Actor:
        return self.actor(LEAD, Role.RESIDENT, Role.LEAD, leads=self.first)

    @property
    def other_lead(self) -> Actor:
        return self.actor(OTHER_LEAD, Role.RESIDENT, Role.LEAD, leads=self.second)

    @property
    def worker(self) -> Actor:
        return self.actor(WORKER, Role.RESIDENT, Role.ADMIN)

    @property
    def stranger(self) -> Actor:
        return self.actor(9999)

    @property
    def system(self) -> Actor:
        return system(self.community.id)

    # Where a request stands.
    async def filed(self, draft: Draft = HAIRCUT) -> Request:
        request: Request = (await self.run(FileRequests, self.owner, [draft]))[0]
        return request

    async def offer_id(self, request: Request, organisation: Organisation | None = None) -> int:
        async with self.transaction() as uow:
            offers = await uow.offers.of_request(request.id)
        wanted = (organisation or self.first).id
        return next(o.id for o in reversed(offers) if o.organisation_id == wanted)

    async def accepted(self) -> Request:
        request = await self.filed()
        taken: Request = await self.run(AcceptOffer, self.lead, await self.offer_id(request))
        return taken

    async def done(self) -> Request:
        request = await self.accepted()
        done: Request = await self.run(CompleteWork, self.lead, request.id, WorkReport(1, 2, "剪好了"))
        return done

    async def confirmed(self) -> Request:
        request = await self.done()
        confirmed: Request = await self.run(ConfirmSolved, self.owner, request.id)
        return confirmed

    async def now_at(self, request: Request) -> Request:
        """The request as the database has it."""
        async with self.transaction() as uow:
            found = await uow.requests.get(request.id)
        assert found is not None
        return found


async def make_world(db: Database) -> World:
    """Fill an empty database."""
    world = World(db, load_community("fenghe")[0])
    base = {"community_id": world.community.id, "category": "互助类"}
    async with world.transaction() as uow:
        # The first is free of charge, the second is not: the order of asking is certain.
        world.first = await uow.organisations.save(
            Organisation(0, name="巧手理发队", items=frozenset({"eld_haircut"}), **base)  # type: ignore[arg-type]
        )
        world.second = await uow.organisations.save(
            Organisation(0, name="爱心服务队", items=frozenset(), emergency=True, **base)  # type: ignore[arg-type]
        )
        for person_id in (OWNER, NEIGHBOUR, LEAD, OTHER_LEAD, WORKER):
            await uow.people.save(
                Person(
                    person_id,
                    world.community.id,
                    f"人{person_id}",
                    person_id,
                    consented_at=world.clock.now(),
                )
            )
        await uow.organisations.add_lead(world.first.id, LEAD, world.clock.now())
        await uow.organisations.add_lead(world.second.id, OTHER_LEAD, world.clock.now())
    return world
