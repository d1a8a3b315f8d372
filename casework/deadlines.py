"""When an answer and a solution are promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.catalogue import Community

#: How long an unanswered emergency waits before everybody is called again, by repeat, in minutes.
EMERGENCY_REPEATS = (2, 3, 5, 5, 10)


def answer_due(community: Community, item: str, now: datetime, *, urgent: bool) -> datetime:
    """By when the organisation asked should say yes or no."""
    policy = community.policy
    promise = policy.promise(policy.class_of(item, urgent=urgent))
    return now + timedelta(hours=promise.answer_hours)


def resolve_due(community: Community, item: str, now: datetime, *, urgent: bool) -> datetime:
    """By when it should be solved, counted from `now`."""
    policy = community.policy
    promise = policy.promise(policy.class_of(item, urgent=urgent))
    return now + timedelta(hours=promise.resolve_hours)


def halfway(start: datetime, end: datetime) -> datetime:
    """The moment of the first reminder."""
    return start + (end - start) / 2


def repeat_emergency_at(now: datetime, step: int) -> datetime:
    """When to call everybody again after the `step`-th call."""
    minutes = EMERGENCY_REPEATS[min(step, len(EMERGENCY_REPEATS) - 1)]
    return now + timedelta(minutes=minutes)
