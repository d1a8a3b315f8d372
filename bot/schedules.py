"""What belongs to no single request: what comes again and again, and what comes once."""

from __future__ import annotations

from bot import auditing, joint, judging, keeping, letters, rounds, showings
from bot.recurring import Job, Recurring
from casework.catalogue import Community
from casework.permissions import system
from casework.ports import Clock, UnitOfWork
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.meetings import SettleMeeting
from handlers.announce.digest import tell_in_the_morning
from handlers.kit.context import Context

RECURRING: dict[ScheduleKind, Recurring] = {
    **auditing.RECURRING,
    **joint.RECURRING,
    **judging.RECURRING,
    **keeping.RECURRING,
    **letters.RECURRING,
    **rounds.RECURRING,
    **showings.RECURRING,
}


async def settle_meeting(context: Context, schedule: Schedule) -> None:
    """The closing time of a claiming meeting."""
    await context.cases(SettleMeeting)(system(context.community.id), schedule.subject_id)


SCHEDULED: dict[ScheduleKind, Job] = {
    **RECURRING,
    **keeping.ONCE,
    ScheduleKind.MEETING_CLOSES: settle_meeting,
    ScheduleKind.MORNING_DIGEST: tell_in_the_morning,
}


async def begin_schedules(uow: UnitOfWork, clock: Clock, community: Community) -> None:
    """Plan what is not planned yet; called at each start."""
    now = clock.now()
    for kind, recurring in RECURRING.items():
        await uow.schedules.plan_first(kind, recurring.then(now, community))
