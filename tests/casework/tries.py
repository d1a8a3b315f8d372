"""How each use case is tried: who may run it, and on which prepared world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from casework.entities import Details
from casework.permissions import Actor
from casework.use_case import UseCase
from casework.use_cases import filing, leads, organisations, residents, teaching, workers
from tests.casework.world import World

PEOPLE = ("owner", "neighbour", "lead", "other_lead", "worker", "system", "stranger")
ANYBODY = {"owner", "neighbour", "lead", "other_lead", "worker"}
OWNER, LEAD, WORKER, SYSTEM = {"owner"}, {"lead"}, {"worker"}, {"system"}
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class Try:
    """Who may run a use case, and how it is run on a prepared world."""

    allowed: set[str]
    prepare: Callable[[World], Awaitable[Any]]
    run: Callable[[UseCase, Actor, Any, World], Any]


async def nothing(world: World) -> None:
    return None


async def filed(world: World) -> Any:
    return await world.filed()


async def offered(world: World) -> Any:
    return await world.offer_id(await world.filed())


async def accepted(world: World) -> Any:
    return await world.accepted()


async def noted(world: World) -> Any:
    request = await world.accepted()
    await world.run(leads.AddProgress, world.lead, request.id, "路上", leads.Attachment())
    async with world.transaction() as uow:
        return (await uow.notes.of_request(request.id))[-1].id


async def done(world: World) -> Any:
    return await world.done()


async def confirmed(world: World) -> Any:
    return await world.confirmed()


async def emergency(world: World) -> Any:
    return await world.run(
        filing.FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",)
    )


async def in_triage(world: World) -> Any:
    request = await world.filed()
    return await world.run(workers.PutIntoTriage, world.worker, request.id)


async def cancelled(world: World) -> Any:
    request = await world.filed()
    return await world.run(residents.CancelRequest, world.owner, request.id)


async def unsolved(world: World) -> Any:
    request = await world.done()
    return await world.run(residents.ReportUnsolved, world.owner, request.id, "还是不行")


async def refiled(world: World) -> Any:
    request = await world.filed()
    await world.run(workers.RecategoriseRequest, world.worker, request.id, "hom_plumbing")
    return (await world.run(teaching.NextLesson, world.worker))[0].id


async def taught(world: World) -> Any:
    lesson = await refiled(world)
    await world.run(teaching.DecideLesson, world.worker, lesson, accept=True)
    return lesson


async def invite(world: World) -> Any:
    return (await world.run(organisations.CreateInvite, world.worker, world.first.id))[0]
