"""What is too old to be kept, a few rows at a time; how far the walk is stands in a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, select, update

from casework.books.ledgers import RectificationState
from casework.keeping.personal import STAGES, Retained
from storage.repositories.base import CHUNK, LAST_ID
from storage.repositories.held import Held
from storage.repositories.inbox import Inbox
from storage.repositories.lessons import Lessons
from storage.repositories.outbox import Outbox
from storage.repositories.wiping import Wiping
from storage.schema import one_of
from storage.tables import people, requests
from storage.tables_delivery import BLOCKED, DEAD, inbox, outbox, trackers
from storage.tables_keeping import sweeps, unwiped
from storage.tables_ledgers import problems, rectifications
from storage.tables_notes import volunteers
from storage.tables_sameness import followers

_NAME = "retention"
#: Requests at once: each takes a dozen statements' rows with it.
_REQUESTS = 200
#: Some nights may be missed.
_LATELY = timedelta(days=14)
_its = (sweeps.c.community_id == bindparam("community"), sweeps.c.name == _NAME)
_r, _p, _t = requests.c, people.c, trackers.c
_OLD_REQUESTS = (
    select(_r.id)
    .where(_r.community_id == bindparam("community"), unwiped, _r.updated_at < bindparam("before"))
    .order_by(_r.updated_at, _r.id)
    .limit(_REQUESTS)
)
_PEOPLE = (
    select(_p.id, _p.seen_at, _p.saved)
    .where(_p.community_id == bindparam("community"), _p.id > bindparam("after"))
    .order_by(_p.id)
    .limit(CHUNK)
)
_TRACKERS = (
    select(_t.chat_id, _t.updated_at)
    .where(_t.community_id == bindparam("community"), _t.chat_id > bindparam("after"))
    .order_by(_t.chat_id)
    .limit(CHUNK)
)

#: (rows changed, where the next bite of this stage begins; None: the stage is over)
Bite = tuple[int, int | None]


class Retention(Wiping):
    """Implements `casework.keeping.personal.Retention`."""

    async def begin(self, at: datetime) -> None:
        """From the first stage on; one that is on its way goes on instead."""
        row = {"name": _NAME, "stage": 0, "cursor": -LAST_ID, "touched": 0, "facts": {}, "began_at": at}
        insert = self._upsert(sweeps).on_conflict_do_nothing(
            index_elements=[sweeps.c.community_id, sweeps.c.name]
        )
        await self._connection.execute(insert, {**row, "community_id": self._community})

    async def next(self, before: Mapping[str, datetime]) -> Retained | None:
        """The next bite; None when nothing is left."""
        sweep = (await self._run(select(sweeps).where(*_its).with_for_update())).first()
        if sweep is None:
            return None
        stages = tuple(STAGES)
        if sweep.stage >= len(stages):
            await self._run(delete(sweeps).where(*_its))
            return None
        stage = stages[sweep.stage]
        rows, further = await self._bite(stage, before, sweep)
        over = further is None
        await self._run(
            update(sweeps)
            .where(*_its)
            .values(
                stage=sweep.stage + over,
                cursor=-LAST_ID if over else further,
                touched=sweeps.c.touched + rows,
            )
        )
        return Retained(stage, rows)

    async def _bite(self, stage: str, before: Mapping[str, datetime], sweep: Row[Any]) -> Bite:
        after, old = sweep.cursor, before[stage]
        # What could not be handled or delivered is worth a look for longer.
        undelivered = min(old, before["undelivered"])
        match stage:
            case "requests":
                ids = list((await self._run(_OLD_REQUESTS, before=old)).scalars())
                await self.wipe(ids, sweep.began_at)
                await self._followers(ids)
                return len(ids), after if len(ids) == _REQUESTS else None
            case "voices":
                return await self._voices(old, sweep.began_at), None
            case "saved":
                return await self._saved(old, after)
            case "trackers":
                return await self._trackers(old, after)
            case "inbox":
                dead = await self._dead(inbox, (DEAD,), inbox.c.received_at, undelivered, after)
                done = Inbox(self._scope)
                further = await done.forget_done(old, max(after, 0))
                return dead + done.forgotten, further
            case "outbox":
                dead = await self._dead(outbox, (DEAD, BLOCKED), outbox.c.created_at, undelivered, after)
                sent = Outbox(self._scope)
                further = await sent.forget_sent(old, max(after, 0))
                return dead + sent.forgotten, further
            case "held":
                told = Held(self._scope)
                further = await told.forget_told(old, max(after, 0))
                return told.forgotten, further
            case _:
                await Lessons(self._scope).forget(before["rejected"], before["undecided"])
                return 0, None

    async def _followers(self, request_ids: list[int]) -> None:
        """What neighbours had written of the same trouble."""
        theirs = update(followers).where(
            followers.c.community_id == bindparam("community"), followers.c.request_id.in_(request_ids)
        )
        if request_ids:
            await self._run(theirs.values(description="", summary="", details={}))

    async def _voices(self, before: datetime, began_at: datetime) -> int:
        """Offers to help, and complaints that are settled; both belong to no request."""
        old = delete(volunteers).where(
            volunteers.c.community_id == bindparam("community"), volunteers.c.at < before
        )
        settled = update(problems).where(
            problems.c.community_id == bindparam("community"),
            problems.c.request_id.is_(None),
            problems.c.closed_at.is_not(None),
            problems.c.at < before,
        )
        await self._run(settled.values(words="", closing="", person_id=None))
        await self._over_since(began_at)
        return (await self._run(old)).rowcount

    async def _over_since(self, began_at: datetime) -> None:
        """What was put right only lately after requests that had been forgotten before."""
        _t, _p = rectifications.c, problems.c
        lately = update(rectifications).where(
            _t.community_id == bindparam("community"),
            _t.state == RectificationState.CLOSED.value,
            _t.checked_at > began_at - _LATELY,
            select(_r.id).where(_r.id == _t.request_id, _r.wiped_at.is_not(None)).exists(),
        )
        await self._run(lately.values(task="", evidence="", photo="", check_words=""))
        closed = update(problems).where(
            _p.community_id == bindparam("community"),
            _p.closed_at > began_at - _LATELY,
            select(_r.id).where(_r.id == _p.request_id, _r.wiped_at.is_not(None)).exists(),
        )
        await self._run(closed.values(words="", closing=""))

    async def _saved(self, before: datetime, after: int) -> Bite:
        """Address and phone for next time, of those who have not been here since."""
        rows = (await self._run(_PEOPLE, after=after)).all()
        old = [row.id for row in rows if row.saved and row.seen_at is not None and row.seen_at < before]
        if old:
            theirs = update(people).where(_p.community_id == bindparam("community"), _p.id.in_(old))
            await self._run(theirs.values(saved={}))
        return len(old), rows[-1].id if rows else None

    async def _trackers(self, before: datetime, after: int) -> Bite:
        rows = (await self._run(_TRACKERS, after=after)).all()
        old = [row.chat_id for row in rows if row.updated_at < before]
        if old:
            theirs = delete(trackers).where(_t.community_id == bindparam("community"), _t.chat_id.in_(old))
            await self._run(theirs)
        return len(old), rows[-1].chat_id if rows else None

    async def _dead(
        self, table: Table, statuses: tuple[str, ...], age: Any, before: datetime, after: int
    ) -> int:
        """Once a stage: there are few, and an index of them alone where they could be many."""
        if after > 0:
            return 0
        gone = delete(table).where(
            table.c.community_id == bindparam("community"),
            one_of(table.c.status, set(statuses)),
            age < before,
        )
        return (await self._run(gone)).rowcount
