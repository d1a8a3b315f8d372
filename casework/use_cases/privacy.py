"""What everybody may ask about themselves: what is kept, a copy of it, to be forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casework.audit import Act
from casework.elsewhere import is_elsewhere
from casework.entities import Details, Organisation, Person
from casework.errors import NotFound
from casework.keeping.keeping_events import (
    ConsentWanted,
    ErasureDone,
    ErasureWaits,
    LeadForgotten,
    OwnDataWanted,
)
from casework.keeping.personal import Erasure, Kept, Obstacles, OwnData
from casework.permissions import Actor, Permission, Role
from casework.promises.schedules import ScheduleKind
from casework.statuses import CLOSED, RequestStatus
from casework.use_case import UseCase

#: What an organisation still has to do, or to answer for.
_IN_HAND = frozenset(RequestStatus) - CLOSED
#: Somebody who was asked to be forgotten and has something open again is looked at once a day.
_LATER = timedelta(days=1)


class SeePrivacy(UseCase):
    """`/privacy`."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> Kept:
        """Of the actor alone."""
        person = await self.person(actor)
        erasure = await self.uow.erasures.of(person.id)
        return Kept(person, erasure, Role.LEAD in actor.roles, actor.is_admin())


class WithdrawConsent(UseCase):
    """「不再同意」: nothing new is kept before they have agreed again. What is open goes on."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> bool:
        """False when there was nothing to withdraw. Address and phone for next time are forgotten at once."""
        person = await self.person(actor)
        if person.consented_at is None and person.saved == Details():
            return False
        await self.uow.people.save(replace(person, consented_at=None, saved=Details()))
        self.audit(Act.CONSENT_WITHDRAWN, actor)
        return True


class AskConsent(UseCase):
    """After an emergency, which waits for no consent: asked once in a life."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, person_id: int) -> bool:
        """False when there is nobody to ask, or no need."""
        person = await self.uow.people.get(person_id)
        if person is None or person.consented_at is not None or person.consent_asked_at is not None:
            return False
        if person.chat_id is None or not person.reachable:
            return False
        await self.uow.people.save(replace(person, consent_asked_at=self.now))
        self.uow.record(ConsentWanted(person))
        return True


class ExportOwnData(UseCase):
    """「导出我的数据」: everything that is kept, for the person alone."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> OwnData:
        """By section, as it is kept."""
        person = await self.person(actor)
        return await self.uow.personal.collect(person.id)


class AskOwnData(UseCase):
    """Somebody asked for a copy: the file itself is made later."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> bool:
        """False for somebody who speaks through another program, which takes no files."""
        person = await self.person(actor)
        if person.chat_id is None or is_elsewhere(person.id):
            return False
        self.audit(Act.OWN_DATA_EXPORTED, actor)
        self.uow.record(OwnDataWanted(person.id, person.chat_id))
        return True


class Forgetting(UseCase):
    """What asking, undoing and forgetting have in common."""

    async def obstacles(self, person_id: int) -> Obstacles:
        """What has to be over first."""
        open_ones = await self.uow.requests.of_resident(person_id, open_only=True, limit=50)
        left_alone = [
            organisation
            for organisation_id in await self.uow.organisations.led_by(person_id)
            if (organisation := await self._left_alone(organisation_id, person_id)) is not None
        ]
        return Obstacles(tuple(r for r in open_ones if r.status not in CLOSED), tuple(left_alone))

    async def _left_alone(self, organisation_id: int, person_id: int) -> Organisation | None:
        """The organisation, if it has work in hand and nobody else to do it."""
        leads = await self.uow.organisations.leads(organisation_id)
        if any(lead.id != person_id for lead in leads):
            return None
        if not await self.uow.requests.of_organisations([organisation_id], _IN_HAND, limit=1):
            return None
        return await self.uow.organisations.get(organisation_id)


class LookAtErasure(Forgetting):
    """「删除我的数据」, first tap: what would go, what stands in the way."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> Obstacles:
        """Nothing is changed."""
        person = await self.person(actor)
        return await self.obstacles(person.id)


class AskErasure(Forgetting):
    """Second tap: it is done after a time in which it can be taken back."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> Erasure | Obstacles:
        """The erasure that stands, or what stands in its way. A repeat changes nothing."""
        person = await self.person(actor)
        obstacles = await self.obstacles(person.id)
        standing = await self.uow.erasures.of(person.id)
        if obstacles or standing is not None:
            return standing or obstacles
        due_at = self.now + timedelta(hours=self.community.policy.erase_after_hours)
        erasure = await self.uow.erasures.ask(person.id, self.now, due_at)
        await self.uow.schedules.plan(ScheduleKind.ERASE_PERSON, due_at, person.id)
        self.audit(Act.DELETION_ASKED, actor)
        return erasure


class UndoErasure(UseCase):
    """「不删了」."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> bool:
        """False when there is nothing to take back any more."""
        person = await self.person(actor)
        if not await self.uow.erasures.undo(person.id):
            return False
        await self.uow.schedules.drop(ScheduleKind.ERASE_PERSON, person.id)
        self.audit(Act.DELETION_UNDONE, actor)
        return True


class ErasePerson(Forgetting):
    """The time to take it back is over."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, person_id: int, *, works: bool) -> Erasure | None:
        """None when nobody asked any more. `works`: for the community, as far as settings tell.

        Where something was opened meanwhile it waits a day and says so once.
        """
        # What they are filing at this moment counts as open.
        await self.uow.personal.hold(person_id)
        erasure = await self.uow.erasures.of(person_id)
        if erasure is None or erasure.begun_at is not None:
            return None
        person = await self.uow.people.get(person_id)
        obstacles = await self.obstacles(person_id)
        if obstacles:
            await self._wait(erasure, person, obstacles)
            return erasure
        led = await self.uow.organisations.led_by(person_id)
        rows = await self.uow.personal.forget(erasure, self.now, works=works)
        await self._tell_of(erasure, led, actor)
        for kind in (ScheduleKind.ASK_CONSENT, ScheduleKind.ERASE_PERSON):
            await self.uow.schedules.drop(kind, person_id)
        await self.uow.schedules.plan(ScheduleKind.ERASE_ON, self.now, erasure.id)
        self.audit(Act.DELETED, actor, rows=rows)
        if person is not None and person.chat_id is not None:
            self.uow.record(ErasureDone(erasure.id, person.chat_id))
        return erasure

    async def _tell_of(self, erasure: Erasure, led: list[int], actor: Actor) -> None:
        """Workers must know that an organisation has a lead less."""
        for organisation_id in led:
            self.audit(Act.LEAD_REMOVED, actor, organisation=organisation_id)
            organisation = await self.organisation(organisation_id)
            left = await self.uow.organisations.leads(organisation_id)
            self.uow.record(LeadForgotten(erasure.id, organisation, len(left)))

    async def _wait(self, erasure: Erasure, person: Person | None, obstacles: Obstacles) -> None:
        later = self.now + _LATER
        first = erasure.due_at <= erasure.asked_at + timedelta(hours=self.community.policy.erase_after_hours)
        await self.uow.erasures.postpone(erasure.id, later)
        await self.uow.schedules.plan(ScheduleKind.ERASE_PERSON, later, erasure.person_id or 0)
        if first and person is not None and person.chat_id is not None:
            self.uow.record(ErasureWaits(erasure, person.chat_id, obstacles))


class EraseOn(UseCase):
    """The walk through large tables after somebody was forgotten."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, erasure_id: int) -> bool:
        """False when it is done. Raises NotFound."""
        if await self.uow.erasures.get(erasure_id) is None:
            raise NotFound(what="erasure", id=erasure_id)
        return await self.uow.personal.forget_on(erasure_id, self.now)
