"""The claiming meeting: a batch is published, organisations tick what they would take, a draw settles it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; of a community one is open at a time."""

    id: int
    community_id: str
    opened_by: int
    opened_at: datetime
    closes_at: datetime
    status: MeetingStatus = MeetingStatus.OPEN


@dataclass(frozen=True, slots=True)
class Lot:
    """One request of a meeting; `organisation_id` is who got it, once it is settled."""

    request_id: int
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """「我们愿意接」: an organisation's, by one of its leads."""

    request_id: int
    organisation_id: int
    person_id: int


class Meetings(Protocol):
    """Meetings with their lots and ticks."""

    async def open(self, meeting: Meeting, request_ids: Iterable[int]) -> Meeting:
        """Insert (the id given is ignored)."""

    async def get(self, meeting_id: int, *, lock: bool = False) -> Meeting | None:
        """`lock` keeps everybody else from ticking and settling until the transaction ends."""

    async def current(self) -> Meeting | None:
        """The open one."""

    async def lots(self, meeting_id: int) -> list[Lot]:
        """By request id."""

    async def ticks(self, meeting_id: int) -> list[Tick]:
        """By request id, then organisation id."""

    async def tick(self, meeting_id: int, tick: Tick, at: datetime) -> None:
        """A repeat changes nothing."""

    async def untick(self, meeting_id: int, tick: Tick) -> None:
        """A repeat changes nothing."""

    async def close(self, meeting_id: int, status: MeetingStatus, won: Iterable[Lot] = ()) -> bool:
        """End it, with who got what; False when it has ended already."""
