"""Who gets onto the call-back list: whoever kept silent, and whom the weekly lot falls on."""

from __future__ import annotations

import math
from datetime import timedelta
from random import Random

from casework.books.calls import Call, CallReason
from casework.books.ledger_events import SampleDrawn
from casework.entities import Request
from casework.permissions import Actor, Permission
from casework.promises.moments import local
from casework.use_case import UseCase

_WEEK = timedelta(days=7)
#: Ringing up may last this long after the lot was drawn; nobody remembers a chore for longer.
_FILED_WITHIN = timedelta(days=120)


class PutOnCallList(UseCase):
    """Somebody is to be rung up about a request."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request: Request, reason: CallReason) -> Call | None:
        """None when they stand there already."""
        return await self.uow.calls.add(Call(0, self.community.id, request.id, reason, self.now, self.now))


class DrawSample(UseCase):
    """The weekly lot among what was confirmed in the chat: a word on the telephone checks the button."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> int:
        """How many were drawn. The same week of the same community always draws the same."""
        judging = self.community.policy.judging
        since = self.now - _WEEK
        among = await self.uow.ledgers.confirmed(since, self.now, filed_since=since - _FILED_WITHIN)
        wanted = min(len(among), max(judging.sample_least, math.ceil(judging.sample_share * len(among))))
        day = local(self.now, self.community).date().isoformat()
        lot = Random(f"{self.community.id}/{day}")  # noqa: S311 - a draw that can be checked later
        drawn = sorted(lot.sample(among, wanted))
        count = 0
        for request_id in drawn:
            request = await self.request(request_id)
            if await self.other(PutOnCallList)(actor, request, CallReason.SAMPLE):
                count += 1
        if count:
            self.uow.record(SampleDrawn(count, len(among), day))
        return count
