"""The rectification ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from casework.books.ledgers import Rectification, RectificationState
from storage.repositories.base import Repository, chunks, is_id
from storage.tables_ledgers import rectification_open, rectifications

_t = rectifications.c
_OURS = select(rectifications).where(_t.community_id == bindparam("community"))
_GET = _OURS.where(_t.id == bindparam("its_id"))
# An expression, lest SQLite walk through all of the community's instead of those few.
_AMONG = select(rectifications).where(func.coalesce(_t.community_id, None) == bindparam("community"))
_PRESSING = _OURS.where(rectification_open).order_by(_t.due_at, _t.id)
_DUE = _PRESSING.where(_t.state == RectificationState.OPEN.value, _t.due_at < bindparam("end")).limit(
    bindparam("most")
)
_UNCHECKED = (
    _PRESSING.where(_t.state == RectificationState.REPORTED.value)
    .order_by(None)
    .order_by(_t.reported_at, _t.id)
    .limit(bindparam("most"))
)
_SAVE = update(rectifications).where(
    _t.community_id == bindparam("community"), _t.id == bindparam("its_id"), _t.state == bindparam("was")
)


class Rectifications(Repository):
    """Implements `casework.ledgers.Rectifications`."""

    async def add(self, rectification: Rectification) -> Rectification | None:
        """Insert (the id given is ignored); None when one is not closed yet for the problem."""
        insert = (
            self._upsert(rectifications)
            .on_conflict_do_nothing(index_elements=[_t.problem_id], index_where=rectification_open)
            .returning(_t.id)
        )
        new_id = (await self._connection.execute(insert, self._row(rectification))).scalar()
        return None if new_id is None else replace(rectification, id=new_id)

    async def get(self, rectification_id: int) -> Rectification | None:
        """The entry with this id."""
        row = (await self._run(_GET, its_id=rectification_id)).first() if is_id(rectification_id) else None
        return None if row is None else rectification_of(row)

    async def of_problems(self, problem_ids: Iterable[int]) -> dict[int, list[Rectification]]:
        """Of those problems that have any, oldest first."""
        found: dict[int, list[Rectification]] = {}
        for ids in chunks(problem_ids):
            for row in await self._run(_AMONG.where(_t.problem_id.in_(ids)).order_by(_t.id)):
                found.setdefault(row.problem_id, []).append(rectification_of(row))
        return found

    async def save(self, rectification: Rectification, before: RectificationState) -> bool:
        """Write; False when its state is no longer `before`."""
        change = _SAVE.values(self._row(rectification))
        return (await self._run(change, its_id=rectification.id, was=before.value)).rowcount == 1

    async def due(self, until: datetime, limit: int = 50) -> list[Rectification]:
        """Open ones whose time ends before `until`, most pressing first."""
        return [rectification_of(row) for row in await self._run(_DUE, end=until, most=limit)]

    async def of_organisations(self, organisation_ids: Iterable[int]) -> list[Rectification]:
        """Those not closed that these organisations have to see to, most pressing first."""
        found: list[Rectification] = []
        for ids in chunks(organisation_ids):
            query = _PRESSING.where(_t.organisation_id.in_(ids))
            found += [rectification_of(row) for row in await self._run(query)]
        return sorted(found, key=lambda r: (r.due_at, r.id))

    async def unchecked(self, limit: int = 50) -> list[Rectification]:
        """Reported ones that nobody has looked at, oldest first."""
        return [rectification_of(row) for row in await self._run(_UNCHECKED, most=limit)]

    def _row(self, rectification: Rectification) -> dict[str, Any]:
        row = {**asdict(rectification), "community_id": self._community}
        row["state"] = rectification.state.value
        del row["id"]
        return row


def rectification_of(row: Row[Any], prefix: str = "") -> Rectification:
    """The entity of a row; in a join its columns begin with `prefix`."""
    fields = {column.name: row._mapping[f"{prefix}{column.name}"] for column in rectifications.columns}
    return Rectification(**{**fields, "state": RectificationState(fields["state"])})
