# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Days and clocks behind the words for them: 下周三, 月底, 晚七点半."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from nlu.details.numerals import number

_RELATIVE = (("大大后", 4), ("大后", 3), ("后", 2), ("明", 1), ("今", 0))
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "末": 5, "日": 6, "天": 6}
_FEASTS = {
    "元旦": (1, 1), "三八": (3, 8), "五一": (5, 1), "劳动": (5, 1), "六一": (6, 1), "教师": (9, 10), "国庆": (10, 1),
    "十一": (10, 1), "平安": (12, 24), "圣诞": (12, 25), "年底": (12, 31),
}  # fmt: skip
_AFTERNOON = re.compile("下午|午后|傍晚|晚|夜里|夜间")
_PERIOD_ENDS = (
    ("凌晨", 6),
    ("早", 10),
    ("清", 10),
    ("上午", 12),
    ("中午", 14),
    ("晌午", 14),
    ("正午", 14),
    ("下午", 18),
    ("傍晚", 20),
)


def clock(
    hour: str | None, minute: str | None, period: str | None, hour24: str | None, minute24: str | None
) -> tuple[int, int] | None:
    """Hour and minute of a day, or None where no clock was named or it is none."""
    if hour24 and minute24:
        told, minutes = int(hour24), int(minute24)
    elif hour:
        value = number(hour)
        if value is None or value > 24:
            return None
        told, minutes = value, _minutes(minute)
    else:
        return None
    period = period or ""
    if (_AFTERNOON.search(period) and told < 12) or (period in {"中午", "正午", "晌午"} and told < 4):
        told += 12
    elif not period and hour and 1 <= told <= 6:
        # 「四点」 without more is an afternoon: nobody asks for a visit before dawn.
        told += 12
    return (told, minutes) if told < 24 and minutes < 60 else None


def day(match: re.Match[str], now: datetime) -> date | None:
    """The day that a match of the day pattern means, or None where it is past or no day."""
    today = now.date()
    if match["rel"]:
        return today + timedelta(days=next(n for word, n in _RELATIVE if match["rel"].startswith(word)))
    if match["every"]:
        return today + timedelta(days=(_WEEKDAYS[match["ewd"]] - today.weekday()) % 7)
    if match["wd"]:
        return _weekday(today, match["week"] or "", _WEEKDAYS[match["wd"]])
    if match["mon"]:
        return _coming(today, number(match["mon"]), number(match["dom"]))
    if match["dom2"]:
        return _day_of_month(today, match["nm"] or "", number(match["dom2"]))
    if match["feast"]:
        return _coming(today, *_FEASTS[match["feast"][:2]], patience=150)
    if match["days"] or match["days2"]:
        return today + timedelta(
            days=min(number((match["days"] or match["days2"]).replace("两", "二")) or 0, 366)
        )
    return _edge(today, match["edge"] or "", match["part"] or "")


def today_or_tomorrow(at: tuple[int, int] | None, period: str | None, now: datetime) -> date:
    """The day of a time without one: today, or tomorrow where today's is over."""
    over = (now.hour, now.minute) > at if at else period_is_over(period, now)
    return now.date() + timedelta(days=1 if over else 0)


def period_is_over(period: str | None, now: datetime) -> bool:
    """Whether today's morning, noon or afternoon has passed."""
    return any((period or "").startswith(word) and now.hour >= end for word, end in _PERIOD_ENDS)


def _minutes(told: str | None) -> int:
    if not told:
        return 0
    quarter = {"半": 30, "一刻": 15, "三刻": 45}.get(told)
    return quarter if quarter is not None else number(told.rstrip("分").lstrip("零")) or 0


def _weekday(today: date, week: str, weekday: int) -> date | None:
    monday = today - timedelta(days=today.weekday())
    if week.startswith("上"):
        return None
    if week.startswith("下"):
        return monday + timedelta(days=7 * week.count("下") + weekday)
    found = monday + timedelta(days=weekday)
    return found if found >= today else found + timedelta(days=7)


def _coming(today: date, month: int | None, of_month: int | None, *, patience: int = 200) -> date | None:
    """The next such day; one that has passed lately was meant as past."""
    found = _date(today.year, month, of_month)
    if found and found < today:
        found = _date(today.year + 1, month, of_month)
    return found if found and (found - today).days <= patience else None


def _day_of_month(today: date, month: str, of_month: int | None) -> date | None:
    if month.startswith("上"):
        return None
    found = _date(today.year, today.month, of_month)
    if month.startswith("下") or (not month and (found is None or found < today)):
        found = _date(today.year + today.month // 12, today.month % 12 + 1, of_month)
    return found if found and found >= today else None


def _edge(today: date, month: str, part: str) -> date | None:
    later = month.startswith("下") or (part[-1:] in "初中" and not month and today.day > 15)
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1) if later else today.replace(day=1)
    if part[-1:] in {"底", "末"}:
        return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    found = first.replace(day=1 if part[-1:] == "初" else 15)
    return found if found >= today else None


def _date(year: int, month: int | None, of_month: int | None) -> date | None:
    try:
        return date(year, month or 0, of_month or 0)
    except ValueError:
        return None
