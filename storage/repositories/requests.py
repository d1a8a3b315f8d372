"""Requests and their history."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, func, select, update

from casework.entities import HistoryEntry, Request
from casework.errors import Conflict
from casework.reports import Found, RequestFilter
from casework.statuses import CLOSED, RequestStatus
from storage.repositories import finding
from storage.repositories.base import LAST_ID, Repository, chunks, inserting, is_id, upserting
from storage.repositories.filtering import conditions
from storage.repositories.records import Records
from storage.repositories.request_rows import entry_of, request_of, row_of, row_of_entry
from storage.schema import words as literals
from storage.tables import counters, has_phone, history, phone_found_by, requests, untaken
from storage.types import keyring_of

_r = requests.c
_OURS = select(requests).where(_r.community_id == bindparam("community"))
_GET = _OURS.where(_r.id == bindparam("id"))
# SQLite's one writer at a time needs no lock, and its dialect leaves the words out.
_GET_LOCKED = _GET.with_for_update()
_BY_NUMBER = _OURS.where(_r.number == bindparam("number"))
_OF_RESIDENT = (
    _OURS.where(_r.resident_id == bindparam("resident")).order_by(_r.id.desc()).limit(bindparam("most"))
)
_LATE = _OURS.where(_r.late_from < bindparam("now")).order_by(_r.late_from, _r.id).limit(bindparam("most"))
_UNTAKEN = _OURS.where(untaken).order_by(_r.created_at, _r.id)
_HISTORIES = select(history).where(history.c.community_id == bindparam("community")).order_by(history.c.id)
_HISTORY = _HISTORIES.where(history.c.request_id == bindparam("id"))
_SAVE = update(requests).where(
    _r.community_id == bindparam("community"), _r.id == bindparam("its_id"), _r.version == bindparam("read")
)
# Ordered by an expression: a phone has few requests, and no other index must be walked to spare their sort.
_BY_PHONE = (
    _OURS.where(has_phone, phone_found_by.in_(bindparam("keys", expanding=True)))
    .order_by(func.coalesce(_r.id, None).desc())
    .limit(bindparam("most"))
)
_SEEN = (
    finding.SEEN.where(_r.community_id == bindparam("community"), _r.id < bindparam("last"))
    .order_by(_r.id.desc())
    .limit(bindparam("most"))
)
#: Words have no index.
FIND_AMONG = 30_000
#: Rows fetched at once while walking through all.
_PAGE = 500


@cache
def _counting(*, postgresql: bool) -> Executable:
    insert = upserting(counters, postgresql=postgresql)
    key, value = [counters.c.community_id, counters.c.day], counters.c.value
    return insert.on_conflict_do_update(index_elements=key, set_={"value": value + 1}).returning(value)


class Requests(Repository):
    """Implements `casework.ports.Requests`."""

    async def next_number(self, day: str) -> str:
        """The next number of the day; others who want one wait until this transaction ends."""
        row = {"community_id": self._community, "day": day, "value": 1}
        value = (await self._write(_counting(postgresql=self._is_postgresql), row)).scalar_one()
        return f"{day}-{value:04d}"

    async def add(self, request: Request, entry: HistoryEntry) -> Request:
        """Insert with its first history row; returns it with its id."""
        new_id = await self._insert(requests, row_of(request))
        await self._write(inserting(history), row_of_entry(entry, new_id))
        return request.with_(id=new_id)

    async def get(self, request_id: int, *, lock: bool = False) -> Request | None:
        """The request with this id in this community; `lock` keeps others from moving it until the end."""
        if not is_id(request_id):
            return None
        return await self._one(_GET_LOCKED if lock else _GET, id=request_id)

    async def by_number(self, number: str) -> Request | None:
        """The request with this number."""
        return await self._one(_BY_NUMBER, number=finding.clean(number))

    async def save(self, request: Request, entry: HistoryEntry | None = None) -> None:
        """Write if nobody else wrote since it was read. Raises Conflict."""
        result = await self._run(_SAVE, its_id=request.id, read=request.version - 1, **row_of(request))
        if result.rowcount != 1:
            raise Conflict(number=request.number)
        if entry is None:
            return
        await self._write(inserting(history), row_of_entry(entry, request.id))
        if request.organisation_id and entry.to_status != entry.from_status:
            await Records(self._scope).moved(request.organisation_id, entry.from_status, entry.to_status)

    async def history(self, request_id: int) -> list[HistoryEntry]:
        """Oldest first."""
        return [entry_of(row) for row in await self._run(_HISTORY, id=request_id)]

    async def histories(self, request_ids: Iterable[int]) -> dict[int, list[HistoryEntry]]:
        """The histories of many requests, each oldest first."""
        found: dict[int, list[HistoryEntry]] = {}
        for ids in chunks(request_ids):
            for row in await self._run(_HISTORIES.where(history.c.request_id.in_(ids))):
                found.setdefault(row.request_id, []).append(entry_of(row))
        return found

    async def of_resident(
        self, resident_id: int, *, open_only: bool = False, limit: int = 20
    ) -> list[Request]:
        """Newest first."""
        query = _OF_RESIDENT.where(_r.status.not_in(literals(*CLOSED))) if open_only else _OF_RESIDENT
        return await self._all(query, resident=resident_id, most=limit)

    async def of_organisations(
        self, organisation_ids: Iterable[int], statuses: Iterable[RequestStatus], limit: int = 50
    ) -> list[Request]:
        """Oldest first."""
        found: list[Request] = []
        codes = [status.value for status in statuses]
        for ids in chunks(organisation_ids):
            query = _OURS.where(_r.organisation_id.in_(ids), _r.status.in_(codes))
            # Ordered by an expression, lest SQLite walk through all requests by time to spare a small sort.
            found += await self._all(query.order_by(func.coalesce(_r.created_at, None), _r.id).limit(limit))
        return sorted(found, key=lambda r: (r.created_at, r.id))[:limit]

    async def with_status(self, statuses: Iterable[RequestStatus], limit: int = 50) -> list[Request]:
        """Urgent first, then oldest."""
        query = _OURS.where(_r.status.in_([status.value for status in statuses]))
        return await self._all(query.order_by(_r.urgent.desc(), _r.created_at, _r.id).limit(limit))

    async def late(self, now: datetime, limit: int = 50) -> list[Request]:
        """Most late first; what is done or waits for the resident is not late."""
        return await self._all(_LATE, now=now, most=limit)

    async def untaken_emergencies(self) -> list[Request]:
        """Urgent requests that no human and no organisation has taken, oldest first."""
        return await self._all(_UNTAKEN)

    async def find(self, text: str, limit: int = 20, before: int | None = None) -> Found:
        """By number or phone if any has it; else every word must be found somewhere. Newest first.

        Words are looked for in the newest `FIND_AMONG` requests, or in as many `before` that id.
        """
        exact = finding.number_or_phone(text)
        if exact is not None:
            by_number, phones = exact
            found = await self._all(_OURS.where(by_number).order_by(_r.number.desc()).limit(limit))
            keys = [key for phone in phones for key in self._search_keys(_r.phone_key, phone)]
            found = found or await self._all(_BY_PHONE, keys=keys, most=limit)
            if found:
                return Found(found)
        words = finding.anywhere(text)
        return await self._find_words(words, limit, before) if words else Found([])

    async def _find_words(self, words: Sequence[finding.Test], limit: int, before: int | None) -> Found:
        """Most columns are sealed, so that only this program can look into them; page by page."""
        last, looked, ids = LAST_ID if before is None else before, 0, list[int]()
        ring = keyring_of(self._connection.dialect)
        while looked < FIND_AMONG and len(ids) < limit:
            rows = (await self._run(_SEEN, last=last, most=min(_PAGE, FIND_AMONG - looked))).all()
            if not rows:
                return Found(await self._newest(ids))
            seen = (finding.Seen(row, ring) for row in rows)
            ids += [one.id for one in seen if all(test(one) for test in words)]
            looked, last = looked + len(rows), rows[-1].id
            # Others have their turn between two pages.
            await asyncio.sleep(0)
        ids = ids[:limit]
        found = await self._newest(ids)
        if len(found) == limit:
            return Found(found, found[-1].id, found[-1].created_at)
        oldest = await self.get(last)
        return Found(found, oldest.id, oldest.created_at) if oldest else Found(found)

    async def _newest(self, ids: list[int]) -> list[Request]:
        return await self._all(_OURS.where(_r.id.in_(ids)).order_by(_r.id.desc())) if ids else []

    async def pages(self, wanted: RequestFilter) -> AsyncIterator[list[Request]]:
        """All that match, oldest first, page by page."""
        query = _OURS.where(*conditions(wanted)).order_by(_r.id).limit(_PAGE)
        last = 0
        while page := await self._all(query.where(_r.id > last)):
            yield page
            last = page[-1].id

    async def _one(self, query: Executable, **parameters: Any) -> Request | None:
        row = (await self._run(query, **parameters)).first()
        return None if row is None else request_of(row)

    async def _all(self, query: Executable, **parameters: Any) -> list[Request]:
        return [request_of(row) for row in await self._run(query, **parameters)]
