"""The acts that came later: merging, giving out to several, splitting, handing on, the call-back list."""

from __future__ import annotations

from typing import Any

from casework.statuses import BEFORE_WORK, CLOSED, IN_WORK
from casework.statuses import RequestStatus as S
from casework.use_cases import between, calls, giving, merging
from tests.casework.lifecycle.acts import Act, Try, Who
from tests.casework.lifecycle.house import ITEMS

OPEN = frozenset(S) - CLOSED
WORK = frozenset(IN_WORK)
BEFORE = frozenset(BEFORE_WORK)
OWN, L, W = Who.OWNER, Who.LEAD, Who.WORKER


async def team(t: Try) -> Any:
    known = sorted(t.picture.loads)
    two = (known[t.n % len(known)], known[(t.n + 1) % len(known)])
    return await t(giving.TeamRequest, t.id, two, {})


async def part(t: Try, kind: type[Any], **named: Any) -> Any:
    """A part of the team's work, or one that does not exist."""
    parts = await t.stage.read(lambda uow: uow.teams.of_request(t.id))
    mine = [p for p in parts if t.actor.leads(p.organisation_id)] or parts
    return await t(kind, mine[t.n % len(mine)].id if mine else 0, **named)


async def call(t: Try, kind: type[Any], *given: Any) -> Any:
    """What waits on the call-back list for the request, or what does not exist."""
    waiting = await t.stage.read(lambda uow: uow.calls.waiting_of(t.id))
    return await t(kind, waiting.id if waiting else 0, *given)


ACTS = [
    Act("merge", W, BEFORE | WORK, lambda t: t(merging.MergeRequests, t.id, t.other_request.id), weight=3),
    Act("unmerge", W, frozenset({S.MERGED}), lambda t: t(merging.UnmergeRequest, t.id), weight=3),
    Act("pool", W, BEFORE | WORK, lambda t: t(giving.PoolRequest, t.id), weight=3),
    Act("make_team", W, BEFORE | WORK, team, weight=3),
    Act("take_part", L, BEFORE | WORK, lambda t: part(t, giving.AnswerPart, accept=True), weight=2),
    Act("refuse_part", L, BEFORE | WORK, lambda t: part(t, giving.AnswerPart, accept=False, reason="没人")),
    Act("finish_part", L, WORK, lambda t: part(t, giving.FinishPart, words="好了")),
    Act("drop_part", W, WORK, lambda t: part(t, giving.DropPart)),
    Act(
        "split",
        W,
        OPEN - {S.DONE, S.REOPEN_REQUESTED},
        lambda t: t(between.SplitRequest, t.id, ITEMS[t.n % len(ITEMS)], "另一件", "另一件"),
    ),
    Act("ask_for_split", L, WORK, lambda t: t(between.AskForSplit, t.id, "是两件事")),
    Act(
        "propose_hand_on",
        L,
        WORK,
        lambda t: t(between.ProposeHandOn, t.id, t.organisation_id, "他们更合适"),
        weight=2,
    ),
    Act(
        "ask_before_yes",
        L,
        frozenset({S.OFFERED}),
        lambda t: t(between.AskBeforeAccepting, t.offer_id, "几层？"),
    ),
    Act(
        "correct_need",
        OWN,
        BEFORE | WORK,
        lambda t: t(between.CorrectNeed, t.id, ITEMS[t.n % len(ITEMS)], "不是这个", "不是这个"),
    ),
    Act("hear_solved", W, frozenset({S.DONE}), lambda t: call(t, calls.HearSolved), weight=2),
    Act("hear_unsolved", W, frozenset({S.DONE}), lambda t: call(t, calls.HearUnsolved, "没好"), weight=2),
    Act("miss_call", W, frozenset({S.DONE}), lambda t: call(t, calls.MissCall), weight=2),
]
