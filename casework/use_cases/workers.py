"""What a community worker does with requests: triage, assign, refile, decide, call back."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.believing import TOO_OFTEN
from casework.books.ledgers import ProblemKind
from casework.entities import Offer, Request, WorkReport
from casework.errors import BadValue, NotFound
from casework.events import (
    ReopenDecided,
    RequestCancelled,
    RequestConfirmed,
    RequestDeclined,
    RequestRecategorised,
    WorkDone,
)
from casework.giving import matching
from casework.giving.decisions import Decision, How
from casework.lessons import NOT_OURS, LessonSource, Reading
from casework.permissions import Actor, Permission, Role, system
from casework.policy import Mode
from casework.statuses import RequestStatus, TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.deciding import keep_decision
from casework.use_cases.dispatch import DispatchRequest, MakeOffer, RaiseEmergency, SendToTriage, release
from casework.use_cases.ledgers import RaiseProblem
from casework.use_cases.teaching import KeepLesson


class AssignRequest(UseCase):
    """「派单」: offer the request to the organisation a worker chose."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, organisation_id: int) -> Request:
        """Whoever had it is told. Raises NotFound, WrongState."""
        request = await self.request(request_id)
        organisation = await self.organisation(organisation_id)
        ranking = await self.other(DispatchRequest).ranking(request, again=True)
        await keep_decision(self, request, How.WORKER, (organisation.id,), ranking, actor.person_id)
        await release(self, request, "reassigned")
        return await self.other(MakeOffer)(
            system(self.community.id),
            request.with_(mode=Mode.DIRECT),
            organisation,
            None,
            Action.ASSIGN,
            organisation.name,
            Role.ADMIN,
            by=actor,
        )


class SuggestOrganisations(UseCase):
    """Who could take a request, best first, for a worker to choose from."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, limit: int = 5) -> list[matching.Candidate]:
        """Those already asked are left out."""
        request = await self.request(request_id)
        dispatch = self.other(DispatchRequest)
        return (await dispatch.candidates(request, await dispatch.had_their_turn(request)))[:limit]


@dataclass(frozen=True, slots=True)
class Match:
    """Who was asked for a request and what came of it, and the decisions behind it; both oldest first."""

    offers: tuple[Offer, ...]
    decisions: tuple[Decision, ...]


class ExplainMatch(UseCase):
    """`/why`: each decision with everybody who was thought of, and what became of each offer."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, request_id: int) -> Match:
        """What was decided before decisions were kept has offers alone."""
        request = await self.request(request_id)
        return Match(
            tuple(await self.uow.offers.of_request(request.id)),
            tuple(await self.uow.decisions.of_request(request.id)),
        )


async def _reading(case: UseCase, request: Request, runner_up: str = "") -> Reading | None:
    """What the reader said of its words; None for one that was chosen from a menu without any."""
    words = request.summary.strip()
    if any(words == item.name for item in case.community.catalogue):
        return None
    kept = await case.uow.readings.of_request(request.id)
    heard = kept.heard if kept and kept.heard else request.item
    return Reading(words, heard, runner_up if runner_up != heard else "")


class RecategoriseRequest(UseCase):
    """File it under another item; the resident is told, another organisation is asked."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, request_id: int, item: str, reason: str = "", runner_up: str = ""
    ) -> Request:
        """`runner_up` is what else the reader thought of. Raises NotFound for an unknown item, BadValue for
        the same item."""
        request = await self.request(request_id)
        if item == request.item:
            raise BadValue(field="item")
        category = self.community.category_of(item)
        old = request.item
        await release(self, request, "recategorised")
        read = await _reading(self, request, runner_up)
        await self.other(KeepLesson).add(Role.ADMIN, read, item, LessonSource.REFILED)
        moved = await self.move(
            request,
            Action.RECATEGORISE,
            actor,
            Role.ADMIN,
            f"{old}→{item} {reason}".strip(),
            item=item,
            category=category,
            organisation_id=None,
        )
        self.uow.record(RequestRecategorised(moved, old, reason))
        return await self.other(DispatchRequest)(system(self.community.id), moved)


class DecideReopen(UseCase):
    """A worker's answer to 「没解决」."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, request_id: int, *, approve: bool, reason: str = "", same: bool = False
    ) -> Request:
        """Approved: offered to another organisation, or (`same`) to the one that did it. Rejected: back to
        done, the resident hears why. Either way somebody was not content: it stands in the problem ledger."""
        request = await self.request(request_id)
        if not approve:
            moved = await self.move(request, Action.REJECT_REOPEN, actor, Role.ADMIN, reason)
            self.uow.record(ReopenDecided(moved, approve, reason))
            await self.other(RaiseProblem)(
                system(self.community.id), moved, ProblemKind.UNSOLVED, await self._said(request)
            )
            return moved
        moved = await self.move(
            request,
            Action.REOPEN,
            actor,
            Role.ADMIN,
            reason,
            organisation_id=None,
            started_at=None,
            done_at=None,
            taken_by=None,
            reopened=request.reopened + 1,
        )
        self.uow.record(ReopenDecided(moved, approve, reason))
        await self._enter(moved, request.organisation_id)
        worked = await self.uow.organisations.get(request.organisation_id or 0)
        if same and worked is not None and worked.active:
            return await self.other(MakeOffer)(
                system(self.community.id), moved, worked, None, Action.OFFER, as_role=Role.SYSTEM
            )
        if moved.urgent:
            # What was dangerous is so again: whoever can help is called, as at the first time.
            return await self.other(RaiseEmergency)(system(self.community.id), moved)
        not_them = frozenset({worked.id}) if worked else frozenset()
        return await self.other(DispatchRequest)(system(self.community.id), moved, not_them)

    async def _enter(self, request: Request, organisation_id: int | None) -> None:
        by, said = system(self.community.id), await self._said(request)
        kinds = [ProblemKind.UNSOLVED]
        if request.reopened >= TOO_OFTEN:
            kinds.append(ProblemKind.REOPENED_TWICE)
        for kind in kinds:
            await self.other(RaiseProblem)(by, request, kind, said, organisation_id)

    async def _said(self, request: Request) -> str:
        """What the resident found wanting."""
        asked = [
            e for e in await self.uow.requests.history(request.id) if e.action == Action.REQUEST_REOPEN.value
        ]
        return asked[-1].reason if asked else ""


class DeclineRequest(UseCase):
    """Not ours: say whose it is."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, whose: str) -> Request:
        """Raises BadValue when nothing is said to whom the resident should turn."""
        if not whose.strip():
            raise BadValue(field="whose")
        request = await self.request(request_id)
        await release(self, request, "declined")
        read = await _reading(self, request)
        await self.other(KeepLesson).add(Role.ADMIN, read, NOT_OURS, LessonSource.DECLINED)
        moved = await self.move(request, Action.DECLINE, actor, Role.ADMIN, whose)
        self.uow.record(RequestDeclined(moved, whose))
        return moved


class CloseForResident(UseCase):
    """A call-back: the resident told a worker on the telephone that it is solved, or no longer wanted."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, *, solved: bool, reason: str = "") -> Request:
        """Confirms a done request, or cancels an open one."""
        request = await self.request(request_id)
        await self.uow.timers.clear(request.id)
        if solved:
            moved = await self.move(request, Action.CONFIRM, actor, Role.ADMIN, reason)
            organisation = await self.uow.organisations.get(moved.organisation_id or 0)
            self.uow.record(RequestConfirmed(moved, organisation))
            return moved
        await release(self, request, "cancelled")
        moved = await self.move(request, Action.CANCEL, actor, Role.ADMIN, reason)
        self.uow.record(RequestCancelled(moved, (), reason, by_resident=False))
        return moved


class SettleRequest(UseCase):
    """A worker saw to it in person, as in an emergency: the resident is asked whether it is done."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, words: str) -> Request:
        """Whoever held it is told. Raises WrongState when it is done or closed."""
        request = await self.request(request_id)
        await release(self, request, "settled")
        moved = await self.move(
            request, Action.COMPLETE, actor, Role.ADMIN, words, organisation_id=None, done_at=self.now
        )
        self.uow.record(WorkDone(moved, None, WorkReport(words=words)))
        return moved


class PutIntoTriage(UseCase):
    """A worker takes a request back into triage by hand."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Open offers are withdrawn."""
        request = await self.request(request_id)
        await release(self, request, "reassigned")
        return await self.other(SendToTriage)(
            system(self.community.id), request, TriageReason.ASKED_FOR_HUMAN
        )


class ReleaseTriage(UseCase):
    """What waited in triage is right as filed: send it on its way."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Offered to the best organisation that was not asked yet, or still in triage."""
        request = await self.request(request_id)
        if request.status is not RequestStatus.TRIAGE:
            raise NotFound(what="triage", id=request_id)
        return await self.other(DispatchRequest)(system(self.community.id), request)
