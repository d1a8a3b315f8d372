"""Corrections become lessons; a worker decides which of them the reader shall learn from."""

from __future__ import annotations

from casework.errors import BadValue, NotFound
from casework.lessons import ACTS, LONGEST, Lesson, LessonCounts, LessonSource, LessonState, Reading
from casework.permissions import Actor, Permission, Role
from casework.use_case import UseCase


class KeepLesson(UseCase):
    """The one place where a lesson is made; only other use cases call it."""

    async def add(self, role: Role, reading: Reading | None, meant: str, source: LessonSource) -> None:
        """Nothing happens where nothing was read, or where it was read as it was meant."""
        text = "，".join(
            line.strip() for line in (reading.text if reading else "").splitlines() if line.strip()
        )
        if reading is None or not text or reading.label == meant:
            return
        await self.uow.lessons.add(
            Lesson(
                id=0,
                community_id=self.community.id,
                text=text[:LONGEST],
                heard=reading.label,
                runner_up=reading.runner_up,
                meant=meant,
                source=source,
                role=role.value,
                at=self.now,
            )
        )


class NextLesson(UseCase):
    """`/teach`: the next correction nobody has decided on, and how many there are."""

    permission = Permission.TEACH

    async def __call__(self, actor: Actor, after: int = 0) -> tuple[Lesson | None, LessonCounts]:
        """The oldest after that id; from the beginning again when there is none."""
        found = await self.uow.lessons.waiting(after)
        if found is None and after:
            found = await self.uow.lessons.waiting(0)
        return found, await self.uow.lessons.counts()


class SeeLesson(UseCase):
    """One correction as it stands."""

    permission = Permission.TEACH

    async def __call__(self, actor: Actor, lesson_id: int) -> Lesson:
        """Raises NotFound."""
        found = await self.uow.lessons.get(lesson_id)
        if found is None:
            raise NotFound(what="lesson", id=lesson_id)
        return found


class DecideLesson(UseCase):
    """「采纳」, 「不采纳」, or 「换成别的」 with another label."""

    permission = Permission.TEACH

    async def __call__(self, actor: Actor, lesson_id: int, *, accept: bool, label: str = "") -> bool:
        """False when somebody has decided before. Raises NotFound, BadValue for an unknown label."""
        lesson = await self.other(SeeLesson)(actor, lesson_id)
        label = label or lesson.meant
        if accept and label not in self.community.catalogue and label not in ACTS:
            raise BadValue(field="label")
        state = LessonState.ACCEPTED if accept else LessonState.REJECTED
        if lesson.state is not LessonState.NEW:
            return False
        return await self.uow.lessons.decide(lesson, state, label if accept else "", self.now)


class UndoLesson(UseCase):
    """Back to those that wait."""

    permission = Permission.TEACH

    async def __call__(self, actor: Actor, lesson_id: int) -> bool:
        """False when it waits already. Raises NotFound."""
        lesson = await self.other(SeeLesson)(actor, lesson_id)
        if lesson.state is LessonState.NEW:
            return False
        return await self.uow.lessons.decide(lesson, LessonState.NEW, "", None)


class ListAccepted(UseCase):
    """What the reader shall learn from."""

    permission = Permission.TEACH

    async def __call__(self, actor: Actor) -> list[Lesson]:
        """Oldest first."""
        return await self.uow.lessons.accepted()
