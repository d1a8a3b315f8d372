"""The register of organisations: red and black list, abnormal ones, spot checks, standing, the dormant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from casework.judging.evaluation import Grade
from casework.statuses import Standing

#: A lead may answer within so many days before a black listing counts in full.
ANSWER_DAYS = 7


class ListKind(StrEnum):
    """Which list: 红榜, 黑榜, 异常名录."""

    RED = "red"
    BLACK = "black"
    ABNORMAL = "abnormal"


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry. Nothing is ever deleted: what is over has `removed_at`. The lead may answer until
    `answer_due`; a worker who stands by it all the same sets `upheld_at`."""

    id: int
    community_id: str
    organisation_id: int
    kind: ListKind
    reason: str
    by: int
    at: datetime
    answer_due: datetime
    answer: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None
    upheld_at: datetime | None = None
    removed_at: datetime | None = None
    removed_by: int | None = None
    removed_why: str = ""

    def counts_fully(self, now: datetime) -> bool:
        """A black entry is a warning until its answer was weighed, or nobody answered in time."""
        if self.kind is not ListKind.BLACK or self.upheld_at is not None:
            return True
        return self.answered_at is None and self.answer_due <= now


class Verdict(StrEnum):
    """What a spot check found."""

    GOOD = "good"
    MINOR = "minor"
    SERIOUS = "serious"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """An organisation drawn in the week that begins on the Monday `week`."""

    id: int
    community_id: str
    organisation_id: int
    week: date
    drawn_at: datetime
    checked_at: datetime | None = None
    by: int | None = None
    verdict: Verdict | None = None
    words: str = ""


class Cause(StrEnum):
    """What a standing comes from."""

    NOTHING = "nothing"
    RED_LIST = "red_list"
    BLACK_LIST = "black_list"
    BLACK_PENDING = "black_pending"
    ABNORMAL_LIST = "abnormal_list"
    GRADE_A = "grade_a"
    GRADE_D = "grade_d"


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of an organisation day by day: since when it is here, when somebody of it last acted,
    since when it counts as dormant (None: it does not), and where its standing comes from."""

    organisation_id: int
    community_id: str
    first_seen_at: datetime
    last_sign_at: datetime | None = None
    dormant_since: datetime | None = None
    cause: Cause = Cause.NOTHING
    changed_at: datetime | None = None


def standing_of(listings: Iterable[Listing], grade: Grade | None, now: datetime) -> tuple[Standing, Cause]:
    """The standing that follows from what is listed and from the latest grade; the worst counts."""
    standing = {listing.kind: listing for listing in listings if listing.removed_at is None}
    black = standing.get(ListKind.BLACK)
    if black is not None:
        if black.counts_fully(now):
            return Standing.BLACK, Cause.BLACK_LIST
        return Standing.WATCH, Cause.BLACK_PENDING
    if ListKind.ABNORMAL in standing:
        return Standing.WATCH, Cause.ABNORMAL_LIST
    if grade is Grade.D:
        return Standing.WATCH, Cause.GRADE_D
    if ListKind.RED in standing:
        return Standing.RED, Cause.RED_LIST
    if grade is Grade.A:
        return Standing.RED, Cause.GRADE_A
    return Standing.NORMAL, Cause.NOTHING


def is_dormant(last_sign: datetime, now: datetime, days: int) -> bool:
    """Whether nobody of it has acted for so many days."""
    return now - last_sign >= timedelta(days=days)


class Register(Protocol):
    """Listings, spot checks and presences."""

    async def enter(self, listing: Listing) -> Listing | None:
        """Insert (the id given is ignored); None when the organisation stands on this list already."""

    async def get(self, listing_id: int) -> Listing | None: ...

    async def save(self, listing: Listing) -> None:
        """Write answer, decision or removal."""

    async def listed(self, kind: ListKind | None = None) -> list[Listing]:
        """What stands now, newest first."""

    async def every(self, limit: int = 5000) -> list[Listing]:
        """All there ever were, oldest first."""

    async def of_organisation(self, organisation_id: int) -> list[Listing]:
        """All there ever were, newest first."""

    async def draw(self, check: SpotCheck) -> SpotCheck | None:
        """Insert (the id given is ignored); None when it was drawn in this week already."""

    async def check(self, check_id: int) -> SpotCheck | None: ...

    async def record_check(self, check: SpotCheck) -> bool:
        """Write the verdict; False when there is one already."""

    async def checks(self, *, open_only: bool = False, limit: int = 50) -> list[SpotCheck]:
        """Newest first."""

    async def presences(self) -> dict[int, Presence]:
        """By organisation."""

    async def save_presence(self, presence: Presence) -> None:
        """Insert or update."""

    async def signs_of_life(self) -> dict[int, datetime]:
        """By organisation: when one of its leads last joined or answered an offer."""

    async def set_standing(self, organisation_id: int, standing: Standing) -> None:
        """Nothing else of the organisation is touched."""
