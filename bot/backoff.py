"""Waiting: for a wake-up, and longer after each failure."""

from __future__ import annotations

import asyncio
import contextlib
import random


def delay(attempt: int, *, first: float = 1.0, most: float = 60.0) -> float:
    """Seconds to wait after the `attempt`-th failure in a row, counted from 1.

    Chance keeps many from coming back at once.
    """
    return float(min(most, first * 2 ** min(attempt - 1, 16)) * random.uniform(0.75, 1.25))  # noqa: S311


async def woken(event: asyncio.Event, seconds: float) -> None:
    """Return when the event is set, or after that time."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
