"""What belongs to keeping and forgetting: the nightly round, people who asked to be forgotten, consent."""

from __future__ import annotations

import logging
from datetime import time, timedelta

from bot.recurring import Job, Recurring, at
from casework.permissions import system
from casework.promises.quiet import quiet_until
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.privacy import AskConsent, EraseOn, ErasePerson
from casework.use_cases.retention import BeginRetention, RetainOn
from handlers.kit.context import Context

log = logging.getLogger(__name__)

_NIGHT = time(3, 20)
#: The subject of the round that is under way, beside 0 for the next night.
_UNDER_WAY = 1
#: Between two bites, for people write meanwhile.
_PAUSE = timedelta(milliseconds=200)


async def retain(context: Context, schedule: Schedule) -> None:
    """Begin each night; then some rows at a time."""
    plan, who = context.uow.schedules.plan, system(context.community.id)
    if schedule.subject_id != _UNDER_WAY:
        await context.cases(BeginRetention)(who)
        await plan(schedule.kind, context.now, _UNDER_WAY)
        return
    done = await context.cases(RetainOn)(who)
    if done is None:
        log.info("retention is done for tonight")
        return
    if done.rows:
        log.info("retention: %d rows of %s are forgotten", done.rows, done.stage)
    await plan(schedule.kind, context.now + _PAUSE, _UNDER_WAY)


async def erase(context: Context, schedule: Schedule) -> None:
    """Somebody asked to be forgotten, and did not take it back."""
    works = schedule.subject_id in context.admins
    who = system(context.community.id)
    await context.cases(ErasePerson)(who, schedule.subject_id, works=works)


async def erase_on(context: Context, schedule: Schedule) -> None:
    """What is left of them in large tables, some rows at a time."""
    if await context.cases(EraseOn)(system(context.community.id), schedule.subject_id):
        await context.uow.schedules.plan(schedule.kind, context.now + _PAUSE, schedule.subject_id)
    else:
        log.info("erasure %d is done", schedule.subject_id)
        if context.learning is not None:
            # Their lessons are gone from the database, and are to go from what the reader learns of.
            context.learning.lessons_changed()


async def ask_consent(context: Context, schedule: Schedule) -> None:
    """Some time after an emergency, and not at night."""
    asleep = quiet_until(context.community, context.now)
    if asleep is not None:
        await context.uow.schedules.plan(schedule.kind, asleep, schedule.subject_id)
        return
    await context.cases(AskConsent)(system(context.community.id), schedule.subject_id)


RECURRING = {ScheduleKind.RETENTION: Recurring(at(_NIGHT), retain)}
ONCE: dict[ScheduleKind, Job] = {
    ScheduleKind.ERASE_PERSON: erase,
    ScheduleKind.ERASE_ON: erase_on,
    ScheduleKind.ASK_CONSENT: ask_consent,
}
