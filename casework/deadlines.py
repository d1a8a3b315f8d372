"""When an answer and a solution are promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.catalogue import ServiceClass

EMERGENCY = ServiceClass(answer_hours=0.5, resolve_hours=2)
SUPPLY = ServiceClass(answer_hours=24, resolve_hours=24)
GENERAL = ServiceClass(answer_hours=24, resolve_hours=7 * 24)
COMPLEX = ServiceClass(answer_hours=24, resolve_hours=15 * 24)

#: Water, power and lifts cannot wait a week; matters between many parties need longer than one.
_CLASS_OF_ITEM = {
    **dict.fromkeys(("hom_plumbing", "hom_electric", "hom_locks", "way_elevator", "aid_rescue"), SUPPLY),
    **dict.fromkeys(
        (
            "hom_property",
            "hom_leak",
            "law_mediation",
            "law_wage",
            "env_encroach",
            "way_parking",
            "way_charging",
        ),
        COMPLEX,
    ),
}

#: How long an unanswered emergency waits before everybody is called again, by repeat.
EMERGENCY_REPEATS = (2, 3, 5, 5, 10)


def service_class(item: str, *, urgent: bool) -> ServiceClass:
    """The promise for an item; an emergency has its own whatever the item."""
    return EMERGENCY if urgent else _CLASS_OF_ITEM.get(item, GENERAL)


def answer_due(item: str, now: datetime, *, urgent: bool) -> datetime:
    """By when the organisation asked should say yes or no."""
    return now + timedelta(hours=service_class(item, urgent=urgent).answer_hours)


def resolve_due(item: str, now: datetime, *, urgent: bool) -> datetime:
    """By when it should be solved, counted from `now`."""
    return now + timedelta(hours=service_class(item, urgent=urgent).resolve_hours)


def halfway(start: datetime, end: datetime) -> datetime:
    """The moment of the first reminder."""
    return start + (end - start) / 2


def repeat_emergency_at(now: datetime, step: int) -> datetime:
    """When to call everybody again after the `step`-th call."""
    minutes = EMERGENCY_REPEATS[min(step, len(EMERGENCY_REPEATS) - 1)]
    return now + timedelta(minutes=minutes)
