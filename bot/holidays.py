"""China's public holidays and the weekends that are worked in their place, as the State Council sets them.

The next year is decided in November and comes with the package's next release. Until then its days are
weekdays and weekends, and `doctor` says so.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache


class ChineseCalendar:
    """Implements `casework.calendar.WorkingCalendar`."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day; beyond the data Monday to Friday."""
        return _is_working_day(day)


@lru_cache(maxsize=1000)
def _is_working_day(day: date) -> bool:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def known_until() -> int:
    """The last year whose holidays are known."""
    from chinese_calendar.constants import holidays

    return int(max(holidays).year)
