"""What reports ask for and get: filters and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from casework.entities import Request
from casework.statuses import RequestStatus


@dataclass(frozen=True, slots=True)
class Found:
    """Requests that fit what was typed, newest first. Words are looked for in so many requests at a time:
    `before` is the id from which to look further back (None: everything was looked at), `since` the time
    of the oldest that was looked at."""

    requests: list[Request]
    before: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests a list or an export wants; None means all."""

    since: datetime | None = None
    until: datetime | None = None
    statuses: frozenset[RequestStatus] | None = None
    #: 0: nobody has it.
    organisation_id: int | None = None
    item: str | None = None
    #: Any of these.
    items: frozenset[str] | None = None
    #: In the community's own classification.
    category: str | None = None
    compound: str | None = None
    #: In none of these compounds: elsewhere, or nobody said where.
    outside: frozenset[str] | None = None
    urgent: bool | None = None
    #: Done after the promised time, or due before this moment and not done.
    late_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the requests created in a span. Rates are left to the reader of numerator and denominator."""

    total: int = 0
    urgent: int = 0
    late: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    by_item: dict[str, int] = field(default_factory=dict)
    by_category: dict[str, int] = field(default_factory=dict)
    by_organisation: dict[int, int] = field(default_factory=dict)
    by_day: dict[str, int] = field(default_factory=dict)
    answered_in_time: int = 0
    dispatched: int = 0
    solved: int = 0
    asked: int = 0
    satisfied: int = 0
    rated: int = 0
    stars_sum: int = 0
    hours: float = 0.0
