"""Which days are meant by what a worker types."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.admin.spans import Span, cut_out, read_span
from handlers.kit.texts import default_texts

#: A Sunday in Shanghai.
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"


def read(typed: str) -> Span | None:
    return read_span(default_texts(), typed, NOW, ZONE, "")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("7", "2026-11-16", "2026-11-22"),
        ("30天", "2026-10-24", "2026-11-22"),
        ("1", "2026-11-22", "2026-11-22"),
        ("今天", "2026-11-22", "2026-11-22"),
        ("昨天", "2026-11-21", "2026-11-21"),
        ("本周", "2026-11-16", "2026-11-22"),
        ("上周", "2026-11-09", "2026-11-15"),
        ("month", "2026-11-01", "2026-11-22"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("今年", "2026-01-01", "2026-11-22"),
        ("10月", "2026-10-01", "2026-10-31"),
        ("12月份", "2025-12-01", "2025-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("11月1日", "2026-11-01", "2026-11-01"),
        ("11-01 11-15", "2026-11-01", "2026-11-15"),
        ("11月1日到11月15日", "2026-11-01", "2026-11-15"),
        ("12-20 至 1-10", "2025-12-20", "2026-01-10"),
        ("2025.12.30～2026.1.2".replace("～", "~"), "2025-12-30", "2026-01-02"),
        ("20261101-20261115", "2026-11-01", "2026-11-15"),
    ],
)
def test_days(typed: str, first: str, last: str) -> None:
    span = read(typed)
    assert span is not None
    assert (span.first, span.last) == (date.fromisoformat(first), date.fromisoformat(last))
    again = read(span.code)
    assert again is not None
    assert (again.first, again.last) == (span.first, span.last)


@pytest.mark.parametrize(
    "typed",
    ["0", "3661", "-3", "很久", "1e3", "²", "13月", "2-30", "11-15 11-01 11", "2027-01-01", "1999-01-01"],
)
def test_no_days(typed: str) -> None:
    assert read(typed) is None


def test_days_in_words_carry_their_years() -> None:
    texts = default_texts()

    def words(typed: str) -> tuple[str, str]:
        span = read(typed)
        assert span is not None
        return span.name(texts), span.dates(texts)

    assert words("7") == ("最近 7 天", "2026年11月16日 – 11月22日")
    assert words("365") == ("最近 365 天", "2025年11月23日 – 2026年11月22日")
    assert words("昨天") == ("1 天", "2026年11月21日")
    assert words("今天") == ("今天", "2026年11月22日")
    assert words("上月") == ("上月", "2026年10月1日 – 10月31日")


@pytest.mark.parametrize(
    ("typed", "days", "rest"),
    [
        ("30 小区", 30, "小区"),
        ("小区 本月", 22, "小区"),
        ("10月 老有所依", 31, "老有所依"),
        ("丰和家园 11月1日到11月15日 走势", 15, "丰和家园 走势"),
        ("走势", None, "走势"),
    ],
)
def test_the_days_are_cut_out_of_other_words(typed: str, days: int | None, rest: str) -> None:
    span, left = cut_out(default_texts(), typed, NOW, ZONE)
    assert (span and len(span.days)) == days
    assert left.split() == rest.split()
