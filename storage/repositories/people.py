"""Everybody who ever wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select, true

from casework.entities import Address, Details, Person
from storage.repositories.base import Repository, chunks, is_id, upserting
from storage.tables import people

_p = people.c
_OURS = select(people).where(_p.community_id == bindparam("community"))
_GET = _OURS.where(_p.id == bindparam("id"))
_REACHABLE = (
    select(_p.chat_id)
    .where(_p.community_id == bindparam("community"), _p.reachable.is_(true()), _p.chat_id.is_not(None))
    .order_by(_p.id)
)


class People(Repository):
    """Implements `casework.ports.People`."""

    async def get(self, person_id: int) -> Person | None:
        """The person with this messenger id, as this community knows them."""
        row = (await self._run(_GET, id=person_id)).first() if is_id(person_id) else None
        return None if row is None else person_of(row)

    async def save(self, person: Person) -> None:
        """Insert or update."""
        row = {**_row(person), "community_id": self._community}
        await self._write(_saving(tuple(row), postgresql=self._is_postgresql), row)

    async def many(self, person_ids: Iterable[int]) -> list[Person]:
        """Those known, by id."""
        found: list[Person] = []
        for ids in chunks(person_ids):
            rows = await self._run(_OURS.where(_p.id.in_(ids)).order_by(_p.id))
            found += [person_of(row) for row in rows]
        return found

    async def reachable_chats(self) -> list[int]:
        """The private chats of everybody who has not blocked the bot."""
        return list((await self._run(_REACHABLE)).scalars())


@cache
def _saving(names: tuple[str, ...], *, postgresql: bool) -> Executable:
    insert = upserting(people, postgresql=postgresql)
    changed = {name: insert.excluded[name] for name in names if name not in ("id", "community_id")}
    return insert.on_conflict_do_update(index_elements=[_p.community_id, _p.id], set_=changed)


def person_of(row: Row[Any]) -> Person:
    """The entity of a whole row of `people`."""
    saved = dict(row.saved)
    return Person(
        row.id,
        row.community_id,
        row.name,
        row.chat_id,
        row.reachable,
        row.consented_at,
        Details(Address(**saved.pop("address")), **saved) if saved else Details(),
        row.muted,
        row.seen_at,
        row.consent_asked_at,
    )


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "chat_id": person.chat_id,
        "reachable": person.reachable,
        "consented_at": person.consented_at,
        "saved": asdict(person.saved) if person.saved != Details() else {},
        "muted": person.muted,
        "seen_at": person.seen_at,
        "consent_asked_at": person.consent_asked_at,
    }
