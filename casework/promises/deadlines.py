"""When an answer and a solution are promised, and what part of a promise has passed.

Danger and supply count every hour. Everything else counts working time
(`casework.promises.working_time`), and every clock stands still while the resident is asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.catalogue import Community
from casework.entities import Request
from casework.policy import ServiceClass
from casework.promises.working_time import WorkingTime

#: How long an unanswered emergency waits before everybody is called again, by repeat, in minutes.
EMERGENCY_REPEATS = (2, 3, 5, 5, 10)
#: Shares of a promised time at which those who owe it are reminded before its end.
REMINDERS = (0.5, 0.8)
#: Shares at which a missed end is told to workers, and then entered in the problem ledger.
LATE_TO_WORKERS, LATE_TO_LEDGER = 1.25, 1.5
#: Hours within which a worker decides what only a worker can decide.
DECIDE_HOURS = 24.0

#: Classes whose time runs at night and on holidays too.
ROUND_THE_CLOCK = frozenset({ServiceClass.EMERGENCY, ServiceClass.SUPPLY})


class Term:
    """A promised time of one class: `hours` long, in clock time or in working time."""

    def __init__(self, community: Community, service_class: ServiceClass, hours: float) -> None:
        self._clock = None if service_class in ROUND_THE_CLOCK else WorkingTime(community)
        self.length = self._clock.span(hours) if self._clock else timedelta(hours=hours)

    def end(self, start: datetime) -> datetime:
        """When it is over."""
        return self.later(start, self.length)

    def at(self, end: datetime, share: float) -> datetime:
        """When this share of a term that ends so has passed; more than 1 is after its end."""
        rest = self.length * (1 - share)
        return self.earlier(end, rest) if rest >= timedelta() else self.later(end, -rest)

    def later(self, start: datetime, span: timedelta) -> datetime:
        """So much of its time after."""
        return self._clock.after(start, span) if self._clock else start + span

    def earlier(self, end: datetime, span: timedelta) -> datetime:
        """So much of its time before."""
        return self._clock.before(end, span) if self._clock else end - span

    def left(self, now: datetime, end: datetime) -> timedelta:
        """How much of its time remains; none after the end."""
        return self._clock.between(now, end) if self._clock else max(timedelta(), end - now)


def answer_term(community: Community, item: str, *, urgent: bool) -> Term:
    """How long whoever is asked may take to say yes or no."""
    service_class = community.policy.class_of(item, urgent=urgent)
    return Term(community, service_class, community.policy.promise(service_class).answer_hours)


def resolve_term(community: Community, item: str, *, urgent: bool) -> Term:
    """How long solving may take."""
    service_class = community.policy.class_of(item, urgent=urgent)
    return Term(community, service_class, community.policy.promise(service_class).resolve_hours)


def decide_term(community: Community, *, urgent: bool) -> Term:
    """How long a worker may take over what waits for a worker; in danger as long as an answer."""
    if urgent:
        promise = community.policy.promise(ServiceClass.EMERGENCY)
        return Term(community, ServiceClass.EMERGENCY, promise.answer_hours)
    return Term(community, ServiceClass.GENERAL, DECIDE_HOURS)


def answer_due(community: Community, item: str, now: datetime, *, urgent: bool) -> datetime:
    """By when the organisation asked should say yes or no."""
    return answer_term(community, item, urgent=urgent).end(now)


def resolve_due(community: Community, item: str, now: datetime, *, urgent: bool) -> datetime:
    """By when it should be solved, counted from `now`."""
    return resolve_term(community, item, urgent=urgent).end(now)


def resumed_due(community: Community, request: Request, now: datetime) -> datetime | None:
    """The promised end once the clock goes on: what was left when it stopped is left now.

    An end that had passed by then stays: the promise was broken, and asking does not mend it.
    """
    due, stopped = request.resolve_due, request.stopped_at
    if due is None or stopped is None or due <= stopped:
        return due
    term = resolve_term(community, request.item, urgent=request.urgent)
    return term.later(now, term.left(stopped, due))


def repeat_emergency_at(now: datetime, step: int) -> datetime:
    """When to call everybody again after the `step`-th call."""
    minutes = EMERGENCY_REPEATS[min(step, len(EMERGENCY_REPEATS) - 1)]
    return now + timedelta(minutes=minutes)
