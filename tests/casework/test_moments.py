"""Local hours become moments."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.communities import load_community
from casework.catalogue import Community
from casework.promises.moments import next_month, next_time

#: A Sunday, 19:00 in Shanghai.
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def community() -> Community:
    return load_community("fenghe")[0]


def test_an_hour_that_has_passed_comes_tomorrow(community: Community) -> None:
    assert next_time(NOW, community, time(20)) == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert next_time(NOW, community, time(7, 30)) == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def test_the_very_moment_is_not_its_own_next(community: Community) -> None:
    assert next_time(NOW, community, time(19)) == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_a_weekday_is_the_local_one(community: Community) -> None:
    assert next_time(NOW, community, time(7), weekday=0) == datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_a_month_begins_on_its_local_first(community: Community) -> None:
    assert next_month(NOW, community, time(7)) == datetime(2026, 11, 30, 23, tzinfo=UTC)
