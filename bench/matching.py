"""Measures giving out a backlog: 1,000 organisations and 10,000 open requests, greedy beside exact.

usage: python -m bench.matching [--organisations 1000] [--requests 10000] [--seed 7] [--others]

Time is from requests and organisations in memory to who gets what, by the clock and of CPU; "of which solver"
is the solver's CPU. Value is what is made most of: 1 for each request placed plus its score. The bound from
the dual prices is what no assignment can exceed. `--others` also runs other exact methods of SciPy on
a tenth of it: at full size some need minutes and gigabytes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.assigning import ExactSolver, transport
from bot.communities import load_community
from casework.catalogue import Community
from casework.entities import Address, Details, Organisation, Request, Workload
from casework.giving.assignment import plan
from casework.giving.solving import Edge, Greedy, Solver
from casework.statuses import Fee, RequestStatus, Standing

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_HOURS = ("", "", "周一至周五 9:00-17:00", "每天 8:00-20:00", "周六周日 9:00-16:00")
_DAYS = ("", "", "2026-11-24", "2026-11-28")


@dataclass
class Office:
    """A street office's organisations and what waits. `asked`: who had their turn, by request."""

    community: Community
    organisations: list[Organisation]
    loads: dict[int, Workload]
    requests: list[Request]
    asked: dict[int, frozenset[int]]


def make_office(organisations: int, requests: int, seed: int, *, alike: bool) -> Office:
    """Seeded. Not `alike`: every request has been through hands of its own, so that no two are one row."""
    chance = random.Random(seed)
    community = load_community("fenghe")[0]
    items = list(community.catalogue)
    popular = [chance.paretovariate(1.5) for _ in items]
    some = [_organisation(n, community, items, chance) for n in range(1, organisations + 1)]
    loads = {o.id: _workload(o, chance) for o in some}
    waiting = []
    for n in range(1, requests + 1):
        item = chance.choices(items, popular)[0]
        place = Address(chance.choice(community.compounds))
        details = Details(place, time_start=chance.choice(_DAYS))
        at = NOW - timedelta(minutes=chance.randrange(20_000))
        waiting.append(
            Request(
                n,
                community.id,
                str(n),
                1,
                item.code,
                community.category_of(item.code),
                "",
                "",
                RequestStatus.TRIAGE,
                details,
                at,
                at,
            )
        )
    asked = {} if alike else {r.id: frozenset(chance.sample(range(1, organisations + 1), 8)) for r in waiting}
    return Office(community, some, loads, waiting, asked)


def _organisation(n: int, community: Community, items: list[Any], chance: random.Random) -> Organisation:
    first = chance.choice(items)
    category = community.category_of(first.code)
    kin = [i.code for i in items if community.category_of(i.code) == category]
    near = chance.sample(community.compounds, chance.randint(1, 3)) if chance.random() < 0.5 else []
    return Organisation(
        n,
        community.id,
        f"组织{n}",
        category,
        frozenset({first.code, *chance.sample(kin, min(len(kin), chance.randint(0, 5)))}),
        frozenset(near),
        chance.randint(5, 25),
        chance.choice(list(Fee)),
        hours=chance.choice(_HOURS),
        standing=chance.choices(list(Standing), [8, 1, 1, 0.3])[0],
    )


def _workload(organisation: Organisation, chance: random.Random) -> Workload:
    ended = chance.randint(0, 60)
    in_time = chance.randint(0, ended)
    confirmed = chance.randint(0, in_time)
    rated = chance.randint(0, confirmed)
    return Workload(
        open_requests=chance.randint(0, organisation.capacity // 2),
        offered=ended,
        accepted=in_time,
        asked=in_time,
        confirmed=confirmed,
        rating_count=rated,
        last_offer_at=NOW - timedelta(days=chance.randint(0, 40)),
        ended=ended,
        in_time=in_time,
        satisfied=chance.randint(0, rated),
        promptness=in_time * chance.uniform(0.5, 1),
        lately=chance.uniform(0, 5),
    )


class OneByOne:
    """As requests are given out when they come: each, oldest first, to the best that has a hand free."""

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        """Rows come in the order of their oldest request."""
        free, flow = list(capacity), [0] * len(edges)
        left = list(supply)
        order = sorted(range(len(edges)), key=lambda n: (edges[n].row, -edges[n].value, n))
        for n in order:
            row, column, _ = edges[n]
            flow[n] = min(left[row], free[column])
            left[row] -= flow[n]
            free[column] -= flow[n]
        return flow


@dataclass
class Timed:
    """Another solver, with its own time and the problem it was given."""

    inner: Solver
    seconds: float = 0.0
    problem: tuple[Sequence[Edge], Sequence[int], Sequence[int]] = field(default_factory=lambda: ((), (), ()))

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        """Solve and note."""
        self.problem = edges, supply, capacity
        began = time.process_time()
        flow = await self.inner.solve(edges, supply, capacity)
        self.seconds = time.process_time() - began
        return flow


@dataclass
class Outcome:
    """One method on one office."""

    name: str
    placed: int
    score: float
    seconds: float
    cpu: float
    solver: float
    problem: tuple[Sequence[Edge], Sequence[int], Sequence[int]]

    @property
    def value(self) -> float:
        return self.placed + self.score


def run(name: str, office: Office, solver: Solver) -> Outcome:
    """Plan once."""
    timed = Timed(solver)
    began, cpu = time.perf_counter(), time.process_time()
    done = asyncio.run(
        plan(
            office.requests,
            office.organisations,
            office.loads,
            NOW,
            office.community,
            timed,
            office.asked,
        )
    )
    whole, cpu = time.perf_counter() - began, time.process_time() - cpu
    return Outcome(name, len(done.placed), done.total, whole, cpu, timed.seconds, timed.problem)


def bound(edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> float:
    """What no assignment can exceed: prices of rows and columns that leave no edge a profit, summed up.

    The prices come from another method than the one in use (the dual simplex), and are mended until they are
    feasible, so that the bound holds whatever the solvers did.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    rows, count = len(supply), len(edges)
    ends = np.array([(e.row, rows + e.column) for e in edges]).T.ravel()
    shape = (rows + len(capacity), count)
    matrix = csr_array((np.ones(2 * count), (ends, np.tile(np.arange(count), 2))), shape=shape)
    limits = np.concatenate([np.asarray(supply, float), np.asarray(capacity, float)])
    gain = np.array([e.value for e in edges])
    found = linprog(-gain, A_ub=matrix, b_ub=limits, bounds=(0, None), method="highs-ds")
    prices = np.maximum(0.0, -found.ineqlin.marginals)
    lacking = np.maximum(0.0, gain - prices[ends[:count]] - prices[ends[count:]])
    np.maximum.at(short := np.zeros(rows), ends[:count], lacking)
    prices[:rows] += short
    return float(prices @ limits)


def whole_numbers(edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
    """milp: the same by HiGHS' branch and cut."""
    import numpy as np
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    rows, count = len(supply), len(edges)
    ends = np.array([(e.row, rows + e.column) for e in edges]).T.ravel()
    shape = (rows + len(capacity), count)
    matrix = csr_array((np.ones(2 * count), (ends, np.tile(np.arange(count), 2))), shape=shape)
    limits = np.concatenate([np.asarray(supply, float), np.asarray(capacity, float)])
    gain = np.array([e.value for e in edges])
    found = milp(-gain, constraints=LinearConstraint(matrix, ub=limits), integrality=np.ones(count))
    return [int(n) for n in np.rint(found.x)]


def _spread(
    edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]
) -> tuple[list[int], list[int], list[float], list[int], int, int]:
    """One row a request, one column a hand: rows, columns, values, edges, row count, column count."""
    firsts, hands = [0], [0]
    for n in supply:
        firsts.append(firsts[-1] + n)
    for n in capacity:
        hands.append(hands[-1] + n)
    left, right, values, origin = [], [], [], []
    for at, edge in enumerate(edges):
        for row in range(firsts[edge.row], firsts[edge.row + 1]):
            for column in range(hands[edge.column], hands[edge.column + 1]):
                left.append(row)
                right.append(column)
                values.append(edge.value)
                origin.append(at)
    return left, right, values, origin, firsts[-1], hands[-1]


def dense(edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
    """linear_sum_assignment on every request × every hand."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    left, right, values, origin, rows, columns = _spread(edges, supply, capacity)
    gain = np.zeros((rows, columns), dtype=np.float32)
    whose = {}
    gain[left, right] = values
    whose = dict(zip(zip(left, right, strict=True), origin, strict=True))
    flow = [0] * len(edges)
    for pair in zip(*(a.tolist() for a in linear_sum_assignment(gain, maximize=True)), strict=True):
        if pair in whose:
            flow[whose[pair]] += 1
    return flow


def sparse(edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
    """min_weight_full_bipartite_matching; each request may also stay at a place of its own, for nothing."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    left, right, values, origin, rows, columns = _spread(edges, supply, capacity)
    every = np.concatenate([np.array(left), np.arange(rows)])
    hands = np.concatenate([np.array(right), columns + np.arange(rows)])
    # A weight of 0 would be no edge at all.
    cost = np.concatenate([3.0 - np.array(values), np.full(rows, 3.0)])
    graph = csr_array((cost, (every, hands)), shape=(rows, columns + rows))
    whose = dict(zip(zip(left, right, strict=True), origin, strict=True))
    flow = [0] * len(edges)
    for pair in zip(*(a.tolist() for a in min_weight_full_bipartite_matching(graph)), strict=True):
        if pair in whose:
            flow[whose[pair]] += 1
    return flow


class Plain:
    """A function as a solver."""

    def __init__(self, solve: Callable[[Any, Any, Any], list[int]]) -> None:
        self._solve = solve

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        """Call it."""
        return self._solve(edges, supply, capacity)


METHODS: tuple[tuple[str, Solver], ...] = (
    ("one by one, oldest first", OneByOne()),
    ("greedy, best pair first", Greedy()),
    ("exact: linprog (in use)", ExactSolver()),
)
OTHERS: tuple[tuple[str, Solver], ...] = (
    ("exact: milp", Plain(whole_numbers)),
    ("exact: min_weight_full_bipartite_matching", Plain(sparse)),
    ("exact: linear_sum_assignment", Plain(dense)),
)


def show(console: Console, title: str, office: Office, methods: Sequence[tuple[str, Solver]]) -> None:
    """One table."""
    transport([Edge(0, 0, 1.0)], [1], [1])  # the library's import is no part of any figure
    outcomes = [run(name, office, solver) for name, solver in methods]
    edges, supply, capacity = outcomes[0].problem
    best = bound(edges, supply, capacity)
    console.print(
        f"{title}: {len(office.organisations)} organisations with {sum(capacity)} free hands, "
        f"{len(office.requests)} requests in {len(supply)} rows, {len(edges)} possible pairs"
    )
    table = Table("method", "placed", "score", "value", "of the bound", "seconds", "CPU", "of which solver")
    for outcome in outcomes:
        table.add_row(
            outcome.name,
            str(outcome.placed),
            f"{outcome.score:.1f}",
            f"{outcome.value:.1f}",
            f"{100 * outcome.value / best:.3f} %",
            f"{outcome.seconds:.2f}",
            f"{outcome.cpu:.2f}",
            f"{outcome.solver:.2f}",
        )
    table.add_row("bound from dual prices", "", "", f"{best:.1f}", "", "", "", "")
    console.print(table)


def main() -> None:
    """The whole office, and with `--others` a tenth of it by every method."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--organisations", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--others", action="store_true")
    wanted = parser.parse_args()
    console = Console(width=130)
    office = make_office(wanted.organisations, wanted.requests, wanted.seed, alike=True)
    show(console, "As it comes", office, METHODS)
    if not wanted.others:
        return
    few = wanted.organisations // 10, wanted.requests // 10
    for title, alike in (("A tenth of it", True), ("A tenth of it, no two requests alike", False)):
        show(console, title, make_office(*few, wanted.seed, alike=alike), (*METHODS, *OTHERS))


if __name__ == "__main__":
    main()
