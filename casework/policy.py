"""What a community promises and how it decides: every number that a profile may set, with its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum


class ServiceClass(StrEnum):
    """How pressing a kind of need is."""

    EMERGENCY = "emergency"
    SUPPLY = "supply"
    GENERAL = "general"
    COMPLEX = "complex"


class Mode(StrEnum):
    """How a request is given out."""

    DIRECT = "direct"
    POOL = "pool"
    TEAM = "team"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Promise:
    """How fast a class must be answered and solved, in hours; a day is 24 of them."""

    answer_hours: float
    resolve_hours: float


PROMISES: Mapping[ServiceClass, Promise] = {
    ServiceClass.EMERGENCY: Promise(0.5, 2),
    ServiceClass.SUPPLY: Promise(24, 24),
    ServiceClass.GENERAL: Promise(24, 7 * 24),
    ServiceClass.COMPLEX: Promise(24, 15 * 24),
}

#: Water, power and lifts cannot wait a week; matters between many parties need longer than one.
CLASS_OF_ITEM: Mapping[str, ServiceClass] = {
    **dict.fromkeys(
        ("hom_plumbing", "hom_electric", "hom_locks", "way_elevator", "aid_rescue"), ServiceClass.SUPPLY
    ),
    **dict.fromkeys(
        (
            "hom_property",
            "hom_leak",
            "law_mediation",
            "law_wage",
            "env_encroach",
            "way_parking",
            "way_charging",
        ),
        ServiceClass.COMPLEX,
    ),
}

#: Shares of a match, by factor; they add up to 1.
WEIGHTS: Mapping[str, float] = {
    "fit": 0.35,
    "load": 0.15,
    "record": 0.20,
    "fairness": 0.10,
    "area": 0.05,
    "hours": 0.05,
    "fee": 0.05,
    "standing": 0.05,
}


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local hours in which only what is urgent may ring; equal ends mean never."""

    start: time = time(21, 30)
    end: time = time(7, 30)


@dataclass(frozen=True, slots=True)
class Sameness:
    """When two requests may be one: so many days apart, and so alike in words (0..1)."""

    days: int = 7
    likeness: float = 0.3
    #: From so many residents on a joint need is suggested.
    joint: int = 5
    #: Within so many days.
    joint_days: int = 30


@dataclass(frozen=True, slots=True)
class Judging:
    """How organisations are evaluated; the weights of the three parties add up to 1."""

    workers: float = 0.4
    experts: float = 0.3
    residents: float = 0.3
    #: With fewer services than this in a year an organisation is flagged.
    yearly_services: int = 4
    #: So many are drawn each week for a spot check.
    spot_checks: int = 2
    #: Share of the confirmed requests of a week that are rung up all the same, and at least so many.
    sample_share: float = 0.05
    sample_least: int = 3
    #: Without a sign of life for so many days an organisation is listed as dormant.
    dormant_days: int = 180


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days what is kept of people."""

    #: Words, door and phone of a request after it was closed; that there was one stays.
    requests: int = 365
    #: Address and phone for the next time, of somebody who has not written since.
    saved: int = 365
    #: What a chat was in the middle of.
    trackers: int = 30
    #: Messages that came in and were handled, and those that went out.
    inbox: int = 14
    outbox: int = 14
    #: Corrections of the reader that a worker rejected, and those that nobody decided on.
    rejected: int = 30
    undecided: int = 180


@dataclass(frozen=True, slots=True)
class Conduct:
    """What is too much, of one person within a day."""

    #: Adverts and insults after which workers hear of them.
    offences: int = 3
    #: Calls for help after which workers look first, and for how many minutes at most.
    emergencies: int = 3
    look_minutes: int = 2


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it for one community. The mappings hold only what differs from the defaults."""

    promises: Mapping[ServiceClass, Promise] = field(default_factory=dict)
    classes: Mapping[str, ServiceClass] = field(default_factory=dict)
    quiet: QuietHours = QuietHours()
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    modes: Mapping[str, Mode] = field(default_factory=dict)
    sameness: Sameness = Sameness()
    judging: Judging = Judging()
    retention: Retention = Retention()
    conduct: Conduct = Conduct()
    #: So many hours somebody who wants to be forgotten can take it back.
    erase_after_hours: int = 24
    #: A resident's 「催办」 counts so many times a day for each request.
    urges_a_day: int = 3
    #: For so many days after the end a lead may still see phone, door and full words.
    sight_days: int = 7
    #: Whether an organisation may hand work on to another by itself; else a worker decides.
    hand_on_directly: bool = False
    #: Telephones of addressees in this community, by code (see casework.addressees).
    addressees: Mapping[str, str] = field(default_factory=dict)

    def class_of(self, item: str, *, urgent: bool) -> ServiceClass:
        """The class of an item; an emergency has its own whatever the item."""
        if urgent:
            return ServiceClass.EMERGENCY
        return self.classes.get(item) or CLASS_OF_ITEM.get(item, ServiceClass.GENERAL)

    def promise(self, service_class: ServiceClass) -> Promise:
        """What is promised for a class."""
        return self.promises.get(service_class) or PROMISES[service_class]

    def mode_of(self, item: str) -> Mode:
        """How requests of an item are given out when nobody decides otherwise."""
        return self.modes.get(item, Mode.DIRECT)
