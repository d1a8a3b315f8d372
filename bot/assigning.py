"""The best overall assignment by SciPy: a transportation problem, solved exactly by HiGHS."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from casework.giving.solving import Edge

#: What is so near a whole number is one.
_WHOLE = 1e-6


class ExactSolver:
    """Implements `casework.solving.Solver`; works in a thread, for others wait meanwhile."""

    async def solve(self, edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
        """How many go over each edge."""
        return await asyncio.to_thread(transport, edges, supply, capacity) if edges else []


def transport(edges: Sequence[Edge], supply: Sequence[int], capacity: Sequence[int]) -> list[int]:
    """The flow over each edge with the highest sum of values.

    The matrix of such a problem is totally unimodular: every corner of what is allowed is whole-numbered. So
    the linear program, without whole-number search, is exact wherever its method ends in a corner: the
    interior point method does after its crossover (the quickest: docs/matching.md), the simplex always.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    count, rows = len(edges), len(supply)
    ends = np.array([(edge.row, rows + edge.column) for edge in edges]).T.ravel()
    matrix = csr_array(
        (np.ones(2 * count), (ends, np.tile(np.arange(count), 2))), shape=(rows + len(capacity), count)
    )
    limits = np.concatenate([np.asarray(supply, float), np.asarray(capacity, float)])
    gain = np.array([edge.value for edge in edges])
    for method in ("highs-ipm", "highs-ds"):
        found = linprog(-gain, A_ub=matrix, b_ub=limits, bounds=(0, None), method=method)
        flow = np.rint(found.x) if found.success else None
        if flow is not None and np.abs(flow - found.x).max() < _WHOLE:
            return [int(n) for n in flow]
    raise RuntimeError(f"assignment: {found.message}")
