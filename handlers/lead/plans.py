"""The steps of a project as a lead writes them: one a line, with a day where one is named."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_DAY = re.compile(r"(?:(\d{4})[年/.-])?(\d{1,2})(?:月|[/.-])(\d{1,2})(?:日|号)?(?:之?前)?")
_LIST_MARK = re.compile(r"^\s*(?:\d{1,2}(?:[、)）]|\.(?!\d))|[-•·*])\s*")
_TRIM = " \t,，:：;；。、-—"
#: A day without a year that was so long ago is meant in the next.
_LONG_AGO = 60
_END_OF_WORK = time(18, 0)


def read_steps(text: str, now: datetime, timezone: str) -> list[tuple[str, datetime | None]]:
    """(what, by when) a line; empty lines are left out. A day that does not exist stays in the words."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    lines = [_LIST_MARK.sub("", line).strip() for line in text.splitlines()]
    return [_step(line, today, zone) for line in lines if line.strip(_TRIM)]


def _step(line: str, today: date, zone: ZoneInfo) -> tuple[str, datetime | None]:
    found = _DAY.search(line)
    day = _day(found, today) if found else None
    if found is None or day is None:
        return line, None
    what = f"{line[: found.start()].strip(_TRIM)} {line[found.end() :].strip(_TRIM)}".strip()
    return what, datetime.combine(day, _END_OF_WORK, zone).astimezone(UTC)


def _day(found: re.Match[str], today: date) -> date | None:
    try:
        day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
        if not found[1] and (today - day).days > _LONG_AGO:
            day = day.replace(year=today.year + 1)
    except ValueError:
        return None
    return day
