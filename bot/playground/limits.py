"""The real server's rate limits: one message a second a chat, 30 a second in all, 20 a minute a group."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque

from bot.playground.errors import too_many


class RateLimits:
    """Off until `enabled`; real time, not the shifted one."""

    def __init__(self) -> None:
        self.enabled = False
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = defaultdict(deque)

    def check(self, chat_id: int) -> None:
        """Count one message to the chat. Raises ApiError 429 with the seconds to wait."""
        if not self.enabled:
            return
        now = time.monotonic()
        rules = [(self._all, 30, 1.0), (self._chats[chat_id], 1, 1.0)]
        if chat_id < 0:
            rules[1] = (self._chats[chat_id], 20, 60.0)
        wait = max(_wait(*rule, now) for rule in rules)
        if wait > 0:
            raise too_many(math.ceil(wait))
        for times, _, _ in rules:
            times.append(now)


def _wait(times: deque[float], most: int, window: float, now: float) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    return 0.0 if len(times) < most else times[0] + window - now
