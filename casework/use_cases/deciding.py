"""Keeps who was asked and why, so that `/why` can say it and somebody can check it later."""

from __future__ import annotations

from collections.abc import Iterable

from casework.entities import Request
from casework.giving.decisions import Decision, How, Option
from casework.giving.matching import Ranking, part_weights
from casework.use_case import UseCase

_NOTHING = Ranking([], [])


async def keep_decision(
    case: UseCase,
    request: Request,
    how: How,
    chosen: Iterable[int],
    ranking: Ranking = _NOTHING,
    by: int | None = None,
) -> Decision:
    """`chosen` in the order of asking; `ranking` as it was at this moment."""
    return await case.uow.decisions.keep(
        Decision(
            0,
            case.community.id,
            request.id,
            case.now,
            how,
            tuple(chosen),
            tuple(Option(c.organisation.id, c.score, c.parts) for c in ranking.candidates),
            tuple(ranking.left_out),
            ranking.unfit,
            part_weights(case.community),
            by,
        )
    )
