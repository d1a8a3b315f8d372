"""Corrections that the reader may learn from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from casework.lessons import Lesson, LessonCounts, LessonSource, LessonState
from storage.repositories.base import Repository, is_id
from storage.tables_lessons import lessons
from storage.types import found_by

_c = lessons.c
_OURS = _c.community_id == bindparam("community")
_ONE = select(lessons).where(_OURS, _c.id == bindparam("its_id"))
_SAME = (
    select(_c.id)
    .where(
        _OURS,
        found_by(_c.text_key, _c.text).in_(bindparam("words", expanding=True)),
        _c.meant == bindparam("meaning"),
    )
    .limit(1)
)
_WAITING = (
    select(lessons)
    .where(_OURS, _c.state == LessonState.NEW.value, _c.id > bindparam("after"))
    .order_by(_c.id)
    .limit(1)
)
_ACCEPTED = select(lessons).where(_OURS, _c.state == LessonState.ACCEPTED.value).order_by(_c.id)
_COUNTS = select(_c.state, func.count().label("many")).where(_OURS).group_by(_c.state)
_DECIDE = (
    update(lessons)
    .where(_OURS, _c.id == bindparam("its_id"), _c.state == bindparam("was"))
    .values(state=bindparam("becomes"), label=bindparam("teaches"), decided_at=bindparam("moment"))
)
_FORGET = lessons.delete().where(
    _OURS,
    or_(
        (_c.state == LessonState.REJECTED.value) & (_c.decided_at < bindparam("rejected_before")),
        (_c.state == LessonState.NEW.value) & (_c.at < bindparam("kept_since")),
    ),
)


class Lessons(Repository):
    """Implements `casework.ports.Lessons`."""

    async def add(self, lesson: Lesson) -> bool:
        """Insert (the id given is ignored); False when the same words are kept with the same meaning."""
        row = {**asdict(lesson), "community_id": self._community, "text_key": lesson.text}
        del row["id"]
        same = self._search_keys(_c.text_key, lesson.text)
        if (await self._run(_SAME, words=same, meaning=lesson.meant)).first() is not None:
            return False
        await self._insert(lessons, row)
        return True

    async def get(self, lesson_id: int) -> Lesson | None:
        """The lesson with this id in this community."""
        row = (await self._run(_ONE, its_id=lesson_id)).first() if is_id(lesson_id) else None
        return None if row is None else _lesson(row)

    async def waiting(self, after: int) -> Lesson | None:
        """The oldest undecided one after that id."""
        row = (await self._run(_WAITING, after=after)).first() if is_id(after) else None
        return None if row is None else _lesson(row)

    async def accepted(self) -> list[Lesson]:
        """Oldest first."""
        return [_lesson(row) for row in await self._run(_ACCEPTED)]

    async def counts(self) -> LessonCounts:
        """How many there are in each state."""
        many = {row.state: row.many for row in await self._run(_COUNTS)}
        return LessonCounts(*(many.get(state.value, 0) for state in LessonState))

    async def decide(self, lesson: Lesson, state: LessonState, label: str, at: datetime | None) -> bool:
        """Set the state unless somebody has changed it since `lesson` was read."""
        changed = await self._run(
            _DECIDE,
            its_id=lesson.id,
            was=lesson.state.value,
            becomes=state.value,
            teaches=label,
            moment=at,
        )
        return bool(changed.rowcount)

    async def forget(self, rejected_before: datetime, kept_since: datetime) -> None:
        """Drop what was rejected, or was never decided on, before these times."""
        await self._run(_FORGET, rejected_before=rejected_before, kept_since=kept_since)


def _lesson(row: Row[Any]) -> Lesson:
    told = {name: value for name, value in row._mapping.items() if name != "text_key"}
    return Lesson(**{**told, "source": LessonSource(row.source), "state": LessonState(row.state)})
