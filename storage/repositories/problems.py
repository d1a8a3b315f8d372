"""The problem ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, select

from casework.ledgers import Problem, ProblemKind
from storage.repositories.base import Repository, is_id
from storage.tables_ledgers import problem_open, problems

_p = problems.c
_OURS = select(problems).where(_p.community_id == bindparam("community"))
_GET = _OURS.where(_p.id == bindparam("its_id"))
_OF_REQUEST = _OURS.where(_p.request_id == bindparam("request")).order_by(_p.id)


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


def problem_of(row: Row[Any]) -> Problem:
    """The entity of a whole row of `problems`."""
    return Problem(
        row.id,
        row.community_id,
        ProblemKind(row.kind),
        row.request_id,
        row.organisation_id,
        row.words,
        row.at,
        row.closed_at,
    )
