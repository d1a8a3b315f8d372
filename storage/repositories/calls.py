"""The call-back list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select, update

from casework.books.calls import Call, CallCounts, CallOutcome, CallReason
from storage.repositories.base import Repository, chunks, is_id
from storage.repositories.records import Records
from storage.tables import requests
from storage.tables_ledgers import call_waits, calls

_c = calls.c
_OURS = select(calls).where(_c.community_id == bindparam("community"))
_GET = _OURS.where(_c.id == bindparam("its_id"))
_WAITING_OF = _OURS.where(_c.request_id == bindparam("request"), call_waits)
_DUE = (
    _OURS.where(call_waits, _c.due_at <= bindparam("now")).order_by(_c.due_at, _c.id).limit(bindparam("most"))
)
_COUNTS = select(
    func.coalesce(func.sum(case((_c.due_at <= bindparam("now"), 1), else_=0)), 0).label("due"),
    func.count().label("every"),
).where(_c.community_id == bindparam("community"), call_waits)
_ITS = (_c.community_id == bindparam("community"), _c.id == bindparam("its_id"))
_NOTE = update(calls).where(*_ITS).values(words=bindparam("said"))
_LAST = _OURS.where(_c.request_id == bindparam("request")).order_by(_c.id.desc()).limit(1)
_ORGANISATION = select(requests.c.organisation_id).where(
    requests.c.community_id == bindparam("community"), requests.c.id == bindparam("request")
)


class Calls(Repository):
    """Implements `casework.calls.Calls`."""

    async def add(self, call: Call) -> Call | None:
        """Insert (the id given is ignored); None when one waits for the request already."""
        insert = (
            self._upsert(calls)
            .on_conflict_do_nothing(index_elements=[_c.request_id], index_where=call_waits)
            .returning(_c.id)
        )
        new_id = (await self._connection.execute(insert, self._row(call))).scalar()
        return None if new_id is None else replace(call, id=new_id)

    async def get(self, call_id: int) -> Call | None:
        """The entry with this id."""
        row = (await self._run(_GET, its_id=call_id)).first() if is_id(call_id) else None
        return None if row is None else _call(row)

    async def waiting_of(self, request_id: int) -> Call | None:
        """The entry of this request that waits."""
        row = (await self._run(_WAITING_OF, request=request_id)).first()
        return None if row is None else _call(row)

    async def of_requests(self, request_ids: Iterable[int]) -> dict[int, list[Call]]:
        """All entries of those requests that have any, oldest first."""
        found: dict[int, list[Call]] = {}
        for ids in chunks(request_ids):
            for row in await self._run(_OURS.where(_c.request_id.in_(ids)).order_by(_c.id)):
                found.setdefault(row.request_id, []).append(_call(row))
        return found

    async def due(self, now: datetime, limit: int = 50) -> list[Call]:
        """Whom to ring now; who has waited longest first."""
        return [_call(row) for row in await self._run(_DUE, now=now, most=limit)]

    async def counts(self, now: datetime) -> CallCounts:
        """How many wait."""
        row = (await self._run(_COUNTS, now=now)).one()
        return CallCounts(row.due, row.every - row.due)

    async def save(self, call: Call) -> bool:
        """Write one that waits; False when it is decided already. Who cannot be reached was not asked."""
        change = update(calls).where(*_ITS, call_waits).values(self._row(call))
        written = (await self._run(change, its_id=call.id)).rowcount == 1
        if written and call.outcome is CallOutcome.UNREACHABLE:
            await self._asked(call.request_id, -1)
        return written

    async def note(self, call_id: int, words: str) -> None:
        """Keep the remarks of a call, in the place of earlier ones."""
        await self._run(_NOTE, its_id=call_id, said=words)

    async def answered(self, request_id: int, at: datetime) -> None:
        """The resident spoke in the chat: the entry that waits is over; who was unreachable is reached."""
        row = (await self._run(_LAST, request=request_id)).first()
        if row is None or row.outcome not in (None, CallOutcome.UNREACHABLE.value):
            return
        over = {"outcome": CallOutcome.ANSWERED.value, "decided_at": at}
        await self._run(update(calls).where(*_ITS).values(over), its_id=row.id)
        if row.outcome is not None:
            await self._asked(request_id, 1)

    async def _asked(self, request_id: int, change: int) -> None:
        organisation = (await self._run(_ORGANISATION, request=request_id)).scalar()
        if organisation:
            await Records(self._scope).asked(organisation, change)

    def _row(self, call: Call) -> dict[str, Any]:
        row = {**asdict(call), "community_id": self._community, "reason": call.reason.value}
        row["outcome"] = call.outcome.value if call.outcome else None
        del row["id"]
        return row


def _call(row: Row[Any]) -> Call:
    outcome = CallOutcome(row.outcome) if row.outcome else None
    return Call(**{**row._mapping, "reason": CallReason(row.reason), "outcome": outcome})
