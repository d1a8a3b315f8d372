"""Spot checks: drawn by lot each week, looked at by a worker, kept with what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import SystemRandom

from casework.entities import Organisation
from casework.errors import BadValue, NotFound, TooLate
from casework.judging.judgement_events import SpotCheckRecorded, SpotChecksDrawn
from casework.judging.register import SpotCheck, Verdict
from casework.permissions import Actor, Permission
from casework.promises.moments import local
from casework.use_case import UseCase

#: Who was drawn in so many weeks is drawn again only when nobody else is left.
_RESTS = timedelta(weeks=8)
_LONGEST = 500


class DrawSpotChecks(UseCase):
    """Draw this week's; nobody can tell beforehand whom it hits."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> list[SpotCheck]:
        """Active organisations; a repeat in the same week draws no more."""
        today = local(self.now, self.community).date()
        week = today - timedelta(days=today.weekday())
        earlier = await self.uow.register.checks(limit=1000)
        if any(check.week == week for check in earlier):
            return []
        every = {o.id: o for o in await self.uow.organisations.all(active_only=True)}
        rested = {c.organisation_id for c in earlier if c.drawn_at > self.now - _RESTS}
        fresh, others = sorted(every.keys() - rested), sorted(every.keys() & rested)
        lot, wanted = SystemRandom(), self.community.policy.judging.spot_checks
        drawn = lot.sample(fresh, min(wanted, len(fresh)))
        drawn += lot.sample(others, min(wanted - len(drawn), len(others)))
        kept: list[tuple[SpotCheck, Organisation]] = []
        for organisation_id in drawn:
            new = SpotCheck(0, self.community.id, organisation_id, week, self.now)
            check = await self.uow.register.draw(new)
            if check is not None:
                kept.append((check, every[organisation_id]))
        left = sum(check.checked_at is None for check in earlier)
        if kept:
            self.uow.record(SpotChecksDrawn(tuple(kept), left, week.isoformat()))
        return [check for check, _ in kept]


class RecordSpotCheck(UseCase):
    """A worker writes down what was found."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, check_id: int, verdict: Verdict, words: str = "") -> SpotCheck:
        """Raises NotFound, TooLate when it is recorded already, BadValue for overlong words."""
        check = await self.uow.register.check(check_id)
        if check is None:
            raise NotFound(what="check", id=check_id)
        if len(words) > _LONGEST:
            raise BadValue(field="words")
        done = replace(check, checked_at=self.now, by=actor.person_id, verdict=verdict, words=words.strip())
        if not await self.uow.register.record_check(done):
            raise TooLate(number=check_id)
        self.uow.record(SpotCheckRecorded(done, await self.organisation(check.organisation_id)))
        return done


class ListSpotChecks(UseCase):
    """`/checks`: what is open, and what was found lately."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> list[tuple[SpotCheck, Organisation]]:
        """Open ones first, then newest first; at most 30."""
        every = {o.id: o for o in await self.uow.organisations.all()}
        checks = await self.uow.register.checks(limit=30)
        checks.sort(key=lambda check: check.checked_at is not None)
        return [(check, every[check.organisation_id]) for check in checks]
