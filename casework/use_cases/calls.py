"""What a worker does with the call-back list: ring up, and write down what was said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from casework.audit import Act
from casework.books.calls import MOST_TRIES, Call, CallCounts, CallOutcome
from casework.entities import Organisation, Person, Rating, Request, WorkReport
from casework.errors import BadValue, NotFound, WrongState
from casework.events import RequestConfirmed, RequestRated
from casework.permissions import Actor, Permission, Role
from casework.promises.moments import next_time
from casework.statuses import RequestStatus
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.workers import DecideReopen

#: Who was not reached is rung up again the next day at this local hour.
AGAIN_AT = time(9, 0)
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class CallView:
    """An entry with all that whoever rings up has to know."""

    call: Call
    request: Request
    organisation: Organisation | None
    resident: Person | None
    report: WorkReport | None
    rating: Rating | None


class _CallCase(UseCase):
    permission = Permission.TRIAGE

    async def call(self, call_id: int) -> Call:
        """The entry. Raises NotFound."""
        found = await self.uow.calls.get(call_id)
        if found is None:
            raise NotFound(what="call", id=call_id)
        return found

    async def waiting(self, call_id: int) -> tuple[Call, Request]:
        """An entry that nobody has decided, its request locked first. Raises WrongState."""
        request = await self.request((await self.call(call_id)).request_id)
        # Read again: a colleague may have been on the telephone while the lock was waited for.
        call = await self.call(call_id)
        if call.outcome is not None:
            raise WrongState(number=request.number, status=call.outcome.value, action="call")
        return call, request

    async def decided(self, actor: Actor, call: Call, outcome: CallOutcome) -> Call:
        """Write the outcome."""
        over = replace(call, outcome=outcome, decided_at=self.now, decided_by=actor.person_id)
        await self.uow.calls.save(over)
        return over


class ListCalls(_CallCase):
    """`/callback`: whom to ring now."""

    async def __call__(self, actor: Actor) -> tuple[list[tuple[Call, Request]], CallCounts]:
        """Who has waited longest first, at most 50; and how many there are."""
        due = await self.uow.calls.due(self.now)
        found = []
        for call in due:
            request = await self.uow.requests.get(call.request_id)
            if request is not None:
                found.append((call, request))
        return found, await self.uow.calls.counts(self.now)


class SeeCall(_CallCase):
    """One entry."""

    async def __call__(self, actor: Actor, call_id: int) -> CallView:
        """Raises NotFound."""
        call = await self.call(call_id)
        request = await self.uow.requests.get(call.request_id)
        if request is None:
            raise NotFound(what="call", id=call_id)
        self.audit(Act.CALL_LIST, actor, request.id)
        return CallView(
            call,
            request,
            await self.uow.organisations.get(request.organisation_id or 0),
            await self.uow.people.get(request.resident_id),
            await self.uow.notes.report(request.id),
            await self.uow.notes.rating(request.id),
        )


class HearSolved(_CallCase):
    """On the telephone the resident says that it is solved."""

    async def __call__(self, actor: Actor, call_id: int) -> Call:
        """Confirms what the organisation said. Raises WrongState when it was decided already."""
        call, request = await self.waiting(call_id)
        over = await self.decided(actor, call, CallOutcome.SOLVED)
        if request.status is not RequestStatus.CONFIRMED:
            moved = await self.move(request, Action.CONFIRM, actor, Role.ADMIN)
            organisation = await self.uow.organisations.get(moved.organisation_id or 0)
            self.uow.record(RequestConfirmed(moved, organisation))
        return over


class HearUnsolved(_CallCase):
    """On the telephone the resident says that it is not: reopened at once, a worker has heard it."""

    async def __call__(self, actor: Actor, call_id: int, words: str = "", *, same: bool = False) -> Request:
        """Returns the request as reopened; `same` asks the organisation that did it. Raises WrongState when
        it was decided already."""
        call, request = await self.waiting(call_id)
        await self.decided(actor, call, CallOutcome.UNSOLVED)
        if request.status is not RequestStatus.REOPEN_REQUESTED:
            await self.move(request, Action.REQUEST_REOPEN, actor, Role.ADMIN, words)
        return await self.other(DecideReopen)(actor, request.id, approve=True, reason=words, same=same)


class MissCall(_CallCase):
    """Nobody answered: again tomorrow, and after the third time they count as unreachable."""

    async def __call__(self, actor: Actor, call_id: int) -> Call:
        """Raises WrongState when it was decided already."""
        call, _ = await self.waiting(call_id)
        tried = replace(call, tries=call.tries + 1)
        if tried.tries >= MOST_TRIES:
            return await self.decided(actor, tried, CallOutcome.UNREACHABLE)
        tried = replace(tried, due_at=next_time(self.now, self.community, AGAIN_AT))
        await self.uow.calls.save(tried)
        return tried


class RateByCall(_CallCase):
    """How content the resident says they are, 1 to 5."""

    async def __call__(self, actor: Actor, call_id: int, stars: int) -> Rating:
        """Their own rating in the chat stays. Raises BadValue, WrongState before they said it is solved."""
        call = await self.call(call_id)
        request = await self.request(call.request_id)
        if not 1 <= stars <= 5:
            raise BadValue(field="stars")
        if call.outcome is not CallOutcome.SOLVED or request.status is not RequestStatus.CONFIRMED:
            raise WrongState(number=request.number, status=request.status.value, action="rate")
        own = await self.uow.notes.rating(request.id)
        if own is not None and call.decided_at is not None and own.at < call.decided_at:
            return own
        rating = Rating(request.id, self.community.id, stars, (), self.now)
        await self.uow.notes.rate(rating)
        organisation = await self.uow.organisations.get(request.organisation_id or 0)
        self.uow.record(RequestRated(request, organisation, rating))
        return rating


class NoteCall(_CallCase):
    """What else was said."""

    async def __call__(self, actor: Actor, call_id: int, words: str) -> Call:
        """Raises BadValue for words that are empty or too long."""
        call = await self.call(call_id)
        if not words.strip() or len(words) > LONGEST_WORDS:
            raise BadValue(field="words")
        await self.uow.calls.note(call.id, words.strip())
        return replace(call, words=words.strip())
