"""Who may run which use case: giving out to several."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from casework.entities import Request
from casework.giving.matching import Ranking
from casework.statuses import TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases import backlog, dispatch, giving, meetings, workers
from casework.use_cases.leads import AcceptOffer
from tests.casework.tries import LEAD, SYSTEM, WORKER, Try, filed
from tests.casework.world import World

G, M, B = giving, meetings, backlog
OTHER_LEAD = {"other_lead"}


async def waiting(world: World) -> Request:
    """Taken back into triage, and fit to be given out again."""
    request = await world.filed()
    await world.run(workers.PutIntoTriage, world.worker, request.id)
    now = await world.now_at(request)
    async with world.transaction() as uow:
        handed = now.with_(triage_reason=TriageReason.HANDED_BACK, version=now.version + 1)
        await uow.requests.save(handed)
    return handed


async def teamed(world: World) -> int:
    """The first organisation leads, the second is asked to help; returns the part."""
    request = await world.filed()
    await world.run(giving.TeamRequest, world.worker, request.id, (world.first.id, world.second.id))
    async with world.transaction() as uow:
        return (await uow.teams.of_request(request.id))[0].id


async def team_at_work(world: World) -> int:
    """Both have said yes."""
    part = await teamed(world)
    async with world.transaction() as uow:
        found = await uow.teams.get(part)
        assert found
        offers = await uow.offers.of_request(found.request_id)
    await world.run(AcceptOffer, world.lead, offers[-1].id)
    await world.run(giving.AnswerPart, world.other_lead, part, accept=True)
    return part


async def meeting(world: World) -> tuple[int, int]:
    """An open meeting with one request."""
    request = await waiting(world)
    opened = await world.run(meetings.OpenMeeting, world.worker, world.clock.now() + timedelta(hours=2))
    return opened.id, request.id


def _closing(world: World) -> Any:
    return world.clock.now() + timedelta(hours=2)


ROWS: dict[type[UseCase], Try] = {
    dispatch.OpenPool: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t, Ranking([], []), Action.OFFER)),
    G.PoolRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    G.TeamRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, (w.first.id, w.second.id))),
    G.AnswerPart: Try(OTHER_LEAD, teamed, lambda c, a, t, w: c(a, t, accept=True)),
    G.FinishPart: Try(OTHER_LEAD, team_at_work, lambda c, a, t, w: c(a, t)),
    G.DropPart: Try({"lead", "worker"}, team_at_work, lambda c, a, t, w: c(a, t)),
    G.ListParts: Try({"lead", "other_lead"}, teamed, lambda c, a, t, w: c(a)),
    G.SeeTeam: Try({"lead", "other_lead", "worker"}, teamed, lambda c, a, t, w: _see(c, a, t)),
    M.ListForMeeting: Try(WORKER, waiting, lambda c, a, t, w: c(a)),
    M.OpenMeeting: Try(WORKER, waiting, lambda c, a, t, w: c(a, _closing(w))),
    M.SeeMeeting: Try(WORKER, meeting, lambda c, a, t, w: c(a)),
    M.SeeLots: Try({"lead", "other_lead"}, meeting, lambda c, a, t, w: c(a, t[0])),
    M.TickLot: Try(LEAD, meeting, lambda c, a, t, w: c(a, *t, w.first.id, on=True)),
    M.CloseMeeting: Try(WORKER, meeting, lambda c, a, t, w: c(a, t[0], draw=True)),
    M.SettleMeeting: Try(SYSTEM, meeting, lambda c, a, t, w: c(a, t[0])),
    B.PlanBacklog: Try(WORKER, waiting, lambda c, a, t, w: c(a)),
    B.AssignBacklog: Try(WORKER, waiting, lambda c, a, t, w: _assign(c, a)),
}


async def _see(case: Any, actor: Any, part_id: int) -> Any:
    part = await case.uow.teams.get(part_id)
    return await case(actor, part.request_id)


async def _assign(case: Any, actor: Any) -> Any:
    worker = case.other(backlog.PlanBacklog)
    shown = backlog.serial(await worker(actor)) if actor.is_admin() else ""
    return await case(actor, shown)
