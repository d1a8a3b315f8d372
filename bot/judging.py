"""Recurring moments of judging: standings each day, spot checks each week, a notice each month."""

from __future__ import annotations

from datetime import time

from bot.recurring import Recurring, at
from casework.permissions import system
from casework.promises.moments import next_month
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.disclosure import RemindOfNotice
from casework.use_cases.evaluation import RemindOfRound
from casework.use_cases.register import UpdateStandings
from casework.use_cases.spot_checks import DrawSpotChecks
from handlers.kit.context import Context

#: What was listed or graded counts from the next day: from its first minutes.
_DAY_BEGINS, _MORNING = time(0, 5), time(8, 30)
_MONDAY = 0


async def update_standings(context: Context, schedule: Schedule) -> None:
    """Each day."""
    await context.cases(UpdateStandings)(system(context.community.id))


async def draw_spot_checks(context: Context, schedule: Schedule) -> None:
    """Each Monday; also a round that stays open is asked about."""
    await context.cases(DrawSpotChecks)(system(context.community.id))
    await context.cases(RemindOfRound)(system(context.community.id))


async def remind_of_notice(context: Context, schedule: Schedule) -> None:
    """On the first of a month."""
    await context.cases(RemindOfNotice)(system(context.community.id))


RECURRING = {
    ScheduleKind.DAILY_STANDINGS: Recurring(at(_DAY_BEGINS), update_standings),
    ScheduleKind.WEEKLY_SPOT_CHECKS: Recurring(at(_MORNING, _MONDAY), draw_spot_checks),
    ScheduleKind.MONTHLY_NOTICE: Recurring(
        lambda now, community: next_month(now, community, _MORNING), remind_of_notice
    ),
}
