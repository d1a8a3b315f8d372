"""The time of the playground: the real time plus an offset that a person or a script may change."""

from __future__ import annotations

import time


class ShiftedClock:
    """Unix seconds; `offset` is in seconds and may be negative."""

    def __init__(self, offset: int = 0) -> None:
        self.offset = offset

    def now(self) -> int:
        return int(time.time()) + self.offset
