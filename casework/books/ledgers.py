"""The problem ledger (what went wrong), the rectification ledger (what is put right), how they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.entities import Request
from casework.reports import RequestFilter


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
    """One entry. Of one request each kind is entered once while it is open. `closing` says why it is over."""

    id: int
    community_id: str
    kind: ProblemKind
    request_id: int | None
    organisation_id: int | None
    words: str
    at: datetime
    closed_at: datetime | None = None
    closed_by: int | None = None
    closing: str = ""
    #: Who complained; nobody where it is about a request.
    person_id: int | None = None


class RectificationState(StrEnum):
    """How far it is. REPORTED: whoever had to says it is put right, and somebody else has to look."""

    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Rectification:
    """What is put right after a problem: who, by when, the evidence, and who looked at it again.

    `organisation_id` None: the worker `owner_id` sees to it. `photo` is the messenger's file id. `returned`
    counts how often it was looked at and found wanting.
    """

    id: int
    community_id: str
    problem_id: int
    request_id: int | None
    organisation_id: int | None
    owner_id: int | None
    task: str
    at: datetime
    due_at: datetime
    created_by: int | None
    state: RectificationState = RectificationState.OPEN
    evidence: str = ""
    photo: str = ""
    reported_at: datetime | None = None
    reported_by: int | None = None
    checked_at: datetime | None = None
    checked_by: int | None = None
    check_words: str = ""
    returned: int = 0


class Book(StrEnum):
    """One of the three ledgers: 需求台账, 问题台账, 整改台账."""

    NEEDS = "needs"
    PROBLEMS = "problems"
    RECTIFICATIONS = "rectifications"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which problems or rectifications are wanted; None means all. Times are of entering or beginning.

    For the ledger of needs there is `casework.reports.RequestFilter`.
    """

    since: datetime | None = None
    until: datetime | None = None
    kind: ProblemKind | None = None
    open: bool | None = None
    state: RectificationState | None = None
    organisation_id: int | None = None
    compound: str | None = None


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem with the request it is about."""

    problem: Problem
    request: Request | None


@dataclass(frozen=True, slots=True)
class RectificationRow:
    """A rectification with its problem and request."""

    rectification: Rectification
    problem: Problem
    request: Request | None


class Problems(Protocol):
    """The problem ledger."""

    async def add(self, problem: Problem) -> Problem | None:
        """Insert (the id given is ignored); None when this kind stands open for the request already."""

    async def get(self, problem_id: int) -> Problem | None: ...

    async def of_request(self, request_id: int) -> list[Problem]:
        """Oldest first."""

    async def of_requests(self, request_ids: Iterable[int]) -> dict[int, list[Problem]]:
        """Of those requests that have any, oldest first."""

    async def close(self, problem_id: int, at: datetime, by: int | None, words: str) -> bool:
        """False when it was closed before."""


class Rectifications(Protocol):
    """The rectification ledger."""

    async def add(self, rectification: Rectification) -> Rectification | None:
        """Insert (the id given is ignored); None when one is not closed yet for the problem."""

    async def get(self, rectification_id: int) -> Rectification | None: ...

    async def of_problems(self, problem_ids: Iterable[int]) -> dict[int, list[Rectification]]:
        """Of those problems that have any, oldest first."""

    async def save(self, rectification: Rectification, before: RectificationState) -> bool:
        """Write; False when its state is no longer `before`."""

    async def due(self, until: datetime, limit: int = 50) -> list[Rectification]:
        """Open ones whose time ends before `until`, most pressing first."""

    async def of_organisations(self, organisation_ids: Iterable[int]) -> list[Rectification]:
        """Those not closed that these organisations have to see to, most pressing first."""

    async def unchecked(self, limit: int = 50) -> list[Rectification]:
        """Reported ones that nobody has looked at, oldest first."""


class Ledgers(Protocol):
    """The three ledgers as they are read: newest first, in pages."""

    async def needs(self, wanted: RequestFilter, limit: int, offset: int = 0) -> list[Request]: ...

    async def problems(self, wanted: LedgerFilter, limit: int, offset: int = 0) -> list[ProblemRow]: ...

    async def rectifications(
        self, wanted: LedgerFilter, limit: int, offset: int = 0
    ) -> list[RectificationRow]: ...

    async def confirmed(self, since: datetime, until: datetime, filed_since: datetime) -> list[int]:
        """Ids of what residents confirmed themselves in that span and nobody has rung up about, in order."""

    async def count_needs(self, wanted: RequestFilter) -> dict[str, int]:
        """How many match, by status."""

    async def count(self, book: Book, wanted: LedgerFilter) -> dict[str, int]:
        """How many match, by kind (problems) or state (rectifications)."""
