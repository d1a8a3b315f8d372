"""Notes, work reports and ratings of requests, and offers to help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from casework.books.rates import SATISFIED_FROM
from casework.entities import Note, Rating, Volunteer, WorkReport
from casework.statuses import NoteKind
from storage.repositories.base import Repository, chunks, inserting, is_id
from storage.repositories.records import Records
from storage.tables import requests
from storage.tables_notes import notes, ratings, reports, volunteers

_NOTES = (
    select(notes)
    .where(notes.c.community_id == bindparam("community"), notes.c.request_id == bindparam("id"))
    .order_by(notes.c.id)
)
_ITS = (notes.c.community_id == bindparam("community"), notes.c.id == bindparam("its_id"))
_NOTE = select(notes).where(*_ITS)
_CORRECT = update(notes).where(*_ITS).values(text=bindparam("words"))
_REPORT = (
    select(reports)
    .where(reports.c.community_id == bindparam("community"), reports.c.request_id == bindparam("id"))
    .order_by(reports.c.id.desc())
    .limit(1)
)
_RATINGS = select(ratings).where(ratings.c.community_id == bindparam("community"))
_RATING = _RATINGS.where(ratings.c.request_id == bindparam("id"))
_RATED_BEFORE = (
    select(requests.c.organisation_id, ratings.c.stars)
    .join_from(requests, ratings, ratings.c.request_id == requests.c.id, isouter=True)
    .where(requests.c.community_id == bindparam("community"), requests.c.id == bindparam("id"))
    .with_for_update(of=requests)
)


class Notes(Repository):
    """Implements `casework.ports.Notes`."""

    async def add(self, note: Note) -> Note:
        """Insert (the id given is ignored); returns it with its id."""
        row = {**asdict(note), "community_id": self._community, "kind": note.kind.value}
        del row["id"]
        return replace(note, id=await self._insert(notes, row))

    async def get(self, note_id: int) -> Note | None:
        """The note with this id in this community."""
        row = (await self._run(_NOTE, its_id=note_id)).first() if is_id(note_id) else None
        return None if row is None else _note(row)

    async def correct(self, note_id: int, text: str) -> None:
        """Other words in the place of the old ones."""
        await self._run(_CORRECT, its_id=note_id, words=text)

    async def of_request(self, request_id: int) -> list[Note]:
        """Oldest first."""
        return [_note(row) for row in await self._run(_NOTES, id=request_id)]

    async def add_report(
        self, request_id: int, organisation_id: int, report: WorkReport, at: datetime
    ) -> None:
        """What a lead says when finished; an earlier one is kept."""
        of = {"community_id": self._community, "request_id": request_id, "organisation_id": organisation_id}
        await self._write(inserting(reports), {**asdict(report), **of, "at": at})

    async def report(self, request_id: int) -> WorkReport | None:
        """The latest."""
        row = (await self._run(_REPORT, id=request_id)).first()
        return None if row is None else WorkReport(row.hours, row.people, row.words, row.photo)

    async def rate(self, rating: Rating) -> None:
        """Insert or replace the rating of a request, and correct its organisation's record."""
        before = (await self._run(_RATED_BEFORE, id=rating.request_id)).first()
        row = {**asdict(rating), "community_id": self._community}
        insert = self._upsert(ratings)
        changed = {name: insert.excluded[name] for name in ("stars", "reasons", "words", "at")}
        upsert = insert.on_conflict_do_update(index_elements=[ratings.c.request_id], set_=changed)
        await self._connection.execute(upsert, row)
        if before and before.organisation_id:
            new = before.stars is None
            stars = rating.stars - (0 if new else before.stars)
            was_good = not new and before.stars >= SATISFIED_FROM
            good = int(rating.stars >= SATISFIED_FROM) - int(was_good)
            await Records(self._scope).rated(before.organisation_id, stars, int(new), good)

    async def rating(self, request_id: int) -> Rating | None:
        """The rating of a request."""
        row = (await self._run(_RATING, id=request_id)).first()
        return None if row is None else _rating(row)

    async def ratings(self, request_ids: Iterable[int]) -> dict[int, Rating]:
        """The ratings of those requests that have one."""
        found: dict[int, Rating] = {}
        for ids in chunks(request_ids):
            rows = await self._run(_RATINGS.where(ratings.c.request_id.in_(ids)))
            found |= {row.request_id: _rating(row) for row in rows}
        return found

    async def add_volunteer(self, volunteer: Volunteer) -> None:
        """Somebody offered to help."""
        row = {**asdict(volunteer), "community_id": self._community}
        await self._write(inserting(volunteers), row)


def _note(row: Row[Any]) -> Note:
    return Note(**{**row._mapping, "kind": NoteKind(row.kind)})


def _rating(row: Row[Any]) -> Rating:
    return Rating(row.request_id, row.community_id, row.stars, tuple(row.reasons), row.at, row.words)
