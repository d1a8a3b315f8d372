"""整改: what is put right after a problem, who does it by when, the evidence, and who looks at it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casework.books.ledger_events import (
    DayBegins,
    RectificationChecked,
    RectificationDue,
    RectificationOpened,
    RectificationReported,
)
from casework.books.ledgers import Rectification, RectificationState
from casework.entities import Organisation
from casework.errors import BadValue, NotFound, SamePerson, WrongState
from casework.permissions import Actor, Permission
from casework.promises.moments import local
from casework.use_case import UseCase
from casework.use_cases.ledgers import LONGEST_WORDS, SeeProblem

#: How long somebody may be given, in days.
MOST_DAYS = 90
#: What was found wanting is to be done again within so many days.
_AGAIN_WITHIN = timedelta(days=3)
_SOON = timedelta(days=1)


class _Rectifying(UseCase):
    async def entry(self, rectification_id: int) -> tuple[Rectification, Organisation | None]:
        """The entry and whose it is. Raises NotFound."""
        found = await self.uow.rectifications.get(rectification_id)
        if found is None:
            raise NotFound(what="rectification", id=rectification_id)
        return found, await self.uow.organisations.get(found.organisation_id or 0)

    async def write(self, changed: Rectification, before: RectificationState) -> None:
        """Raises WrongState when it is no longer where it was."""
        if not await self.uow.rectifications.save(changed, before):
            raise WrongState(number=changed.id, status=changed.state.value, action="rectify")


class OpenRectification(_Rectifying):
    """A worker says what is to be put right, by whom, within how many days."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, problem_id: int, task: str, days: int, *, by_organisation: bool
    ) -> Rectification:
        """Not by the organisation: the worker sees to it. Raises BadValue, NotFound when the problem names
        no organisation, WrongState when it is closed or something is being put right already."""
        view = await self.other(SeeProblem)(actor, problem_id)
        if not task.strip() or len(task) > LONGEST_WORDS:
            raise BadValue(field="words")
        if not 1 <= days <= MOST_DAYS:
            raise BadValue(field="days")
        if by_organisation and view.organisation is None:
            raise NotFound(what="organisation", id=view.problem.organisation_id)
        added = None
        if view.problem.closed_at is None:
            added = await self.uow.rectifications.add(
                Rectification(
                    0,
                    self.community.id,
                    problem_id,
                    view.problem.request_id,
                    view.organisation.id if by_organisation and view.organisation else None,
                    None if by_organisation else actor.person_id,
                    task.strip(),
                    self.now,
                    self.now + timedelta(days=days),
                    actor.person_id,
                )
            )
        if added is None:
            raise WrongState(number=problem_id, status="open", action="rectify")
        self.uow.record(RectificationOpened(added, view.organisation if by_organisation else None))
        return added


class SeeRectification(_Rectifying):
    """One entry, for workers and for leads of the organisation that has to see to it."""

    permission = Permission.RECTIFY

    async def __call__(
        self, actor: Actor, rectification_id: int
    ) -> tuple[Rectification, Organisation | None]:
        """Raises NotFound also for another organisation's."""
        found, organisation = await self.entry(rectification_id)
        if not actor.is_admin() and not actor.leads(found.organisation_id):
            raise NotFound(what="rectification", id=rectification_id)
        return found, organisation


class ListMyRectifications(_Rectifying):
    """What a lead's organisations have to put right."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor) -> list[Rectification]:
        """Most pressing first."""
        return await self.uow.rectifications.of_organisations(actor.organisation_ids)


class ReportRectified(_Rectifying):
    """Whoever had to says it is put right, with evidence: words, a photo, or both."""

    permission = Permission.RECTIFY

    async def __call__(
        self, actor: Actor, rectification_id: int, words: str, photo: str = ""
    ) -> Rectification:
        """Raises NotFound for another's, BadValue without evidence, WrongState unless it is open."""
        found, organisation = await self.other(SeeRectification)(actor, rectification_id)
        if (not words.strip() and not photo) or len(words) > LONGEST_WORDS:
            raise BadValue(field="words")
        if found.state is not RectificationState.OPEN:
            raise WrongState(number=found.id, status=found.state.value, action="report")
        reported = replace(
            found,
            state=RectificationState.REPORTED,
            evidence=words.strip(),
            photo=photo,
            reported_at=self.now,
            reported_by=actor.person_id,
        )
        await self.write(reported, RectificationState.OPEN)
        self.uow.record(RectificationReported(reported, organisation))
        return reported


class CheckRectification(_Rectifying):
    """复查 by somebody else: only then is it closed, and its problem with it."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, rectification_id: int, *, good: bool, words: str = ""
    ) -> Rectification:
        """Raises SamePerson for whoever did or owned it, BadValue for a no without words, WrongState."""
        found, organisation = await self.entry(rectification_id)
        if actor.person_id in (found.reported_by, found.owner_id):
            raise SamePerson()
        if found.state is not RectificationState.REPORTED:
            raise WrongState(number=found.id, status=found.state.value, action="check")
        if (not good and not words.strip()) or len(words) > LONGEST_WORDS:
            raise BadValue(field="words")
        checked = replace(
            found,
            state=RectificationState.CLOSED if good else RectificationState.OPEN,
            checked_at=self.now,
            checked_by=actor.person_id,
            check_words=words.strip(),
            returned=found.returned + (not good),
            due_at=found.due_at if good else max(found.due_at, self.now + _AGAIN_WITHIN),
        )
        await self.write(checked, RectificationState.REPORTED)
        if good:
            await self.uow.problems.close(found.problem_id, self.now, actor.person_id, found.evidence)
        self.uow.record(RectificationChecked(checked, organisation, good))
        return checked


class BeginDay(_Rectifying):
    """Each morning: whose time is nearly over is reminded, and workers hear what waits for them."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> None:
        """Nobody hears anything on a day without anything."""
        day = local(self.now, self.community).date().isoformat()
        due = await self.uow.rectifications.due(self.now + _SOON)
        late = 0
        for entry in due:
            over = entry.due_at <= self.now
            late += over
            organisation = await self.uow.organisations.get(entry.organisation_id or 0)
            self.uow.record(RectificationDue(entry, organisation, over, day))
        calls = await self.uow.calls.counts(self.now)
        unchecked = len(await self.uow.rectifications.unchecked())
        if calls.now or unchecked or late:
            self.uow.record(DayBegins(calls, unchecked, late, day))
