"""Weekly letters are written on Monday morning, some at a time, so that nobody else has to wait for them."""

from __future__ import annotations

from datetime import time, timedelta

from bot.recurring import Recurring, at
from casework.books.letters import last_week
from casework.permissions import system
from casework.promises.quiet import quiet_until
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.letters import AddressLetters
from handlers.kit.context import Context
from handlers.letters.writing import post

_MORNING, _MONDAY = time(9, 0), 0
#: Drawing takes one core a second or two each; between these the sender is free for everybody else.
ORGANISATIONS_AT_ONCE, _PAUSE = 10, timedelta(seconds=30)


async def write_letters(context: Context, schedule: Schedule) -> None:
    """Begin (subject 0), or go on after the organisation that is the subject."""
    plan, now = context.uow.schedules.plan, context.now
    asleep = quiet_until(context.community, now)
    if asleep is not None:
        await plan(schedule.kind, asleep, schedule.subject_id)
        return
    week = last_week(now, context.community)
    letters, further = await context.cases(AddressLetters)(
        system(context.community.id), context.admins, week, schedule.subject_id, ORGANISATIONS_AT_ONCE
    )
    for letter in letters:
        await post(context, letter, week)
    if further is not None:
        await plan(schedule.kind, now + _PAUSE, further)


RECURRING = {ScheduleKind.WEEKLY_LETTERS: Recurring(at(_MORNING, _MONDAY), write_letters)}
