"""What people are told of how their data is kept."""

from __future__ import annotations

from dataclasses import dataclass

from casework.entities import Organisation, Person
from casework.keeping.personal import Erasure, Obstacles


@dataclass(frozen=True, slots=True)
class ConsentWanted:
    """An emergency was filed before anybody was asked whether they agree."""

    person: Person


@dataclass(frozen=True, slots=True)
class OwnDataWanted:
    """Somebody wants a copy of all that is kept of them."""

    person_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class ErasureWaits:
    """Somebody wanted to be forgotten, and has something open again."""

    erasure: Erasure
    chat_id: int
    obstacles: Obstacles


@dataclass(frozen=True, slots=True)
class ErasureDone:
    """Somebody is forgotten; the chat is told a last time."""

    erasure_id: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class LeadForgotten:
    """A lead is forgotten and leads no more; `left` others still lead the organisation."""

    erasure_id: int
    organisation: Organisation
    left: int


KeepingEvent = ConsentWanted | OwnDataWanted | ErasureWaits | ErasureDone | LeadForgotten
