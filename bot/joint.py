"""The daily look for joint needs, early enough that workers find it on their desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time

from casework.catalogue import Community
from casework.permissions import system
from casework.promises.moments import next_time
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.joint_finding import LookForJointNeeds
from casework.use_cases.joint_reminding import RemindMilestones
from handlers.kit.context import Context

_AT = time(8, 30)


def next_look(now: datetime, community: Community) -> datetime:
    """Tomorrow morning, or this one if it is still to come."""
    return next_time(now, community, _AT)


async def look(context: Context, schedule: Schedule) -> None:
    """Suggest what many residents want, remind of steps that are due, and look again tomorrow."""
    clock = system(context.community.id)
    await context.cases(LookForJointNeeds)(clock)
    await context.cases(RemindMilestones)(clock)
    await context.uow.schedules.plan(
        ScheduleKind.LOOK_FOR_JOINT_NEEDS, next_look(context.now, context.community)
    )


FIRST = ((ScheduleKind.LOOK_FOR_JOINT_NEEDS, next_look),)
SCHEDULED: dict[ScheduleKind, Callable[[Context, Schedule], Awaitable[None]]] = {
    ScheduleKind.LOOK_FOR_JOINT_NEEDS: look
}
