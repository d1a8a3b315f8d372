"""Recurring moments of judging: standings each day, spot checks each week, a notice each month."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time

from casework.catalogue import Community
from casework.permissions import system
from casework.promises.moments import next_month, next_time
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.disclosure import RemindOfNotice
from casework.use_cases.evaluation import RemindOfRound
from casework.use_cases.register import UpdateStandings
from casework.use_cases.spot_checks import DrawSpotChecks
from handlers.kit.context import Context

#: What was listed or graded counts from the next day: from its first minutes.
_DAY_BEGINS, _MORNING = time(0, 5), time(8, 30)
_MONDAY = 0

FIRST: tuple[tuple[ScheduleKind, Callable[[datetime, Community], datetime]], ...] = (
    (ScheduleKind.DAILY_STANDINGS, lambda now, community: next_time(now, community, _DAY_BEGINS)),
    (ScheduleKind.WEEKLY_SPOT_CHECKS, lambda now, community: next_time(now, community, _MORNING, _MONDAY)),
    (ScheduleKind.MONTHLY_NOTICE, lambda now, community: next_month(now, community, _MORNING)),
)


async def _begin(context: Context, schedule: Schedule) -> None:
    """Plan the next one first, so that it comes whatever happens now."""
    first = dict(FIRST)[schedule.kind]
    await context.uow.schedules.plan(schedule.kind, first(context.now, context.community))


async def update_standings(context: Context, schedule: Schedule) -> None:
    """Each day."""
    await _begin(context, schedule)
    await context.cases(UpdateStandings)(system(context.community.id))


async def draw_spot_checks(context: Context, schedule: Schedule) -> None:
    """Each Monday; also a round that stays open is asked about."""
    await _begin(context, schedule)
    await context.cases(DrawSpotChecks)(system(context.community.id))
    await context.cases(RemindOfRound)(system(context.community.id))


async def remind_of_notice(context: Context, schedule: Schedule) -> None:
    """On the first of a month."""
    await _begin(context, schedule)
    await context.cases(RemindOfNotice)(system(context.community.id))


SCHEDULED: dict[ScheduleKind, Callable[[Context, Schedule], Awaitable[None]]] = {
    ScheduleKind.DAILY_STANDINGS: update_standings,
    ScheduleKind.WEEKLY_SPOT_CHECKS: draw_spot_checks,
    ScheduleKind.MONTHLY_NOTICE: remind_of_notice,
}
