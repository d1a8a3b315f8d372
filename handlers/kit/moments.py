"""Times in words, in the community's time zone, as short as they stay clear."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.kit.texts import Texts


def in_words(texts: Texts, moment: datetime, now: datetime, timezone: str) -> str:
    """Such as 今天 14:30, 明天 09:00, 11月28日 周六 10:00; another year is named."""
    zone = ZoneInfo(timezone)
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = local.strftime("%H:%M")
    days = (local.date() - today).days
    if days in (-1, 0, 1, 2):
        return texts.plain("day-yesterday" if days < 0 else f"day-{days}", clock=clock)
    weekday = texts.plain(f"weekday-{local.isoweekday()}")
    key = "day-date" if local.year == now.astimezone(zone).year else "day-date-year"
    return texts.plain(key, year=local.year, month=local.month, day=local.day, weekday=weekday, clock=clock)
