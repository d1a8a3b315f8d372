"""How fast one person may write: nobody's finger is that quick, so what comes beyond is left unread."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

_MINUTE = 60.0
_FORGET_ABOVE = 5000


class Step(Enum):
    """What becomes of an update."""

    READ = "read"
    #: The first too many: the person is told once a minute.
    TELL = "tell"
    LEAVE = "leave"


class Pace:
    """Counts each person's updates by the minute, in this process only. `clock` gives monotonic seconds."""

    def __init__(self, a_minute: float, clock: Callable[[], float]) -> None:
        self._most = int(a_minute)
        self._clock = clock
        self._begun = clock()
        self._counts: dict[int, int] = {}

    def step(self, person_id: int) -> Step:
        """One more of this person."""
        now = self._clock()
        if now - self._begun >= _MINUTE or len(self._counts) > _FORGET_ABOVE:
            self._begun = now
            self._counts.clear()
        count = self._counts[person_id] = self._counts.get(person_id, 0) + 1
        if count <= self._most:
            return Step.READ
        return Step.TELL if count == self._most + 1 else Step.LEAVE
