"""Who looked and who changed what: entries that nobody can take back.

An entry names people and requests by their ids and carries codes and numbers only, so that the book itself
tells no secret; it may be kept for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.permissions import Actor, Role


class Act(StrEnum):
    """What was done. The first of them showed somebody a phone, a door or the full words of a resident."""

    #: The whole card was opened, or came with the yes, or with the alarm of an emergency.
    OPENED = "opened"
    ACCEPTED = "accepted"
    ALARMED = "alarmed"
    #: Words, a photo or a changed detail of the resident were passed on to whoever works on it.
    PASSED_ON = "passed_on"
    CALL_LIST = "call_list"
    SEARCHED = "searched"
    EXPORTED = "exported"

    LEAD_INVITED = "lead_invited"
    INVITES_REVOKED = "invites_revoked"
    LEAD_JOINED = "lead_joined"
    LEAD_REMOVED = "lead_removed"
    EXPERT_INVITED = "expert_invited"
    EXPERT_JOINED = "expert_joined"
    EXPERT_REMOVED = "expert_removed"
    ORGANISATION_RESTED = "organisation_rested"
    ORGANISATIONS_IMPORTED = "organisations_imported"

    MUTED = "muted"
    UNMUTED = "unmuted"
    PAUSED = "paused"
    RESUMED = "resumed"
    BROADCAST = "broadcast"

    CONSENTED = "consented"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OWN_DATA_EXPORTED = "own_data_exported"
    DELETION_ASKED = "deletion_asked"
    DELETION_UNDONE = "deletion_undone"
    DELETED = "deleted"
    RETENTION = "retention"
    KEYS_ROTATED = "keys_rotated"


#: A code: no name, phone or sentence looks like it.
_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,63}")

#: Small facts: numbers, ids, switches and codes.
Fact = int | str | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the book. `seq` counts from 1 without gaps; `actor_id` None is the program."""

    seq: int
    at: datetime
    act: str
    actor_id: int | None
    role: str
    request_id: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


class Audit(Protocol):
    """The book of one community; what is noted is written when the transaction commits."""

    def note(
        self,
        act: Act,
        actor_id: int | None,
        role: Role,
        request_id: int | None = None,
        **facts: Fact,
    ) -> None:
        """Noted once a transaction, however often it is said. Raises ValueError for facts in words."""

    async def of_request(
        self, request_id: int, limit: int = 20, before: int | None = None
    ) -> list[AuditEntry]:
        """Newest first; `before` a `seq` goes on."""

    async def newest(self, limit: int = 20, before: int | None = None) -> list[AuditEntry]:
        """Newest first; `before` a `seq` goes on."""

    async def head(self) -> tuple[int, str] | None:
        """`seq` and hash of the last entry; who keeps them elsewhere notices when the end is cut off."""


def checked(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts that are told, without the empty ones. Raises ValueError for one that could be personal."""
    told: dict[str, Fact] = {name: value for name, value in facts.items() if value not in (None, "")}
    for name, value in told.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"{name} is no code; the audit takes codes and numbers only")
    return told


def role_of(actor: Actor) -> Role:
    """As whom somebody acts who may be several things: the one that opens most doors."""
    for role in (Role.ADMIN, Role.LEAD, Role.EXPERT, Role.RESIDENT):
        if role in actor.roles:
            return role
    return Role.SYSTEM
