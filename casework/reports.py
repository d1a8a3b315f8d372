"""What lists and reports ask for: filters, and what was found by words."""

from __future__ import annotations

from dataclasses import dataclass
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
