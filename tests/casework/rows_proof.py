"""Who may run which use case: what the proof of the lifecycle added."""

from __future__ import annotations

from typing import Any

from casework.use_case import UseCase
from casework.use_cases import awaiting, leads
from tests.casework.tries import SYSTEM, Try
from tests.casework.world import World


async def asked(world: World) -> Any:
    request = await world.accepted()
    return await world.run(leads.AskResident, world.lead, request.id, "几点方便？")


ROWS: dict[type[UseCase], Try] = {
    awaiting.AwaitAnswer: Try(SYSTEM, asked, lambda c, a, t, w: c(a, t.id, 1)),
}
