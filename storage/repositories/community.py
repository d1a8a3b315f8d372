"""What workers switch for the whole community, and broadcasts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from casework.entities import Broadcast
from storage.repositories.base import Repository, is_id
from storage.tables_notes import broadcasts, community_state

_PAUSED = select(community_state.c.paused_reason).where(
    community_state.c.community_id == bindparam("community")
)
_BROADCAST = select(broadcasts).where(
    broadcasts.c.community_id == bindparam("community"), broadcasts.c.id == bindparam("id")
)
_LATEST_BROADCAST = (
    select(broadcasts)
    .where(broadcasts.c.community_id == bindparam("community"))
    .order_by(broadcasts.c.id.desc())
    .limit(1)
)


class CommunityState(Repository):
    """Implements `casework.ports.CommunityState`."""

    async def intake_paused(self) -> str | None:
        """The reason shown to residents while intake is paused, else None."""
        reason: str | None = (await self._run(_PAUSED)).scalar_one_or_none()
        return reason

    async def pause_intake(self, reason: str | None) -> None:
        """None opens again."""
        insert = self._upsert(community_state)
        upsert = insert.on_conflict_do_update(
            index_elements=[community_state.c.community_id],
            set_={"paused_reason": insert.excluded.paused_reason},
        )
        await self._connection.execute(upsert, {"community_id": self._community, "paused_reason": reason})

    async def add_broadcast(self, author_id: int, text: str, at: datetime) -> Broadcast:
        """A new broadcast with its id."""
        row = {"community_id": self._community, "author_id": author_id, "text": text, "at": at}
        return Broadcast(await self._insert(broadcasts, row), self._community, author_id, text, at)

    async def broadcast(self, broadcast_id: int) -> Broadcast | None:
        """The broadcast with this id in this community."""
        row = (await self._run(_BROADCAST, id=broadcast_id)).first() if is_id(broadcast_id) else None
        return None if row is None else _broadcast(row)

    async def latest_broadcast(self) -> Broadcast | None:
        """The last that was sent; None when there never was one."""
        row = (await self._run(_LATEST_BROADCAST)).first()
        return None if row is None else _broadcast(row)


def _broadcast(row: Row[Any]) -> Broadcast:
    return Broadcast(row.id, row.community_id, row.author_id, row.text, row.at)
