"""The things casework speaks of, as frozen dataclasses; times are timezone-aware UTC."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.policy import Mode, ServiceClass
from casework.statuses import (
    Fee,
    NoteKind,
    OfferStatus,
    RequestStatus,
    Standing,
    TimerKind,
    TriageReason,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A place in a community; every part may be unknown. `place` tells it, or the rest of it, in words."""

    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return any((self.compound, self.building, self.unit, self.room, self.place))

    @property
    def findable(self) -> bool:
        """Whether it says to which building or spot to go; the door may still be unknown."""
        return bool(self.compound or self.building or self.place)

    def merged_with(self, newer: Address) -> Address:
        """The address after someone said more: parts said anew win, a new building drops old inner parts.

        Words about a building add up, for a landmark must not displace the floor and side of a door.
        """
        moved = bool(newer.building and self.building and newer.building != self.building)
        base = Address(compound=self.compound) if moved else self
        return Address(
            newer.compound or base.compound,
            newer.building or base.building,
            newer.unit or base.unit,
            newer.room or base.room,
            base.place_with(newer.place),
        )

    def replaced_by(self, newer: Address) -> Address:
        """Another place altogether; it is in the same compound unless another one is named."""
        return replace(newer, compound=newer.compound or self.compound)

    def place_with(self, more: str) -> str:
        """The words for the place after more were said."""
        if not more or more in self.place:
            return self.place
        return f"{self.place}，{more}" if self.place and self.building else more

    def without_door(self) -> Address:
        """What somebody may see who has not accepted the work: no unit, no room.

        Words beside a building lead further in, as unit and room do; alone they are all there is to tell
        whether the work is near.
        """
        inside = self.building or self.unit or self.room
        return Address(self.compound, self.building, place="" if inside else self.place)


@dataclass(frozen=True, slots=True)
class Details:
    """What is known beside the need itself. `time_start` is an ISO date or minute, local time."""

    address: Address = field(default_factory=Address)
    phone: str = ""
    time_expr: str = ""
    time_start: str = ""
    recipient: str = ""
    age: int | None = None

    def merged_with(self, newer: Details, *, elsewhere: bool = False) -> Details:
        """These details after someone said more; what was said anew wins, `elsewhere` a whole address."""
        joined = self.address.replaced_by if elsewhere and newer.address else self.address.merged_with
        return Details(
            joined(newer.address),
            newer.phone or self.phone,
            newer.time_expr or self.time_expr,
            newer.time_start if newer.time_expr else self.time_start,
            newer.recipient or self.recipient,
            self.age if newer.age is None else newer.age,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the messenger. `id` is the messenger's user id, `chat_id` the private chat."""

    id: int
    community_id: str
    name: str = ""
    chat_id: int | None = None
    reachable: bool = True
    consented_at: datetime | None = None
    saved: Details = field(default_factory=Details)
    muted: bool = False
    #: When they last wrote or pressed a button; known to some minutes.
    seen_at: datetime | None = None
    #: When they were asked to agree after an emergency; once in a life.
    consent_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A social organisation. `areas` empty means the whole community; `items` are catalogue codes."""

    id: int
    community_id: str
    name: str
    category: str
    items: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    capacity: int = 20
    fee: Fee = Fee.FREE
    phone: str = ""
    active: bool = True
    emergency: bool = False
    sample: bool = False
    group_chat_id: int | None = None
    intro: str = ""
    #: When somebody is there, as the profile writes it (`周一至周五 9:00-17:00`); empty: not told.
    hours: str = ""
    standing: Standing = Standing.NORMAL


@dataclass(frozen=True, slots=True)
class Workload:
    """What an organisation has in hand and how it has done; counts, and answer time in hours."""

    open_requests: int = 0
    offered: int = 0
    accepted: int = 0
    asked: int = 0
    confirmed: int = 0
    rating_sum: int = 0
    rating_count: int = 0
    last_offer_at: datetime | None = None
    #: Offers whose end is known, those of them answered in time, ratings of four stars and more;
    #: `casework.rates.rates_of` makes the three rates of them.
    ended: int = 0
    in_time: int = 0
    satisfied: int = 0
    #: Open offers; the sum of `casework.matching.promptness` over the ended ones; offers got lately, as of
    #: the last one.
    held_out: int = 0
    promptness: float = 0.0
    lately: float = 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """One need of one resident on its way to being solved."""

    id: int
    community_id: str
    number: str
    resident_id: int
    item: str
    category: str
    description: str
    summary: str
    status: RequestStatus
    details: Details
    created_at: datetime
    updated_at: datetime
    urgent: bool = False
    hotlines: tuple[str, ...] = ()
    organisation_id: int | None = None
    triage_reason: TriageReason | None = None
    answer_due: datetime | None = None
    resolve_due: datetime | None = None
    started_at: datetime | None = None
    done_at: datetime | None = None
    taken_by: int | None = None
    bundle: str = ""
    urges: int = 0
    followers: int = 0
    version: int = 1
    service_class: ServiceClass = ServiceClass.GENERAL
    mode: Mode = Mode.DIRECT
    #: Since when the clock stands still, because the resident was asked.
    stopped_at: datetime | None = None
    #: The request that this one was merged into.
    merged_into: int | None = None
    #: The request that this one was split from.
    parent_id: int | None = None
    reopened: int = 0
    #: How far up it has been carried because nobody acted: 0 nobody, 1 workers, 2 the problem ledger.
    escalation: int = 0
    #: Since when it is closed; None while it is not, and for what an earlier program closed.
    closed_at: datetime | None = None
    #: Since when words, door and phone are forgotten.
    wiped_at: datetime | None = None

    def with_(self, **changes: object) -> Request:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of a request: who moved it from where to where, when and why."""

    request_id: int
    community_id: str
    at: datetime
    action: str
    from_status: RequestStatus | None
    to_status: RequestStatus
    actor_role: str
    actor_id: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One factor of a match: `value` in 0..1, `weight` its share; `fact` is what it was computed from."""

    factor: str
    value: float
    weight: float
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A request held out to one organisation until `expires_at`."""

    id: int
    community_id: str
    request_id: int
    organisation_id: int
    status: OfferStatus
    offered_at: datetime
    expires_at: datetime
    score: float = 0.0
    parts: tuple[ScorePart, ...] = ()
    decided_at: datetime | None = None
    decided_by: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Words or a file that somebody added to a request. `file_id` is the messenger's."""

    id: int
    community_id: str
    request_id: int
    author_id: int
    author_role: str
    kind: NoteKind
    text: str
    at: datetime
    file_id: str = ""
    file_kind: str = ""


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What a lead says when finished: hours spent, people who took part, words, the photo's file id."""

    hours: float = 0.0
    people: int = 0
    words: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """The resident's word on a finished request, 1 (bad) to 5 (good), with reason codes."""

    request_id: int
    community_id: str
    stars: int
    reasons: tuple[str, ...]
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """A single-use key with which a lead joins; only the token's hash is kept."""

    token_hash: str
    community_id: str
    organisation_id: int
    created_by: int
    expires_at: datetime
    used_by: int | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to do at `due_at`. (kind, request, offer, step) is unique, so a repeat changes nothing."""

    id: int
    community_id: str
    kind: TimerKind
    request_id: int
    due_at: datetime
    offer_id: int | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Alarm:
    """A timer of a request that is to be set."""

    kind: TimerKind
    due_at: datetime
    step: int = 0
    offer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who offered to help, with what they wrote."""

    person_id: int
    community_id: str
    words: str
    phone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message from a worker to everybody; one delivery row a recipient."""

    id: int
    community_id: str
    author_id: int
    text: str
    at: datetime
