"""The moments that come again and again: which there are, and when each comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import auditing, joint, judging, keeping, letters, rounds, showings
from casework.catalogue import Community
from casework.ports import Clock, UnitOfWork
from casework.promises.schedules import ScheduleKind

#: (kind, its first moment after now). `casework.promises.moments` helps to say "every Monday at eight".
#: Whoever is called at such a moment plans the next one.
FIRST_MOMENTS: tuple[tuple[ScheduleKind, Callable[[datetime, Community], datetime]], ...] = (
    *joint.FIRST,
    *judging.FIRST,
    *keeping.FIRST,
    *letters.FIRST,
    *rounds.FIRST,
    *showings.FIRST,
    *auditing.FIRST,
)


async def begin_schedules(uow: UnitOfWork, clock: Clock, community: Community) -> None:
    """Plan what is not planned yet; called at each start."""
    for kind, first in FIRST_MOMENTS:
        await uow.schedules.plan_first(kind, first(clock.now(), community))
