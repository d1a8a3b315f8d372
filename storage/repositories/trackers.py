"""What each chat is in the middle of: one JSON document a chat."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, select

from storage.repositories.base import Repository, upserting
from storage.tables_delivery import trackers

_LOAD = select(trackers.c.document).where(
    trackers.c.community_id == bindparam("community"), trackers.c.chat_id == bindparam("chat")
)


class Trackers(Repository):
    """Documents by chat."""

    async def load(self, chat_id: int) -> dict[str, Any] | None:
        """The chat's document; None for a chat without one."""
        document: dict[str, Any] | None = (await self._run(_LOAD, chat=chat_id)).scalar_one_or_none()
        return document

    async def save(self, chat_id: int, document: dict[str, Any]) -> None:
        """Insert or replace."""
        row = {
            "community_id": self._community,
            "chat_id": chat_id,
            "document": document,
            "updated_at": self._clock.now(),
        }
        await self._write(_saving(postgresql=self._is_postgresql), row)


@cache
def _saving(*, postgresql: bool) -> Executable:
    insert = upserting(trackers, postgresql=postgresql)
    changed = {name: insert.excluded[name] for name in ("document", "updated_at")}
    key = [trackers.c.community_id, trackers.c.chat_id]
    return insert.on_conflict_do_update(index_elements=key, set_=changed)
