"""Messages that show a lead the phone, door or words of a resident."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, select, update

from casework.sight import Showing, ShowingKind
from storage.repositories.base import Repository, upserting
from storage.tables_showings import showings

_s = showings.c
_OURS = _s.community_id == bindparam("community")
_ITS = (_OURS, _s.chat_id == bindparam("chat"), _s.message_id == bindparam("message"))
_DUE = select(showings).where(_OURS, _s.look_at <= bindparam("now")).order_by(_s.look_at)
_GONE = delete(showings).where(*_ITS)
_LATER = update(showings).where(*_ITS).values(look_at=bindparam("at"))


@cache
def _adding(*, postgresql: bool) -> Executable:
    insert = upserting(showings, postgresql=postgresql)
    new = {name: insert.excluded[name] for name in ("request_id", "kind", "sent_at", "look_at")}
    key = [_s.community_id, _s.chat_id, _s.message_id]
    return insert.on_conflict_do_update(index_elements=key, set_=new)


class Showings(Repository):
    """Implements `casework.sight.Showings`."""

    async def add(self, showing: Showing) -> None:
        """In the place of what the same message showed before."""
        row = {
            "community_id": self._community,
            "chat_id": showing.chat_id,
            "message_id": showing.message_id,
            "request_id": showing.request_id,
            "kind": showing.kind.value,
            "sent_at": showing.sent_at,
            "look_at": showing.look_at,
        }
        await self._write(_adding(postgresql=self._is_postgresql), row)

    async def gone(self, chat_id: int, message_id: int) -> None:
        """The message says something else by now, or was folded."""
        await self._run(_GONE, chat=chat_id, message=message_id)

    async def due(self, now: datetime, limit: int) -> list[Showing]:
        """Those to be looked at, oldest first."""
        return [
            Showing(
                row.chat_id, row.message_id, row.request_id, ShowingKind(row.kind), row.sent_at, row.look_at
            )
            for row in await self._run(_DUE.limit(limit), now=now)
        ]

    async def look_again(self, showing: Showing, at: datetime) -> None:
        """It may still be seen."""
        await self._run(_LATER, chat=showing.chat_id, message=showing.message_id, at=at)
