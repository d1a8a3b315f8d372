# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Days and clocks behind the words for them: 下周三, 月底, 晚七点半."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from nlu.details.numerals import number

_RELATIVE = (("大大后", 4), ("大后", 3), ("后", 2), ("明", 1), ("听", 1), ("今", 0))
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "末": 5, "日": 6, "天": 6}
_FEASTS = {
    "元旦": (1, 1), "三八": (3, 8), "五一": (5, 1), "劳动": (5, 1), "六一": (6, 1), "教师": (9, 10), "国庆": (10, 1),
    "十一": (10, 1), "平安": (12, 24), "圣诞": (12, 25), "年底": (12, 31),
}  # fmt: skip
#: The first day of the lunar year, by year.
_SPRING = {
    2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
_SPRING_DAYS = {"春节": 0, "大年": 0, "除夕": -1, "元宵": 14}
#: How many days a holiday lasts that somebody waits out.
_HOLIDAYS = {"国庆": 7, "十一": 7, "五一": 5, "劳动": 5, "春节": 7}
_AFTERNOON = re.compile("下午|午后|傍晚|晚|夜里|夜间|后晌|下半晌|下昼|黑儿|下班|放学")
#: An end of a month farther off was meant as past.
_FAR = 90
_AFTER = re.compile("^过|(?:以?后|之后|过后)$")
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


_ABOUT = "一二三四五六七八九十"


def clock(
    hour: str | None, minute: str | None, period: str | None, hour24: str | None, minute24: str | None
) -> tuple[int, int] | None:
    """Hour and minute of a day, or None where no clock was named or it is none."""
    if hour24 and minute24:
        told, minutes = int(hour24), int(minute24)
    elif hour:
        value = number(hour)
        if len(hour) == 2 and hour in _ABOUT:
            # 「三四点」
            value = number(hour[0])
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
        weekdays = [_WEEKDAYS[d] for d in match["ewd"] + match["emore"] if d in _WEEKDAYS]
        return min(today + timedelta(days=(weekday - today.weekday()) % 7) for weekday in weekdays)
    if match["wd"]:
        return _first_weekday(match, today)
    if match["mon"]:
        return _coming(today, number(match["mon"]), number(match["dom"]), match["year"])
    if match["nmon"]:
        return _coming(today, number(match["nmon"]), number(match["ndom"]), match["nyear"])
    if match["dom2"]:
        return _day_of_month(today, match["nm"] or "", number(match["dom2"]))
    if match["feast"]:
        return _feast(match, today)
    if match["days"]:
        return _in_days(today, match["days"], match["days_of"])
    if match["days2"]:
        return _in_days(today, match["days2"], match["days2_of"])
    if match["emon"]:
        return _edge_of(today, number(match["emon"]), match["epart"])
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


def _first_weekday(match: re.Match[str], today: date) -> date | None:
    """The first of the named days that has not passed: 周三周五, 周一三五, 周一到周五."""
    week, more = match["week"] or "", match["more"]
    days = [_weekday(today, week, _WEEKDAYS[match["wd"]])]
    if more and not re.search("[到至~-]|下", more):
        days += [_weekday(today, week, _WEEKDAYS[d]) for d in more if d in _WEEKDAYS]
    return min((d for d in days if d), default=None)


def _feast(match: re.Match[str], today: date) -> date | None:
    name = match["feast"][:2]
    years = (today.year, today.year + 1)
    if name in _SPRING_DAYS:
        firsts = [date(y, *_SPRING[y]) for y in years if y in _SPRING]
        feasts = [first + timedelta(days=_SPRING_DAYS[name]) for first in firsts]
        found = next((f for f in feasts if today <= f <= today + timedelta(days=150)), None)
    else:
        found = _coming(today, *_FEASTS[name], patience=150)
    if found and name != "年底" and _AFTER.search(f"{match['day']}{match['since'] or match['tail'] or ''}"):
        found += timedelta(days=_HOLIDAYS.get(name, 1))
    return found


def _in_days(today: date, told: str, unit: str) -> date:
    amount = 0.5 if told == "半" else min(number(told.replace("两", "二")) or 0, 366)
    if unit.endswith("月"):
        if amount < 1:
            return today + timedelta(days=15)
        months = today.month - 1 + min(int(amount), 12)
        return _day_within(today.year + months // 12, months % 12 + 1, today.day)
    return today + timedelta(days=int(amount * (1 if unit in {"天", "日"} else 7)))


def _day_within(year: int, month: int, of_month: int) -> date:
    """That day of a month, or its last one."""
    return next(found for day in range(of_month, 0, -1) if (found := _date(year, month, day)))


def _edge_of(today: date, month: int | None, part: str) -> date | None:
    """十二月底, 12月中旬."""
    if month is None or not 1 <= month <= 12:
        return None
    year = today.year + (month < today.month)
    of_month = {"底": 31, "末": 31, "初": 1, "上": 1, "下": 21}.get(part[0], 15)
    found = _day_within(year, month, of_month)
    return found if today <= found <= today + timedelta(days=_FAR) else None


def _weekday(today: date, week: str, weekday: int) -> date | None:
    monday = today - timedelta(days=today.weekday())
    if week.startswith("上"):
        return None
    if week.startswith("下"):
        return monday + timedelta(days=7 * week.count("下") + weekday)
    found = monday + timedelta(days=weekday)
    if found < today:
        # 「本周三」 is gone; 「这周五」, said on a Saturday, means the coming one.
        return None if week.startswith("本") else found + timedelta(days=7)
    return found


def _coming(
    today: date, month: int | None, of_month: int | None, year: str | None = None, *, patience: int = 200
) -> date | None:
    """The next such day; one that has passed lately was meant as past."""
    if year:
        told = _date(int(year), month, of_month)
        return told if told and told >= today else None
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
    later = month.startswith("下") or (part.rstrip("旬")[-1:] in "初中" and not month and today.day > 15)
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1) if later else today.replace(day=1)
    part = part.rstrip("旬")
    if part[-1:] in {"底", "末"}:
        return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    found = first.replace(day=1 if part[-1:] == "初" else 15)
    return found if found >= today else None


def _date(year: int, month: int | None, of_month: int | None) -> date | None:
    try:
        return date(year, month or 0, of_month or 0)
    except ValueError:
        return None
