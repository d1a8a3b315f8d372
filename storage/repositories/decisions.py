"""Who was asked and why, for each decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, select

from casework.entities import ScorePart
from casework.giving.decisions import Decision, How, LeftOut, Option, Out
from storage.repositories.base import Repository
from storage.tables_giving import decisions

_d = decisions.c
_OF_REQUEST = (
    select(decisions)
    .where(_d.community_id == bindparam("community"), _d.request_id == bindparam("request"))
    .order_by(_d.id)
)


class Decisions(Repository):
    """Implements `casework.decisions.Decisions`."""

    async def keep(self, decision: Decision) -> Decision:
        """Insert (the id given is ignored)."""
        row = {
            "community_id": self._community,
            "request_id": decision.request_id,
            "at": decision.at,
            "how": decision.how.value,
            "chosen": list(decision.chosen),
            "options": [
                [o.organisation_id, o.score, [[p.factor, p.value, p.fact] for p in o.parts]]
                for o in decision.options
            ],
            "left_out": [[left.organisation_id, left.why.value] for left in decision.left_out],
            "unfit": decision.unfit,
            "weights": dict(decision.weights),
            "by": decision.by,
        }
        return replace(decision, id=await self._insert(decisions, row))

    async def of_request(self, request_id: int) -> list[Decision]:
        """Oldest first."""
        return [_decision(row) for row in await self._run(_OF_REQUEST, request=request_id)]


def _decision(row: Row[Any]) -> Decision:
    weights = row.weights
    return Decision(
        row.id,
        row.community_id,
        row.request_id,
        row.at,
        How(row.how),
        tuple(row.chosen),
        tuple(Option(o, score, _parts(parts, weights)) for o, score, parts in row.options),
        tuple(LeftOut(o, Out(why)) for o, why in row.left_out),
        row.unfit,
        weights,
        row.by,
    )


def _parts(parts: list[Any], weights: dict[str, float]) -> tuple[ScorePart, ...]:
    return tuple(ScorePart(factor, value, weights.get(factor, 0.0), fact) for factor, value, fact in parts)
