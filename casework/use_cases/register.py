"""Red list, black list, abnormal ones, and the standing that follows from them each day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework.entities import Organisation
from casework.errors import BadValue, NotFound, TooLate
from casework.judging.evaluation import GRADE_LASTS, Grade, Services, has_few
from casework.judging.judgement_events import (
    DormantFound,
    ListingAnswered,
    ListingRemoved,
    ListingUpheld,
    OrganisationListed,
    StandingChanged,
)
from casework.judging.register import ANSWER_DAYS, Cause, Listing, ListKind, Presence, is_dormant, standing_of
from casework.permissions import Actor, Permission
from casework.promises.moments import local
from casework.statuses import Standing
from casework.use_case import UseCase
from casework.use_cases.evaluation import YEAR

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class StandingView:
    """One organisation as the register knows it. `listings` are all there ever were, newest first."""

    organisation: Organisation
    presence: Presence | None
    listings: tuple[Listing, ...]
    grade: Grade | None
    services: Services
    few: bool


@dataclass(frozen=True, slots=True)
class RegisterView:
    """What stands: entries by list; the dormant; those with too few services in a year."""

    listings: tuple[tuple[Listing, Organisation], ...]
    dormant: tuple[tuple[Organisation, Presence], ...]
    few: tuple[tuple[Organisation, Services], ...]

    def of(self, kind: ListKind) -> list[tuple[Listing, Organisation]]:
        """The entries of one list."""
        return [entry for entry in self.listings if entry[0].kind is kind]


class _RegisterCase(UseCase):
    async def listing(self, listing_id: int) -> Listing:
        """An entry that stands. Raises NotFound, also for what is off the list."""
        found = await self.uow.register.get(listing_id)
        if found is None or found.removed_at is not None:
            raise NotFound(what="listing", id=listing_id)
        return found


class EnterInRegister(UseCase):
    """Put an organisation on a list, with a reason; its leads are told and may answer."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int, kind: ListKind, reason: str) -> Listing:
        """It counts from the next day. When it stands there already, that entry is returned as it is.
        Raises BadValue for an empty or overlong reason."""
        organisation = await self.organisation(organisation_id)
        reason = reason.strip()
        if not 0 < len(reason) <= _LONGEST:
            raise BadValue(field="reason")
        until = self.now + timedelta(days=ANSWER_DAYS)
        new = Listing(
            0, self.community.id, organisation.id, kind, reason, actor.person_id or 0, self.now, until
        )
        entered = await self.uow.register.enter(new)
        if entered is None:
            every = await self.uow.register.of_organisation(organisation.id)
            return next(old for old in every if old.kind is kind and old.removed_at is None)
        self.uow.record(OrganisationListed(entered, organisation))
        return entered


class AnswerListing(_RegisterCase):
    """A lead says what there is to say about an entry."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, listing_id: int, words: str) -> Listing:
        """May be written anew until the term ends or a worker has decided. Raises NotFound for another
        organisation's entry, TooLate, BadValue."""
        listing = await self.listing(listing_id)
        if not actor.leads(listing.organisation_id) or listing.kind is ListKind.RED:
            raise NotFound(what="listing", id=listing_id)
        if listing.upheld_at is not None or listing.answer_due < self.now:
            raise TooLate(number=listing.id)
        words = words.strip()
        if not 0 < len(words) <= _LONGEST:
            raise BadValue(field="words")
        answered = replace(listing, answer=words, answered_by=actor.person_id, answered_at=self.now)
        await self.uow.register.save(answered)
        organisation = await self.organisation(listing.organisation_id)
        self.uow.record(ListingAnswered(answered, organisation))
        return answered


class UpholdListing(_RegisterCase):
    """A worker has read the answer and stands by the entry."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, listing_id: int) -> Listing:
        """Needs an answer, or its term to be over: Raises BadValue before. A repeat changes nothing."""
        listing = await self.listing(listing_id)
        if listing.upheld_at is not None:
            return listing
        if listing.answered_at is None and listing.answer_due > self.now:
            raise BadValue(field="answer")
        upheld = replace(listing, upheld_at=self.now)
        await self.uow.register.save(upheld)
        self.uow.record(ListingUpheld(upheld, await self.organisation(listing.organisation_id)))
        return upheld


class RemoveFromRegister(_RegisterCase):
    """Take an organisation off a list, with a reason; the entry is kept with the date."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, listing_id: int, why: str) -> Listing:
        """Raises NotFound when it is off already, BadValue for an empty or overlong reason."""
        listing = await self.listing(listing_id)
        why = why.strip()
        if not 0 < len(why) <= _LONGEST:
            raise BadValue(field="reason")
        removed = replace(listing, removed_at=self.now, removed_by=actor.person_id, removed_why=why)
        await self.uow.register.save(removed)
        self.uow.record(ListingRemoved(removed, await self.organisation(listing.organisation_id)))
        return removed


class ShowListing(UseCase):
    """One entry, also one that is over."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, listing_id: int) -> tuple[Listing, Organisation]:
        """Raises NotFound."""
        found = await self.uow.register.get(listing_id)
        if found is None:
            raise NotFound(what="listing", id=listing_id)
        return found, await self.organisation(found.organisation_id)


class ShowStanding(UseCase):
    """All that the register knows of one organisation."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int) -> StandingView:
        """Raises NotFound."""
        organisation = await self.organisation(organisation_id)
        services = (await self.uow.evaluations.services(self.now - YEAR)).get(organisation.id, Services())
        return StandingView(
            organisation,
            (await self.uow.register.presences()).get(organisation.id),
            tuple(await self.uow.register.of_organisation(organisation.id)),
            (await self.uow.evaluations.grades(self.now - GRADE_LASTS)).get(organisation.id),
            services,
            has_few(services, self.community.policy.judging, self.now),
        )


class ShowRegister(UseCase):
    """What stands on the lists, who is dormant, who does too little."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> RegisterView:
        """Newest entries first."""
        every = {o.id: o for o in await self.uow.organisations.all()}
        presences = await self.uow.register.presences()
        services = await self.uow.evaluations.services(self.now - YEAR)
        judging = self.community.policy.judging
        return RegisterView(
            tuple((entry, every[entry.organisation_id]) for entry in await self.uow.register.listed()),
            tuple((every[i], p) for i, p in sorted(presences.items()) if p.dormant_since is not None),
            tuple((every[i], s) for i, s in sorted(services.items()) if has_few(s, judging, self.now)),
        )


class ReadRegister(UseCase):
    """Every entry there ever was, for printing."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> list[tuple[Listing, Organisation]]:
        """Oldest first."""
        every = {o.id: o for o in await self.uow.organisations.all()}
        return [(entry, every[entry.organisation_id]) for entry in await self.uow.register.every()]


class UpdateStandings(UseCase):
    """Once a day: what is listed and graded becomes the standing that matching reads; who sleeps is found."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> None:
        """Only what changed is written and told; a repeat on the same day changes nothing."""
        listings: dict[int, list[Listing]] = {}
        for listing in await self.uow.register.listed():
            listings.setdefault(listing.organisation_id, []).append(listing)
        grades = await self.uow.evaluations.grades(self.now - GRADE_LASTS)
        presences = await self.uow.register.presences()
        signs = await self.uow.register.signs_of_life()
        every = await self.uow.organisations.all()
        loads = await self.uow.organisations.workloads(o.id for o in every)
        asleep = []
        for organisation in every:
            load = loads.get(organisation.id)
            sign = self.now if load and load.open_requests else signs.get(organisation.id)
            before = presences.get(organisation.id)
            seen = self._seen(organisation, before, sign)
            standing = standing_of(listings.get(organisation.id, ()), grades.get(organisation.id), self.now)
            after = await self._settle(organisation, seen, *standing)
            if after != before:
                await self.uow.register.save_presence(after)
            if after.dormant_since and not (before and before.dormant_since):
                asleep.append(organisation)
        if asleep:
            day = local(self.now, self.community).date().isoformat()
            self.uow.record(DormantFound(tuple(asleep), day))

    def _seen(self, organisation: Organisation, known: Presence | None, sign: datetime | None) -> Presence:
        """When somebody of it last acted, to the day; asleep from the day on which that is too long ago."""
        if known is None:
            known = Presence(organisation.id, self.community.id, min(self.now, sign or self.now))
        last = sign if sign and (known.last_sign_at is None or sign > known.last_sign_at) else None
        seen = replace(known, last_sign_at=last or known.last_sign_at)
        days = self.community.policy.judging.dormant_days
        if not is_dormant(seen.last_sign_at or seen.first_seen_at, self.now, days):
            return replace(seen, dormant_since=None)
        return replace(seen, dormant_since=seen.dormant_since or self.now)

    async def _settle(
        self, organisation: Organisation, seen: Presence, standing: Standing, cause: Cause
    ) -> Presence:
        if standing is not organisation.standing:
            await self.uow.register.set_standing(organisation.id, standing)
            changed = replace(organisation, standing=standing)
            self.uow.record(StandingChanged(changed, organisation.standing, cause))
        elif cause is seen.cause:
            return seen
        return replace(seen, cause=cause, changed_at=self.now)
