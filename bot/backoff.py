"""Waiting longer after each failure, with some chance in it, so that many do not come back at once."""

from __future__ import annotations

import random


def delay(attempt: int, *, first: float = 1.0, most: float = 60.0) -> float:
    """Seconds to wait after the `attempt`-th failure in a row, counted from 1."""
    return min(most, first * 2 ** min(attempt - 1, 16)) * random.uniform(0.75, 1.25)  # noqa: S311
