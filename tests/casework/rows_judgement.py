"""Who may run which use case: evaluation, the register, spot checks, disclosure."""

from __future__ import annotations

from typing import Any

from casework.judging.register import ListKind, Verdict
from casework.permissions import system
from casework.use_case import UseCase
from casework.use_cases import disclosure, evaluation, experts, register, spot_checks
from tests.casework.tries import ANYBODY, LEAD, OWNER, SYSTEM, WORKER, Try, nothing
from tests.casework.world import World

E, X, R, C, D = evaluation, experts, register, spot_checks, disclosure
SCORES = dict.fromkeys(("answering", "quality", "order", "teamwork"), 4)


async def opened(world: World) -> Any:
    return await world.run(E.OpenRound, world.worker, "2026年第四季度")


async def questioned(world: World) -> Any:
    await world.confirmed()
    return await opened(world)


async def closed(world: World) -> Any:
    await opened(world)
    return (await world.run(E.CloseRound, world.worker))[0]


async def expert_invite(world: World) -> Any:
    return (await world.run(X.InviteExpert, world.worker, "周老师"))[0]


async def listed(world: World) -> Any:
    first = world.first.id
    return (await world.run(R.EnterInRegister, world.worker, first, ListKind.BLACK, "两次爽约")).id


async def answered(world: World) -> Any:
    listing = await listed(world)
    await world.run(R.AnswerListing, world.lead, listing, "师傅病了")
    return listing


async def drawn(world: World) -> Any:
    return (await world.run(C.DrawSpotChecks, system(world.community.id)))[0].id


async def given(world: World) -> Any:
    return (await world.run(D.RecordDonation, world.worker, "丰和超市", "2000元", "助老餐")).id


async def priced(world: World) -> Any:
    return (await world.run(D.SetPrice, world.worker, world.first.id, "eld_haircut", "10元/次")).id


ROWS: dict[type[UseCase], Try] = {
    E.OpenRound: Try(WORKER, nothing, lambda c, a, t, w: c(a, "2026年第四季度")),
    E.ShowRound: Try(WORKER, opened, lambda c, a, t, w: c(a)),
    E.ListToScore: Try(WORKER, opened, lambda c, a, t, w: c(a)),
    E.ScoreOrganisation: Try(WORKER, opened, lambda c, a, t, w: c(a, w.first.id, SCORES)),
    E.AnswerQuestion: Try(OWNER, questioned, lambda c, a, t, w: c(a, t.id, w.first.id, 5)),
    E.RemindOfRound: Try(SYSTEM, opened, lambda c, a, t, w: c(a)),
    E.CloseRound: Try(WORKER, opened, lambda c, a, t, w: c(a)),
    E.ShowResults: Try(WORKER, closed, lambda c, a, t, w: c(a, t.id)),
    X.InviteExpert: Try(WORKER, nothing, lambda c, a, t, w: c(a, "周老师")),
    X.JoinAsExpert: Try(ANYBODY, expert_invite, lambda c, a, t, w: c(a, t)),
    X.RemoveExpert: Try(WORKER, nothing, lambda c, a, t, w: c(a, 1)),
    R.EnterInRegister: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id, ListKind.RED, "好")),
    R.AnswerListing: Try(LEAD, listed, lambda c, a, t, w: c(a, t, "师傅病了")),
    R.UpholdListing: Try(WORKER, answered, lambda c, a, t, w: c(a, t)),
    R.RemoveFromRegister: Try(WORKER, listed, lambda c, a, t, w: c(a, t, "整改好了")),
    R.ShowListing: Try(WORKER, listed, lambda c, a, t, w: c(a, t)),
    R.ShowStanding: Try(WORKER, listed, lambda c, a, t, w: c(a, w.first.id)),
    R.ShowRegister: Try(WORKER, listed, lambda c, a, t, w: c(a)),
    R.ReadRegister: Try(WORKER, listed, lambda c, a, t, w: c(a)),
    R.UpdateStandings: Try(SYSTEM, listed, lambda c, a, t, w: c(a)),
    C.DrawSpotChecks: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
    C.RecordSpotCheck: Try(WORKER, drawn, lambda c, a, t, w: c(a, t, Verdict.GOOD, "人在，资料齐")),
    C.ListSpotChecks: Try(WORKER, drawn, lambda c, a, t, w: c(a)),
    D.RecordDonation: Try(WORKER, nothing, lambda c, a, t, w: c(a, "丰和超市", "2000元", "")),
    D.WithdrawDonation: Try(WORKER, given, lambda c, a, t, w: c(a, t)),
    D.ListDonations: Try(WORKER, given, lambda c, a, t, w: c(a)),
    D.SetPrice: Try(WORKER, nothing, lambda c, a, t, w: c(a, w.first.id, "eld_haircut", "10元/次")),
    D.EndPrice: Try(WORKER, priced, lambda c, a, t, w: c(a, t)),
    D.ListPrices: Try(ANYBODY, priced, lambda c, a, t, w: c(a)),
    D.ListUnpriced: Try(WORKER, nothing, lambda c, a, t, w: c(a)),
    D.DraftNotice: Try(WORKER, priced, lambda c, a, t, w: c(a, "2026-10")),
    D.PublishNotice: Try(WORKER, priced, lambda c, a, t, w: c(a, "2026-10")),
    D.ReadNotice: Try(ANYBODY, nothing, lambda c, a, t, w: c(a)),
    D.RemindOfNotice: Try(SYSTEM, nothing, lambda c, a, t, w: c(a)),
}
