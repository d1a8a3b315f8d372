"""Invites of leads, kept by hash."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, update

from casework.entities import Invite
from storage.repositories import single_use
from storage.repositories.base import Repository
from storage.tables import invites

_i = invites.c
_USE = single_use.use(invites).returning(*_i)
_REVOKE = (
    update(invites)
    .where(
        _i.community_id == bindparam("community"),
        _i.organisation_id == bindparam("organisation"),
        _i.used_at.is_(None),
        _i.expires_at > bindparam("at"),
    )
    .values(expires_at=bindparam("at"))
    .returning(_i.token_hash)
)


class Invites(Repository):
    """Implements `casework.ports.Invites`."""

    async def add(self, invite: Invite) -> None:
        """A new invite."""
        await self._connection.execute(invites.insert(), asdict(invite))

    async def use(self, token_hash: str, person_id: int, at: datetime) -> Invite | None:
        """Mark as used if it is unused and not expired; None otherwise. Exactly one caller wins."""
        row = (await self._run(_USE, hash=token_hash, person=person_id, at=at)).first()
        return None if row is None else Invite(**row._mapping)

    async def revoke(self, organisation_id: int, at: datetime) -> int:
        """Let those that were not used expire now; returns how many."""
        return len((await self._run(_REVOKE, organisation=organisation_id, at=at)).all())
