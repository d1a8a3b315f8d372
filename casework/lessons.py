"""What the reader got wrong and a person put right: kept as lessons until a worker has looked at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: What is kept of a long message.
LONGEST = 500
#: How messages that want no service are labelled; the dialogue acts beside the items of the catalogue.
ACTS = (
    "status",
    "urge",
    "cancel",
    "change",
    "complaint",
    "praise",
    "menu",
    "human",
    "volunteer",
    "proposal",
    "start_org",
    "greet",
    "thanks",
    "affirm",
    "deny",
    "government",
    "chitchat",
    "advert",
    "abuse",
    "noise",
)
#: What a request is taken for that a worker says is not for the community.
NOT_OURS = "government"


class LessonSource(StrEnum):
    """How it came to light."""

    CHOSEN = "chosen"
    REFILED = "refiled"
    DECLINED = "declined"


class LessonState(StrEnum):
    """What a worker has said of it."""

    NEW = "new"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader said of words without phone, door and names; labels are item or act codes."""

    text: str
    label: str
    runner_up: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One correction. `heard` is what the reader said, `meant` what a person of that role said instead,
    `label` what a worker wants taught. Nothing in it leads back to the person."""

    id: int
    community_id: str
    text: str
    heard: str
    runner_up: str
    meant: str
    source: LessonSource
    role: str
    at: datetime
    state: LessonState = LessonState.NEW
    label: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LessonCounts:
    """How many there are in each state."""

    waiting: int = 0
    accepted: int = 0
    rejected: int = 0
