"""Weekly letters: who gets one, of what, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from casework.books.figures import Report, Tally
from casework.catalogue import Community
from casework.promises.moments import local


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days from a Monday on."""

    monday: date
    since: datetime
    until: datetime

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)


def week_from(monday: date, community: Community, now: datetime) -> Week:
    """The week that begins on this day."""
    zone = local(now, community).tzinfo
    since, until = (datetime.combine(monday + timedelta(days=n), time(), zone) for n in (0, 7))
    return Week(monday, since, until)


def last_week(now: datetime, community: Community) -> Week:
    """The last whole week before the present."""
    today = local(now, community).date()
    return week_from(today - timedelta(days=today.weekday() + 7), community, now)


@dataclass(frozen=True, slots=True)
class LetterTo:
    """One letter: to a lead about an organisation, or to a worker about all (None)."""

    person_id: int
    chat_id: int
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A week's numbers, those of the week before, by item and day, and what is open and late now."""

    report: Report
    before: Report
    by_item: dict[str, Tally]
    by_day: dict[str, Tally]
    by_organisation: dict[int, Tally]
    open: int
    late: int

    @property
    def quiet(self) -> bool:
        """Nothing came and nothing is open."""
        rates = self.report.rates
        known = any(rate.denominator for rate in (rates.response, rates.solved, rates.satisfied))
        return not (self.report.tally.total or self.open or known)


class LetterStops(Protocol):
    """Who wants no letters."""

    async def all(self) -> set[int]:
        """Ids of people."""

    async def stop(self, person_id: int, at: datetime) -> None:
        """A repeat changes nothing."""

    async def drop(self, person_id: int) -> None:
        """They want letters again."""
