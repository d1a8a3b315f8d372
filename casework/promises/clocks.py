"""The clocks of a request follow its moves: what they show, and the timers that ring.

`UseCase.move` calls both halves, so no use case has to think of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.catalogue import Community
from casework.entities import Alarm, Offer, Request
from casework.ports import UnitOfWork
from casework.promises import deadlines
from casework.statuses import BEFORE_WORK, CLOSED, IN_WORK, RequestStatus, TimerKind
from casework.transitions import Action

#: A worker has to decide here, and nobody else can.
WITH_WORKER = frozenset({RequestStatus.TRIAGE, RequestStatus.REOPEN_REQUESTED})
#: The last step of `TimerKind.WORKER_REMINDER`: no more reminders, the problem ledger.
TO_LEDGER = 4
#: Shares of a worker's time, by step: half, four fifths, the end, and a quarter more.
WORKER_SHARES = (*deadlines.REMINDERS, 1.0, deadlines.LATE_TO_WORKERS)

#: When a resident who was asked is asked once more, and when a worker has to look: the clock of the promise
#: stands still meanwhile, so nothing else would ever come.
ANSWER_WITHIN = (timedelta(days=1), timedelta(days=3))

_WAITING = RequestStatus.WAITING_RESIDENT
_OF_PROMISES = (TimerKind.RESOLVE_REMINDER, TimerKind.RESOLVE_DUE, TimerKind.WORKER_REMINDER)
_OVER = CLOSED | {RequestStatus.DONE}
_WORKING = IN_WORK - {_WAITING}


def clocked(community: Community, before: Request, after: Request, action: Action, now: datetime) -> Request:
    """The moved request with its clock stopped, going on, or set anew."""
    if after.item != before.item:
        after = _refiled(community, before, after, now)
    if action is Action.REOPEN:
        due = deadlines.resolve_due(community, after.item, now, urgent=after.urgent)
        return after.with_(resolve_due=due, escalation=0, stopped_at=None)
    if after.status is _WAITING and before.status is not _WAITING:
        return after.with_(stopped_at=now)
    if before.status is _WAITING and after.status is not _WAITING:
        return after.with_(resolve_due=deadlines.resumed_due(community, after, now), stopped_at=None)
    return after


def _refiled(community: Community, before: Request, after: Request, now: datetime) -> Request:
    """Another need may have another class, whose time begins now."""
    service_class = community.policy.class_of(after.item, urgent=after.urgent)
    if service_class is before.service_class:
        return after
    due = deadlines.resolve_due(community, after.item, now, urgent=after.urgent)
    return after.with_(
        service_class=service_class, resolve_due=due, stopped_at=after.stopped_at and now, escalation=0
    )


async def follow(
    uow: UnitOfWork, community: Community, before: Request, after: Request, now: datetime
) -> None:
    """Set the timers that depend on where the request stands; those of where it stood find nothing to do."""
    moved = before.status is not after.status
    if moved and after.status in WITH_WORKER:
        await watch_worker(uow, community, after, now)
    elif moved and after.status is RequestStatus.OFFERED and untaken_emergency(after):
        end = deadlines.decide_term(community, urgent=True).end(now)
        await uow.timers.set(TimerKind.WORKER_REMINDER, after.id, end, step=TO_LEDGER)
    if moved and after.status in _OVER:
        await uow.timers.clear(after.id, _OF_PROMISES)
    if moved and before.status is _WAITING:
        await uow.timers.clear(after.id, [TimerKind.ANSWER_AWAITED])
    began = moved and not (before.status in _WORKING and after.status in _WORKING)
    if after.status in BEFORE_WORK | _WORKING and (began or before.resolve_due != after.resolve_due):
        await watch_resolution(uow, community, after, now)


def untaken_emergency(request: Request) -> bool:
    """Danger that no human has taken yet."""
    return request.urgent and request.taken_by is None and request.status in BEFORE_WORK


async def watch_offer(uow: UnitOfWork, community: Community, request: Request, offer: Offer) -> None:
    """Remind whoever was asked at half and four fifths of their time; the end is an end."""
    term = deadlines.answer_term(community, request.item, urgent=request.urgent)
    alarms = [Alarm(TimerKind.OFFER_EXPIRES, offer.expires_at, 0, offer.id)]
    for step, share in enumerate(deadlines.REMINDERS, start=1):
        if (at := term.at(offer.expires_at, share)) > offer.offered_at:
            alarms.append(Alarm(TimerKind.OFFER_REMINDER, at, step, offer.id))
    await uow.timers.set_all(request.id, alarms)


async def watch_answer(uow: UnitOfWork, request: Request, now: datetime) -> None:
    """A question that nobody answers is asked again, and then put before a worker."""
    steps = enumerate(ANSWER_WITHIN, start=1)
    await uow.timers.set_all(
        request.id, [Alarm(TimerKind.ANSWER_AWAITED, now + after, step) for step, after in steps]
    )


async def watch_worker(uow: UnitOfWork, community: Community, request: Request, now: datetime) -> None:
    """Remind workers of what only they can decide; in the end it stands in the problem ledger."""
    term = deadlines.decide_term(community, urgent=request.urgent)
    end = term.end(now)
    shares = enumerate(WORKER_SHARES, start=1)
    alarms = [Alarm(TimerKind.WORKER_REMINDER, term.at(end, share), step) for step, share in shares]
    await uow.timers.clear(request.id, [TimerKind.WORKER_REMINDER])
    await uow.timers.set_all(request.id, alarms)


async def watch_resolution(uow: UnitOfWork, community: Community, request: Request, now: datetime) -> None:
    """Set the reminders for the promised end, and who hears of it when it was missed.

    Whoever takes it when the promise is broken already is reminded over a span of their own.
    """
    term = deadlines.resolve_term(community, request.item, urgent=request.urgent)
    due = request.resolve_due or term.end(now)
    end = due if due > now else term.end(now)
    alarms = [Alarm(TimerKind.RESOLVE_DUE, end)]
    for step, share in enumerate(deadlines.REMINDERS, start=1):
        if (at := term.at(end, share)) > now:
            alarms.append(Alarm(TimerKind.RESOLVE_REMINDER, at, step))
    for step, share in enumerate((deadlines.LATE_TO_WORKERS, deadlines.LATE_TO_LEDGER), start=1):
        if request.escalation < step:
            alarms.append(Alarm(TimerKind.RESOLVE_DUE, term.at(due, share), step))
    await uow.timers.clear(request.id, [TimerKind.RESOLVE_REMINDER, TimerKind.RESOLVE_DUE])
    await uow.timers.set_all(request.id, alarms)
