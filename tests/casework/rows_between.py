"""Who may run which use case: between resident and organisation."""

from __future__ import annotations

from typing import Any

from casework.use_case import UseCase
from casework.use_cases import between
from tests.casework.tries import ANYBODY, LEAD, OWNER, WORKER, Try, accepted, filed, offered
from tests.casework.world import World

B = between


async def proposed(world: World) -> Any:
    """The first organisation would rather have the second take it."""
    request = await world.accepted()
    await world.run(B.ProposeHandOn, world.lead, request.id, world.second.id, "人手不够")
    return request


ROWS: dict[type[UseCase], Try] = {
    B.AskBeforeAccepting: Try(LEAD, offered, lambda c, a, t, w: c(a, t, "几楼？")),
    B.ListQuestions: Try(ANYBODY, filed, lambda c, a, t, w: c(a)),
    B.CorrectNeed: Try(
        OWNER,
        filed,
        lambda c, a, t, w: c(a, t.id, "hom_plumbing", "不是理发，是修水管", "不是理发，是修水管"),
    ),
    B.AskForSplit: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, "还要修灯")),
    B.SplitRequest: Try(WORKER, filed, lambda c, a, t, w: c(a, t.id, "hom_electric", "修灯", "修灯")),
    B.SuggestHandOn: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id)),
    B.ProposeHandOn: Try(LEAD, accepted, lambda c, a, t, w: c(a, t.id, w.second.id, "人手不够")),
    B.DecideHandOn: Try(WORKER, proposed, lambda c, a, t, w: c(a, t.id, w.second.id, approve=True)),
}
