"""Reports: what is counted, along which axes, and how each number leads back to its requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from casework.books.rates import Rates
from casework.catalogue import Community
from casework.entities import Request
from casework.errors import NotFound
from casework.reports import RequestFilter
from casework.statuses import CLOSED, RequestStatus

#: Requests that still want something from somebody who is not the resident.
OPEN = frozenset(RequestStatus) - CLOSED - {RequestStatus.DONE}


class Axis(StrEnum):
    """Along what requests are told apart."""

    GROUP = "group"
    ITEM = "item"
    CATEGORY = "category"
    ORGANISATION = "organisation"
    COMPOUND = "compound"
    DAY = "day"


#: The compound key of all places that the profile does not name, and of requests that name none.
ELSEWHERE = "x"
#: The organisation key of requests that nobody has.
NOBODY = "0"


class Part(StrEnum):
    """Which of the requests a number counts."""

    ALL = "all"
    URGENT = "urgent"
    OPEN = "open"
    LATE = "late"
    DONE = "done"
    CONFIRMED = "sure"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the same requests: all, and those of each part."""

    total: int = 0
    urgent: int = 0
    open: int = 0
    late: int = 0
    done: int = 0
    confirmed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.total + other.total,
            self.urgent + other.urgent,
            self.open + other.open,
            self.late + other.late,
            self.done + other.done,
            self.confirmed + other.confirmed,
        )


@dataclass(frozen=True, slots=True)
class Effort:
    """What leads say they spent, in hours, and the stars that residents gave."""

    hours: float = 0.0
    rated: int = 0
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers of one slice of a span."""

    tally: Tally
    rates: Rates
    effort: Effort


@dataclass(frozen=True, slots=True)
class Slice:
    """A cut through all requests, such as one group in one compound: (axis, key) pairs.

    Keys are the group's or item's code, the organisation's id (`NOBODY`: nobody has it), the position in
    the profile of a category or compound (`ELSEWHERE`: none of them).
    """

    keys: tuple[tuple[Axis, str], ...] = ()

    def narrowed(self, axis: Axis, key: str) -> Slice:
        """This slice with one more cut; of one axis the newest holds, and no more than two are kept."""
        kept = tuple(pair for pair in self.keys if pair[0] is not axis)
        return replace(self, keys=(*kept, (axis, key))[-2:])

    def key(self, axis: Axis) -> str | None:
        """Where it is cut along this axis."""
        return dict(self.keys).get(axis)


def wanted(community: Community, cut: Slice, since: datetime, until: datetime) -> RequestFilter:
    """The requests of a slice created in `since <= created_at < until`. Raises NotFound for a wrong key."""
    found = RequestFilter(since=since, until=until)
    for axis, key in cut.keys:
        found = _narrow(found, community, axis, key)
    return found


def _narrow(found: RequestFilter, community: Community, axis: Axis, key: str) -> RequestFilter:
    match axis:
        case Axis.GROUP if items := community.catalogue.in_group(key):
            return replace(found, items=frozenset(item.code for item in items))
        case Axis.ITEM if key in community.catalogue:
            return replace(found, item=key)
        case Axis.CATEGORY:
            return replace(found, category=_at(community.categories, key))
        case Axis.ORGANISATION if key.isdecimal() and key.isascii() and len(key) < 19:
            return replace(found, organisation_id=int(key))
        case Axis.COMPOUND if key == ELSEWHERE:
            return replace(found, outside=frozenset(community.compounds))
        case Axis.COMPOUND:
            return replace(found, compound=_at(community.compounds, key))
    raise NotFound(what=axis.value, id=key)


def _at(names: tuple[str, ...], key: str) -> str:
    if key.isdecimal() and key.isascii() and len(key) < 5 and int(key) < len(names):
        return names[int(key)]
    raise NotFound(what="position", id=key)


def of_part(slice_of: RequestFilter, part: Part, now: datetime) -> RequestFilter:
    """The filter for one part of what a filter wants; the same conditions make the counts."""
    match part:
        case Part.URGENT:
            return replace(slice_of, urgent=True)
        case Part.OPEN:
            return replace(slice_of, statuses=OPEN)
        case Part.LATE:
            return replace(slice_of, late_at=late_at(slice_of, now))
        case Part.DONE:
            return replace(slice_of, statuses=frozenset({RequestStatus.DONE}))
        case Part.CONFIRMED:
            return replace(slice_of, statuses=frozenset({RequestStatus.CONFIRMED}))
    return slice_of


def late_at(wanted: RequestFilter, now: datetime) -> datetime:
    """Until when something must have been due to be late: nobody is late for an end that has not come."""
    return min(wanted.until or now, now)


def key_of(community: Community, axis: Axis, value: object) -> str:
    """The key under which a column's value is counted."""
    if axis is Axis.GROUP:
        return community.catalogue.item(str(value)).group
    if axis is Axis.COMPOUND:
        known = value in community.compounds
        return str(community.compounds.index(str(value))) if known else ELSEWHERE
    if axis is Axis.CATEGORY:
        # A category that the profile has given up is kept by its name, and cannot be opened.
        known = value in community.categories
        return str(community.categories.index(str(value))) if known else str(value)
    return NOBODY if value is None else str(value)


def folded(community: Community, axis: Axis, counted: Mapping[Any, Tally]) -> dict[str, Tally]:
    """What was counted by column values, by keys."""
    found: dict[str, Tally] = {}
    for value, tally in counted.items():
        key = key_of(community, axis, value)
        found[key] = found.get(key, Tally()) + tally
    return found


class Figures(Protocol):
    """Counts over the requests that match, and the requests themselves."""

    async def tally(self, wanted: RequestFilter, now: datetime) -> Tally: ...

    async def by(self, axis: Axis, wanted: RequestFilter, now: datetime) -> dict[object, Tally]:
        """By the value of the axis' column: item code (for groups too), category, organisation id (None:
        nobody), compound; for days the local day as `YYYY-MM-DD`."""

    async def cross(self, wanted: RequestFilter) -> dict[tuple[str, str], int]:
        """(compound, item code) → how many."""

    async def effort(self, wanted: RequestFilter) -> Effort: ...

    async def listed(self, wanted: RequestFilter, limit: int, skip: int = 0) -> list[Request]:
        """Newest first."""
