"""Weekly letters: addressing them, what they tell, and who wants none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from casework.books.figures import OPEN, Axis
from casework.books.letters import Letter, LetterTo, Week
from casework.errors import NotFound
from casework.permissions import Actor, Permission
from casework.reports import RequestFilter
from casework.use_case import UseCase
from casework.use_cases.figures import Counting


class _Addressing(UseCase):
    async def _busy(self, week: Week) -> set[int]:
        """Organisations that had something in the week, or have something open."""
        those = RequestFilter(since=week.since, until=week.until)
        asked = await self.uow.rates.by_organisation(those, self.now)
        found: set[object] = set(asked)
        for wanted in (those, RequestFilter(statuses=OPEN)):
            found |= set(await self.uow.figures.by(Axis.ORGANISATION, wanted, self.now))
        return {i for i in found if isinstance(i, int)}

    async def _about(self, person_id: int, busy: set[int]) -> list[int]:
        """Of which of their organisations somebody is written to: a quiet week of many is told once."""
        led = sorted(await self.uow.organisations.led_by(person_id))
        return [i for i in led if i in busy] or led[:1]


class AddressLetters(_Addressing):
    """Who gets this week's letters, some at a time."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self, actor: Actor, workers: Collection[int], week: Week, after: int, most: int
    ) -> tuple[list[LetterTo], int | None]:
        """Workers' letters come first (`after` 0), then those of `most` organisations by id; returns also
        the id after which it goes on (None: that was all)."""
        stopped, busy = await self.uow.letter_stops.all(), await self._busy(week)
        # A private chat has the id of its person.
        letters = [LetterTo(w, w, None) for w in sorted(workers) if w not in stopped] if not after else []
        every = await self.uow.organisations.all(active_only=True)
        left = [o.id for o in every if o.id > after]
        for organisation_id in left[:most]:
            for person in await self.uow.organisations.leads(organisation_id):
                if person.chat_id is None or not person.reachable or person.id in stopped:
                    continue
                if organisation_id in await self._about(person.id, busy):
                    letters.append(LetterTo(person.id, person.chat_id, organisation_id))
        return letters, left[most - 1] if len(left) > most else None


class AddressOwnLetters(_Addressing):
    """The letters that somebody wants to read now."""

    permission = Permission.GET_LETTERS

    async def __call__(self, actor: Actor, week: Week) -> list[int | None]:
        """Ids of organisations; None is the letter about all."""
        own = await self._about(actor.person_id or 0, await self._busy(week))
        return [None, *own] if actor.is_admin() else [*own]


class _Writing(Counting):
    async def _letter(self, week: Week, organisation_id: int | None) -> Letter:
        those = RequestFilter(since=week.since, until=week.until, organisation_id=organisation_id)
        seven = timedelta(days=7)
        earlier = replace(those, since=week.since - seven, until=week.until - seven)
        standing = RequestFilter(statuses=OPEN, organisation_id=organisation_id)
        now = await self.uow.figures.tally(standing, self.now)
        by_item, by_day, by_organisation = [
            await self.uow.figures.by(axis, those, self.now)
            for axis in (Axis.ITEM, Axis.DAY, Axis.ORGANISATION)
        ]
        return Letter(
            report=await self.report(those),
            before=await self.report(earlier),
            by_item={str(item): tally for item, tally in by_item.items()},
            by_day={str(day): tally for day, tally in by_day.items()},
            by_organisation={i: tally for i, tally in by_organisation.items() if isinstance(i, int)},
            open=now.total,
            late=now.late,
        )


class WriteLetter(_Writing):
    """The letter to workers about all."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, week: Week) -> Letter:
        """Of the requests created in that week."""
        return await self._letter(week, None)


class WriteOwnLetter(_Writing):
    """The letter to a lead about their own organisation."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, organisation_id: int, week: Week) -> Letter:
        """Raises NotFound for another organisation."""
        if not actor.leads(organisation_id):
            raise NotFound(what="organisation", id=organisation_id)
        return await self._letter(week, organisation_id)


class SetLetters(UseCase):
    """A lead or worker wants letters, or wants none."""

    permission = Permission.GET_LETTERS

    async def __call__(self, actor: Actor, *, wanted: bool) -> None:
        """A repeat changes nothing."""
        if wanted:
            await self.uow.letter_stops.drop(actor.person_id or 0)
        else:
            await self.uow.letter_stops.stop(actor.person_id or 0, self.now)


class AskLetters(UseCase):
    """Whether somebody gets letters."""

    permission = Permission.GET_LETTERS

    async def __call__(self, actor: Actor) -> bool:
        """False when they want none."""
        return (actor.person_id or 0) not in await self.uow.letter_stops.all()
