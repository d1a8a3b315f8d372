"""How a need becomes a filed request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from casework.audit import Act
from casework.books.ledgers import Problem, ProblemKind
from casework.entities import Address, Details, HistoryEntry, Request, Volunteer
from casework.errors import Incomplete, NotConsented
from casework.events import HumanWanted, RequestFiled, VoiceRaised
from casework.lessons import LessonSource, Reading
from casework.permissions import Actor, Permission, Role, system
from casework.promises import deadlines
from casework.promises.schedules import ScheduleKind
from casework.readings import KeptReading
from casework.statuses import RequestStatus, TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.alike import LinkAlike
from casework.use_cases.conduct import CallForHelp
from casework.use_cases.dispatch import DispatchRequest, SendToTriage
from casework.use_cases.joint_finding import LookForJointNeed
from casework.use_cases.teaching import KeepLesson

#: When somebody is asked to agree whose emergency was filed without.
ASK_CONSENT_AFTER = timedelta(minutes=30)
#: How long a resident may take back a cancellation.
RESTORE_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A need ready to be filed. `summary` is the description without phone, door and names.

    `without` are required fields that the resident was asked for and would rather not tell;
    beside them "unit" where a building has none. `reading` is what the reader had said of the words, `told`
    why, in its own JSON. `not_same` are requests of which the resident said that they are something else.
    """

    item: str
    description: str
    summary: str
    details: Details
    confident: bool = True
    without: tuple[str, ...] = ()
    reading: Reading | None = None
    told: Mapping[str, Any] | None = None
    not_same: tuple[int, ...] = ()


def missing_fields(slots: tuple[str, ...], details: Details, without: Collection[str] = ()) -> list[str]:
    """Which of an item's slots are still unknown, in the order they should be asked."""
    known = {
        "address": details.address.findable,
        # Where even the building is unknown, that is asked for, and the door with it.
        "door": not details.address.findable or not missing_door(details.address, without),
        "contact": bool(details.phone),
        "time": bool(details.time_expr),
        "recipient": bool(details.recipient),
    }
    return [slot for slot in slots if not known[slot] and slot not in without]


def missing_door(address: Address, without: Collection[str] = ()) -> tuple[str, ...]:
    """Which of building, unit and room somebody who comes to the home still has to be told."""
    unit = address.unit or "unit" in without
    parts = (("building", address.building), ("unit", unit), ("room", address.room))
    return tuple(part for part, known in parts if not known)


class FileRequests(UseCase):
    """File one or several drafts of one resident, linked with each other when several."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, drafts: list[Draft]) -> list[Request]:
        """Returns the requests, dispatched as far as possible. Raises Incomplete, NotConsented."""
        person = await self.person(actor)
        if person.consented_at is None:
            raise NotConsented()
        filed: list[Request] = []
        for draft in drafts:
            slots = self.community.required_slots(draft.item)
            missing = missing_fields(slots, draft.details, draft.without)
            if missing:
                raise Incomplete(fields=",".join(missing))
            bundle = filed[0].number if filed else ""
            filed.append(await self._file(actor, draft, bundle))
        if len(filed) > 1:
            first = filed[0].with_(bundle=filed[0].number, version=filed[0].version + 1)
            await self.uow.requests.save(first)
            filed[0] = first
        paused = await self.uow.community.intake_paused()
        return [await self._send_on(r, d, paused) for r, d in zip(filed, drafts, strict=True)]

    async def _file(self, actor: Actor, draft: Draft, bundle: str) -> Request:
        request = await self.other(AddRequest).add(
            actor, draft.item, draft.description, draft.summary, draft.details, bundle=bundle
        )
        self.uow.record(RequestFiled(request))
        await self.other(KeepLesson).add(Role.RESIDENT, draft.reading, draft.item, LessonSource.CHOSEN)
        if draft.told is not None:
            heard = draft.reading.label if draft.reading else ""
            await self.uow.readings.keep(KeptReading(request.id, draft.item, heard, draft.told))
        return request

    async def _send_on(self, request: Request, draft: Draft, paused: str | None) -> Request:
        clock = system(self.community.id)
        await self.other(LinkAlike)(clock, request, draft.not_same)
        await self.other(LookForJointNeed)(clock, request.item, request.details.address.compound)
        if paused is not None:
            why = TriageReason.INTAKE_PAUSED
        elif not draft.confident:
            why = TriageReason.LOW_CONFIDENCE
        else:
            return await self.other(DispatchRequest)(clock, request)
        return await self.other(SendToTriage)(clock, request, why)


class FileEmergency(UseCase):
    """File danger to life at once with whatever is known; no field is required, no consent waited for."""

    permission = Permission.FILE

    async def __call__(
        self,
        actor: Actor,
        item: str,
        description: str,
        summary: str,
        details: Details,
        hotlines: tuple[str, ...],
        told: Mapping[str, Any] | None = None,
    ) -> Request:
        """Returns the request; those who can help have been called. `told`: why it was heard as one."""
        request = await self.other(AddRequest).add(
            actor, item, description, summary, details, urgent=True, hotlines=hotlines
        )
        if told is not None:
            await self.uow.readings.keep(KeptReading(request.id, item, item, told))
        self.uow.record(RequestFiled(request))
        await self._ask_consent_later(request.resident_id)
        clock = system(self.community.id)
        # Linked only, and only after everybody was called: nothing may hold up help.
        raised = await self.other(CallForHelp)(clock, request)
        await self.other(LinkAlike)(clock, raised)
        return raised

    async def _ask_consent_later(self, person_id: int) -> None:
        """Help comes first; who never agreed to anything is asked afterwards, once."""
        person = await self.uow.people.get(person_id)
        if person is not None and person.consented_at is None and person.consent_asked_at is None:
            later = self.now + ASK_CONSENT_AFTER
            await self.uow.schedules.plan_first(ScheduleKind.ASK_CONSENT, later, person_id)


class AddRequest(UseCase):
    """The one place where a request row is made; only other use cases call it."""

    async def add(
        self,
        actor: Actor,
        item: str,
        description: str,
        summary: str,
        details: Details,
        *,
        urgent: bool = False,
        hotlines: tuple[str, ...] = (),
        bundle: str = "",
        parent: Request | None = None,
    ) -> Request:
        """Insert with the next number and the first history row. A part that a worker (the actor) split
        from its `parent` is the same resident's."""
        now = self.now
        day = now.astimezone(ZoneInfo(self.community.timezone)).strftime("%Y%m%d")
        request = Request(
            id=0,
            community_id=self.community.id,
            number=await self.uow.requests.next_number(day),
            resident_id=parent.resident_id if parent else actor.person_id or 0,
            item=item,
            category=self.community.category_of(item),
            description=description,
            summary=summary,
            status=RequestStatus.SUBMITTED,
            details=details,
            created_at=now,
            updated_at=now,
            urgent=urgent,
            hotlines=hotlines,
            answer_due=deadlines.answer_due(self.community, item, now, urgent=urgent),
            resolve_due=deadlines.resolve_due(self.community, item, now, urgent=urgent),
            bundle=bundle,
            parent_id=parent.id if parent else None,
            service_class=self.community.policy.class_of(item, urgent=urgent),
            mode=self.community.policy.mode_of(item),
        )
        entry = HistoryEntry(
            request_id=0,
            community_id=self.community.id,
            at=now,
            action=Action.SUBMIT.value,
            from_status=None,
            to_status=RequestStatus.SUBMITTED,
            actor_role=(Role.ADMIN if parent else Role.RESIDENT).value,
            actor_id=actor.person_id,
            reason=parent.number if parent else "",
        )
        return await self.uow.requests.add(request, entry)


class GiveConsent(UseCase):
    """The resident agrees to how data is kept; asked once, before the first filing."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor) -> None:
        """A repeat changes nothing."""
        person = await self.person(actor)
        if person.consented_at is None:
            await self.uow.people.save(replace(person, consented_at=self.now))
            self.audit(Act.CONSENTED, actor)


class RememberDetails(UseCase):
    """Keep the address and phone of a filed request, to be offered (never silently used) next time."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, details: Details | None) -> None:
        """None forgets what was kept."""
        person = await self.person(actor)
        kept = Details(details.address, details.phone) if details else Details()
        await self.uow.people.save(replace(person, saved=kept))


class AskForHuman(UseCase):
    """A resident wants a person; every worker hears of it."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, words: str) -> None:
        """`words` is what the resident wrote last."""
        person = await self.person(actor)
        self.uow.record(HumanWanted(person.id, person.name, words, person.saved.phone))


class RaiseVoice(UseCase):
    """Pass on what is no request: an offer to help, a proposal, a new organisation, praise, a complaint."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, kind: str, words: str, phone: str = "") -> None:
        """`kind` is a dialogue act code."""
        person = await self.person(actor)
        phone = phone or person.saved.phone
        if kind == "volunteer":
            await self.uow.notes.add_volunteer(
                Volunteer(person.id, self.community.id, words, phone, self.now)
            )
        if kind == "complaint":
            # Their words are for workers alone, as those of every voice; workers hear of it at once below.
            entry = Problem(
                0, self.community.id, ProblemKind.COMPLAINT, None, None, words, self.now, person_id=person.id
            )
            await self.uow.problems.add(entry)
        self.uow.record(VoiceRaised(person.id, person.name, kind, words, phone))
