"""Giving out many requests as a whole: who can take which, and the best overall assignment of them.

Requests that nobody can tell apart (same need, same place, same answers so far) are one row with a supply, so
that ten thousand of them become some hundred rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from casework.catalogue import Community
from casework.entities import Organisation, Request, Workload
from casework.giving.matching import Ranker
from casework.giving.solving import PLACED, Edge, Solver


@dataclass(frozen=True, slots=True)
class Placement:
    """One request for one organisation."""

    request: Request
    organisation: Organisation
    score: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes where. `full`: somebody could, but all hands are taken; `nobody`: nobody does such things, or
    all had their turn."""

    placed: tuple[Placement, ...]
    full: tuple[Request, ...] = ()
    nobody: tuple[Request, ...] = ()

    @property
    def total(self) -> float:
        """The sum of the scores."""
        return sum(p.score for p in self.placed)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """(request, organisation) of each placement, which tells two plans apart."""
        return tuple(sorted((p.request.id, p.organisation.id) for p in self.placed))


class _Row(NamedTuple):
    requests: list[Request]
    scores: list[tuple[Organisation, float]]


async def plan(
    requests: Sequence[Request],
    organisations: Sequence[Organisation],
    workloads: Mapping[int, Workload],
    now: datetime,
    community: Community,
    solver: Solver,
    asked: Mapping[int, frozenset[int]] | None = None,
) -> Plan:
    """The best plan for all of them. `asked` are the organisations that had their turn, by request.

    Of equal requests the older one is placed first.
    """
    rows = _rows(requests, Ranker(organisations, workloads, now, community), asked or {})
    columns = {o.id: o for row in rows for o, _ in row.scores}
    place = {its_id: n for n, its_id in enumerate(sorted(columns))}
    capacity = [free_hands(columns[i], workloads.get(i, Workload())) for i in sorted(columns)]
    edges = [
        Edge(n, place[o.id], PLACED + score)
        for n, row in enumerate(rows)
        for o, score in row.scores
        if capacity[place[o.id]]
    ]
    flow = await solver.solve(edges, [len(row.requests) for row in rows], capacity)
    return _told(rows, edges, [columns[i] for i in sorted(columns)], flow)


def free_hands(organisation: Organisation, workload: Workload) -> int:
    """How many more it can take beside what it has in hand and was asked for."""
    return max(0, organisation.capacity - workload.open_requests - workload.held_out)


def _rows(requests: Sequence[Request], ranker: Ranker, asked: Mapping[int, frozenset[int]]) -> list[_Row]:
    """Requests that are ranked alike, together; oldest first within each."""
    rows: dict[tuple[object, ...], _Row] = {}
    for request in sorted(requests, key=lambda r: (r.created_at, r.id)):
        had = asked.get(request.id, frozenset())
        details = request.details
        key = (
            request.item,
            request.category,
            details.address.compound,
            details.time_start,
            request.urgent,
            had,
        )
        if key not in rows:
            rows[key] = _Row([], ranker.scores(request, had))
        rows[key].requests.append(request)
    return list(rows.values())


def _told(rows: list[_Row], edges: list[Edge], columns: list[Organisation], flow: list[int]) -> Plan:
    placed: list[Placement] = []
    left = [list(row.requests) for row in rows]
    for edge, count in zip(edges, flow, strict=True):
        for request in left[edge.row][:count]:
            placed.append(Placement(request, columns[edge.column], round(edge.value - PLACED, 6)))
        del left[edge.row][:count]
    full = [r for row, rest in zip(rows, left, strict=True) if row.scores for r in rest]
    nobody = [r for row, rest in zip(rows, left, strict=True) if not row.scores for r in rest]
    placed.sort(key=lambda p: (p.request.created_at, p.request.id))
    return Plan(tuple(placed), tuple(full), tuple(nobody))
