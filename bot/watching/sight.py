"""Counts what the program does, in plain numbers: one count costs a tenth of a microsecond.

Everything runs on one event loop, so nothing is locked. No count is kept by chat, person or words.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Upper bounds in seconds.
FAST = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
SLOW = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
SHARE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)

#: What is tried once more has not come to its end.
_UNDECIDED = frozenset({"again", "aside"})
#: The kinds of update the bot asks for; everything else is counted as `other`.
KINDS = ("message", "callback_query", "edited_message", "my_chat_member")


class Spread:
    """How often values fell between bounds; `counts` has one place more, for what is above them all."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """One more value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def buckets(self) -> list[tuple[str, float]]:
        """Upper bound → how many were not above it, as Prometheus wants them."""
        below, found = 0, []
        for bound, count in zip((*map(str, self.bounds), "+Inf"), self.counts, strict=True):
            below += count
            found.append((bound, float(below)))
        return found


@dataclass(slots=True)
class Sight:
    """The counts of one process since its start. Keys of the counters are their labels."""

    received: Counter[str] = field(default_factory=Counter)
    updates: Counter[tuple[str, str]] = field(default_factory=Counter)
    handling: dict[str, Spread] = field(default_factory=dict)
    waiting: Spread = field(default_factory=lambda: Spread(SLOW))
    sends: Counter[tuple[str, str]] = field(default_factory=Counter)
    sending: Spread = field(default_factory=lambda: Spread(SLOW))
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    calling: Spread = field(default_factory=lambda: Spread(FAST))
    timers: Counter[tuple[str, str]] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    confidence: Spread = field(default_factory=lambda: Spread(SHARE))
    reading: Spread = field(default_factory=lambda: Spread(FAST))
    faults: Counter[str] = field(default_factory=Counter)
    database_errors: Counter[str] = field(default_factory=Counter)
    #: Loop → when it last began a turn, in seconds of `now`.
    turns: dict[str, float] = field(default_factory=dict)
    #: Told to end: what is in hand is finished, nothing new should come here.
    draining: bool = False
    #: What one replica does at a time → whether it is this one; `line`: whether it hears the others.
    duties: dict[str, Callable[[], bool]] = field(default_factory=dict)
    now: Callable[[], float] = time.monotonic

    def turn(self, loop: str) -> None:
        """This loop is alive."""
        self.turns[loop] = self.now()

    def handled(self, raw: dict[str, Any], outcome: str, seconds: float, waited: float) -> None:
        """An update was handled, refused, put off, … after it had waited in the inbox."""
        kind = kind_of(raw)
        self.updates[kind, outcome] += 1
        spread = self.handling.get(kind)
        if spread is None:
            spread = self.handling[kind] = Spread(FAST)
        spread.add(seconds)
        if outcome not in _UNDECIDED:
            self.waiting.add(max(0.0, waited))

    def sent(self, method: str, outcome: str, waited: float) -> None:
        """A message was tried; `waited` is its age in the outbox."""
        self.sends[method, outcome] += 1
        if outcome == "sent":
            self.sending.add(max(0.0, waited))

    def database_error(self, kind: str) -> None:
        """A statement failed."""
        self.database_errors[kind] += 1

    def called(self, method: str, answer: str, seconds: float) -> None:
        """The messenger answered a call (`ok`, its error code, `unanswered`)."""
        self.calls[method, answer] += 1
        # A long poll waits for news; its time says nothing.
        if method != "GetUpdates":
            self.calling.add(seconds)


def kind_of(raw: dict[str, Any]) -> str:
    """The kind of an update as it came in."""
    return next((kind for kind in KINDS if kind in raw), "other")


class WatchedReader:
    """The reader, with its time and certainty counted; everything else is the reader's own."""

    __slots__ = ("_reader", "_sight")

    def __init__(self, reader: Any, sight: Sight) -> None:
        self._reader = reader
        self._sight = sight

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def understand(self, text: str, now: Any) -> Any:
        """As the reader's."""
        begun = time.perf_counter()
        found = self._reader.understand(text, now)
        sight = self._sight
        sight.reading.add(time.perf_counter() - begun)
        sight.decisions[str(found.decision)] += 1
        if found.ranking:
            sight.confidence.add(found.ranking[0].confidence)
        return found
