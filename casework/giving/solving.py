"""The best overall assignment of rows to columns; a library may stand behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

#: Placing one more request is worth more than any better fit of another.
PLACED = 1.0


class Edge(NamedTuple):
    """A row may go to a column; a higher value is better."""

    row: int
    column: int
    value: float


class Solver(Protocol):
    """Finds the best overall assignment."""

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        """How many go over each edge, in the order of the edges: at most `supply[row]` from a row and
        `capacity[column]` to a column, with the highest sum of values. All values are above 0."""


class Greedy:
    """The best edge first, then the next: quick, needs no library, and is not always the best overall."""

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        """Equal values in the order of the edges."""
        left, free, flow = list(supply), list(capacity), [0] * len(edges)
        for n in sorted(range(len(edges)), key=lambda n: (-edges[n].value, n)):
            row, column, _ = edges[n]
            flow[n] = min(left[row], free[column])
            left[row] -= flow[n]
            free[column] -= flow[n]
        return flow


GREEDY = Greedy()
