"""The call-back list: whom a worker rings up, for silence in the chat or because the lot fell on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

#: So often somebody is rung up before they count as unreachable.
MOST_TRIES = 3


class CallReason(StrEnum):
    """Why somebody is rung up."""

    SILENT = "silent"
    SAMPLE = "sample"


class CallOutcome(StrEnum):
    """How it ended. ANSWERED: the resident spoke in the chat before the telephone rang."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    UNREACHABLE = "unreachable"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Call:
    """One entry of the list. `outcome` is None while it waits; `due_at` is when to ring (again)."""

    id: int
    community_id: str
    request_id: int
    reason: CallReason
    at: datetime
    due_at: datetime
    tries: int = 0
    outcome: CallOutcome | None = None
    words: str = ""
    decided_at: datetime | None = None
    decided_by: int | None = None


@dataclass(frozen=True, slots=True)
class CallCounts:
    """How many are to be rung up now, and how many later."""

    now: int = 0
    later: int = 0


class Calls(Protocol):
    """The call-back list. Of one request at most one entry waits."""

    async def add(self, call: Call) -> Call | None:
        """Insert (the id given is ignored); None when one waits for the request already."""

    async def get(self, call_id: int) -> Call | None: ...

    async def waiting_of(self, request_id: int) -> Call | None:
        """The entry of this request that waits."""

    async def of_requests(self, request_ids: Iterable[int]) -> dict[int, list[Call]]:
        """All entries of those requests that have any, oldest first."""

    async def due(self, now: datetime, limit: int = 50) -> list[Call]:
        """Whom to ring now; who has waited longest first."""

    async def counts(self, now: datetime) -> CallCounts: ...

    async def save(self, call: Call) -> bool:
        """Write one that waits; False when it is decided already."""

    async def note(self, call_id: int, words: str) -> None:
        """Keep the remarks of a call, in the place of earlier ones."""

    async def answered(self, request_id: int, at: datetime) -> None:
        """The resident spoke in the chat: the entry that waits is over."""
