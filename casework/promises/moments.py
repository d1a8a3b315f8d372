"""Local hours of a community as moments: the next eight o'clock, the next Monday, the first of a month."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.catalogue import Community


def local(now: datetime, community: Community) -> datetime:
    """The moment on the community's clocks."""
    return now.astimezone(ZoneInfo(community.timezone))


def next_time(now: datetime, community: Community, at: time, weekday: int | None = None) -> datetime:
    """The first moment after `now` at this local hour, on any day or on a weekday (0 is Monday)."""
    here = local(now, community)
    day = here.date()
    while True:
        moment = datetime.combine(day, at, here.tzinfo)
        if moment > here and weekday in (None, day.weekday()):
            return moment.astimezone(now.tzinfo)
        day += timedelta(days=1)


def next_month(now: datetime, community: Community, at: time, day: int = 1) -> datetime:
    """The first moment after `now` at this local hour on this day (1 to 28) of a month."""
    moment = next_time(now, community, at)
    while local(moment, community).day != day:
        moment = next_time(moment, community, at)
    return moment
