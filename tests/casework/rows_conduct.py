"""Who may run which use case: adverts, insults, one call for help after another."""

from __future__ import annotations

from typing import Any

from casework.conduct import Offence
from casework.use_case import UseCase
from casework.use_cases import conduct as d
from tests.casework.tries import ANYBODY, SYSTEM, WORKER, Try, emergency, filed, nothing
from tests.casework.world import World


async def doubted(world: World) -> Any:
    for _ in range(world.community.policy.conduct.emergencies):
        await emergency(world)
    return (await emergency(world)).id


ROWS: dict[type[UseCase], Try] = {
    d.NoteOffence: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, Offence.ADVERT)),
    d.CallForHelp: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t)),
    d.CallEverybody: Try(WORKER, doubted, lambda c, a, t, w: c(a, t)),
}
