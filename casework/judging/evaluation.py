"""Evaluation rounds: three parties score the organisations; grade and rank follow from what they said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from casework.entities import Request
from casework.policy import Judging


class Party(StrEnum):
    """Who scores."""

    WORKERS = "workers"
    EXPERTS = "experts"
    RESIDENTS = "residents"


class Grade(StrEnum):
    """What a round makes of an organisation: 优, 良, 中, 差."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


#: What each party is asked, each answered with 1 (bad) to 5 (good). Residents either rated work with
#: stars or are asked one short question; what they said of a request is their form.
CRITERIA: Mapping[Party, tuple[str, ...]] = {
    Party.WORKERS: ("answering", "quality", "order", "teamwork"),
    Party.EXPERTS: ("skill", "management", "safety", "benefit"),
    Party.RESIDENTS: ("stars",),
}
#: Fewer residents than this are not counted: one friend is no public, and nobody shall be guessed.
LEAST_RESIDENTS = 3
#: With fewer parties than this an organisation is not ranked.
LEAST_PARTIES = 2
#: From so many points of 100 on.
GRADES = ((85.0, Grade.A), (70.0, Grade.B), (60.0, Grade.C), (0.0, Grade.D))
#: A grade counts until the next round has closed, and for no longer than this.
GRADE_LASTS = timedelta(days=365)
#: How far back a round looks when it opens.
LOOKS_BACK = timedelta(days=90)
EXPERT_INVITE_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Round:
    """One evaluation. Work since `since` is judged; there is one open round at a time."""

    id: int
    community_id: str
    title: str
    since: datetime
    opened_at: datetime
    opened_by: int
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What one person says of one organisation: criterion → 1 to 5. Empty: asked, and silent so far."""

    round_id: int
    community_id: str
    organisation_id: int
    party: Party
    person_id: int
    scores: Mapping[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What a round found of one organisation. Points are 0..100, None where nothing is known; `voices` are
    counted forms by party; `services` the confirmed requests of a year; `few`: fewer than asked for."""

    round_id: int
    community_id: str
    organisation_id: int
    points: Mapping[str, float]
    voices: Mapping[str, int]
    total: float | None
    rank: int | None
    grade: Grade | None
    services: int
    few: bool


@dataclass(frozen=True, slots=True)
class Expert:
    """An outsider who was invited to judge."""

    person_id: int
    community_id: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ExpertInvite:
    """A single-use key; only its hash is kept. `name` is whom it was made for."""

    token_hash: str
    community_id: str
    name: str
    created_by: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Services:
    """How much an organisation did: confirmed requests in a year; since when it is known here."""

    confirmed: int = 0
    known_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An organisation's points before ranks are given."""

    organisation_id: int
    points: Mapping[str, float] = field(default_factory=dict)
    voices: Mapping[str, int] = field(default_factory=dict)
    total: float | None = None


def judged(organisation_id: int, forms: Iterable[Form], judging: Judging) -> Judged:
    """The points of one organisation from its forms.

    A form counts as the mean of its answers, a party as the mean of its forms. The weights of parties of
    which nothing is known go to the others in proportion.
    """
    means: dict[str, list[float]] = {}
    for form in forms:
        if form.scores:
            means.setdefault(form.party.value, []).append(sum(form.scores.values()) / len(form.scores))
    voices = {party: len(found) for party, found in means.items()}
    points = {
        party: round(20 * sum(found) / len(found), 1)
        for party, found in means.items()
        if party != Party.RESIDENTS.value or len(found) >= LEAST_RESIDENTS
    }
    weights = weights_of(judging)
    whole = sum(weights[party] for party in points)
    known = len(points) >= LEAST_PARTIES and whole > 0
    total = round(sum(points[p] * weights[p] for p in points) / whole, 1) if known else None
    return Judged(organisation_id, points, voices, total)


def weights_of(judging: Judging) -> dict[str, float]:
    """The share of each party."""
    return {
        Party.WORKERS.value: judging.workers,
        Party.EXPERTS.value: judging.experts,
        Party.RESIDENTS.value: judging.residents,
    }


def has_few(services: Services, judging: Judging, now: datetime) -> bool:
    """Whether there were too few services for a whole year; a newcomer has not had a year yet."""
    whole_year = services.known_since is not None and now - services.known_since >= timedelta(days=365)
    return whole_year and services.confirmed < judging.yearly_services


def grade_of(total: float | None, *, few: bool) -> Grade | None:
    """By points; who hardly did anything is not among the best, however well it was done."""
    if total is None:
        return None
    grade = next(grade for least, grade in GRADES if total >= least)
    return Grade.B if few and grade is Grade.A else grade


def results(
    of: Round, every: Iterable[Judged], services: Mapping[int, Services], judging: Judging, now: datetime
) -> list[Result]:
    """Best first, who is not ranked last; equal totals share a rank."""
    ordered = sorted(every, key=lambda j: (-(j.total if j.total is not None else -1.0), j.organisation_id))
    totals = [j.total for j in ordered if j.total is not None]
    found = []
    for one in ordered:
        known = services.get(one.organisation_id, Services())
        few = has_few(known, judging, now)
        rank = None if one.total is None else totals.index(one.total) + 1
        found.append(
            Result(
                of.id,
                of.community_id,
                one.organisation_id,
                one.points,
                one.voices,
                one.total,
                rank,
                grade_of(one.total, few=few),
                known.confirmed,
                few,
            )
        )
    return found


class Evaluations(Protocol):
    """Rounds, forms, results and experts."""

    async def open_round(self, opened: Round) -> Round | None:
        """Insert (the id given is ignored); None while another round is open."""

    async def current(self) -> Round | None:
        """The open round."""

    async def round(self, round_id: int) -> Round | None: ...

    async def latest_closed(self) -> Round | None: ...

    async def closed_rounds(self, limit: int = 4) -> list[Round]:
        """Newest first."""

    async def close(self, round_id: int, at: datetime, found: Iterable[Result]) -> bool:
        """Keep the results; False when somebody else has closed it."""

    async def keep(self, form: Form) -> None:
        """One form a person, party and organisation in a round: the newer takes the place of the older."""

    async def ask(self, form: Form) -> bool:
        """Note that somebody was asked; False when there is a form already."""

    async def form(
        self, round_id: int, organisation_id: int, party: Party, person_id: int
    ) -> Form | None: ...

    async def forms(self, round_id: int) -> list[Form]:
        """All of a round, also those that were only asked for."""

    async def forms_of(self, round_id: int, party: Party, person_id: int) -> dict[int, Form]:
        """What one person said in a round, by organisation."""

    async def results(self, round_id: int) -> list[Result]:
        """By rank."""

    async def grades(self, since: datetime) -> dict[int, Grade]:
        """By organisation, of the latest round that closed after `since`."""

    async def add_invite(self, invite: ExpertInvite) -> None: ...

    async def use_invite(self, token_hash: str, person_id: int, at: datetime) -> ExpertInvite | None:
        """Mark as used if it is unused and not expired; exactly one caller wins."""

    async def add_expert(self, expert: Expert) -> None:
        """A repeat changes nothing."""

    async def remove_expert(self, person_id: int) -> None:
        """Forms stay."""

    async def is_expert(self, person_id: int) -> bool: ...

    async def experts(self) -> list[Expert]:
        """In the order in which they joined."""

    async def confirmed_since(self, since: datetime, limit: int = 500) -> list[Request]:
        """The newest confirmed requests created since then."""

    async def services(self, since: datetime) -> dict[int, Services]:
        """Of every organisation: requests created since then and confirmed."""
