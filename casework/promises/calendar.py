"""Which days are worked on."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class WorkingCalendar(Protocol):
    """Knows public holidays and the days that are worked in their place."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this local day."""


class Weekdays:
    """Monday to Friday: where nothing better is known."""

    def is_working_day(self, day: date) -> bool:
        """No holidays."""
        return day.weekday() < 5


WEEKDAYS = Weekdays()
