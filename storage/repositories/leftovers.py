"""What is left of somebody in large tables after they were forgotten: looked through some rows at a time."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, func, or_, select, update

from storage.personal import PARTS, Part
from storage.repositories.base import Repository
from storage.schema import one_of
from storage.tables_delivery import BLOCKED, DEAD, DONE, SENT, files, inbox, outbox
from storage.tables_keeping import sweeps

#: Ids that one bite goes over; of messages fewer, for each is opened and read.
_IDS, _MESSAGES = 5000, 500
_LARGE = tuple(part for part in PARTS if part.large)
_TABLES: tuple[Table, ...] = (*(part.table for part in _LARGE), inbox, outbox)
_its = (sweeps.c.community_id == bindparam("community"), sweeps.c.name == bindparam("its_name"))

Bite = Callable[[Row[Any], int], Awaitable[tuple[int, int]]]


class Leftovers(Repository):
    """One walk goes through `_TABLES` one after the other; it ends where each ended when it began, so that
    somebody who comes back is a new person."""

    async def last_ids(self) -> list[int]:
        """Where each table ends now."""
        last = []
        for table in _TABLES:
            query = select(func.max(table.c.id)).where(table.c.community_id == bindparam("community"))
            last.append((await self._run(query)).scalar() or 0)
        return last

    async def bite(self, name: str, alias: int) -> bool:
        """Look through the next rows; False when there is nothing left to look through."""
        sweep = (await self._run(select(sweeps).where(*_its).with_for_update(), its_name=name)).first()
        if sweep is None:
            return False
        if sweep.stage >= len(_TABLES):
            await self._run(delete(sweeps).where(*_its), its_name=name)
            return False
        table, end = _TABLES[sweep.stage], sweep.facts["last"][sweep.stage]
        first, last = sweep.cursor + 1, sweep.cursor + (_MESSAGES if table in (inbox, outbox) else _IDS)
        if table is inbox:
            touched = await self._inbox(sweep.facts, first, min(last, end))
        elif table is outbox:
            touched = await self._outbox(sweep.facts, first, min(last, end), alias)
        else:
            touched = await self._acts(_LARGE[sweep.stage], sweep.facts, first, min(last, end), alias)
        over = last >= end
        further = {"stage": sweep.stage + over, "cursor": 0 if over else last}
        moved = update(sweeps).where(*_its).values(**further, touched=sweeps.c.touched + touched)
        await self._run(moved, its_name=name)
        return True

    async def _acts(self, part: Part, facts: dict[str, Any], first: int, last: int, alias: int) -> int:
        table, touched = part.table, 0
        for column in part.acts:
            those = (
                table.c.community_id == bindparam("community"),
                table.c.id.between(first, last),
                table.c[column] == facts["person"],
            )
            if part.role:
                said = update(table).where(*those, table.c[part.role] == "resident")
                touched += (await self._run(said.values({**part.said, column: alias}))).rowcount
            if not facts["works"]:
                touched += (await self._run(update(table).where(*those).values({column: alias}))).rowcount
        return touched

    async def _inbox(self, facts: dict[str, Any], first: int, last: int) -> int:
        """What they wrote, also in groups; that the update was handled stays, for it may come again."""
        handled = (inbox.c.community_id == bindparam("community"), inbox.c.id.between(first, last))
        rows = await self._run(
            select(inbox.c.id, inbox.c.chat_id, inbox.c.update_id, inbox.c.raw).where(
                *handled, one_of(inbox.c.status, {DONE, DEAD})
            )
        )
        gone = [row for row in rows if row.chat_id == facts["person"] or _writer(row.raw) == facts["person"]]
        for row in gone:
            blank = update(inbox).where(inbox.c.community_id == bindparam("community"), inbox.c.id == row.id)
            await self._run(blank.values(raw={"update_id": row.update_id}, chat_id=None, error=""))
        return len(gone)

    async def _outbox(self, facts: dict[str, Any], first: int, last: int, alias: int) -> int:
        """What they were told, and what others were told of them. Keys stay: nothing is said twice."""
        columns = (outbox.c.id, outbox.c.chat_id, outbox.c.payload, outbox.c.key, outbox.c.reveals)
        sent = select(*columns).where(
            outbox.c.community_id == bindparam("community"),
            outbox.c.id.between(first, last),
            or_(
                one_of(outbox.c.status, {SENT, DEAD, BLOCKED}),
                # What still waits for others is news to them; what waits for the person is none any more.
                outbox.c.chat_id == facts["person"],
            ),
        )
        touched, ids = 0, set(facts["requests"])
        for row in (await self._run(sent)).all():
            theirs = row.chat_id == facts["person"]
            if not (theirs or row.reveals in ids or _names(row.payload, facts["secrets"])):
                continue
            touched += 1
            # What had not been sent cannot be any more.
            changes: dict[str, Any] = {"payload": {}, "error": "", "status": SENT, "has_file": False}
            if theirs:
                key = row.key and row.key.replace(str(row.chat_id), str(alias))
                changes |= {"chat_id": alias, "key": key}
            its = update(outbox).where(outbox.c.community_id == bindparam("community"), outbox.c.id == row.id)
            await self._run(its.values(**changes))
            await self._run(delete(files).where(files.c.outbox_id == row.id))
        return touched


def _writer(raw: Any) -> Any:
    """Who caused an update."""
    for event in raw.values() if isinstance(raw, dict) else ():
        if isinstance(event, dict) and isinstance(sender := event.get("from"), dict):
            return sender.get("id")
    return None


def _names(payload: Any, secrets: list[str]) -> bool:
    text = json.dumps(payload, ensure_ascii=False)
    return any(secret in text for secret in secrets)
