"""Who may run which use case: the call-back list and the three ledgers."""

from __future__ import annotations

from typing import Any

from casework.books.calls import CallReason
from casework.books.ledgers import LedgerFilter, ProblemKind
from casework.reports import RequestFilter
from casework.use_case import UseCase
from casework.use_cases import call_list, calls, ledger_views, ledgers, rectifying
from tests.casework.tries import LEAD, SYSTEM, WORKER, Try, confirmed, done, nothing
from tests.casework.world import World

C, L, R, V = calls, ledgers, rectifying, ledger_views


async def to_ring(world: World) -> Any:
    """An entry of the call-back list."""
    request = await world.done()
    call = await world.run(call_list.PutOnCallList, world.system, request, CallReason.SILENT)
    return call.id


async def heard(world: World) -> Any:
    call = await to_ring(world)
    await world.run(calls.HearSolved, world.worker, call)
    return call


async def problem(world: World) -> Any:
    """An entry of the problem ledger about the first organisation."""
    request = await world.done()
    raised = await world.run(ledgers.RaiseProblem, world.system, request, ProblemKind.LATE)
    return raised.id


async def rectifying_(world: World) -> Any:
    opened = await world.run(
        R.OpenRectification, world.worker, await problem(world), "三天内说明", 3, by_organisation=True
    )
    return opened.id


async def reported(world: World) -> Any:
    entry = await rectifying_(world)
    await world.run(R.ReportRectified, world.lead, entry, "已经说明")
    return entry


ROWS: dict[type[UseCase], Try] = {
    call_list.PutOnCallList: Try(SYSTEM, done, lambda c, a, t, w: c(a, t, CallReason.SILENT)),
    call_list.DrawSample: Try(SYSTEM, confirmed, lambda c, a, t, w: c(a)),
    C.ListCalls: Try(WORKER, to_ring, lambda c, a, t, w: c(a)),
    C.SeeCall: Try(WORKER, to_ring, lambda c, a, t, w: c(a, t)),
    C.HearSolved: Try(WORKER, to_ring, lambda c, a, t, w: c(a, t)),
    C.HearUnsolved: Try(WORKER, to_ring, lambda c, a, t, w: c(a, t, "还漏")),
    C.MissCall: Try(WORKER, to_ring, lambda c, a, t, w: c(a, t)),
    C.RateByCall: Try(WORKER, heard, lambda c, a, t, w: c(a, t, 5)),
    C.NoteCall: Try(WORKER, heard, lambda c, a, t, w: c(a, t, "很客气")),
    L.EnterProblem: Try(WORKER, done, lambda c, a, t, w: c(a, t.id, "居民来电")),
    L.SeeProblem: Try(WORKER, problem, lambda c, a, t, w: c(a, t)),
    L.CloseProblem: Try(WORKER, problem, lambda c, a, t, w: c(a, t, "已说明")),
    R.OpenRectification: Try(
        WORKER, problem, lambda c, a, t, w: c(a, t, "重新疏通", 3, by_organisation=True)
    ),
    R.SeeRectification: Try({"lead", "worker"}, rectifying_, lambda c, a, t, w: c(a, t)),
    R.ListMyRectifications: Try({"lead", "other_lead"}, rectifying_, lambda c, a, t, w: c(a)),
    R.ReportRectified: Try(LEAD | WORKER, rectifying_, lambda c, a, t, w: c(a, t, "改好了")),
    R.CheckRectification: Try(WORKER, reported, lambda c, a, t, w: c(a, t, good=True)),
    R.BeginDay: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
    V.ReadNeeds: Try(WORKER, done, lambda c, a, t, w: c(a, RequestFilter(), 5)),
    V.ListNeeds: Try(WORKER, done, lambda c, a, t, w: c(a, RequestFilter())),
    V.ReadProblems: Try(WORKER, problem, lambda c, a, t, w: c(a, LedgerFilter())),
    V.ReadRectifications: Try(WORKER, rectifying_, lambda c, a, t, w: c(a, LedgerFilter())),
    V.LedgerMarks: Try(WORKER, done, lambda c, a, t, w: c(a, t.id)),
}
