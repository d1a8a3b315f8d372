"""What comes again and again: when it comes next, and what is done then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from casework.catalogue import Community
from casework.promises.moments import next_time
from casework.promises.schedules import Schedule
from handlers.kit.context import Context

Job = Callable[[Context, Schedule], Awaitable[None]]
Next = Callable[[datetime, Community], datetime]


@dataclass(frozen=True, slots=True)
class Recurring:
    """`then` gives the next moment after a time, `do` is done at each."""

    then: Next
    do: Job

    async def __call__(self, context: Context, schedule: Schedule) -> None:
        """Plan the next one first, so that it comes whatever happens now.

        A subject other than 0 is a piece of work that goes on, and no new beginning.
        """
        if not schedule.subject_id:
            then = self.then(context.now, context.community)
            await context.uow.schedules.plan(schedule.kind, then)
        await self.do(context, schedule)


def at(moment: time, weekday: int | None = None) -> Next:
    """Each day at that local time, or each week on that day (0 is Monday)."""
    return lambda now, community: next_time(now, community, moment, weekday)
