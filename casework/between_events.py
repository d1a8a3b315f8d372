"""What happened between resident and organisation: corrected, split, handed on."""

from __future__ import annotations

from dataclasses import dataclass

from casework.entities import Organisation, Request
from casework.events import Event


@dataclass(frozen=True, slots=True)
class NeedCorrected(Event):
    """The resident says that it is another need. `moved` tells whether it was filed anew; else somebody
    works on it already, and decides with a worker."""

    organisations: tuple[Organisation, ...]
    old_item: str
    new_item: str
    words: str
    moved: bool


@dataclass(frozen=True, slots=True)
class RequestSplit(Event):
    """A worker made two of one: this is the new one, `parent` the one that it was part of."""

    parent: Request
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class SplitProposed(Event):
    """A lead says that it is more than one thing; a worker decides."""

    organisation: Organisation
    words: str


@dataclass(frozen=True, slots=True)
class HandOnProposed(Event):
    """A lead names who should take it instead; a worker decides."""

    organisation: Organisation
    to: Organisation
    reason: str


@dataclass(frozen=True, slots=True)
class HandOnRefused(Event):
    """A worker leaves it with whoever has it."""

    organisation: Organisation
    to: Organisation
    reason: str
