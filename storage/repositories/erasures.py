"""Who asked to be forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from casework.keeping.personal import Erasure
from storage.repositories.base import Repository, is_id
from storage.tables_keeping import erasures

_e = erasures.c
_OURS = _e.community_id == bindparam("community")
_OF = select(erasures).where(_OURS, _e.person_id == bindparam("person"))
_GET = select(erasures).where(_OURS, _e.id == bindparam("its_id"))
_UNDO = delete(erasures).where(_OURS, _e.person_id == bindparam("person"), _e.begun_at.is_(None))
_POSTPONE = update(erasures).where(_OURS, _e.id == bindparam("its_id"), _e.begun_at.is_(None))


class Erasures(Repository):
    """Implements `casework.keeping.personal.Erasures`."""

    async def ask(self, person_id: int, at: datetime, due_at: datetime) -> Erasure:
        """A repeat returns the one that stands."""
        insert = self._upsert(erasures).on_conflict_do_nothing(
            index_elements=[_e.community_id, _e.person_id], index_where=_e.person_id.is_not(None)
        )
        row = {"community_id": self._community, "person_id": person_id, "asked_at": at, "due_at": due_at}
        await self._connection.execute(insert, row)
        standing = await self.of(person_id)
        assert standing is not None
        return standing

    async def of(self, person_id: int) -> Erasure | None:
        """The one that stands."""
        row = (await self._run(_OF, person=person_id)).first() if is_id(person_id) else None
        return None if row is None else _erasure(row)

    async def get(self, erasure_id: int) -> Erasure | None:
        """Also one that is done."""
        row = (await self._run(_GET, its_id=erasure_id)).first() if is_id(erasure_id) else None
        return None if row is None else _erasure(row)

    async def undo(self, person_id: int) -> bool:
        """False when there is none, or it has begun."""
        return (await self._run(_UNDO, person=person_id)).rowcount > 0

    async def postpone(self, erasure_id: int, due_at: datetime) -> None:
        """It waits for something that is not over."""
        await self._run(_POSTPONE.values(due_at=due_at), its_id=erasure_id)


def _erasure(row: Row[Any]) -> Erasure:
    return Erasure(
        row.id, row.community_id, row.person_id, row.asked_at, row.due_at, row.begun_at, row.done_at
    )
