"""Who may run which use case: what is kept of people, and how it is forgotten."""

from __future__ import annotations

from casework.use_case import UseCase
from casework.use_cases import privacy, retention
from tests.casework.tries import ANYBODY, SYSTEM, Try, nothing
from tests.casework.world import NEIGHBOUR, World

P, R = privacy, retention


async def asked(world: World) -> int:
    """The neighbour wants to be forgotten, and is."""
    async with world.transaction() as uow:
        erasure = await uow.erasures.ask(NEIGHBOUR, world.clock.now(), world.clock.now())
        await uow.personal.forget(erasure, world.clock.now(), works=False)
    return erasure.id


async def everybody_asked(world: World) -> None:
    for actor in (world.owner, world.neighbour, world.lead, world.other_lead, world.worker):
        await world.run(P.AskErasure, actor)


ROWS: dict[type[UseCase], Try] = {
    P.SeePrivacy: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    P.WithdrawConsent: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    P.ExportOwnData: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    P.AskOwnData: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    P.LookAtErasure: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    P.AskErasure: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    P.UndoErasure: Try(ANYBODY, everybody_asked, lambda c, a, t, w: c(a)),
    P.AskConsent: Try(SYSTEM, nothing, lambda c, a, t, w: c(a, NEIGHBOUR)),
    P.ErasePerson: Try(SYSTEM, everybody_asked, lambda c, a, t, w: c(a, NEIGHBOUR, works=False)),
    P.EraseOn: Try(SYSTEM, asked, lambda c, a, t, w: c(a, t)),
    R.BeginRetention: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
    R.RetainOn: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
}
