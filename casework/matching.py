"""Who should get a request: the organisations that can do it, ordered by a score that explains itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.entities import Organisation, Request, ScorePart, Workload
from casework.statuses import Fee

WEIGHTS = {"fit": 0.40, "load": 0.20, "record": 0.20, "fairness": 0.10, "area": 0.05, "fee": 0.05}
_FEE_VALUE = {Fee.FREE: 1.0, Fee.LOW: 0.6, Fee.PAID: 0.2}
#: Days without an offer after which an organisation has waited long enough.
_FAIR_DAYS = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that could take the request. `score` in 0..1 is the weighted sum of `parts`."""

    organisation: Organisation
    score: float
    parts: tuple[ScorePart, ...]


def can_take(request: Request, organisation: Organisation, workload: Workload) -> bool:
    """Whether the organisation is active, does such things, covers the place and has a hand free."""
    return (
        organisation.active
        and _fits(request, organisation) > 0
        and _covers(organisation, request.details.address.compound)
        and (request.urgent or workload.open_requests < organisation.capacity)
    )


def rank(
    request: Request,
    organisations: Iterable[Organisation],
    workloads: Mapping[int, Workload],
    now: datetime,
    exclude: Collection[int] = (),
) -> list[Candidate]:
    """Candidates, best first; equal scores in the order of their ids."""
    found = []
    for organisation in organisations:
        workload = workloads.get(organisation.id, Workload())
        if organisation.id not in exclude and can_take(request, organisation, workload):
            parts = _parts(request, organisation, workload, now)
            score = sum(p.value * p.weight for p in parts)
            found.append(Candidate(organisation, round(score, 6), parts))
    return sorted(found, key=lambda c: (-c.score, c.organisation.id))


def _fits(request: Request, organisation: Organisation) -> float:
    if request.item in organisation.items:
        return 1.0
    if organisation.items:
        same_group = any(code.split("_")[0] == request.item.split("_")[0] for code in organisation.items)
        return 0.5 if same_group and organisation.category == request.category else 0.0
    return 0.3 if organisation.category == request.category else 0.0


def _covers(organisation: Organisation, compound: str) -> bool:
    return not organisation.areas or not compound or compound in organisation.areas


def _record(workload: Workload) -> float:
    """Share of good outcomes, pulled towards one half while little is known."""
    good = workload.accepted + workload.confirmed + workload.rating_sum / 5
    tried = workload.offered + workload.asked + workload.rating_count
    return (good + 2) / (tried + 4)


def _waited(workload: Workload, now: datetime) -> float:
    if workload.last_offer_at is None:
        return 1.0
    days = (now - workload.last_offer_at).total_seconds() / 86400
    return max(0.0, min(1.0, days / _FAIR_DAYS))


def _parts(
    request: Request, organisation: Organisation, workload: Workload, now: datetime
) -> tuple[ScorePart, ...]:
    compound = request.details.address.compound
    near = 1.0 if compound and compound in organisation.areas else 0.5
    free = max(0.0, 1 - workload.open_requests / max(1, organisation.capacity))
    values = {
        "fit": (_fits(request, organisation), request.item),
        "load": (free, f"{workload.open_requests}/{organisation.capacity}"),
        "record": (min(1.0, _record(workload)), f"{workload.accepted}/{workload.offered}"),
        "fairness": (
            _waited(workload, now),
            workload.last_offer_at.isoformat() if workload.last_offer_at else "",
        ),
        "area": (near, compound),
        "fee": (_FEE_VALUE[organisation.fee], organisation.fee.value),
    }
    return tuple(
        ScorePart(factor, round(value, 4), WEIGHTS[factor], fact) for factor, (value, fact) in values.items()
    )
