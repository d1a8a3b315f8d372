"""Messages held back in quiet hours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from casework.promises.quiet import HeldMessage
from storage.repositories.base import Repository, chunks, is_id, oldest
from storage.tables_held import held

_h = held.c
_OURS = _h.community_id == bindparam("community")
_UNTOLD = _h.told_at.is_(None)
_CHATS = select(_h.chat_id).where(_OURS, _UNTOLD).distinct().order_by(_h.chat_id).limit(bindparam("most"))
_OF_CHAT = select(held).where(_OURS, _UNTOLD, _h.chat_id == bindparam("chat")).order_by(_h.id)
_GET = select(held).where(_OURS, _h.id == bindparam("its_id"))
_OLDEST = oldest(held, _h.held_at)
_FORGET = delete(held).where(
    _OURS,
    _h.id.between(bindparam("first"), bindparam("last")),
    _h.told_at.is_not(None),
    _h.held_at < bindparam("before"),
)


class Held(Repository):
    """Implements `casework.quiet.HeldMessages`."""

    async def add(self, message: HeldMessage) -> None:
        """Insert (the id given is ignored); a repeated key adds nothing."""
        row = {
            "community_id": self._community,
            "chat_id": message.chat_id,
            "method": message.method,
            "payload": message.payload,
            "key": message.key,
            "title": message.title,
            "event": message.event,
            "request_id": message.request_id,
            "offer_id": message.offer_id,
            "status": message.status,
            "held_at": message.held_at,
            "reveals": message.reveals,
        }
        insert = self._upsert(held).on_conflict_do_nothing(index_elements=[_h.community_id, _h.key])
        await self._connection.execute(insert, row)

    async def get(self, message_id: int) -> HeldMessage | None:
        """Also one that has been told."""
        row = (await self._run(_GET, its_id=message_id)).first() if is_id(message_id) else None
        return None if row is None else _message(row)

    async def chats(self, limit: int) -> list[int]:
        """Chats for which something waits."""
        return list((await self._run(_CHATS, most=limit)).scalars())

    async def of_chat(self, chat_id: int) -> list[HeldMessage]:
        """What waits for a chat, oldest first."""
        return [_message(row) for row in await self._run(_OF_CHAT, chat=chat_id)]

    async def told(self, message_ids: Collection[int], at: datetime) -> None:
        """They have been told; they can still be opened."""
        for ids in chunks(message_ids):
            await self._run(update(held).where(_OURS, _h.id.in_(ids)).values(told_at=at))

    async def drop(self, message_ids: Collection[int]) -> None:
        """They no longer matter."""
        for ids in chunks(message_ids):
            await self._run(delete(held).where(_OURS, _h.id.in_(ids)))

    async def forget_told(self, before: datetime, after: int = 0) -> int | None:
        """Delete what was told before that time, as `Inbox.forget_done` does."""
        return await self._forget(_OLDEST, _FORGET, before, after)


def _message(row: Row[Any]) -> HeldMessage:
    return HeldMessage(
        row.id,
        row.chat_id,
        row.method,
        row.payload,
        row.key,
        row.title,
        row.event,
        row.request_id,
        row.offer_id,
        row.status,
        row.held_at,
        row.told_at,
        row.reveals,
    )
