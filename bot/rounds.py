"""Recurring moments of the ledgers: what waits each morning, and the weekly lot for call-backs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time

from casework.catalogue import Community
from casework.permissions import system
from casework.promises.moments import next_time
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.call_list import DrawSample
from casework.use_cases.rectifying import BeginDay
from handlers.kit.context import Context

#: The lot falls before the morning's word, which counts it.
_LOT, _MORNING, _MONDAY = time(8, 0), time(8, 45), 0

FIRST: tuple[tuple[ScheduleKind, Callable[[datetime, Community], datetime]], ...] = (
    (ScheduleKind.WEEKLY_SAMPLE, lambda now, community: next_time(now, community, _LOT, _MONDAY)),
    (ScheduleKind.MORNING_ROUND, lambda now, community: next_time(now, community, _MORNING)),
)


async def _begin(context: Context, schedule: Schedule) -> None:
    """Plan the next one first, so that it comes whatever happens now."""
    first = dict(FIRST)[schedule.kind]
    await context.uow.schedules.plan(schedule.kind, first(context.now, context.community))


async def draw_sample(context: Context, schedule: Schedule) -> None:
    """Each Monday."""
    await _begin(context, schedule)
    await context.cases(DrawSample)(system(context.community.id))


async def begin_day(context: Context, schedule: Schedule) -> None:
    """Each day, holidays too: a missed time does not know them."""
    await _begin(context, schedule)
    await context.cases(BeginDay)(system(context.community.id))


SCHEDULED: dict[ScheduleKind, Callable[[Context, Schedule], Awaitable[None]]] = {
    ScheduleKind.WEEKLY_SAMPLE: draw_sample,
    ScheduleKind.MORNING_ROUND: begin_day,
}
