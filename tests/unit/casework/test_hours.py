"""The hours of an organisation as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework.giving.hours import open_at, open_on, parse_hours

# 2026-11-23 is a Monday.
MONDAY_TEN, MONDAY_EIGHT_EVENING = (
    datetime(2026, 11, 23, 10, tzinfo=UTC),
    datetime(2026, 11, 23, 20, tzinfo=UTC),
)
SATURDAY_TEN, SATURDAY_THREE, SUNDAY_TEN = (
    datetime(2026, 11, 28, 10, tzinfo=UTC),
    datetime(2026, 11, 28, 15, tzinfo=UTC),
    datetime(2026, 11, 29, 10, tzinfo=UTC),
)
MOMENTS = (MONDAY_TEN, MONDAY_EIGHT_EVENING, SATURDAY_TEN, SATURDAY_THREE, SUNDAY_TEN)


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("周一至周五 9:00-17:00，周六 9:00-12:00", [True, False, True, False, False]),
        ("周一到周日 8:00–21:00", [True, True, True, True, True]),
        ("每天 8:30-17:00", [True, False, True, True, True]),
        ("星期一、星期三 9点-17点", [True, False, False, False, False]),
        ("周六周日 9：00－16：00", [False, False, True, True, True]),
        ("周末9:00-12:00", [False, False, True, False, True]),
        ("工作日 9-12，14-21", [True, True, False, False, False]),
        ("周五至周一 14:00-16:00", [False, False, False, True, False]),
        ("每天24小时", [True, True, True, True, True]),
        ("9:00-17:00", [True, False, True, True, True]),
        ("周一、周三 9点半-17点", [True, False, False, False, False]),
        ("周一 8点30-12点、周六 9-12", [True, False, True, False, False]),
        ("周六全天", [False, False, True, True, False]),
    ],
)
def test_words_are_read(words: str, there: list[bool]) -> None:
    openings = parse_hours(words)
    assert openings is not None
    assert [open_at(openings, moment) for moment in MOMENTS] == there


def test_a_day_is_open_when_any_hour_of_it_is() -> None:
    openings = parse_hours("周六 9:00-12:00")
    assert openings is not None
    assert open_on(openings, SATURDAY_THREE)
    assert not open_on(openings, MONDAY_TEN)


@pytest.mark.parametrize(
    "words", ["随时", "上午", "周八 9:00-17:00", "周一 17:00-9:00", "周一 25:00-26:00", "9:00"]
)
def test_what_cannot_be_read_is_not_guessed(words: str) -> None:
    assert parse_hours(words) is None


def test_no_words_are_no_hours() -> None:
    assert parse_hours("") == ()
