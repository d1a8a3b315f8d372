"""The three rates by SQL; what each of them means is said in `casework.books.rates`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from casework.books.calls import CallOutcome
from casework.books.rates import SATISFIED_FROM, Rate, RateKind, Rates
from casework.entities import Request
from casework.reports import RequestFilter
from casework.statuses import OfferStatus, RequestStatus
from storage.repositories.base import Repository
from storage.repositories.filtering import conditions
from storage.repositories.request_rows import request_of
from storage.tables import offers, requests
from storage.tables_ledgers import calls
from storage.tables_notes import ratings

_r, _o = requests.c, offers.c
_SAID = _o.status.in_([OfferStatus.ACCEPTED.value, OfferStatus.DECLINED.value])
#: What was taken back before its end says nothing of who was asked.
_STOOD = or_(_o.status != OfferStatus.WITHDRAWN.value, _o.decided_at > _o.expires_at)
_UNREACHABLE = exists().where(calls.c.request_id == _r.id, calls.c.outcome == CallOutcome.UNREACHABLE.value)
_ASKED = and_(or_(_r.done_at.is_not(None), _r.reopened > 0), ~_UNREACHABLE)
_SOLVED = _r.status == RequestStatus.CONFIRMED.value
_SATISFIED = ratings.c.stars >= SATISFIED_FROM

#: (request or organisation, counted in the numerator): a row for each of the denominator.
Counted = Select[Any]


class RateCounts(Repository):
    """Implements `casework.rates.RateFinder`."""

    async def of(self, wanted: RequestFilter, now: datetime) -> Rates:
        """Of all that match; what ends after `now` is not known yet."""
        return Rates(
            await self._rate(_response(wanted, now)),
            await self._rate(_solved(wanted)),
            await self._rate(_satisfied(wanted)),
        )

    async def by_organisation(self, wanted: RequestFilter, now: datetime) -> dict[int, Rates]:
        """Of each organisation that was asked or has worked; the others are missing."""
        found: dict[int, Rates] = {}
        every = {
            RateKind.RESPONSE: _offered(wanted, now),
            RateKind.SOLVED: _solved(wanted),
            RateKind.SATISFIED: _satisfied(wanted),
        }
        for kind, counted in every.items():
            for organisation_id, rate in (await self._each(counted)).items():
                before = found.get(organisation_id, Rates())
                found[organisation_id] = replace(before, **{kind.value: rate})
        return found

    async def behind(
        self,
        kind: RateKind,
        wanted: RequestFilter,
        now: datetime,
        *,
        counted: bool | None = None,
        limit: int = 20,
        after: int = 0,
    ) -> list[Request]:
        """The requests of the denominator, by id: all, or those that are (or are not) in the numerator."""
        every = {
            RateKind.RESPONSE: _response(wanted, now),
            RateKind.SOLVED: _solved(wanted),
            RateKind.SATISFIED: _satisfied(wanted),
        }[kind].subquery()
        ids = select(every.c.request_id)
        if counted is not None:
            ids = ids.where(every.c.good == int(counted))
        query = select(requests).where(_ours(), _r.id.in_(ids), _r.id > after).order_by(_r.id).limit(limit)
        return [request_of(row) for row in await self._run(query)]

    async def _rate(self, counted: Counted) -> Rate:
        rows = counted.subquery()
        query = select(*_sums(rows))
        row = (await self._run(query)).one()
        return Rate(int(row.good), row.every)

    async def _each(self, counted: Counted) -> dict[int, Rate]:
        rows = counted.subquery()
        key = rows.c.organisation_id
        query = select(key, *_sums(rows)).where(key.is_not(None)).group_by(key)
        return {row.organisation_id: Rate(int(row.good), row.every) for row in await self._run(query)}


def _sums(rows: Subquery) -> list[ColumnElement[Any]]:
    good = func.coalesce(func.sum(rows.c.good), 0).label("good")
    return [good, func.count(rows.c.request_id).label("every")]


def _ours() -> ColumnElement[bool]:
    return _r.community_id == bindparam("community")


def _good(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(case((condition, 1), else_=0), Integer).label("good")


def _response(wanted: RequestFilter, now: datetime) -> Counted:
    """A row a request; of one organisation a row for each of its offers."""
    if wanted.organisation_id:
        return _offered(wanted, now).where(_o.organisation_id == wanted.organisation_id)
    due, answered = func.min(_o.expires_at), func.min(case((_SAID, _o.decided_at)))
    return (
        select(_o.request_id, _good(answered <= due))
        .join_from(offers, requests, _r.id == _o.request_id)
        .where(_ours(), *conditions(wanted), _STOOD)
        .group_by(_o.request_id)
        .having(or_(answered.is_not(None), due <= now))
    )


def _offered(wanted: RequestFilter, now: datetime) -> Counted:
    """A row for each offer whose end is known."""
    every = conditions(replace(wanted, organisation_id=None))
    return (
        select(_o.request_id, _o.organisation_id, _good(and_(_SAID, _o.decided_at <= _o.expires_at)))
        .join_from(offers, requests, _r.id == _o.request_id)
        .where(_ours(), *every, _STOOD, or_(_SAID, _o.expires_at <= now))
    )


def _solved(wanted: RequestFilter) -> Counted:
    return select(_r.id.label("request_id"), _r.organisation_id, _good(_SOLVED)).where(
        _ours(), *conditions(wanted), _ASKED
    )


def _satisfied(wanted: RequestFilter) -> Counted:
    return (
        select(_r.id.label("request_id"), _r.organisation_id, _good(_SATISFIED))
        .join_from(requests, ratings, ratings.c.request_id == _r.id)
        .where(_ours(), *conditions(wanted))
    )
