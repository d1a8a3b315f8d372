"""Who wrote adverts and insults."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from casework.conduct import Offence
from storage.repositories.base import Repository
from storage.tables_conduct import offences

_o = offences.c
_COUNT = (
    select(func.count())
    .select_from(offences)
    .where(
        _o.community_id == bindparam("community"),
        _o.person_id == bindparam("person"),
        _o.at >= bindparam("since"),
    )
)
_FORGET = delete(offences).where(_o.community_id == bindparam("community"), _o.at < bindparam("before"))


class Offences(Repository):
    """Implements `casework.conduct.Offences`."""

    async def add(self, person_id: int, kind: Offence, at: datetime) -> None:
        """One more."""
        row = {"community_id": self._community, "person_id": person_id, "kind": kind.value, "at": at}
        await self._connection.execute(offences.insert().inline(), row)

    async def count(self, person_id: int, since: datetime) -> int:
        """How many since then."""
        return int((await self._run(_COUNT, person=person_id, since=since)).scalar_one())

    async def forget(self, before: datetime) -> None:
        """All that is older."""
        await self._run(_FORGET, before=before)
