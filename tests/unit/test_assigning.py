"""The best overall assignment: against every possibility, and against what greedy gives away."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.matching import NOW, Office, bound, dense, make_office, sparse, whole_numbers
from bot.assigning import ExactSolver, transport
from casework.giving.assignment import Plan, plan
from casework.giving.solving import PLACED, Edge, Greedy, Solver


def value(edges: Sequence[Edge], flow: Sequence[int]) -> float:
    return sum(edge.value * count for edge, count in zip(edges, flow, strict=True))


def fits(edges: Sequence[Edge], flow: Sequence[int], supply: Sequence[int], capacity: Sequence[int]) -> bool:
    out, into = [0] * len(supply), [0] * len(capacity)
    for edge, count in zip(edges, flow, strict=True):
        out[edge.row] += count
        into[edge.column] += count
    return (
        all(a <= b for a, b in zip(out, supply, strict=True))
        and all(a <= b for a, b in zip(into, capacity, strict=True))
        and min(flow, default=0) >= 0
    )


def best_of_all(edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> float:
    spans = [range(min(supply[e.row], capacity[e.column]) + 1) for e in edges]
    every = itertools.product(*spans)
    return max(value(edges, flow) for flow in every if fits(edges, flow, supply, capacity))


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_better_among_all_there_is(seed: int) -> None:
    chance = random.Random(seed)
    supply = [chance.randint(1, 2) for _ in range(3)]
    capacity = [chance.randint(0, 2) for _ in range(3)]
    pairs = [(r, c) for r in range(3) for c in range(3) if chance.random() < 0.8]
    edges = [Edge(r, c, PLACED + chance.random()) for r, c in pairs]
    flow = transport(edges, supply, capacity) if edges else []
    assert fits(edges, flow, supply, capacity)
    assert value(edges, flow) == pytest.approx(best_of_all(edges, supply, capacity))


def test_greedy_gives_away_what_the_whole_needs() -> None:
    edges = [Edge(0, 0, 1.9), Edge(0, 1, 1.8), Edge(1, 0, 1.7)]
    assert transport(edges, [1, 1], [1, 1]) == [0, 1, 1]


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office(60, 400, 3, alike=True)


async def planned(office: Office, solver: Solver) -> Plan:
    return await plan(
        office.requests, office.organisations, office.loads, NOW, office.community, solver, office.asked
    )


class _Keeps:
    def __init__(self) -> None:
        self.problem: tuple[list[Edge], list[int], list[int]] = ([], [], [])

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        self.problem = (list(edges), list(supply), list(capacity))
        return [0] * len(edges)


async def test_every_exact_method_and_the_bound_say_the_same(office: Office) -> None:
    keeps = _Keeps()
    await planned(office, keeps)
    problem = keeps.problem
    found = value(problem[0], transport(*problem))
    assert found == pytest.approx(bound(*problem))
    for other in (whole_numbers, sparse, dense):
        flow = other(*problem)
        assert fits(problem[0], flow, problem[1], problem[2])
        assert value(problem[0], flow) == pytest.approx(found, rel=1e-5)


async def test_the_plan_is_the_same_each_time_and_beats_greedy(office: Office) -> None:
    exact, again = await planned(office, ExactSolver()), await planned(office, ExactSolver())
    assert exact.pairs == again.pairs
    greedy = await planned(office, Greedy())
    assert len(exact.placed) + exact.total > len(greedy.placed) + greedy.total
    assert len(exact.placed) + len(exact.full) + len(exact.nobody) == len(office.requests)


async def test_nobody_gets_more_than_they_can_take_and_the_oldest_come_first(office: Office) -> None:
    few = [replace(o, capacity=1 + office.loads[o.id].open_requests) for o in office.organisations]
    made = await planned(replace(office, organisations=few), ExactSolver())
    takers = [p.organisation.id for p in made.placed]
    assert len(takers) == len(set(takers))
    kind = {p.request.id: (p.request.item, p.request.details) for p in made.placed}
    for left in made.full:
        alike = [p.request for p in made.placed if kind[p.request.id] == (left.item, left.details)]
        assert all(r.created_at <= left.created_at for r in alike)


async def test_who_had_their_turn_gets_nothing_of_it(office: Office) -> None:
    made = await planned(office, ExactSolver())
    first = made.placed[0]
    asked = {first.request.id: frozenset({first.organisation.id})}
    again = await planned(replace(office, asked=asked), ExactSolver())
    assert (first.request.id, first.organisation.id) not in again.pairs
