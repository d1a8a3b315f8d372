"""The same thing twice: who follows a request of somebody else's, and which requests look alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.entities import Details, Request
from casework.statuses import CLOSED, RequestStatus

#: What is everybody's business: only of these a neighbour is told that somebody else has reported them.
SHARED_GROUPS = frozenset({"ENV", "WAY", "SAF"})
SHARED_ITEMS = frozenset({"hom_property", "hom_leak"})
#: What somebody saw or suffered in person.
PRIVATE_ITEMS = frozenset({"saf_patrol"})
#: Nothing can be joined to these any more: whoever still has the trouble files anew or says 没解决.
OVER = CLOSED | {RequestStatus.DONE}


class FollowKind(StrEnum):
    """How somebody came to follow a request."""

    ASKED = "asked"
    MERGED = "merged"
    JOINT = "joint"


class Verdict(StrEnum):
    """What is known of a pair that looks alike."""

    OPEN = "open"
    #: The resident was asked and said that it is something else.
    RESIDENT_NO = "resident_no"
    #: A worker looked and said so.
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who has the same trouble. `origin_id` is the request that they chose, or their own one that
    was merged; `request_id` is where that stands now. What they wrote is kept for filing it after all."""

    community_id: str
    request_id: int
    person_id: int
    origin_id: int
    how: FollowKind
    since: datetime
    description: str = ""
    summary: str = ""
    details: Details = field(default_factory=Details)
    unsolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A later request (`request_id`) that may be the same thing as an earlier one."""

    request_id: int
    other_id: int
    likeness: float
    at: datetime
    verdict: Verdict = Verdict.OPEN


class Followers(Protocol):
    """Who follows which request."""

    async def add(self, follower: Follower) -> bool:
        """False when this person follows from this origin already."""

    async def of_request(self, request_id: int) -> list[Follower]:
        """In the order of their coming; somebody may stand in it twice, by two origins."""

    async def of_person(self, person_id: int, limit: int = 20) -> list[Follower]:
        """Newest first."""

    async def drop(self, request_id: int, person_id: int) -> bool:
        """They follow it no more; False when they did not."""

    async def drop_origin(self, origin_id: int, how: FollowKind) -> None:
        """Whoever follows because of that request follows no more."""

    async def move(self, origin_ids: Iterable[int], to_request: int) -> None:
        """Whoever came by these requests follows `to_request` from now on."""

    async def object(self, request_id: int, person_id: int, at: datetime | None) -> None:
        """They say that it is not solved (None: that is over)."""


class Alikes(Protocol):
    """Requests that look alike."""

    async def among(self, item: str, since: datetime, limit: int = 200) -> list[Request]:
        """Requests of an item that are not over, filed since; newest first."""

    async def merged_into(self, request_ids: Iterable[int]) -> list[Request]:
        """Those that were merged into one of these."""

    async def keep(self, alike: Alike) -> bool:
        """False for a pair that is kept already, which is not changed."""

    async def of_request(self, request_id: int) -> list[Alike]:
        """Pairs in which the request is the earlier or the later; most alike first."""

    async def judge(self, request_id: int, other_id: int, verdict: Verdict) -> bool:
        """False when there is no such pair."""
