"""Who was asked and why: each decision with everybody who was thought of, kept so that it can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.entities import ScorePart


class How(StrEnum):
    """By what way it was decided."""

    DIRECT = "direct"
    POOL = "pool"
    TEAM = "team"
    MEETING = "meeting"
    BACKLOG = "backlog"
    EMERGENCY = "emergency"
    WORKER = "worker"
    #: Again to whoever had it before it was taken back or merged.
    BEFORE = "before"
    HANDED_ON = "handed_on"
    NOBODY = "nobody"


class Out(StrEnum):
    """Why an organisation that does such things was not thought of."""

    PAUSED = "paused"
    BLACK = "black"
    FAR = "far"
    FULL = "full"
    ASKED = "asked"
    KEPT_OUT = "kept_out"


@dataclass(frozen=True, slots=True)
class Option:
    """One organisation that could take it, with its score and the parts of it."""

    organisation_id: int
    score: float
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One that does such things and could not be asked."""

    organisation_id: int
    why: Out


@dataclass(frozen=True, slots=True)
class Decision:
    """`chosen` in the order of asking; `options` best first; `unfit` is how many others do no such things.

    `by` is the worker who decided, None where the program did.
    """

    id: int
    community_id: str
    request_id: int
    at: datetime
    how: How
    chosen: tuple[int, ...]
    options: tuple[Option, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unfit: int = 0
    weights: Mapping[str, float] = field(default_factory=dict)
    by: int | None = None


class Decisions(Protocol):
    """The decisions of requests."""

    async def keep(self, decision: Decision) -> Decision:
        """Insert (the id given is ignored)."""

    async def of_request(self, request_id: int) -> list[Decision]:
        """Oldest first."""
