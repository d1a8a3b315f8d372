"""Who wants no weekly letters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.repositories.base import Repository
from storage.tables_letters import letter_stops

_s = letter_stops.c


class LetterStops(Repository):
    """Implements `casework.letters.LetterStops`."""

    async def all(self) -> set[int]:
        """Ids of people."""
        query = select(_s.person_id).where(_s.community_id == bindparam("community"))
        return set((await self._run(query)).scalars())

    async def stop(self, person_id: int, at: datetime) -> None:
        """A repeat changes nothing."""
        row = {"community_id": self._community, "person_id": person_id, "since": at}
        await self._connection.execute(self._upsert(letter_stops).on_conflict_do_nothing(), row)

    async def drop(self, person_id: int) -> None:
        """They want letters again."""
        ours = _s.community_id == bindparam("community")
        await self._run(
            delete(letter_stops).where(ours, _s.person_id == bindparam("person")), person=person_id
        )
