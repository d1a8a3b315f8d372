"""Several organisations on one request: one leads and is responsible, the others each have a part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class PartStatus(StrEnum):
    """Where a part stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    DROPPED = "dropped"


#: Somebody is still expected to do something about it.
OPEN_PARTS = frozenset({PartStatus.ASKED, PartStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class TeamPart:
    """What one organisation beside the lead one is asked to do; empty words: to help along."""

    id: int
    community_id: str
    request_id: int
    organisation_id: int
    task: str
    status: PartStatus
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = None
    words: str = ""


class Teams(Protocol):
    """The parts of requests that are done by a team."""

    async def add(self, part: TeamPart) -> TeamPart:
        """Insert (the id given is ignored)."""

    async def get(self, part_id: int) -> TeamPart | None: ...

    async def of_request(self, request_id: int) -> list[TeamPart]:
        """Oldest first."""

    async def open_of_organisations(self, organisation_ids: Iterable[int]) -> list[TeamPart]:
        """Asked or accepted, oldest first."""

    async def decide(
        self, part: TeamPart, status: PartStatus, at: datetime, by: int | None, words: str = ""
    ) -> bool:
        """Set the status; False when it is no longer what `part` says."""
