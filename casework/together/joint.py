"""Joint needs (汇需成项): what many neighbours want becomes one small project with milestones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.entities import Request


class JointState(StrEnum):
    """Where a joint need stands; what happens after it was accepted is told by its request."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class JointNeed:
    """Requests of one item in one compound. `request_id` is the project's own request, once accepted;
    `residents` is how many people stand behind it."""

    id: int
    community_id: str
    item: str
    compound: str
    state: JointState
    residents: int
    found_at: datetime
    request_id: int | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the project: what, by when, whether it is done."""

    id: int
    joint_id: int
    position: int
    what: str
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    note: str = ""


class JointNeeds(Protocol):
    """Joint needs, the requests behind them, their milestones."""

    async def behind(self, item: str, compound: str, since: datetime) -> list[Request]:
        """Requests of that item and compound filed since that were not taken back; oldest first."""

    async def crowded(self, since: datetime, least: int) -> list[tuple[str, str]]:
        """(item, compound) with requests of at least so many residents filed since."""

    async def add(self, joint: JointNeed, request_ids: Iterable[int]) -> JointNeed:
        """Insert (the id given is ignored) with the requests behind it; returns it with its id."""

    async def get(self, joint_id: int, *, lock: bool = False) -> JointNeed | None: ...

    async def of_request(self, request_id: int) -> JointNeed | None:
        """The one whose project this request is."""

    async def latest(self, item: str, compound: str) -> JointNeed | None:
        """The newest of that item and compound, whatever became of it."""

    async def listed(self, states: Iterable[JointState], limit: int = 20) -> list[JointNeed]:
        """Newest first."""

    async def members(self, joint_id: int) -> list[Request]:
        """The requests behind it, oldest first."""

    async def include(self, joint_id: int, request_ids: Iterable[int]) -> None:
        """More requests stand behind it; a repeat changes nothing."""

    async def save(self, joint: JointNeed, before: JointState) -> bool:
        """Write if it still stands in `before`; False when somebody was faster."""

    async def milestones(self, joint_id: int) -> list[Milestone]:
        """In their order."""

    async def set_milestones(self, joint_id: int, milestones: Sequence[Milestone]) -> None:
        """In the place of those that are not done yet."""

    async def milestone(self, milestone_id: int) -> Milestone | None: ...

    async def save_milestone(self, milestone: Milestone) -> None:
        """Its outcome and note."""
