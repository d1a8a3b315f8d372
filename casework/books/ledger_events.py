"""What happened in the ledgers and on the call-back list; told to leads and workers."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.calls import CallCounts
from casework.books.ledgers import Rectification
from casework.entities import Organisation


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """The lot fell on so many of the confirmed requests of a week; `day` (ISO) is when it was drawn."""

    drawn: int
    among: int
    day: str


@dataclass(frozen=True, slots=True)
class RectificationOpened:
    """Something is to be put right; `organisation` is None when a worker sees to it."""

    rectification: Rectification
    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class RectificationReported:
    """It is said to be put right; somebody else looks."""

    rectification: Rectification
    organisation: Organisation | None


@dataclass(frozen=True, slots=True)
class RectificationChecked:
    """Somebody looked: closed, or to be done again."""

    rectification: Rectification
    organisation: Organisation | None
    good: bool


@dataclass(frozen=True, slots=True)
class RectificationDue:
    """Its time is nearly over, or over."""

    rectification: Rectification
    organisation: Organisation | None
    late: bool
    day: str


@dataclass(frozen=True, slots=True)
class DayBegins:
    """What waits for a worker this morning. Not told when nothing waits."""

    calls: CallCounts
    unchecked: int
    late: int
    day: str


LedgerEvent = (
    SampleDrawn
    | RectificationOpened
    | RectificationReported
    | RectificationChecked
    | RectificationDue
    | DayBegins
)
