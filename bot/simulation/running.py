"""Plays a month: the clock goes from moment to moment, people act, timers and schedules fire."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.simulation.accounting import Account, account
from bot.simulation.desk import Desk
from bot.simulation.people import WORKERS, Town
from bot.simulation.playing import Agenda
from bot.simulation.stage import MovedClock, Stage
from casework.books.rates import Rates
from casework.catalogue import Community
from casework.entities import Organisation
from casework.promises.moments import local
from casework.reports import RequestFilter
from casework.use_cases.filing import FileEmergency, FileRequests
from storage.database import Database

_DESK_AT = time(9, 30)
#: How many of a day's requests come in each hour of the day, roughly.
_HOURS = (1, 0, 0, 0, 0, 1, 3, 6, 10, 12, 11, 8, 5, 6, 9, 10, 8, 6, 6, 7, 7, 5, 3, 2)
_URGENT = 0.015
_TWICE = 0.03


@dataclass(frozen=True, slots=True)
class Wishes:
    """How large and how long. After `days` nothing new is filed; what is open goes on for `after` days."""

    seed: int = 1
    days: int = 30
    after: int = 30
    residents: int = 3000
    organisations: int = 54
    a_day: int = 60
    begin: datetime = datetime(2026, 9, 1, 0, 0, tzinfo=UTC)


@dataclass(slots=True)
class Outcome:
    """What was seen. `done` and `refused` count use cases; times in seconds."""

    wishes: Wishes
    account: Account
    rates: Rates
    done: dict[str, int]
    refused: dict[tuple[str, str], int]
    timers: int
    faults: list[str] = field(default_factory=list)
    took: float = 0.0

    @property
    def good(self) -> bool:
        """Nothing is forgotten and nothing failed."""
        return not self.account.forgotten and not self.faults


class Month:
    """One simulation in an empty database."""

    def __init__(
        self, db: Database, community: Community, profile: list[Organisation], wishes: Wishes
    ) -> None:
        self.wishes = wishes
        self.lot = Random(wishes.seed)  # noqa: S311 - a simulation that can be repeated
        self.clock = MovedClock(wishes.begin)
        self.stage = Stage(db, community, self.clock, frozenset(WORKERS))
        self.town = Town(community, wishes.residents, self.lot)
        self.agenda = Agenda()
        self.desk = Desk(self.stage, self.town, self.agenda)
        self._profile = profile
        self._timers = 0

    async def play(self, on_day: Callable[[int], None]) -> Outcome:
        """`on_day` hears of each day that has passed."""
        started = stopwatch.monotonic()
        stage, wishes = self.stage, self.wishes
        async with stage.db.transaction(stage.community.id) as uow:
            await self.town.settle(uow, self._profile, wishes.organisations, wishes.begin)
            await uow.commit()
        await stage.begin()
        for day in range(wishes.days + wishes.after):
            morning = self._midnight(day)
            if day < wishes.days:
                self._plan_filing(morning)
            if stage.community.calendar.is_working_day(local(morning, stage.community).date()):
                self.agenda.put(morning + timedelta(hours=_DESK_AT.hour, minutes=30), self.desk.ring_up)
            await self._until(self._midnight(day + 1))
            on_day(day + 1)
        async with stage.db.transaction(stage.community.id, read_only=True) as uow:
            seen = await account(uow)
            rates = await uow.rates.of(RequestFilter(), self.clock.now())
        return Outcome(
            wishes,
            seen,
            rates,
            dict(self.desk.done),
            dict(self.desk.refused),
            self._timers,
            list(stage.faults),
            stopwatch.monotonic() - started,
        )

    def _midnight(self, day: int) -> datetime:
        here = ZoneInfo(self.stage.community.timezone)
        first = self.wishes.begin.astimezone(here).date()
        return datetime.combine(first + timedelta(days=day), time(), here).astimezone(UTC)

    def _plan_filing(self, midnight: datetime) -> None:
        for hour in self.lot.choices(range(24), weights=_HOURS, k=self.wishes.a_day):
            at = midnight + timedelta(hours=hour, seconds=self.lot.randint(0, 3599))
            self.agenda.put(at, self._file)

    async def _file(self) -> None:
        """Somebody needs something, or is in danger, or says again what they said."""
        who = self.lot.choice(self.town.residents)
        if self.lot.random() < _URGENT:
            words, hotlines = self.town.danger()
            await self.desk.do(FileEmergency, who.id, "aid_rescue", words, words, who.home, hotlines)
            return
        drafts = self.town.drafts(who)
        await self.desk.do(FileRequests, who.id, drafts)
        if self.lot.random() < _TWICE:
            self.desk.later(5, 60, lambda: self.desk.do(FileRequests, who.id, drafts[:1]))

    async def _until(self, end: datetime) -> None:
        """From moment to moment: what the program has to do then, or what somebody has in mind."""
        while True:
            meant, due = self.agenda.next_moment, await self.stage.next_moment(end)
            if due is not None and (meant is None or due <= meant):
                self.clock.move_to(due)
                self._timers += await self.stage.fire_all()
            elif meant is not None and meant <= end:
                self.clock.move_to(meant)
                await self.agenda.take()()
            else:
                self.clock.move_to(end)
                return
            self.desk.hear()
