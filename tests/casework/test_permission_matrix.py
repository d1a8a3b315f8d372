"""Every use case × owner, neighbour, lead, other lead, worker, system, stranger: who gets in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Details, WorkReport
from casework.errors import AlreadyTaken, NotAllowed, NotFound
from casework.permissions import Actor
from casework.reports import RequestFilter
from casework.statuses import RequestStatus, TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases import (
    corrections,
    dispatch,
    explaining,
    filing,
    leads,
    organisations,
    reading,
    residents,
    teaching,
    workers,
)
from storage.upgrade import whole_metadata
from tests.casework.world import HAIRCUT, NEIGHBOUR, OTHER_LEAD, World

PEOPLE = ("owner", "neighbour", "lead", "other_lead", "worker", "system", "stranger")
ANYBODY = {"owner", "neighbour", "lead", "other_lead", "worker"}
OWNER, LEAD, WORKER, SYSTEM = {"owner"}, {"lead"}, {"worker"}, {"system"}
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


# Who may do what does not depend on the database; one is enough.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")


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
    await world.run(L.AddProgress, world.lead, request.id, "路上", L.Attachment())
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


C, D, F, L, G, R, S, W = corrections, dispatch, filing, leads, organisations, residents, reading, workers
T = teaching
MATRIX: dict[type[UseCase], Try] = {
    # filing
    F.FileRequests: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, [HAIRCUT])),
    F.FileEmergency: Try(
        ANYBODY, nothing, lambda c, a, t, w: c(a, "aid_rescue", "着火", "着火", Details(), ("119",))
    ),
    F.GiveConsent: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    F.RememberDetails: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, HAIRCUT.details)),
    F.AskForHuman: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, "转人工")),
    F.RaiseVoice: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, "volunteer", "我愿意理发")),
    # a resident's own request
    R.CancelRequest: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id)),
    R.RestoreRequest: Try(OWNER, cancelled, lambda c, a, t, w: c(a, t.id)),
    R.ConfirmSolved: Try(OWNER, done, lambda c, a, t, w: c(a, t.id)),
    R.ReportUnsolved: Try(OWNER, done, lambda c, a, t, w: c(a, t.id, "没好")),
    R.RateRequest: Try(OWNER, confirmed, lambda c, a, t, w: c(a, t.id, 4)),
    R.UrgeRequest: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id)),
    R.AddResidentNote: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id, "门口有狗", L.Attachment())),
    R.ChangeRequest: Try(OWNER, filed, lambda c, a, t, w: c(a, t.id, Details(phone="13900001111"))),
    R.CorrectWords: Try(
        OWNER, filed, lambda c, a, t, w: c(a, t.id, (t.description, ""), ("新的话", ""), Details())
    ),
    C.CorrectNote: Try(LEAD, noted, lambda c, a, t, w: c(a, t, "改了")),
    S.ListMyRequests: Try(ANYBODY, filed, lambda c, a, t, w: c(a)),
    S.SeeRequest: Try({"owner", "lead", "worker"}, filed, lambda c, a, t, w: c(a, t.id)),
    S.ListProviders: Try(ANYBODY, nothing, lambda c, a, t, w: c(a, "eld_haircut")),
    # a lead's work
    G.JoinOrganisation: Try(ANYBODY, invite, lambda c, a, t, w: c(a, t)),
    L.AcceptOffer: Try(LEAD, offered, lambda c, a, t, w: c(a, t)),
    L.DeclineOffer: Try(LEAD, offered, lambda c, a, t, w: c(a, t, "没人")),
    L.StartWork: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id)),
    L.AskResident: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "几点？")),
    L.AddProgress: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "路上", L.Attachment())),
    L.CompleteWork: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, WorkReport(1, 1))),
    L.HandBack: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "病了")),
    L.TakeEmergency: Try({"other_lead", "worker"}, emergency, lambda c, a, t, w: c(a, t.id)),
    S.ListTasks: Try({"lead", "other_lead"}, accepted, lambda c, a, t, w: c(a)),
    # a worker's desk
    W.AssignRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, w.second.id)),
    W.SuggestOrganisations: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    explaining.ExplainReading: Try({"lead", "worker"}, accepted, lambda c, a, t, w: c(a, t.id)),
    W.ExplainMatch: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    W.RecategoriseRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "hom_plumbing")),
    W.DecideReopen: Try(WORKER, unsolved, lambda c, a, t, w: c(a, t.id, approve=True)),
    W.DeclineRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "归街道")),
    W.CloseForResident: Try(WORKER, done, lambda c, a, t, w: c(a, t.id, solved=True)),
    W.SettleRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "社工办了")),
    W.PutIntoTriage: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id)),
    W.ReleaseTriage: Try(WORKER, in_triage, lambda c, a, t, w: c(a, t.id)),
    G.CreateInvite: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id)),
    G.SetOrganisationActive: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id, active=False)),
    G.RemoveLead: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.second.id, OTHER_LEAD)),
    G.ImportOrganisations: Try(WORKER, nothing, lambda c, a, t, w: c(a, [w.first])),
    G.PauseIntake: Try(WORKER, nothing, lambda c, a, t, w: c(a, "停水")),
    G.SendBroadcast: Try(WORKER, nothing, lambda c, a, t, w: c(a, "明天停水")),
    G.MuteResident: Try(WORKER, nothing, lambda c, a, t, w: c(a, NEIGHBOUR, muted=True)),
    S.ListTriage: Try(WORKER, filed, lambda c, a, t, w: c(a)),
    S.ListLate: Try(WORKER, filed, lambda c, a, t, w: c(a)),
    S.FindRequests: Try(WORKER, filed, lambda c, a, t, w: c(a, "剪头")),
    S.ShowStatistics: Try(WORKER, filed, lambda c, a, t, w: c(a, SINCE, UNTIL)),
    S.ExportRequests: Try(WORKER, filed, lambda c, a, t, w: c(a, RequestFilter())),
    S.ListOrganisations: Try(WORKER, nothing, lambda c, a, t, w: c(a)),
    S.ShowOrganisation: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id)),
    T.NextLesson: Try(WORKER, refiled, lambda c, a, t, w: c(a)),
    T.SeeLesson: Try(WORKER, refiled, lambda c, a, t, w: c(a, t)),
    T.DecideLesson: Try(WORKER, refiled, lambda c, a, t, w: c(a, t, accept=True)),
    T.UndoLesson: Try(WORKER, taught, lambda c, a, t, w: c(a, t)),
    T.ListAccepted: Try(WORKER, taught, lambda c, a, t, w: c(a)),
    # the clock's work
    D.DispatchRequest: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t)),
    D.MakeOffer: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t, w.second, None, Action.OFFER)),
    D.SendToTriage: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t, TriageReason.LOW_CONFIDENCE)),
    D.RaiseEmergency: Try(SYSTEM, filed, lambda c, a, t, w: c(a, t)),
    D.RepeatEmergency: Try(SYSTEM, emergency, lambda c, a, t, w: c(a, t.id, 1)),
    D.ExpireOffer: Try(SYSTEM, offered, lambda c, a, t, w: c(a, t)),
    D.RemindOffer: Try(SYSTEM, offered, lambda c, a, t, w: c(a, t)),
    D.RemindResolve: Try(SYSTEM, accepted, lambda c, a, t, w: c(a, t.id, late=True)),
    D.AskSolved: Try(SYSTEM, done, lambda c, a, t, w: c(a, t.id, 1)),
    S.MarkUnreachable: Try(SYSTEM, nothing, lambda c, a, t, w: c(a, NEIGHBOUR, reachable=False)),
}


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
