"""Time in which somebody may act: the waking hours of working days, and spans counted in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.catalogue import Community

_NONE = timedelta()
_DAY = timedelta(days=1)
_MIDNIGHT = time()
#: No promise reaches that far; a calendar without working days must not be searched for ever.
_FARTHEST = 3 * 366


class WorkingTime:
    """Counts a community's working time. A promised day is the waking hours of one working day: what is
    promised at ten for the next day is due at ten."""

    def __init__(self, community: Community) -> None:
        self._zone = ZoneInfo(community.timezone)
        self._calendar = community.calendar
        quiet = community.policy.quiet
        self._opens, self._closes = quiet.end, quiet.start
        if self._opens == self._closes or _MIDNIGHT != self._closes <= self._opens:
            # No quiet hours, or such as lie within a day: the working day is the whole one.
            self._opens = self._closes = _MIDNIGHT

    @property
    def day(self) -> timedelta:
        """How much working time a working day has."""
        any_day = date(2026, 1, 5)
        opens = datetime.combine(any_day, self._opens)
        return datetime.combine(self._last(any_day), self._closes) - opens

    def span(self, hours: float) -> timedelta:
        """A promise as working time: whole days as days; of what is left no more than a day has."""
        days, rest = divmod(timedelta(hours=hours), _DAY)
        return days * self.day + min(rest, self.day)

    def after(self, moment: datetime, span: timedelta) -> datetime:
        """When so much working time will have passed; for none, when somebody may act again."""
        left = span
        for opens, closes in self._days(moment, 1):
            begins = max(opens, moment)
            if closes <= begins:
                continue
            if left < closes - begins or (left == closes - begins and span > _NONE):
                return begins + left
            left -= closes - begins
        return moment + span

    def before(self, moment: datetime, span: timedelta) -> datetime:
        """From when on so much working time has passed until the moment."""
        left = span
        for opens, closes in self._days(moment, -1):
            ends = min(closes, moment)
            if ends <= opens:
                continue
            if left <= ends - opens:
                return ends - left
            left -= ends - opens
        return moment - span

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when the end is not after the start."""
        total = _NONE
        for opens, closes in self._days(start, 1):
            if opens >= end:
                break
            total += max(_NONE, min(closes, end) - max(opens, start))
        return total

    def _days(self, moment: datetime, step: int) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of one working day after the other, from the day of the moment on."""
        day = moment.astimezone(self._zone).date()
        for _ in range(_FARTHEST):
            if self._calendar.is_working_day(day):
                yield self._at(day, self._opens, moment), self._at(self._last(day), self._closes, moment)
            day += step * _DAY

    def _last(self, day: date) -> date:
        return day + _DAY if self._closes == _MIDNIGHT else day

    def _at(self, day: date, hour: time, like: datetime) -> datetime:
        return datetime.combine(day, hour, self._zone).astimezone(like.tzinfo)
