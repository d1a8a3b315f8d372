"""What time alone brings about: reminders, and how something that nobody does is carried further up.

Late after an outage, of what came due meanwhile only the last word on each matter is said.
"""

from __future__ import annotations

from datetime import datetime

from casework.books.ledgers import ProblemKind
from casework.entities import Request
from casework.events import OfferReminder, ResolveReminder
from casework.permissions import Actor, Permission
from casework.promises import clocks, deadlines
from casework.promises.clock_events import WorkerReminded
from casework.statuses import BEFORE_WORK, IN_WORK, OfferStatus, RequestStatus, TriageReason
from casework.use_case import UseCase
from casework.use_cases.ledgers import RaiseProblem

#: Steps of `Request.escalation`.
TO_WORKERS, TO_LEDGER = 1, 2


class RemindOffer(UseCase):
    """Half, or four fifths, of the time to answer have passed."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, offer_id: int, step: int = 1) -> None:
        """Does nothing when the offer was answered meanwhile, or when a later word is due as well."""
        offer = await self.uow.offers.get(offer_id)
        if offer is None or offer.status is not OfferStatus.OPEN or offer.expires_at <= self.now:
            return
        request = await self.request(offer.request_id)
        term = deadlines.answer_term(self.community, request.item, urgent=request.urgent)
        if _later_is_due(term, offer.expires_at, step, self.now):
            return
        self.uow.record(OfferReminder(request, offer, await self.organisation(offer.organisation_id), step))


class RemindResolve(UseCase):
    """The promised time to solve is passing, or over: whoever works on it hears of it."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, *, late: bool, step: int = 1) -> None:
        """Only while somebody works on it and is not waiting for the resident; of a missed end only once."""
        request = await self.request(request_id)
        if request.status not in IN_WORK or request.status is RequestStatus.WAITING_RESIDENT:
            return
        due = request.resolve_due
        if not late and due is not None:
            term = deadlines.resolve_term(self.community, request.item, urgent=request.urgent)
            if due <= self.now or _later_is_due(term, due, step, self.now):
                return
        organisation = await self.organisation(request.organisation_id)
        self.uow.record(ResolveReminder(request, organisation, late, 0 if late else step))


class EscalateLate(UseCase):
    """The promised time was missed and nothing has come of it: workers hear, then it is a problem."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int) -> None:
        """`step` is how far up. Not while the resident is asked, nor what is done, closed or decided on."""
        request = await self.request(request_id)
        holds = request.status in BEFORE_WORK | IN_WORK
        if not holds or request.status is RequestStatus.WAITING_RESIDENT or request.escalation >= step:
            return None
        if request.resolve_due is None or request.resolve_due > self.now:
            return None
        if step == TO_LEDGER:
            return await enter(self, actor, request, ProblemKind.LATE)
        term = deadlines.resolve_term(self.community, request.item, urgent=request.urgent)
        if term.at(request.resolve_due, deadlines.LATE_TO_LEDGER) <= self.now:
            return None
        raised = await carry(self, request, TO_WORKERS)
        # Who was only asked owes an answer, and nothing more yet.
        holder = raised.organisation_id if raised.status in IN_WORK else None
        organisation = await self.uow.organisations.get(holder or 0)
        self.uow.record(WorkerReminded(raised, "late", step, request.resolve_due, organisation))
        return None


class RemindWorker(UseCase):
    """Something waits for a worker, and for nobody else."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int, due_at: datetime) -> None:
        """`due_at` is when this step was due. Does nothing once a worker has acted."""
        request = await self.request(request_id)
        if not _waits_for_worker(request):
            return None
        paused = request.triage_reason is TriageReason.INTAKE_PAUSED
        if paused and await self.uow.community.intake_paused() is not None:
            # A worker has said that nobody is sent out now: the time to decide begins when that ends.
            return await clocks.watch_worker(self.uow, self.community, request, self.now)
        if step == clocks.TO_LEDGER:
            return await enter(self, actor, request, ProblemKind.UNANSWERED)
        term = deadlines.decide_term(self.community, urgent=request.urgent)
        end = term.later(due_at, term.length * (1 - clocks.WORKER_SHARES[step - 1]))
        if step < len(clocks.WORKER_SHARES) - 1 and _later_is_due(term, end, step, self.now):
            return None
        if term.at(end, clocks.WORKER_SHARES[-1]) <= self.now:
            return None
        why = "reopen" if request.status is RequestStatus.REOPEN_REQUESTED else "triage"
        self.uow.record(WorkerReminded(request, why, step, end, None))
        return None


async def enter(case: UseCase, actor: Actor, request: Request, kind: ProblemKind) -> None:
    """Carry it up to the problem ledger."""
    raised = await carry(case, request, TO_LEDGER)
    await case.other(RaiseProblem)(actor, raised, kind)


async def carry(case: UseCase, request: Request, step: int) -> Request:
    """Note how far up it has been carried."""
    if request.escalation >= step:
        return request
    raised = request.with_(escalation=step, version=request.version + 1)
    await case.uow.requests.save(raised)
    return raised


def _waits_for_worker(request: Request) -> bool:
    if request.urgent and request.taken_by is not None and request.status in BEFORE_WORK:
        # Somebody is seeing to it in person; the time to solve goes on.
        return False
    return request.status in clocks.WITH_WORKER or clocks.untaken_emergency(request)


def _later_is_due(term: deadlines.Term, end: datetime, step: int, now: datetime) -> bool:
    """Whether the next reminder, or the end, has come too: then this one has nothing to say any more."""
    shares = (*deadlines.REMINDERS, 1.0)
    return term.at(end, shares[min(step, len(shares) - 1)]) <= now
