"""Only a person's word confirms: when the resident is asked, and what any word of theirs ends.

`UseCase.move` calls `follow`, so no use case has to think of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.entities import Request
from casework.ports import UnitOfWork
from casework.statuses import RequestStatus, TimerKind

#: After the work was said to be done: asked, asked again, put on the call-back list.
ASK_SOLVED_AFTER = (timedelta(hours=2), timedelta(days=2), timedelta(days=3))
#: The last step of `TimerKind.ASK_SOLVED`: no more questions here, somebody rings up.
TO_CALL_LIST = len(ASK_SOLVED_AFTER)
#: So often a request is reopened before it stands in the problem ledger for that alone.
TOO_OFTEN = 2

#: Where it stands once somebody said that the work is done.
_AFTER_WORK = frozenset({RequestStatus.DONE, RequestStatus.CONFIRMED, RequestStatus.REOPEN_REQUESTED})


async def follow(uow: UnitOfWork, before: Request, after: Request, now: datetime) -> None:
    """Set or drop the questions; who spoke in the chat needs no telephone call any more."""
    if before.status is after.status or not {before.status, after.status} & _AFTER_WORK:
        return
    await uow.timers.clear(after.id, [TimerKind.ASK_SOLVED])
    if before.status in _AFTER_WORK:
        await uow.calls.answered(after.id, now)
    if after.status is RequestStatus.DONE:
        # Whose word was just not followed is not asked the same two hours later.
        first = 2 if before.status is RequestStatus.REOPEN_REQUESTED else 1
        for step, span in enumerate(ASK_SOLVED_AFTER, start=1):
            if step >= first:
                await uow.timers.set(TimerKind.ASK_SOLVED, after.id, now + span, step=step)
