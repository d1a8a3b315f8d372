"""The problem ledger: what went wrong with a request or an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ProblemKind(StrEnum):
    """What went wrong."""

    LATE = "late"
    REFUSED = "refused"
    UNSOLVED = "unsolved"
    COMPLAINT = "complaint"
    REOPENED_TWICE = "reopened_twice"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry. Of one request each kind is entered once while it is open."""

    id: int
    community_id: str
    kind: ProblemKind
    request_id: int | None
    organisation_id: int | None
    words: str
    at: datetime
    closed_at: datetime | None = None


class Problems(Protocol):
    """The problem ledger."""

    async def add(self, problem: Problem) -> Problem | None:
        """Insert (the id given is ignored); None when this kind stands open for the request already."""

    async def get(self, problem_id: int) -> Problem | None: ...

    async def of_request(self, request_id: int) -> list[Problem]:
        """Oldest first."""
