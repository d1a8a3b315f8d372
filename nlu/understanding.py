"""What the reader says about a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Decision(StrEnum):
    """What to do with a message: one need is clear, offer choices, or nothing to file."""

    FILE = "file"
    ASK = "ask"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A catalogue item with the calibrated probability (0..1) that it is the right one."""

    item: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Need:
    """One need found in the message. `text` is the part of the message that speaks of it."""

    item: str
    confidence: float
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time somebody wrote: the words, and ISO date `2026-11-22` or minute `2026-11-22T14:00`."""

    expr: str
    start: str


@dataclass(frozen=True, slots=True)
class Details:
    """Facts in the message; empty or None where it does not tell. `place` is a place told in words."""

    phone: str = ""
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    place: str = ""
    time: Moment | None = None
    recipient: str = ""
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that the reader found.

    `masked` is the message without phone numbers, unit, room and personal names, for people who
    have not accepted the work. `ranking` holds at least three items, best first. `why` tells in
    short tokens what decided, for `explain`.
    """

    text: str
    masked: str
    act: str
    act_confidence: float
    needs: tuple[Need, ...]
    ranking: tuple[Ranked, ...]
    decision: Decision
    urgent: bool = False
    hotlines: tuple[str, ...] = ()
    details: Details = field(default_factory=Details)
    why: tuple[str, ...] = ()
