"""The counts of reports, all by SQL over the requests that match."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, and_, bindparam, case, cast, func, select

from casework.books.figures import OPEN, Axis, Effort, Tally, late_at
from casework.entities import Request
from casework.reports import RequestFilter
from casework.statuses import RequestStatus
from storage.repositories.base import Repository
from storage.repositories.filtering import conditions, is_late
from storage.repositories.request_rows import request_of
from storage.schema import one_of
from storage.tables import requests
from storage.tables_notes import ratings, reports

_r = requests.c
_COLUMNS: dict[Axis, ColumnElement[Any]] = {
    Axis.GROUP: _r.item,
    Axis.ITEM: _r.item,
    Axis.CATEGORY: _r.category,
    Axis.ORGANISATION: _r.organisation_id,
    Axis.COMPOUND: _r.compound,
    # The number carries the local day, which the database could not compute alike on both engines.
    Axis.DAY: func.substr(_r.number, 1, 8),
}


class Figures(Repository):
    """Implements `casework.figures.Figures`."""

    async def tally(self, wanted: RequestFilter, now: datetime) -> Tally:
        """All counts in one pass."""
        query = select(*_counts(late_at(wanted, now))).where(_those(wanted))
        return _tally((await self._run(query)).one())

    async def by(self, axis: Axis, wanted: RequestFilter, now: datetime) -> dict[object, Tally]:
        """All counts for each value of the axis' column."""
        key = _COLUMNS[axis].label("key")
        query = select(key, *_counts(late_at(wanted, now))).where(_those(wanted)).group_by(key)
        rows = (await self._run(query)).all()
        if axis is Axis.DAY:
            return {f"{r.key[:4]}-{r.key[4:6]}-{r.key[6:]}": _tally(r) for r in rows}
        return {row.key: _tally(row) for row in rows}

    async def cross(self, wanted: RequestFilter) -> dict[tuple[str, str], int]:
        """How many of each item in each compound."""
        query = select(_r.compound, _r.item, func.count().label("number")).where(_those(wanted))
        rows = await self._run(query.group_by(_r.compound, _r.item))
        return {(row.compound, row.item): row.number for row in rows}

    async def effort(self, wanted: RequestFilter) -> Effort:
        """Hours of work reports, and stars."""
        ids = select(_r.id).where(_those(wanted))
        hours = select(func.coalesce(func.sum(reports.c.hours), 0.0)).where(
            reports.c.community_id == bindparam("community"), reports.c.request_id.in_(ids)
        )
        stars = select(
            func.count().label("rated"), func.coalesce(func.sum(ratings.c.stars), 0).label("stars")
        )
        given = (await self._run(stars.where(ratings.c.request_id.in_(ids)))).one()
        return Effort(float((await self._run(hours)).scalar() or 0.0), given.rated, int(given.stars))

    async def listed(self, wanted: RequestFilter, limit: int, skip: int = 0) -> list[Request]:
        """Newest first."""
        query = select(requests).where(_those(wanted)).order_by(_r.created_at.desc(), _r.id.desc())
        return [request_of(row) for row in await self._run(query.limit(limit).offset(skip))]


def _those(wanted: RequestFilter) -> ColumnElement[bool]:
    return and_(_r.community_id == bindparam("community"), *conditions(wanted))


def _counts(late: datetime) -> list[ColumnElement[Any]]:
    return [
        func.count().label("total"),
        _count(_r.urgent).label("urgent"),
        _count(one_of(_r.status, OPEN)).label("open"),
        _count(is_late(late)).label("late"),
        _count(one_of(_r.status, {RequestStatus.DONE})).label("done"),
        _count(one_of(_r.status, {RequestStatus.CONFIRMED})).label("confirmed"),
    ]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)


def _tally(row: Row[Any]) -> Tally:
    return Tally(row.total, row.urgent, row.open, row.late, row.done, row.confirmed)
