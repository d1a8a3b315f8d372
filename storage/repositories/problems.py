"""The problem ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from casework.books.ledgers import Problem, ProblemKind
from storage.repositories.base import Repository, chunks, is_id
from storage.tables_ledgers import problem_open, problems

_p = problems.c
_OURS = select(problems).where(_p.community_id == bindparam("community"))
_GET = _OURS.where(_p.id == bindparam("its_id"))
_OF_REQUEST = _OURS.where(_p.request_id == bindparam("request")).order_by(_p.id)
# An expression, lest SQLite walk through all problems of the community instead of those few.
_AMONG = select(problems).where(func.coalesce(_p.community_id, None) == bindparam("community"))
_CLOSE = (
    update(problems)
    .where(_p.community_id == bindparam("community"), _p.id == bindparam("its_id"), problem_open)
    .values(closed_at=bindparam("moment"), closed_by=bindparam("who"), closing=bindparam("why"))
)


class Problems(Repository):
    """Implements `casework.ledgers.Problems`."""

    async def add(self, problem: Problem) -> Problem | None:
        """Insert (the id given is ignored); None when this kind stands open for the request already."""
        insert = (
            self._upsert(problems)
            .on_conflict_do_nothing(
                index_elements=[_p.community_id, _p.request_id, _p.kind], index_where=problem_open
            )
            .returning(_p.id)
        )
        row = {
            "community_id": self._community,
            "kind": problem.kind.value,
            "request_id": problem.request_id,
            "organisation_id": problem.organisation_id,
            "words": problem.words,
            "at": problem.at,
            "closed_at": problem.closed_at,
            "closed_by": problem.closed_by,
            "closing": problem.closing,
            "person_id": problem.person_id,
        }
        new_id = (await self._connection.execute(insert, row)).scalar()
        return None if new_id is None else replace(problem, id=new_id)

    async def get(self, problem_id: int) -> Problem | None:
        """The entry with this id."""
        row = (await self._run(_GET, its_id=problem_id)).first() if is_id(problem_id) else None
        return None if row is None else problem_of(row)

    async def of_request(self, request_id: int) -> list[Problem]:
        """Oldest first."""
        return [problem_of(row) for row in await self._run(_OF_REQUEST, request=request_id)]

    async def of_requests(self, request_ids: Iterable[int]) -> dict[int, list[Problem]]:
        """Of those requests that have any, oldest first."""
        found: dict[int, list[Problem]] = {}
        for ids in chunks(request_ids):
            for row in await self._run(_AMONG.where(_p.request_id.in_(ids)).order_by(_p.id)):
                found.setdefault(row.request_id, []).append(problem_of(row))
        return found

    async def close(self, problem_id: int, at: datetime, by: int | None, words: str) -> bool:
        """False when it was closed before."""
        return (await self._run(_CLOSE, its_id=problem_id, moment=at, who=by, why=words)).rowcount == 1


def problem_of(row: Row[Any], prefix: str = "") -> Problem:
    """The entity of a row; in a join its columns begin with `prefix`."""
    fields = {column.name: row._mapping[f"{prefix}{column.name}"] for column in problems.columns}
    return Problem(**{**fields, "kind": ProblemKind(fields["kind"])})
