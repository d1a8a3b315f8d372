"""All rows about one person: taken out for them, or blanked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, select, update

from casework.keeping.personal import Erasure, alias_of
from storage.personal import DROP, PARTS, Blank, Part
from storage.repositories.base import chunks
from storage.repositories.inbox import Inbox
from storage.repositories.leftovers import Leftovers
from storage.repositories.wiping import Wiping
from storage.tables import people, requests
from storage.tables_delivery import inbox, trackers
from storage.tables_held import held
from storage.tables_keeping import erasures, sweeps
from storage.tables_lessons import lessons
from storage.tables_sameness import followers
from storage.tables_showings import showings

_r, _p = requests.c, people.c
_REQUESTS = (
    select(requests)
    .where(_r.community_id == bindparam("community"), _r.resident_id == bindparam("person"))
    .order_by(_r.id)
)
_PERSON = select(people).where(_p.community_id == bindparam("community"), _p.id == bindparam("person"))
_FOLLOWED = select(followers.c.request_id).where(
    followers.c.community_id == bindparam("community"), followers.c.person_id == bindparam("person")
)
_CHAT = select(inbox).where(
    inbox.c.community_id == bindparam("community"), inbox.c.chat_id == bindparam("person")
)
_TRACKER = select(trackers).where(
    trackers.c.community_id == bindparam("community"), trackers.c.chat_id == bindparam("person")
)

Rows = list[dict[str, Any]]


class Personal(Wiping):
    """Implements `casework.keeping.personal.Personal`."""

    async def collect(self, person_id: int) -> dict[str, Rows]:
        """Section → rows as they are kept; empty ones are left out. A private chat has its person's id."""
        found: dict[str, Rows] = {
            "people": await self._rows(_PERSON, person_id),
            "requests": await self._rows(_REQUESTS, person_id),
        }
        mine = [row["id"] for row in found["requests"]]
        followed = list((await self._run(_FOLLOWED, person=person_id)).scalars())
        for part in PARTS:
            if part.table is not requests:
                found[part.section] = await self._of_part(part, person_id, mine, followed)
        found["trackers"] = await self._rows(_TRACKER, person_id)
        found["inbox"] = await self._rows(_CHAT.order_by(inbox.c.id), person_id)
        return {
            name: [_without_others(row, person_id) for row in rows] for name, rows in found.items() if rows
        }

    async def _of_part(self, part: Part, person_id: int, mine: list[int], followed: list[int]) -> Rows:
        table, rows = part.table, []
        if part.about is not None:
            for ids in chunks(mine):
                rows += await self._rows(_all(table).where(table.c.request_id.in_(ids)), person_id)
        for column in (*part.own, *(() if part.large else part.acts)):
            theirs = _all(table).where(table.c[column] == bindparam("person"))
            if part.about is not None:
                theirs = theirs.where(table.c.request_id.is_(None) | table.c.request_id.not_in(mine[:500]))
            rows += await self._rows(theirs, person_id)
        if part.role:
            for ids in chunks(set(followed) - set(mine)):
                said = _all(table).where(
                    table.c.request_id.in_(ids), table.c[part.acts[0]] == bindparam("person")
                )
                rows += await self._rows(said, person_id)
        return rows

    async def _rows(self, query: Any, person_id: int) -> Rows:
        return [dict(row._mapping) for row in await self._run(query, person=person_id)]

    async def hold(self, person_id: int) -> None:
        """Nothing they write is handled till this transaction ends. A private chat has its person's id."""
        await Inbox(self._scope).wait_for_chat(person_id)

    async def forget(self, erasure: Erasure, at: datetime, *, works: bool) -> int:
        """Blank what hangs on the person and on their requests; begin the walk through what is large."""
        assert erasure.person_id is not None
        person_id, alias = erasure.person_id, alias_of(erasure.id)
        person = (await self._run(_PERSON, person=person_id)).first()
        mine = (await self._run(_REQUESTS, person=person_id)).all()
        ids = [row.id for row in mine]
        facts = {
            "person": person_id,
            "works": works,
            "requests": ids,
            "secrets": sorted(_secrets(person, mine)),
            "last": await Leftovers(self._scope).last_ids(),
        }
        await self._forget_lessons(mine)
        touched = await self.wipe(ids, at)
        renamed = update(requests).where(
            _r.community_id == bindparam("community"), _r.resident_id == person_id
        )
        await self._run(renamed.values(resident_id=alias, version=_r.version + 1))
        for part in PARTS:
            touched += 0 if part.large else await self._forget_part(part, person_id, alias, works)
        await self._forget_chat(person_id, ids)
        await self._forget_person(person, alias)
        begun = update(erasures).where(erasures.c.id == erasure.id).values(begun_at=at)
        await self._run(begun.where(erasures.c.community_id == bindparam("community")))
        row = {"name": sweep_of(erasure.id), "stage": 0, "cursor": 0, "touched": touched, "facts": facts}
        await self._connection.execute(
            insert(sweeps), {**row, "community_id": self._community, "began_at": at}
        )
        return touched

    async def forget_on(self, erasure_id: int, at: datetime) -> bool:
        """The next few rows of that walk; False when it is done, and nothing names the person any more."""
        if await Leftovers(self._scope).bite(sweep_of(erasure_id), alias_of(erasure_id)):
            return True
        done = update(erasures).where(
            erasures.c.community_id == bindparam("community"), erasures.c.id == erasure_id
        )
        # The audit tells who asked and when: the same moment here would tell who the alias was.
        await self._run(done.values(person_id=None, done_at=at, asked_at=at, due_at=at, begun_at=at))
        return False

    async def _forget_part(self, part: Part, person_id: int, alias: int, works: bool) -> int:
        touched = 0
        becomes: dict[str, Blank] = {**part.own, **({} if works else {column: {} for column in part.acts})}
        for column, blank in becomes.items():
            those = (
                part.table.c.community_id == bindparam("community"),
                part.table.c[column] == person_id,
            )
            if blank is DROP:
                touched += (await self._run(delete(part.table).where(*those))).rowcount
            else:
                changed = update(part.table).where(*those).values({**blank, column: alias})
                touched += (await self._run(changed)).rowcount
        return touched

    async def _forget_chat(self, person_id: int, request_ids: Sequence[int]) -> None:
        """What they were in the middle of, and what waits to be told about them."""
        for table in (trackers, held, showings):
            theirs = delete(table).where(_ours(table), table.c.chat_id == person_id)
            await self._run(theirs)
        for ids in chunks(request_ids):
            await self._run(delete(held).where(_ours(held), held.c.request_id.in_(ids)))
            # What leads were shown is looked at now, and folded.
            shown = update(showings).where(_ours(showings), showings.c.request_id.in_(ids))
            await self._run(shown.values(look_at=self._clock.now()))

    async def _forget_person(self, person: Any, alias: int) -> None:
        """The alias is somebody nobody can write to. Who was silenced stays so, and that is all."""
        if person is None:
            return
        blank: dict[str, Any] = {
            "community_id": self._community,
            "name": "",
            "chat_id": None,
            "reachable": False,
            "consented_at": None,
            "saved": {},
            "muted": False,
            "seen_at": None,
            "consent_asked_at": None,
        }
        await self._connection.execute(insert(people), {**blank, "id": alias})
        its = (_p.community_id == bindparam("community"), _p.id == person.id)
        if person.muted:
            await self._run(update(people).where(*its).values(**{**blank, "muted": True}))
        else:
            await self._run(delete(people).where(*its))

    async def _forget_lessons(self, mine: Sequence[Any]) -> None:
        """Lessons do not tell whose they are: they are known by their words."""
        told: set[str] = set()
        for request in mine:
            lines = [line.strip() for line in request.summary.splitlines() if line.strip()]
            told |= {*lines, "，".join(lines)}
        if not told:
            return
        rows = await self._run(select(lessons.c.id, lessons.c.text).where(_ours(lessons)))
        gone = [row.id for row in rows if any(row.text == words[: len(row.text)] for words in told)]
        for ids in chunks(gone):
            await self._run(delete(lessons).where(_ours(lessons), lessons.c.id.in_(ids)))


def sweep_of(erasure_id: int) -> str:
    """The name of the walk that ends an erasure."""
    return f"erasure/{erasure_id}"


def _secrets(person: Any, mine: Sequence[Any]) -> set[str]:
    """By what messages about the person are known: numbers of requests, phones, the name."""
    phones = {row.phone for row in mine} | ({person.saved.get("phone", "")} if person else set())
    names = {person.name} if person and len(person.name) > 1 else set()
    return ({row.number for row in mine} | phones | names) - {""}


def _ours(table: Table) -> ColumnElement[bool]:
    return table.c.community_id == bindparam("community")


def _all(table: Table) -> Any:
    return select(table).where(_ours(table)).order_by(*table.primary_key.columns)


#: Columns that hold ids of people, beside those of `PARTS`.
_OTHERS = frozenset(
    {
        "closed_by",
        "owner_id",
        "created_by",
        "checked_by",
        "reported_by",
        "decided_by",
        "author_id",
        "actor_id",
        "taken_by",
        "by",
    }
)


def _without_others(row: Mapping[str, Any], person_id: int) -> dict[str, Any]:
    """The row without the ids of other people: whose a note is, its role tells."""
    return {
        name: None if name in _OTHERS and value != person_id else value
        for name, value in row.items()
        if name not in ("community_id", "phone_key")
    }
