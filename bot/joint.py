"""The daily look for joint needs, early enough that workers find it on their desk."""

from __future__ import annotations

from datetime import time

from bot.recurring import Recurring, at
from casework.permissions import system
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.joint_finding import LookForJointNeeds
from casework.use_cases.joint_reminding import RemindMilestones
from handlers.kit.context import Context

_AT = time(8, 30)


async def look(context: Context, schedule: Schedule) -> None:
    """Suggest what many residents want, and remind of steps that are due."""
    clock = system(context.community.id)
    await context.cases(LookForJointNeeds)(clock)
    await context.cases(RemindMilestones)(clock)


RECURRING = {ScheduleKind.LOOK_FOR_JOINT_NEEDS: Recurring(at(_AT), look)}
