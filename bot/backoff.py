"""Waiting: for a wake-up, and longer after each failure."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque


def delay(attempt: int, *, first: float = 1.0, most: float = 60.0) -> float:
    """Seconds to wait after the `attempt`-th failure in a row, counted from 1.

    Chance keeps many from coming back at once.
    """
    return float(min(most, first * 2 ** min(attempt - 1, 16)) * random.uniform(0.75, 1.25))  # noqa: S311


class Wake:
    """Like an event, but each `set` wakes one of those who wait, or the next who comes."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_set = False

    @property
    def waited_for(self) -> bool:
        """Whether anybody waits."""
        return any(not waiter.done() for waiter in self._waiting)

    def set(self) -> None:
        """Wake the one who has waited longest."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self._is_set = True

    def clear(self) -> None:
        """Whoever comes next has looked already."""
        self._is_set = False

    async def wait(self) -> None:
        """Return when it is our turn to be woken."""
        if self._is_set:
            self._is_set = False
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                # It was woken and given up on at the same moment: somebody else must look.
                self.set()
            raise


async def woken(event: asyncio.Event | Wake, seconds: float) -> None:
    """Return when the event is set, or after that time."""
    # Not `wait_for`: up to Python 3.11 it swallows a cancellation that comes together with the event.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
