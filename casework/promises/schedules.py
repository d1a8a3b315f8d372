"""What happens at a moment that belongs to no single request: closings, letters, weekly draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ScheduleKind(StrEnum):
    """What is to be done."""

    MORNING_DIGEST = "morning_digest"
    MEETING_CLOSES = "meeting_closes"
    LOOK_FOR_JOINT_NEEDS = "look_for_joint_needs"
    WEEKLY_SAMPLE = "weekly_sample"
    WEEKLY_SPOT_CHECKS = "weekly_spot_checks"
    DAILY_STANDINGS = "daily_standings"
    MONTHLY_NOTICE = "monthly_notice"
    WEEKLY_LETTERS = "weekly_letters"
    MORNING_ROUND = "morning_round"
    FOLD_SHOWINGS = "fold_showings"
    TELL_ANCHOR = "tell_anchor"
    ASK_CONSENT = "ask_consent"
    ERASE_PERSON = "erase_person"
    ERASE_ON = "erase_on"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One moment. `subject_id` is what it is about (a meeting's id), 0 for the whole community."""

    kind: ScheduleKind
    subject_id: int
    due_at: datetime


class Schedules(Protocol):
    """Moments as rows: each comes once, late after an outage."""

    async def plan(self, kind: ScheduleKind, due_at: datetime, subject_id: int = 0) -> None:
        """Set the moment of (kind, subject), in the place of the one that was set before."""

    async def plan_first(self, kind: ScheduleKind, due_at: datetime, subject_id: int = 0) -> None:
        """Set it unless one is set."""

    async def drop(self, kind: ScheduleKind, subject_id: int = 0) -> None:
        """It will not come."""

    async def claim_due(self, now: datetime) -> Schedule | None:
        """Take one that has come (oldest first) out of the rows, in this transaction; who takes it plans the
        next one."""
