"""What happened in the judgement of organisations; told to leads, workers and residents."""

from __future__ import annotations

from dataclasses import dataclass

from casework.entities import Organisation
from casework.judging.evaluation import Result, Round
from casework.judging.register import Cause, Listing, SpotCheck
from casework.statuses import Standing


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """Experts are asked to score. `experts` are their ids."""

    round: Round
    experts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResidentQuestioned:
    """A resident is asked what they think of an organisation that worked for them."""

    round: Round
    organisation: Organisation
    person_id: int


@dataclass(frozen=True, slots=True)
class RoundStillOpen:
    """It has been open for so many days. `experts` are the ids of those who have not scored everybody yet."""

    round: Round
    days: int
    experts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """Results are there. `ranked` is how many organisations have a rank."""

    round: Round
    results: tuple[tuple[Organisation, Result], ...]
    ranked: int


@dataclass(frozen=True, slots=True)
class OrganisationListed:
    """It stands on a list now; its leads may answer."""

    listing: Listing
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ListingAnswered:
    """A lead has answered; a worker weighs it."""

    listing: Listing
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ListingUpheld:
    """A worker read the answer and stands by the entry."""

    listing: Listing
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ListingRemoved:
    """It is off the list."""

    listing: Listing
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class StandingChanged:
    """From now on it is matched otherwise."""

    organisation: Organisation
    before: Standing
    cause: Cause


@dataclass(frozen=True, slots=True)
class DormantFound:
    """Nobody of these has acted for long; found by rule on `day` (ISO)."""

    organisations: tuple[Organisation, ...]
    day: str


@dataclass(frozen=True, slots=True)
class SpotChecksDrawn:
    """These are to be looked at this week; `left` were drawn earlier and nobody has looked."""

    checks: tuple[tuple[SpotCheck, Organisation], ...]
    left: int
    week: str


@dataclass(frozen=True, slots=True)
class SpotCheckRecorded:
    """A worker has looked."""

    check: SpotCheck
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class NoticeReady:
    """A month is over: its public notice can be looked at and published."""

    month: str


JudgementEvent = (
    RoundOpened
    | ResidentQuestioned
    | RoundStillOpen
    | RoundClosed
    | OrganisationListed
    | ListingAnswered
    | ListingUpheld
    | ListingRemoved
    | StandingChanged
    | DormantFound
    | SpotChecksDrawn
    | SpotCheckRecorded
    | NoticeReady
)
