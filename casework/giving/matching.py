"""Who should get a request: the organisations that can do it, ordered by a score that explains itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.catalogue import Community
from casework.entities import Offer, Organisation, Request, ScorePart, Workload
from casework.giving.decisions import LeftOut, Out
from casework.giving.hours import Opening, open_at, open_on, parse_hours
from casework.statuses import Fee, OfferStatus, Standing

_FEE_VALUE = {Fee.FREE: 1.0, Fee.LOW: 0.6, Fee.PAID: 0.2}
_STANDING_VALUE = {Standing.RED: 1.0, Standing.NORMAL: 0.6, Standing.WATCH: 0.1, Standing.BLACK: 0.0}
#: The record is three things; so much of its weight each.
RECORD_SHARES = {"answer": 0.4, "solved": 0.35, "satisfied": 0.25}
#: So many middling cases are added to each share: one good answer is no proof yet.
_UNKNOWN = 4.0
#: Days without an offer after which an organisation has waited long enough.
_FAIR_DAYS = 14
#: After so many days an offer counts half in "what it got lately".
LATELY_HALVES = timedelta(days=14)
#: Hours nobody has told are worth a little less than an open door.
_HOURS_UNKNOWN, _OPEN_LATER, _SHUT = 0.7, 0.5, 0.2
_SOON_HOURS = 24
#: All parts of a score; `_OWN` are those that depend on the request.
FACTORS = ("fit", "load", "answer", "solved", "satisfied", "fairness", "area", "hours", "fee", "standing")
_OWN = ("fit", "fairness", "area", "hours")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that could take the request. `score` in 0..1 is the weighted sum of `parts`."""

    organisation: Organisation
    score: float
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates best first; who could, but cannot be asked, and why; how many do no such things."""

    candidates: list[Candidate]
    left_out: list[LeftOut]
    unfit: int = 0


def _out(
    request: Request,
    organisation: Organisation,
    workload: Workload,
    asked: Collection[int],
    kept_out: Collection[int],
) -> Out | None:
    """Why it cannot be asked; None when it can."""
    if not organisation.active:
        return Out.PAUSED
    if organisation.standing is Standing.BLACK:
        return Out.BLACK
    if not _covers(organisation, request.details.address.compound):
        return Out.FAR
    if organisation.id in asked:
        return Out.ASKED
    if organisation.id in kept_out:
        return Out.KEPT_OUT
    if not request.urgent and workload.open_requests >= organisation.capacity:
        return Out.FULL
    return None


def may_be_asked(organisation: Organisation) -> bool:
    """Whether anybody may be sent to it at all: not while it is paused or on the black list."""
    return organisation.active and organisation.standing is not Standing.BLACK


def fits(request: Request, organisation: Organisation) -> float:
    """How well it does such things, 0..1; 0 not at all."""
    if request.item in organisation.items:
        return 1.0
    if organisation.items:
        same_group = any(code.split("_")[0] == request.item.split("_")[0] for code in organisation.items)
        return 0.5 if same_group and organisation.category == request.category else 0.0
    return 0.3 if organisation.category == request.category else 0.0


def _covers(organisation: Organisation, compound: str) -> bool:
    return not organisation.areas or not compound or compound in organisation.areas


def promptness(offer: Offer, status: OfferStatus, at: datetime) -> float:
    """How good the end of an offer was, 0..1: a quick yes is best, an early no better than silence."""
    if status not in (OfferStatus.ACCEPTED, OfferStatus.DECLINED) or at > offer.expires_at:
        return 0.0
    whole = (offer.expires_at - offer.offered_at).total_seconds()
    used = (at - offer.offered_at).total_seconds() / whole if whole > 0 else 0.0
    quick = 1 - max(0.0, min(1.0, used)) / 2
    return round(quick if status is OfferStatus.ACCEPTED else quick / 2, 4)


def lately(workload: Workload, now: datetime) -> float:
    """Offers got lately: one of today counts 1, one of two weeks ago a half."""
    if workload.last_offer_at is None:
        return 0.0
    passed = max(0.0, (now - workload.last_offer_at) / LATELY_HALVES)
    halved: float = workload.lately * 0.5**passed
    return halved


def _share(good: float, of: float) -> float:
    """A share pulled towards one half while little is known."""
    return min(1.0, (good + _UNKNOWN / 2) / (of + _UNKNOWN))


class _Known(NamedTuple):
    """What of an organisation does not depend on the request: values by factor, their facts, their share of
    the score."""

    values: dict[str, float]
    facts: dict[str, str]
    base: float
    lately: float
    waited: float
    openings: tuple[Opening, ...]


class Ranker:
    """Ranks requests among the same organisations at the same moment; remembers what they share."""

    def __init__(
        self,
        organisations: Iterable[Organisation],
        workloads: Mapping[int, Workload],
        now: datetime,
        community: Community,
    ) -> None:
        self._organisations = list(organisations)
        self._workloads = workloads
        self._now = now
        self._zone = ZoneInfo(community.timezone)
        self.weights = part_weights(community)
        self._known: dict[int, _Known] = {}
        self._fitting: dict[tuple[str, str], list[tuple[Organisation, float]]] = {}
        self._openings: dict[tuple[int, str], tuple[float, str]] = {}

    def rank(self, request: Request, asked: Collection[int] = (), kept_out: Collection[int] = ()) -> Ranking:
        """Candidates, best first; equal scores in the order of their ids. `asked` had their turn."""
        fitting = self._who_fits(request)
        can, left_out = self._split(request, fitting, asked, kept_out)
        everything = self._everything(can)
        found = [
            Candidate(o, self._score(request, o, fit, everything), self._parts(request, o, fit, everything))
            for o, fit in can
        ]
        found.sort(key=lambda c: (-c.score, c.organisation.id))
        return Ranking(found, left_out, len(self._organisations) - len(fitting))

    def scores(self, request: Request, asked: Collection[int] = ()) -> list[tuple[Organisation, float]]:
        """The candidates with their scores alone, by id: what `rank` would say, in a tenth of the time."""
        can, _ = self._split(request, self._who_fits(request), asked, ())
        everything = self._everything(can)
        return [(o, self._score(request, o, fit, everything)) for o, fit in can]

    def _who_fits(self, request: Request) -> list[tuple[Organisation, float]]:
        key = request.item, request.category
        if key not in self._fitting:
            judged = ((o, fits(request, o)) for o in self._organisations)
            self._fitting[key] = [(o, fit) for o, fit in judged if fit > 0]
        return self._fitting[key]

    def _split(
        self,
        request: Request,
        fitting: list[tuple[Organisation, float]],
        asked: Collection[int],
        kept_out: Collection[int],
    ) -> tuple[list[tuple[Organisation, float]], list[LeftOut]]:
        can, left_out = [], []
        for organisation, fit in fitting:
            workload = self._workloads.get(organisation.id, _NOTHING_KNOWN)
            why = _out(request, organisation, workload, asked, kept_out)
            if why is None:
                can.append((organisation, fit))
            else:
                left_out.append(LeftOut(organisation.id, why))
        return can, left_out

    def _everything(self, can: list[tuple[Organisation, float]]) -> float:
        """What all of them got lately, so that nobody gets everything."""
        return sum(self._about(o).lately for o, _ in can)

    def _about(self, organisation: Organisation) -> _Known:
        found = self._known.get(organisation.id)
        if found is None:
            workload = self._workloads.get(organisation.id, _NOTHING_KNOWN)
            found = self._known[organisation.id] = _known(organisation, workload, self._now, self.weights)
        return found

    def _open(self, request: Request, organisation: Organisation) -> tuple[float, str]:
        key = organisation.id, request.details.time_start
        if key not in self._openings:
            openings = self._about(organisation).openings
            self._openings[key] = _opening(key[1], openings, self._now.astimezone(self._zone))
        return self._openings[key]

    def _own(
        self, request: Request, organisation: Organisation, fit: float, everything: float
    ) -> tuple[float, float, float, float]:
        """fit, fairness, area, hours: what depends on the request."""
        known, compound = self._about(organisation), request.details.address.compound
        got = known.lately / everything if everything > 0 else 0.0
        near = 1.0 if compound and compound in organisation.areas else 0.5
        fairness = round(0.5 * known.waited + 0.5 * (1 - got), 4)
        return fit, fairness, near, self._open(request, organisation)[0]

    def _score(self, request: Request, organisation: Organisation, fit: float, everything: float) -> float:
        own = self._own(request, organisation, fit, everything)
        total = sum(value * self.weights[factor] for factor, value in zip(_OWN, own, strict=True))
        return round(self._about(organisation).base + total, 6)

    def _parts(
        self, request: Request, organisation: Organisation, fit: float, everything: float
    ) -> tuple[ScorePart, ...]:
        known = self._about(organisation)
        got = round(100 * known.lately / everything) if everything > 0 else 0
        own = self._own(request, organisation, fit, everything)
        values = known.values | dict(zip(_OWN, own, strict=True))
        facts = known.facts | {
            "fit": request.item,
            "fairness": f"{known.facts['fairness']}|{got}",
            "area": request.details.address.compound,
            "hours": self._open(request, organisation)[1],
        }
        return tuple(ScorePart(f, values[f], self.weights[f], facts[f]) for f in FACTORS)


_NOTHING_KNOWN = Workload()


def rank(
    request: Request,
    organisations: Iterable[Organisation],
    workloads: Mapping[int, Workload],
    now: datetime,
    community: Community,
    asked: Collection[int] = (),
    kept_out: Collection[int] = (),
) -> Ranking:
    """One request among the organisations; see `Ranker.rank`."""
    return Ranker(organisations, workloads, now, community).rank(request, asked, kept_out)


def _known(
    organisation: Organisation, workload: Workload, now: datetime, weights: Mapping[str, float]
) -> _Known:
    in_hand = workload.open_requests + workload.held_out
    free = max(0.0, 1 - in_hand / max(1, organisation.capacity))
    last = workload.last_offer_at
    waited = 1.0 if last is None else max(0.0, min(1.0, (now - last) / timedelta(days=_FAIR_DAYS)))
    values = {
        "load": free,
        "answer": _share(workload.promptness, workload.ended),
        "solved": _share(workload.confirmed, workload.asked),
        "satisfied": _share(workload.satisfied, workload.rating_count),
        "fee": _FEE_VALUE[organisation.fee],
        "standing": _STANDING_VALUE[organisation.standing],
    }
    values = {factor: round(value, 4) for factor, value in values.items()}
    facts = {
        "load": f"{in_hand}/{organisation.capacity}",
        "answer": f"{workload.in_time}/{workload.ended}",
        "solved": f"{workload.confirmed}/{workload.asked}",
        "satisfied": f"{workload.satisfied}/{workload.rating_count}",
        "fee": organisation.fee.value,
        "standing": organisation.standing.value,
        "fairness": last.isoformat() if last else "",
    }
    base = sum(value * weights[factor] for factor, value in values.items())
    openings = (parse_hours(organisation.hours) or ()) if organisation.hours else ()
    return _Known(values, facts, base, lately(workload, now), waited, openings)


def _opening(time_start: str, openings: tuple[Opening, ...], here: datetime) -> tuple[float, str]:
    """Whether somebody is there at the wished hour, else now or soon; and what it was judged by."""
    if not openings:
        return _HOURS_UNKNOWN, ""
    whole_day = len(time_start) <= len("2026-11-22")
    wished = _wished(time_start, here)
    if wished is not None and wished > here:
        there = open_on(openings, wished) if whole_day else open_at(openings, wished)
        return (1.0 if there else _SHUT), "wished"
    if open_at(openings, here):
        return 1.0, "now"
    soon = any(open_at(openings, here + timedelta(hours=n)) for n in range(1, _SOON_HOURS + 1))
    return (_OPEN_LATER if soon else _SHUT), "shut"


def _wished(time_start: str, here: datetime) -> datetime | None:
    """The wished local moment, the end of the day where no hour was named; None where nothing was."""
    try:
        wished = datetime.fromisoformat(time_start)
    except ValueError:
        return None
    if len(time_start) <= len("2026-11-22"):
        wished = wished.replace(hour=23, minute=59)
    return wished.replace(tzinfo=here.tzinfo) if wished.tzinfo is None else wished


def part_weights(community: Community) -> dict[str, float]:
    """The weight of each part; the profile's `record` is divided among what it is made of."""
    weights = dict(community.policy.weights)
    record = weights.pop("record", 0.0)
    return weights | {name: round(record * share, 6) for name, share in RECORD_SHARES.items()}
