"""Recurring moments of the ledgers: what waits each morning, and the weekly lot for call-backs."""

from __future__ import annotations

from datetime import time

from bot.recurring import Recurring, at
from casework.permissions import system
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.call_list import DrawSample
from casework.use_cases.rectifying import BeginDay
from handlers.kit.context import Context

#: The lot falls before the morning's word, which counts it.
_LOT, _MORNING, _MONDAY = time(8, 0), time(8, 45), 0


async def draw_sample(context: Context, schedule: Schedule) -> None:
    """Each Monday."""
    await context.cases(DrawSample)(system(context.community.id))


async def begin_day(context: Context, schedule: Schedule) -> None:
    """Each day, holidays too: a missed time does not know them."""
    await context.cases(BeginDay)(system(context.community.id))


RECURRING = {
    ScheduleKind.WEEKLY_SAMPLE: Recurring(at(_LOT, _MONDAY), draw_sample),
    ScheduleKind.MORNING_ROUND: Recurring(at(_MORNING), begin_day),
}
