"""What is kept of one person: taken out for them, forgotten for them; and what is too old to be kept.

Forgetting leaves rows where they are, so that every count stays: an alias stands in the place of the person,
words, names, doors, phones and files are gone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from casework.entities import Organisation, Person, Request

#: No messenger's id, and no program's: see `casework.elsewhere`.
_ALIASES = -(2**62)


def alias_of(erasure_id: int) -> int:
    """Who stands in the rows of somebody who was forgotten. Nothing leads back from it."""
    return _ALIASES - erasure_id


@dataclass(frozen=True, slots=True)
class Erasure:
    """Somebody wants to be forgotten. Until `due_at` it can be taken back; `person_id` None: it is done."""

    id: int
    community_id: str
    person_id: int | None
    asked_at: datetime
    due_at: datetime
    begun_at: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What has to be over first: own open requests (dangers among them), and organisations that would be
    left with work and nobody who leads them."""

    requests: tuple[Request, ...] = ()
    organisations: tuple[Organisation, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.requests or self.organisations)

    @property
    def danger(self) -> bool:
        """Somebody's life may hang on it."""
        return any(request.urgent for request in self.requests)


@dataclass(frozen=True, slots=True)
class Kept:
    """What `/privacy` tells. `erasure` is one that was asked for and is not done."""

    person: Person
    erasure: Erasure | None
    #: The person speaks for an organisation, or works for the community.
    leads: bool
    works: bool


#: Section → rows as they are kept, by column.
OwnData = Mapping[str, Sequence[Mapping[str, Any]]]


class Erasures(Protocol):
    """Who asked to be forgotten."""

    async def ask(self, person_id: int, at: datetime, due_at: datetime) -> Erasure:
        """A repeat returns the one that stands."""

    async def of(self, person_id: int) -> Erasure | None:
        """The one that stands."""

    async def get(self, erasure_id: int) -> Erasure | None: ...

    async def undo(self, person_id: int) -> bool:
        """False when there is none, or it has begun."""

    async def postpone(self, erasure_id: int, due_at: datetime) -> None: ...


class Personal(Protocol):
    """All rows about one person, wherever they are."""

    async def collect(self, person_id: int) -> OwnData:
        """As they are kept; empty sections are left out."""

    async def hold(self, person_id: int) -> None:
        """Nothing that they write is handled till this transaction ends."""

    async def forget(self, erasure: Erasure, at: datetime, *, works: bool) -> int:
        """Blank what hangs on the person and on their requests, and begin the walk through what is large;
        returns how many rows. Of somebody who `works` for the community what they did for it stays."""

    async def forget_on(self, erasure_id: int, at: datetime) -> bool:
        """The next few rows of that walk; False when it is done, and nothing names the person any more."""


class Retention(Protocol):
    """What is too old to be kept, a few rows at a time."""

    async def begin(self, at: datetime) -> None:
        """From the first stage on; one that is on its way goes on instead."""

    async def next(self, before: Mapping[str, datetime]) -> Retained | None:
        """The next bite. `before` tells by stage what is old. None when nothing is left."""


@dataclass(frozen=True, slots=True)
class Retained:
    """What one bite did."""

    stage: str
    rows: int


#: In this order.
STAGES: Collection[str] = ("requests", "voices", "saved", "trackers", "inbox", "outbox", "held", "lessons")
