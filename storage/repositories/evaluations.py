"""Evaluation rounds, forms and results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from casework.entities import Request
from casework.judging.evaluation import Form, Grade, Party, Result, Round, Services
from casework.statuses import RequestStatus
from storage.repositories.base import is_id
from storage.repositories.experts import Experts
from storage.repositories.request_rows import request_of
from storage.schema import one_of
from storage.tables import organisations, requests
from storage.tables_judgement import forms, presences, results, round_open, rounds

_d, _f, _s, _r = rounds.c, forms.c, results.c, requests.c
_OURS = select(rounds).where(_d.community_id == bindparam("community"))
_CURRENT = _OURS.where(round_open)
_GET = _OURS.where(_d.id == bindparam("its_id"))
_CLOSED = _OURS.where(_d.closed_at > bindparam("since")).order_by(_d.closed_at.desc(), _d.id.desc()).limit(1)
_ALL_CLOSED = (
    _OURS.where(_d.closed_at.is_not(None))
    .order_by(_d.closed_at.desc(), _d.id.desc())
    .limit(bindparam("most"))
)
_CLOSE = (
    update(rounds)
    .where(_d.community_id == bindparam("community"), _d.id == bindparam("its_id"), round_open)
    .values(closed_at=bindparam("end"))
)
_FORM_KEY = [_f.round_id, _f.organisation_id, _f.party, _f.person_id]
_FORMS = (
    select(forms)
    .where(_f.community_id == bindparam("community"), _f.round_id == bindparam("of_round"))
    .order_by(_f.organisation_id, _f.party, _f.person_id)
)
_OF_PERSON = _FORMS.where(_f.party == bindparam("its_party"), _f.person_id == bindparam("person"))
_FORM = _FORMS.where(
    _f.organisation_id == bindparam("organisation"),
    _f.party == bindparam("its_party"),
    _f.person_id == bindparam("person"),
)
_RESULTS = (
    select(results)
    .where(_s.community_id == bindparam("community"), _s.round_id == bindparam("of_round"))
    .order_by(_s.rank.is_(None), _s.rank, _s.organisation_id)
)
_is_confirmed = one_of(_r.status, {RequestStatus.CONFIRMED})
_CONFIRMED = (
    select(requests)
    .where(_r.community_id == bindparam("community"), _is_confirmed, _r.created_at >= bindparam("since"))
    .order_by(_r.created_at.desc())
    .limit(bindparam("most"))
)
_did = (
    select(func.count())
    .where(
        _r.community_id == organisations.c.community_id,
        _r.organisation_id == organisations.c.id,
        _is_confirmed,
        _r.created_at >= bindparam("since"),
    )
    .scalar_subquery()
)
_SERVICES = (
    select(organisations.c.id, _did.label("confirmed"), presences.c.first_seen_at)
    .join(presences, presences.c.organisation_id == organisations.c.id, isouter=True)
    .where(organisations.c.community_id == bindparam("community"))
)


class Evaluations(Experts):
    """Implements `casework.evaluation.Evaluations`."""

    async def open_round(self, opened: Round) -> Round | None:
        """Insert (the id given is ignored); None while another round is open."""
        insert = (
            self._upsert(rounds)
            .on_conflict_do_nothing(index_elements=[_d.community_id], index_where=round_open)
            .returning(_d.id)
        )
        row = {
            "community_id": self._community,
            "title": opened.title,
            "since": opened.since,
            "opened_at": opened.opened_at,
            "opened_by": opened.opened_by,
        }
        new_id = (await self._connection.execute(insert, row)).scalar()
        return None if new_id is None else replace(opened, id=new_id)

    async def current(self) -> Round | None:
        """The open round."""
        row = (await self._run(_CURRENT)).first()
        return None if row is None else _round(row)

    async def round(self, round_id: int) -> Round | None:
        """The round with this id in this community."""
        row = (await self._run(_GET, its_id=round_id)).first() if is_id(round_id) else None
        return None if row is None else _round(row)

    async def latest_closed(self) -> Round | None:
        """The one that closed last."""
        return await self._closed_since(_LONG_AGO)

    async def closed_rounds(self, limit: int = 4) -> list[Round]:
        """Newest first."""
        return [_round(row) for row in await self._run(_ALL_CLOSED, most=limit)]

    async def _closed_since(self, since: datetime) -> Round | None:
        row = (await self._run(_CLOSED, since=since)).first()
        return None if row is None else _round(row)

    async def close(self, round_id: int, at: datetime, found: Iterable[Result]) -> bool:
        """Keep the results; False when somebody else has closed it."""
        if (await self._run(_CLOSE, its_id=round_id, end=at)).rowcount != 1:
            return False
        rows = [_result_row(result) for result in found]
        if rows:
            await self._connection.execute(results.insert(), rows)
        return True

    async def keep(self, form: Form) -> None:
        """One form a person, party and organisation in a round: the newer takes the place of the older."""
        insert = self._upsert(forms)
        new = {"scores": insert.excluded.scores, "at": insert.excluded.at}
        upsert = insert.on_conflict_do_update(index_elements=_FORM_KEY, set_=new)
        await self._connection.execute(upsert, _form_row(form))

    async def ask(self, form: Form) -> bool:
        """Note that somebody was asked; False when there is a form already."""
        insert = self._upsert(forms).on_conflict_do_nothing(index_elements=_FORM_KEY)
        return (await self._connection.execute(insert, _form_row(form))).rowcount == 1

    async def form(self, round_id: int, organisation_id: int, party: Party, person_id: int) -> Form | None:
        """What this person said of this organisation, or that they were asked."""
        if not (is_id(round_id) and is_id(organisation_id)):
            return None
        of = {"of_round": round_id, "organisation": organisation_id, "person": person_id}
        row = (await self._run(_FORM, its_party=party.value, **of)).first()
        return None if row is None else _form(row)

    async def forms(self, round_id: int) -> list[Form]:
        """All of a round, also those that were only asked for."""
        return [_form(row) for row in await self._run(_FORMS, of_round=round_id)]

    async def forms_of(self, round_id: int, party: Party, person_id: int) -> dict[int, Form]:
        """What one person said in a round, by organisation."""
        rows = await self._run(_OF_PERSON, of_round=round_id, its_party=party.value, person=person_id)
        return {row.organisation_id: _form(row) for row in rows}

    async def results(self, round_id: int) -> list[Result]:
        """By rank."""
        if not is_id(round_id):
            return []
        return [_result(row) for row in await self._run(_RESULTS, of_round=round_id)]

    async def grades(self, since: datetime) -> dict[int, Grade]:
        """By organisation, of the latest round that closed after `since`."""
        latest = await self._closed_since(since)
        found = [] if latest is None else await self.results(latest.id)
        return {result.organisation_id: result.grade for result in found if result.grade is not None}

    async def confirmed_since(self, since: datetime, limit: int = 500) -> list[Request]:
        """The newest confirmed requests created since then."""
        return [request_of(row) for row in await self._run(_CONFIRMED, since=since, most=limit)]

    async def services(self, since: datetime) -> dict[int, Services]:
        """Of every organisation: requests created since then and confirmed."""
        rows = await self._run(_SERVICES, since=since)
        return {row.id: Services(row.confirmed, row.first_seen_at) for row in rows}


_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _round(row: Row[Any]) -> Round:
    return Round(row.id, row.community_id, row.title, row.since, row.opened_at, row.opened_by, row.closed_at)


def _form(row: Row[Any]) -> Form:
    scores = {str(name): int(score) for name, score in row.scores.items()}
    party = Party(row.party)
    return Form(row.round_id, row.community_id, row.organisation_id, party, row.person_id, scores, row.at)


def _form_row(form: Form) -> dict[str, Any]:
    return {
        "community_id": form.community_id,
        "round_id": form.round_id,
        "organisation_id": form.organisation_id,
        "party": form.party.value,
        "person_id": form.person_id,
        "scores": dict(form.scores),
        "at": form.at,
    }


def _result(row: Row[Any]) -> Result:
    return Result(
        row.round_id,
        row.community_id,
        row.organisation_id,
        row.points,
        row.voices,
        row.total,
        row.rank,
        None if row.grade is None else Grade(row.grade),
        row.services,
        row.few,
    )


def _result_row(result: Result) -> dict[str, Any]:
    return {
        "community_id": result.community_id,
        "round_id": result.round_id,
        "organisation_id": result.organisation_id,
        "points": dict(result.points),
        "voices": dict(result.voices),
        "total": result.total,
        "rank": result.rank,
        "grade": None if result.grade is None else result.grade.value,
        "services": result.services,
        "few": result.few,
    }
