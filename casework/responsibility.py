"""Who owes the next step on a request: exactly one party while it is open, nobody once it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casework.entities import Offer, Request
from casework.statuses import CLOSED, IN_WORK, OfferStatus, RequestStatus


class Party(StrEnum):
    """The sides of a request."""

    RESIDENT = "resident"
    ORGANISATION = "organisation"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class Responsible:
    """One party; `organisation_id` says which organisation it is."""

    party: Party
    organisation_id: int | None = None


WORKERS, RESIDENT = Responsible(Party.WORKERS), Responsible(Party.RESIDENT)
_WORKERS_DECIDE = frozenset({RequestStatus.SUBMITTED, RequestStatus.TRIAGE, RequestStatus.REOPEN_REQUESTED})
_RESIDENT_ANSWERS = frozenset({RequestStatus.WAITING_RESIDENT, RequestStatus.DONE})


def claims(request: Request, offers: Iterable[Offer]) -> frozenset[Responsible]:
    """Everybody who by what is written down owes the next step. More or less than one is a contradiction,
    and so is anybody at all on a closed request."""
    asked = {offer.organisation_id for offer in offers if offer.status is OfferStatus.OPEN}
    if request.status is RequestStatus.OFFERED:
        # Who was called among others (an emergency, a pool) is bound by nothing: until one of them says
        # yes, the workers see to it that one does.
        if request.organisation_id is None:
            return frozenset({WORKERS} if asked else ())
        return frozenset(Responsible(Party.ORGANISATION, i) for i in asked)
    found = {Responsible(Party.ORGANISATION, i) for i in asked}
    if request.status in _WORKERS_DECIDE:
        found.add(WORKERS)
    elif request.status in _RESIDENT_ANSWERS:
        found.add(RESIDENT)
    elif request.status in IN_WORK and request.organisation_id is not None:
        found.add(Responsible(Party.ORGANISATION, request.organisation_id))
    return frozenset(found)


def responsible(request: Request, offers: Iterable[Offer]) -> Responsible | None:
    """Who owes the next step; None once it is closed. What contradicts itself is the workers' to clear up."""
    if request.status in CLOSED:
        return None
    found = claims(request, offers)
    return next(iter(found)) if len(found) == 1 else WORKERS
