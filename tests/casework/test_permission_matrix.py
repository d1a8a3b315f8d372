"""Every use case × owner, neighbour, lead, other lead, worker, system, stranger: who gets in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.errors import AlreadyTaken, NotAllowed, NotFound
from casework.permissions import Actor
from casework.statuses import RequestStatus
from casework.use_case import UseCase
from casework.use_cases import leads
from storage.upgrade import whole_metadata
from tests.casework.tries import PEOPLE, Try
from tests.casework.world import World

# Who may do what does not depend on the database; one is enough.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")

#: One `rows_*.py` a room.
MATRIX: dict[type[UseCase], Try] = {}
for room in sorted(Path(__file__).parent.glob("rows_*.py")):
    MATRIX |= import_module(f"tests.casework.{room.stem}").ROWS


async def contents(engine: AsyncEngine) -> list[Any]:
    async with engine.connect() as connection:
        return [
            sorted(map(repr, (await connection.execute(table.select())).all()))
            for table in whole_metadata().sorted_tables
        ]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("case", list(MATRIX), ids=lambda c: c.__name__)
async def test_who_gets_in(
    world: World, second_connection: AsyncEngine, case: type[UseCase], person: str
) -> None:
    attempt = MATRIX[case]
    thing = await attempt.prepare(world)
    actor = getattr(world, person)
    before = await contents(second_connection)

    async def run() -> None:
        async with world.transaction() as uow:
            await attempt.run(case(uow, world.clock, world.community), actor, thing, world)

    if person in attempt.allowed:
        await run()
        return
    with pytest.raises((NotAllowed, NotFound)):
        await run()
    assert await contents(second_connection) == before


@pytest.mark.parametrize("case", list(MATRIX), ids=lambda c: c.__name__)
async def test_nobody_of_another_community_gets_in(world: World, case: type[UseCase]) -> None:
    attempt = MATRIX[case]
    thing = await attempt.prepare(world)
    inside: Actor = getattr(world, sorted(attempt.allowed)[0])
    foreign = Actor(inside.person_id, "honglian", inside.roles, inside.organisation_ids)
    async with world.db.transaction(world.community.id) as uow:
        with pytest.raises((NotAllowed, NotFound)):
            await attempt.run(case(uow, world.clock, world.community), foreign, thing, world)


async def test_the_second_lead_cannot_take_what_the_first_has(world: World) -> None:
    request = await world.accepted()
    with pytest.raises((NotFound, AlreadyTaken)):
        await world.run(leads.AcceptOffer, world.other_lead, await world.offer_id(request))
    assert (await world.now_at(request)).status is RequestStatus.ACCEPTED
