"""The steps of a project as leads write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.lead.plans import read_steps

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
ZONE = "Asia/Shanghai"


def days(text: str) -> list[tuple[str, date | None]]:
    return [
        (what, due.astimezone(ZoneInfo(ZONE)).date() if due else None)
        for what, due in read_steps(text, NOW, ZONE)
    ]


@pytest.mark.parametrize(
    ("line", "what", "day"),
    [
        ("11月25日 上门摸底", "上门摸底", date(2026, 11, 25)),
        ("上门摸底，12月1号前", "上门摸底", date(2026, 12, 1)),
        ("12-3 回访", "回访", date(2026, 12, 3)),
        ("12/3：回访", "回访", date(2026, 12, 3)),
        ("2027年1月5日 总结", "总结", date(2027, 1, 5)),
        ("1月5日 总结", "总结", date(2027, 1, 5)),
        ("11月20日 已经摸过底", "已经摸过底", date(2026, 11, 20)),
        ("集中理发", "集中理发", None),
        ("13月45日 集中理发", "13月45日 集中理发", None),
        ("1. 摸底", "摸底", None),
        ("2、11月25日 理发", "理发", date(2026, 11, 25)),
        ("• 回访", "回访", None),
        ("11.25 摸底", "摸底", date(2026, 11, 25)),
    ],
)
def test_a_line_is_a_step(line: str, what: str, day: date | None) -> None:
    assert days(line) == [(what, day)]


def test_lines_in_their_order_without_empty_ones() -> None:
    assert [what for what, _ in days("\n摸底\n\n 理发 \n--\n回访")] == ["摸底", "理发", "回访"]


def test_a_day_ends_with_its_work() -> None:
    ((_, due),) = read_steps("11月25日 摸底", NOW, ZONE)
    assert due == datetime(2026, 11, 25, 10, tzinfo=UTC)
