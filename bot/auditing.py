"""The audit from outside: is its chain whole, and where did it end each night."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import TYPE_CHECKING

from casework.catalogue import Community
from casework.promises.moments import next_time
from casework.promises.schedules import Schedule, ScheduleKind
from handlers.kit.context import Context

if TYPE_CHECKING:
    from storage.chain import Verdict
    from storage.database import Database

log = logging.getLogger(__name__)

_NIGHT = time(3, 30)


async def tell_anchor(context: Context, schedule: Schedule) -> None:
    """Each night the log is told where the chain ends: a second place, which no database reaches."""
    await context.uow.schedules.plan(schedule.kind, next_time(context.now, context.community, _NIGHT))
    head = await context.uow.audit.head()
    if head is not None:
        log.info("audit of %s ends at %s", context.community.id, anchor_text(*head))


def anchor_text(seq: int, made: str) -> str:
    """How an anchor is written: `412:9f…`."""
    return f"{seq}:{made}"


def anchor_of(text: str) -> tuple[int, str]:
    """The anchor as somebody wrote it down. Raises ValueError."""
    seq, colon, made = text.strip().partition(":")
    if not colon or not seq.isdecimal() or len(made) != 64:
        raise ValueError("no anchor")
    return int(seq), made.lower()


async def verify(db: Database, community_id: str, anchor: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain of one community."""
    from storage.chain import verify as walk

    async with db.transaction(community_id, read_only=True) as uow:
        audit = uow.audit
        return await walk(community_id, audit.links(), await audit.head(), audit.keys, anchor)


FIRST: tuple[tuple[ScheduleKind, Callable[[datetime, Community], datetime]], ...] = (
    (ScheduleKind.TELL_ANCHOR, lambda now, community: next_time(now, community, _NIGHT)),
)
SCHEDULED: dict[ScheduleKind, Callable[[Context, Schedule], Awaitable[None]]] = {
    ScheduleKind.TELL_ANCHOR: tell_anchor,
}
