"""Time in which somebody may act, and promises counted in it; local times of Shanghai."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.communities import load_community
from bot.holidays import ChineseCalendar
from casework.policy import Policy, QuietHours, ServiceClass
from casework.promises.deadlines import Term, answer_due, resolve_due, resumed_due
from casework.promises.working_time import WorkingTime

COMMUNITY = load_community("fenghe")[0]
TIME = WorkingTime(COMMUNITY)
LAMP, PIPE, LEAK = "saf_lighting", "hom_plumbing", "hom_leak"


def at(day: str, hour: str = "10:00") -> datetime:
    """A local moment as UTC."""
    return datetime.fromisoformat(f"2026-{day}T{hour}:00+08:00").astimezone(UTC)


def test_a_promised_day_is_the_same_hour_of_the_next_working_day() -> None:
    assert answer_due(COMMUNITY, LAMP, at("11-23"), urgent=False) == at("11-24")
    # Friday: the weekend does not count.
    assert answer_due(COMMUNITY, LAMP, at("11-27", "16:20"), urgent=False) == at("11-30", "16:20")


def test_what_is_said_at_night_counts_from_the_morning() -> None:
    assert answer_due(COMMUNITY, LAMP, at("11-23", "23:00"), urgent=False) == at("11-24", "21:30")
    assert answer_due(COMMUNITY, LAMP, at("11-21", "15:00"), urgent=False) == at("11-23", "21:30")
    assert TIME.after(at("11-21", "15:00"), timedelta()) == at("11-23", "07:30")


def test_seven_days_are_seven_working_days_and_danger_and_supply_count_every_hour() -> None:
    start = at("11-27")
    assert resolve_due(COMMUNITY, LAMP, start, urgent=False) == at("12-08")
    assert resolve_due(COMMUNITY, LEAK, start, urgent=False) == at("12-18")
    assert resolve_due(COMMUNITY, PIPE, start, urgent=False) == start + timedelta(hours=24)
    assert resolve_due(COMMUNITY, LAMP, start, urgent=True) == start + timedelta(hours=2)
    assert answer_due(COMMUNITY, LAMP, start, urgent=True) == start + timedelta(minutes=30)


def test_public_holidays_rest_and_the_days_in_their_place_work() -> None:
    calendar = ChineseCalendar()
    assert not calendar.is_working_day(date(2026, 10, 1))
    # The Saturday after the National Day of 2026 is worked.
    assert calendar.is_working_day(date(2026, 10, 10))
    assert not calendar.is_working_day(date(2026, 10, 17))
    assert answer_due(COMMUNITY, LAMP, at("09-30"), urgent=False) == at("10-08")


def test_beyond_the_data_days_are_weekdays() -> None:
    calendar = ChineseCalendar()
    assert calendar.is_working_day(date(2099, 10, 1))
    assert not calendar.is_working_day(date(2099, 10, 3))


def test_reminders_fall_into_working_time() -> None:
    term = Term(COMMUNITY, ServiceClass.GENERAL, 24)
    end = term.end(at("11-23", "20:00"))
    assert end == at("11-24", "20:00")
    assert term.at(end, 0.5) == at("11-24", "13:00")
    assert term.at(end, 0) == at("11-23", "20:00")
    assert term.at(end, 1.25) == at("11-25", "09:30")


@pytest.mark.parametrize(
    ("asked", "answered", "due"),
    [
        # Three days over a weekend: one working day passed.
        ("11-27", "11-30", "12-01"),
        # Asked and answered at night: nothing passed.
        ("11-24", "11-24", "11-30"),
    ],
)
def test_the_clock_stands_still_while_the_resident_is_asked(asked: str, answered: str, due: str) -> None:
    request = _asked(at("11-30"), at(asked))
    night = asked == answered
    now = at(answered, "10:00")
    assert resumed_due(COMMUNITY, request, now) == (at("11-30") if night else at(due))


def test_asking_does_not_mend_a_broken_promise() -> None:
    request = _asked(at("11-25"), at("11-26"))
    assert resumed_due(COMMUNITY, request, at("12-10")) == at("11-25")


def _asked(due: datetime, stopped: datetime) -> Any:
    from casework.entities import Details, Request
    from casework.statuses import RequestStatus

    return Request(
        1, COMMUNITY.id, "1", 1, LAMP, "", "", "", RequestStatus.WAITING_RESIDENT, Details(), due, due,
        resolve_due=due, stopped_at=stopped,
    )  # fmt: skip


MOMENTS = st.integers(0, 333 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
SPANS = st.integers(0, 20 * 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(MOMENTS, SPANS)
def test_what_is_added_has_passed_between(moment: datetime, span: timedelta) -> None:
    later = TIME.after(moment, span)
    assert TIME.between(moment, later) == span
    assert TIME.between(TIME.before(later, span), later) == span


@given(MOMENTS, SPANS, SPANS)
def test_a_longer_promise_is_never_due_earlier(moment: datetime, a: timedelta, b: timedelta) -> None:
    assert TIME.after(moment, a) <= TIME.after(moment, a + b)


@pytest.mark.parametrize(
    ("quiet", "day"),
    [
        (QuietHours(), 14),
        (QuietHours(time(0), time(0)), 24),
        (QuietHours(time(0), time(6)), 18),
        (QuietHours(time(20), time(0)), 20),
        (QuietHours(time(1), time(5)), 24),
    ],
)
def test_a_day_is_what_the_quiet_hours_leave(quiet: QuietHours, day: int) -> None:
    own = WorkingTime(replace(COMMUNITY, policy=Policy(quiet=quiet)))
    assert own.day == timedelta(hours=day)
    assert own.after(at("11-23", "12:00"), own.day) == at("11-24", "12:00")
