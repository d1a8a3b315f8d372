"""Each night: what is too old to be kept is forgotten, some rows at a time."""

from __future__ import annotations

from datetime import timedelta

from casework.audit import Act
from casework.keeping.personal import Retained
from casework.permissions import Actor, Permission
from casework.use_case import UseCase

#: For so many days at least what could not be handled or delivered is worth a worker's look.
UNDELIVERED = 30


class BeginRetention(UseCase):
    """The night has come."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> None:
        """What the last night left goes on instead."""
        await self.uow.retention.begin(self.now)
        self.audit(Act.RETENTION, actor)


class RetainOn(UseCase):
    """The next few rows."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> Retained | None:
        """What it did; None when nothing is left."""
        policy = self.community.policy.retention
        days = {
            "requests": policy.requests,
            "voices": policy.requests,
            "saved": policy.saved,
            "trackers": policy.trackers,
            "inbox": policy.inbox,
            "outbox": policy.outbox,
            "held": policy.outbox,
            "lessons": policy.rejected,
            "rejected": policy.rejected,
            "undecided": policy.undecided,
            "undelivered": UNDELIVERED,
        }
        return await self.uow.retention.next({what: self.now - timedelta(days=n) for what, n in days.items()})
