"""Invited experts, and the keys with which they join."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from casework.judging.evaluation import Expert, ExpertInvite
from storage.repositories import single_use
from storage.repositories.base import Repository, is_id
from storage.tables_judgement import expert_invites, experts

_e, _i = experts.c, expert_invites.c
_OURS = select(experts).where(_e.community_id == bindparam("community")).order_by(_e.since, _e.person_id)
_IS_ONE = _OURS.where(_e.person_id == bindparam("person"))
_REMOVE = delete(experts).where(
    _e.community_id == bindparam("community"), _e.person_id == bindparam("person")
)
_USE = single_use.use(expert_invites).returning(
    _i.token_hash, _i.community_id, _i.name, _i.created_by, _i.expires_at
)


class Experts(Repository):
    """The part of `casework.evaluation.Evaluations` about experts."""

    async def add_invite(self, invite: ExpertInvite) -> None:
        """A new key."""
        await self._connection.execute(expert_invites.insert(), asdict(invite))

    async def use_invite(self, token_hash: str, person_id: int, at: datetime) -> ExpertInvite | None:
        """Mark as used if it is unused and not expired; exactly one caller wins."""
        row = (await self._run(_USE, hash=token_hash, person=person_id, at=at)).first()
        return None if row is None else ExpertInvite(**row._mapping)

    async def add_expert(self, expert: Expert) -> None:
        """A repeat changes nothing."""
        await self._connection.execute(self._upsert(experts).on_conflict_do_nothing(), asdict(expert))

    async def remove_expert(self, person_id: int) -> None:
        """Forms stay."""
        await self._run(_REMOVE, person=person_id)

    async def is_expert(self, person_id: int) -> bool:
        """Whether this person was invited and has come."""
        return is_id(person_id) and (await self._run(_IS_ONE, person=person_id)).first() is not None

    async def experts(self) -> list[Expert]:
        """In the order in which they joined."""
        return [
            Expert(row.person_id, row.community_id, row.name, row.since) for row in await self._run(_OURS)
        ]
