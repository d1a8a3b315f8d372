"""Adverts, insults and one call for help after another: noticed, and never a reason not to listen."""

from __future__ import annotations

from datetime import timedelta

from casework.conduct import COUNTS_FOR, Offence, calls_before
from casework.entities import Request
from casework.errors import WrongState
from casework.events import ConductNoticed, EmergencyDoubted
from casework.permissions import Actor, Permission, Role, system
from casework.statuses import RequestStatus, TimerKind, TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.dispatch import RaiseEmergency

#: Enough to see whether somebody calls again and again.
_LATELY = 50


class NoteOffence(UseCase):
    """Somebody wrote an advert or an insult."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, kind: Offence) -> int:
        """Returns how many it were within a day; workers hear at the limit, and each time it doubles."""
        person = await self.person(actor)
        await self.uow.offences.forget(self.now - COUNTS_FOR)
        await self.uow.offences.add(person.id, kind, self.now)
        times = await self.uow.offences.count(person.id, self.now - COUNTS_FOR)
        limit = self.community.policy.conduct.offences
        if limit and times % limit == 0 and (times // limit).bit_count() == 1:
            self.uow.record(ConductNoticed(person.id, person.name, kind, times))
        return times


class CallForHelp(UseCase):
    """Call everybody to an emergency; only the workers, for minutes, when its resident called often."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request: Request) -> Request:
        """Returns the request as offered or in triage. No call is left without anybody who hears it."""
        conduct = self.community.policy.conduct
        lately = await self.uow.requests.of_resident(request.resident_id, limit=_LATELY)
        before = calls_before(lately, request, self.now)
        if not conduct.emergencies or before < conduct.emergencies:
            return await self.other(RaiseEmergency)(actor, request)
        why = TriageReason.MANY_EMERGENCIES
        moved = await self.move(
            request, Action.TRIAGE, actor, Role.SYSTEM, why.value, organisation_id=None, triage_reason=why
        )
        self.uow.record(EmergencyDoubted(moved, before, conduct.look_minutes))
        # Also a liar's house may burn: where no worker looks, everybody is called.
        at = self.now + timedelta(minutes=conduct.look_minutes)
        await self.uow.timers.set(TimerKind.REPEAT_EMERGENCY, moved.id, at, step=0)
        return moved


class CallEverybody(UseCase):
    """A worker has looked: it is meant."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Raises WrongState when it is no longer waiting for that."""
        request = await self.request(request_id)
        waits = request.status is RequestStatus.TRIAGE and request.taken_by is None
        if not (request.urgent and waits and request.triage_reason is TriageReason.MANY_EMERGENCIES):
            raise WrongState(number=request.number, status=request.status.value, action=Action.OFFER.value)
        return await self.other(RaiseEmergency)(system(self.community.id), request)
