"""Which days a report is about, in the community's own calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.texts import Texts

LONGEST = 3660
#: Spans with a name of their own; the words for each are the text `span-words-<code>`.
_NAMED = ("week", "month", "lastweek", "lastmonth", "year")
_FROM_TO = re.compile(
    r"(?:(\d{4})[-./])?(\d{1,2})[-./](\d{1,2})"
    r"(?: ?[-–—~] ?| )"
    r"(?:(\d{4})[-./])?(\d{1,2})[-./](\d{1,2})",
    re.ASCII,
)
_ONE_DAY = re.compile(r"(?:(\d{4})[-./])?(\d{1,2})[-./](\d{1,2})", re.ASCII)
_ONE_MONTH = re.compile(r"(?:(\d{4})[-./])?(\d{1,2})-(?!\d)|(\d{4})-(\d{1,2})(?![-\d])", re.ASCII)
_CODE = re.compile(r"(\d{8})-(\d{8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole local days from `first` to `last`; `code` is a name, a number of days, or both days in digits."""

    code: str
    first: date
    last: date
    timezone: str

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), ZoneInfo(self.timezone))

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.timezone))

    @property
    def days(self) -> list[date]:
        """Every day."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def name(self, texts: Texts) -> str:
        """Such as 最近 7 天; days that somebody named need no other name than how many they are."""
        if self.code in _NAMED:
            return texts.plain(f"span-{self.code}")
        if not self.code.isdecimal():
            return texts.plain("span-so-many", days=len(self.days))
        return texts.plain("span-today" if self.code == "1" else "span-days", days=self.code)

    def dates(self, texts: Texts) -> str:
        """Such as 2026年11月15日 – 11月21日; both years where they differ, for pictures are kept."""

        def words(day: date, *, year: bool) -> str:
            key = "span-day-year" if year else "span-day"
            return texts.plain(key, year=day.year, month=day.month, day=day.day)

        first = words(self.first, year=True)
        if self.first == self.last:
            return first
        last = words(self.last, year=self.last.year != self.first.year)
        return texts.plain("span-dates", first=first, last=last)


def between(first: date, last: date, timezone: str) -> Span:
    """The span of these days."""
    return Span(f"{first:%Y%m%d}-{last:%Y%m%d}", first, last, timezone)


def read_span(texts: Texts, typed: str, now: datetime, timezone: str, default: str) -> Span | None:
    """From what was typed: a number of days, a week, month or year by name, days or a month by date (also
    in Chinese); None when it is nothing of it."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    word = typed.strip().lower() or default
    for code in _NAMED:
        if word == code or word in texts.plain(f"span-words-{code}").split():
            return Span(code, *_named(code, today), timezone)
    if word in texts.plain("span-words-yesterday").split():
        return between(today - timedelta(days=1), today - timedelta(days=1), timezone)
    word = _with_signs(texts, word)
    if word in texts.plain("span-words-today").split():
        return Span("1", today, today, timezone)
    if (dated := _dated(word, today)) is not None:
        return between(*dated, timezone) if _sensible(*dated, today) else None
    for unit in texts.plain("span-units").split():
        word = word.removesuffix(unit).strip()
    if not word.isdecimal() or len(word) > 4 or not 1 <= int(word) <= LONGEST:
        return None
    return Span(str(int(word)), today - timedelta(days=int(word) - 1), today, timezone)


def cut_out(texts: Texts, typed: str, now: datetime, timezone: str) -> tuple[Span | None, str]:
    """The span among other words, and the other words; None when none of them tells one."""
    typed = _with_signs(texts, typed)
    for pattern in (_FROM_TO, _ONE_DAY, _ONE_MONTH):
        if found := pattern.search(typed):
            span = read_span(texts, found[0], now, timezone, "")
            rest = f"{typed[: found.start()]} {typed[found.end() :]}".strip()
            return (span, rest) if span else (None, typed)
    words = typed.split()
    for n, word in enumerate(words):
        span = read_span(texts, word, now, timezone, "")
        if span is not None:
            return span, " ".join(words[:n] + words[n + 1 :])
    return None, typed


def _with_signs(texts: Texts, typed: str) -> str:
    """Dates in Chinese as dates with signs; other words stay as they are."""
    signs = (("year", r"(?<!\d)\d{4}", "-"), ("month", r"(?<!\d)\d{1,2}", "-"), ("day", r"-\d{1,2}", ""))
    for key, before, sign in signs:
        for word in texts.plain(f"span-sign-{key}").split():
            typed = re.sub(rf"({before})\s*{re.escape(word)}", rf"\1{sign}", typed)
    for word in texts.plain("span-sign-to").split():
        typed = re.sub(rf"(?<=\d)\s*{re.escape(word)}\s*(?=\d)", "~", typed)
    return typed


def _named(code: str, today: date) -> tuple[date, date]:
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        "week": (monday, today),
        "month": (first, today),
        "lastweek": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "lastmonth": (before.replace(day=1), before),
        "year": (today.replace(month=1, day=1), today),
    }[code]


def _dated(word: str, today: date) -> tuple[date, date] | None:
    """Days that were named; without a year they are the last such days there were. None: no days at all."""
    if code := _CODE.fullmatch(word):
        days = [_day((digits[:4], digits[4:6], digits[6:]), today) for digits in code.groups()]
    elif both := _FROM_TO.fullmatch(word):
        last = _day(both.groups()[3:], today)
        year = both[1] or (str(last.year) if last else None)
        first = _day((year, both[2], both[3]), today)
        if first and last and first > last and both[1] is None:
            first = _day((str(last.year - 1), both[2], both[3]), today)
        days = [first, last]
    elif one := _ONE_DAY.fullmatch(word):
        days = [_day(one.groups(), today)] * 2
    elif month := _ONE_MONTH.fullmatch(word):
        first = _day((month[1] or month[3], month[2] or month[4], "1"), today)
        days = [first, first and _month_end(first)]
    else:
        return None
    found = [day for day in days if day is not None]
    return (found[0], found[1]) if len(found) == 2 else (date.max, date.min)


def _day(parts: tuple[str | None, ...], today: date) -> date | None:
    year, month, day = parts
    try:
        found = date(int(year or today.year), int(month or 0), int(day or 0))
        return found if year or found <= today else found.replace(year=found.year - 1)
    except ValueError:
        return None


def _month_end(first: date) -> date:
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def _sensible(first: date, last: date, today: date) -> bool:
    """Not turned round, not endless, and not wholly in the future."""
    return first <= last and (last - first).days < LONGEST and first <= today and first.year >= 2000
