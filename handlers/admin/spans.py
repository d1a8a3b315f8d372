"""Which days a report is about, in the community's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.kit.texts import Texts

LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Span:
    """Whole local days from `first` to `last`; `code` is week, month or a number of days."""

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
        """Such as 最近 7 天."""
        if self.code in ("week", "month"):
            return texts.plain(f"span-{self.code}")
        return texts.plain("span-today" if self.code == "1" else "span-days", days=self.code)

    def dates(self, texts: Texts) -> str:
        """Such as 11月15日 – 11月21日."""
        first, last = (texts.plain("span-day", month=d.month, day=d.day) for d in (self.first, self.last))
        return first if self.first == self.last else texts.plain("span-dates", first=first, last=last)


def read_span(texts: Texts, typed: str, now: datetime, timezone: str, default: str) -> Span | None:
    """From what was typed: a number of days, week or month (also in Chinese); None when it is neither."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    word = typed.strip().lower() or default
    if word in texts.plain("span-words-week").split():
        return Span("week", today - timedelta(days=today.weekday()), today, timezone)
    if word in texts.plain("span-words-month").split():
        return Span("month", today.replace(day=1), today, timezone)
    for unit in texts.plain("span-units").split():
        word = word.removesuffix(unit).strip()
    if not word.isdecimal() or len(word) > 4 or not 1 <= int(word) <= LONGEST:
        return None
    return Span(str(int(word)), today - timedelta(days=int(word) - 1), today, timezone)
