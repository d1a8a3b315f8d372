"""The ledgers as they are read: entries with what they are about, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, exists, func, select

from casework.books.ledgers import Book, LedgerFilter, ProblemRow, RectificationRow, RectificationState
from casework.entities import Request
from casework.reports import RequestFilter
from casework.statuses import RequestStatus
from storage.repositories.base import Repository
from storage.repositories.filtering import conditions
from storage.repositories.problems import problem_of
from storage.repositories.rectifications import rectification_of
from storage.repositories.request_rows import request_of
from storage.tables import history, requests
from storage.tables_ledgers import calls, problems, rectifications

_r, _p, _t, _h = requests.c, problems.c, rectifications.c, history.c


class Ledgers(Repository):
    """Implements `casework.ledgers.Ledgers`."""

    async def needs(self, wanted: RequestFilter, limit: int, offset: int = 0) -> list[Request]:
        """Newest first."""
        # Of an organisation ordered by an expression: else SQLite walks through all requests by time until it
        # has found enough of one that may have few.
        by_time = func.coalesce(_r.created_at, None) if wanted.organisation_id is not None else _r.created_at
        query = select(requests).where(*_needs(wanted)).order_by(by_time.desc(), _r.id.desc())
        return [request_of(row) for row in await self._run(query.limit(limit).offset(offset))]

    async def problems(self, wanted: LedgerFilter, limit: int, offset: int = 0) -> list[ProblemRow]:
        """Newest first."""
        query = _problems(wanted, select(*_named(problems, "p_"))).order_by(_p.at.desc(), _p.id.desc())
        rows = (await self._run(query.limit(limit).offset(offset))).all()
        about = await self._requests([row.p_request_id for row in rows])
        return [ProblemRow(problem_of(row, "p_"), about.get(row.p_request_id)) for row in rows]

    async def rectifications(
        self, wanted: LedgerFilter, limit: int, offset: int = 0
    ) -> list[RectificationRow]:
        """Newest first."""
        columns = (*_named(rectifications, "t_"), *_named(problems, "p_"))
        query = _rectifications(wanted, select(*columns)).order_by(_t.at.desc(), _t.id.desc())
        rows = (await self._run(query.limit(limit).offset(offset))).all()
        about = await self._requests([row.t_request_id for row in rows])
        return [
            RectificationRow(rectification_of(row, "t_"), problem_of(row, "p_"), about.get(row.t_request_id))
            for row in rows
        ]

    async def confirmed(self, since: datetime, until: datetime, filed_since: datetime) -> list[int]:
        """By the index on status and filing; the last move of a confirmed request is its confirmation."""
        query = select(_r.id).where(
            _r.community_id == bindparam("community"),
            _r.status == RequestStatus.CONFIRMED.value,
            _r.created_at >= filed_since,
            _r.updated_at >= since,
            _r.updated_at < until,
            ~exists().where(calls.c.request_id == _r.id),
            # A worker who confirms has been on the telephone already.
            ~exists().where(_h.request_id == _r.id, _h.action == "confirm", _h.actor_role == "admin"),
        )
        return list((await self._run(query.order_by(_r.id))).scalars())

    async def count_needs(self, wanted: RequestFilter) -> dict[str, int]:
        """How many match, by status."""
        if wanted.statuses is None and wanted.compound is None and wanted.items is None:
            # Every status by name: the index on status and time answers it without a row.
            wanted = replace(wanted, statuses=frozenset(RequestStatus))
        # Grouped by an expression, lest SQLite walk through all requests by status to spare a small sort.
        key = func.coalesce(_r.status, None).label("key")
        query = select(key, func.count().label("many")).where(*_needs(wanted)).group_by(key)
        return {row.key: row.many for row in await self._run(query)}

    async def count(self, book: Book, wanted: LedgerFilter) -> dict[str, int]:
        """How many match, by kind (problems) or state (rectifications)."""
        key = _p.kind if book is Book.PROBLEMS else _t.state
        query = select(key.label("key"), func.count().label("many"))
        query = (_problems if book is Book.PROBLEMS else _rectifications)(wanted, query)
        return {row.key: row.many for row in await self._run(query.group_by(key))}

    async def _requests(self, ids: Sequence[int | None]) -> dict[int | None, Request]:
        known = sorted({i for i in ids if i is not None})
        if not known:
            return {}
        query = select(requests).where(_r.community_id == bindparam("community"), _r.id.in_(known))
        return {row.id: request_of(row) for row in await self._run(query)}


def _needs(wanted: RequestFilter) -> list[ColumnElement[bool]]:
    return [_r.community_id == bindparam("community"), *conditions(wanted)]


def _named(table: Table, prefix: str) -> list[ColumnElement[Any]]:
    return [column.label(f"{prefix}{column.name}") for column in table.columns]


def _problems(wanted: LedgerFilter, query: Select[Any]) -> Select[Any]:
    query = query.select_from(problems).where(_p.community_id == bindparam("community"))
    query = _span(query, wanted, _p.at)
    if wanted.open is not None:
        query = query.where(_p.closed_at.is_(None) if wanted.open else _p.closed_at.is_not(None))
    if wanted.kind is not None:
        query = query.where(_p.kind == wanted.kind.value)
    if wanted.organisation_id is not None:
        query = query.where(_p.organisation_id == wanted.organisation_id)
    if wanted.compound is not None:
        query = query.join(requests, _r.id == _p.request_id).where(_r.compound == wanted.compound)
    return query


def _rectifications(wanted: LedgerFilter, query: Select[Any]) -> Select[Any]:
    query = query.select_from(rectifications).join(problems, _p.id == _t.problem_id)
    query = _span(query.where(_t.community_id == bindparam("community")), wanted, _t.at)
    if wanted.open is not None:
        closed = _t.state == RectificationState.CLOSED.value
        query = query.where(~closed if wanted.open else closed)
    if wanted.state is not None:
        query = query.where(_t.state == wanted.state.value)
    if wanted.kind is not None:
        query = query.where(_p.kind == wanted.kind.value)
    if wanted.organisation_id is not None:
        query = query.where(_t.organisation_id == wanted.organisation_id)
    if wanted.compound is not None:
        query = query.join(requests, _r.id == _t.request_id).where(_r.compound == wanted.compound)
    return query


def _span(query: Select[Any], wanted: LedgerFilter, at: ColumnElement[Any]) -> Select[Any]:
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    return query if wanted.until is None else query.where(at < wanted.until)
