"""The counts of `/stats`, all by SQL over the requests created in a span."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.reports import Statistics
from casework.statuses import OfferStatus, RequestStatus
from storage.tables import offers, requests
from storage.tables_notes import ratings, reports

_r = requests.c
_SATISFIED_FROM = 4


async def collect(
    connection: AsyncConnection,
    community_id: str,
    since: datetime,
    until: datetime,
    now: datetime | None = None,
) -> Statistics:
    """Of requests created in `since <= created_at < until`.

    Late is what was done after its promised time, or was due before `until` (and before `now`, for
    nobody is late for an end that has not come) and is not done. Asked are
    those whose resident was asked whether it is solved, solved those confirmed. Dispatched are those
    offered to somebody, answered in time those where somebody said yes or no before the first offer ended.
    """
    span = and_(_r.community_id == community_id, _r.created_at >= since, _r.created_at < until)
    totals = (await connection.execute(_totals(span, min(until, now or until)))).one()
    answered = (await connection.execute(_answers(span))).one()
    stars = (await connection.execute(_stars(span))).one()
    hours = select(func.coalesce(func.sum(reports.c.hours), 0.0)).where(reports.c.request_id.in_(_ids(span)))
    by_organisation = await _by(connection, span & _r.organisation_id.is_not(None), _r.organisation_id)
    by_day = await _by(connection, span, func.substr(_r.number, 1, 8))
    return Statistics(
        total=totals.total,
        urgent=totals.urgent,
        late=totals.late,
        by_status=await _by(connection, span, _r.status),
        by_item=await _by(connection, span, _r.item),
        by_category=await _by(connection, span, _r.category),
        by_organisation=by_organisation,
        # The number carries the local day, which the database could not compute alike on both engines.
        by_day={f"{day[:4]}-{day[4:6]}-{day[6:]}": count for day, count in sorted(by_day.items())},
        answered_in_time=answered.in_time,
        dispatched=answered.dispatched,
        solved=totals.solved,
        asked=totals.asked,
        satisfied=stars.satisfied,
        rated=stars.rated,
        stars_sum=stars.stars_sum,
        hours=float(await connection.scalar(hours.where(reports.c.community_id == community_id)) or 0.0),
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)


def _ids(span: ColumnElement[bool]) -> Any:
    return select(_r.id).where(span)


def _totals(span: ColumnElement[bool], until: datetime) -> Any:
    return select(
        func.count().label("total"),
        _count(_r.urgent).label("urgent"),
        _count((_r.done_at > _r.resolve_due) | (_r.done_at.is_(None) & (_r.late_from < until))).label("late"),
        _count(_r.status == RequestStatus.CONFIRMED.value).label("solved"),
        _count(_r.done_at.is_not(None)).label("asked"),
    ).where(span)


def _answers(span: ColumnElement[bool]) -> Any:
    said = offers.c.status.in_([OfferStatus.ACCEPTED.value, OfferStatus.DECLINED.value])
    first = (
        select(
            func.min(offers.c.expires_at).label("due"),
            func.min(case((said, offers.c.decided_at))).label("answered"),
        )
        .where(offers.c.request_id.in_(_ids(span)))
        .group_by(offers.c.request_id)
        .subquery()
    )
    return select(
        func.count().label("dispatched"), _count(first.c.answered <= first.c.due).label("in_time")
    ).select_from(first)


def _stars(span: ColumnElement[bool]) -> Any:
    stars = ratings.c.stars
    return select(
        func.count().label("rated"),
        func.coalesce(func.sum(stars), 0).label("stars_sum"),
        _count(stars >= _SATISFIED_FROM).label("satisfied"),
    ).where(ratings.c.request_id.in_(_ids(span)))


async def _by(connection: AsyncConnection, span: ColumnElement[bool], column: Any) -> dict[Any, int]:
    key = column.label("key")
    rows = await connection.execute(select(key, func.count().label("number")).where(span).group_by(key))
    return {row.key: row.number for row in rows}
