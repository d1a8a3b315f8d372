"""A resident's life in a community, every number that reports show of it, and all rows of the database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from casework.books.figures import Axis
from casework.books.ledgers import Book, LedgerFilter
from casework.entities import Request, WorkReport
from casework.keeping.personal import Erasure
from casework.lessons import Reading
from casework.reports import RequestFilter
from casework.use_cases.filing import FileRequests, RaiseVoice, RememberDetails
from casework.use_cases.following import FollowRequest
from casework.use_cases.leads import AcceptOffer, AddProgress, Attachment, CompleteWork
from casework.use_cases.privacy import AskErasure, EraseOn, ErasePerson
from casework.use_cases.residents import (
    AddResidentNote,
    CancelRequest,
    ConfirmSolved,
    RateRequest,
    ReportUnsolved,
)
from casework.use_cases.workers import DecideReopen
from storage.unit_of_work import UnitOfWork
from storage.upgrade import whole_metadata
from tests.casework.rows_sameness import SAME_LAMP
from tests.casework.world import DETAILS, HAIRCUT, OWNER, World

SECRET_WORDS = ("13812345678", "人1001", "剪头", "门铃坏了", "态度很差", "我会理发", "剪得真好", "photo-1001")
EVERYTHING = RequestFilter()
#: Tables whose rows nobody counts.
UNCOUNTED = {"people", "lessons", "trackers", "held", "readings", "schedules", "audit", "audit_heads"}
UNCOUNTED |= {"erasures", "sweeps", "timers"}


async def reports(world: World) -> dict[str, Any]:
    """Every number that ledgers, statistics, rates and records show."""
    async with world.db.transaction(world.community.id, read_only=True) as uow:
        now, figures = world.clock.now(), uow.figures
        shown: dict[str, Any] = {
            "tally": await figures.tally(EVERYTHING, now),
            "cross": await figures.cross(EVERYTHING),
            "effort": await figures.effort(EVERYTHING),
            "rates": await uow.rates.of(EVERYTHING, now),
            "by organisation": await uow.rates.by_organisation(EVERYTHING, now),
            "needs": await uow.ledgers.count_needs(EVERYTHING),
            "calls": await uow.calls.counts(now),
            "records": await uow.organisations.workloads([world.first.id, world.second.id]),
            "services": await uow.evaluations.services(world.clock.at.replace(year=2025)),
            "residents": await _residents(uow),
        }
        shown |= {axis.value: await figures.by(axis, EVERYTHING, now) for axis in Axis}
        for book in (Book.PROBLEMS, Book.RECTIFICATIONS):
            shown[book.value] = await uow.ledgers.count(book, LedgerFilter())
        return shown


async def _residents(uow: UnitOfWork) -> tuple[int, int]:
    """How many requests of how many people."""
    every = [r.resident_id async for page in uow.requests.pages(EVERYTHING) for r in page]
    return len(every), len(set(every))


async def contents(engine: AsyncEngine) -> dict[str, list[Any]]:
    """All rows of all tables, opened."""
    async with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(table.select())]
            for table in whole_metadata().sorted_tables
        }


async def a_life(world: World) -> Request:
    """The owner files, adds, is asked, rates, complains, follows, helps, cancels; all of it is over."""
    owner, lead = world.owner, world.lead
    await world.run(RememberDetails, owner, DETAILS)
    read = replace(HAIRCUT, reading=Reading("给我妈剪头", "eld_bathing"), told={"part": "剪头"})
    request = await world.filed(read)
    await world.run(AcceptOffer, lead, await world.offer_id(request))
    photo = Attachment("photo-1001", "photo")
    await world.run(AddResidentNote, owner, request.id, "门铃坏了，打电话", photo)
    await world.run(AddProgress, lead, request.id, "人1001家门铃坏了", Attachment())
    await world.run(CompleteWork, lead, request.id, WorkReport(1, 2, "剪头剪好了", "photo-1001"))
    await world.run(ReportUnsolved, owner, request.id, "态度很差")
    await world.run(DecideReopen, world.worker, request.id, approve=False, reason="13812345678 说好了")
    await world.run(ConfirmSolved, owner, request.id)
    await world.run(RateRequest, owner, request.id, 5, ("polite",), "剪得真好")
    cancelled = await world.filed()
    await world.run(CancelRequest, owner, cancelled.id, "自己剪头了")
    theirs = (await world.run(FileRequests, world.neighbour, [SAME_LAMP]))[0]
    await world.run(FollowRequest, owner, theirs.id, "灯，人1001也看不见", "人1001看不见", DETAILS, (photo,))
    await world.run(RaiseVoice, owner, "volunteer", "我会理发", "13812345678")
    await world.run(RaiseVoice, owner, "complaint", "理发的态度很差")
    return request


async def forgotten(world: World) -> int:
    """Asked, waited, done to the end; the erasure's id."""
    erasure = await world.run(AskErasure, world.owner)
    assert isinstance(erasure, Erasure)
    world.clock.forward(hours=25)
    await world.run(ErasePerson, world.system, OWNER, works=False)
    while await world.run(EraseOn, world.system, erasure.id):
        pass
    return erasure.id
