"""Requests that look alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, select, update

from casework.entities import Request
from casework.together.sameness import OVER, Alike, Verdict
from storage.repositories.base import Repository, chunks, is_id
from storage.repositories.request_rows import request_of
from storage.schema import words
from storage.tables import requests
from storage.tables_sameness import alikes

_a, _r = alikes.c, requests.c
_OURS = select(requests).where(_r.community_id == bindparam("community"))
_AMONG = (
    _OURS.where(
        _r.item == bindparam("its_item"),
        _r.created_at >= bindparam("since"),
        _r.status.not_in(words(*OVER)),
    )
    .order_by(_r.created_at.desc(), _r.id.desc())
    .limit(bindparam("most"))
)
# The partial index is used only where its very words are in the query.
_MERGED = _OURS.where(_r.merged_into.is_not(None))
_PAIRS = select(alikes).where(_a.community_id == bindparam("community"))
_LATER = _PAIRS.where(_a.request_id == bindparam("its_id"))
_EARLIER = _PAIRS.where(_a.other_id == bindparam("its_id"))
_JUDGE = (
    update(alikes)
    .where(
        _a.community_id == bindparam("community"),
        _a.request_id == bindparam("later"),
        _a.other_id == bindparam("earlier"),
    )
    .values(verdict=bindparam("said"))
)


class Alikes(Repository):
    """Implements `casework.sameness.Alikes`."""

    async def among(self, item: str, since: datetime, limit: int = 200) -> list[Request]:
        """Requests of an item that are not over, filed since; newest first."""
        rows = await self._run(_AMONG, its_item=item, since=since, most=limit)
        return [request_of(row) for row in rows]

    async def merged_into(self, request_ids: Iterable[int]) -> list[Request]:
        """Those that were merged into one of these."""
        found: list[Request] = []
        for ids in chunks(request_ids):
            rows = await self._run(_MERGED.where(_r.merged_into.in_(ids)))
            found += [request_of(row) for row in rows]
        return sorted(found, key=lambda r: r.id)

    async def keep(self, alike: Alike) -> bool:
        """False for a pair that is kept already, which is not changed."""
        insert = self._upsert(alikes).on_conflict_do_nothing(index_elements=[_a.request_id, _a.other_id])
        row = {**asdict(alike), "community_id": self._community, "verdict": alike.verdict.value}
        return (await self._connection.execute(insert, row)).rowcount == 1

    async def of_request(self, request_id: int) -> list[Alike]:
        """Pairs in which the request is the earlier or the later; most alike first."""
        if not is_id(request_id):
            return []
        found = [
            Alike(row.request_id, row.other_id, row.likeness, row.at, Verdict(row.verdict))
            for query in (_LATER, _EARLIER)
            for row in await self._run(query, its_id=request_id)
        ]
        return sorted(found, key=lambda a: (-a.likeness, a.request_id, a.other_id))

    async def judge(self, request_id: int, other_id: int, verdict: Verdict) -> bool:
        """False when there is no such pair."""
        if not (is_id(request_id) and is_id(other_id)):
            return False
        result = await self._run(_JUDGE, later=request_id, earlier=other_id, said=verdict.value)
        return result.rowcount == 1
