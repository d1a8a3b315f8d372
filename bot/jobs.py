"""Timers: what comes due is done by its use case, one transaction each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import errors
from bot.backoff import delay, woken
from bot.frame import Frame
from bot.schedules import SCHEDULED
from bot.telling import tell
from bot.worker import HANDLE_SECONDS
from casework.entities import Timer
from casework.errors import CaseworkError, Conflict
from casework.permissions import system
from casework.promises.schedules import Schedule
from casework.statuses import TimerKind
from casework.use_cases.awaiting import AwaitAnswer
from casework.use_cases.dispatch import AskSolved, ExpireOffer, RepeatEmergency
from casework.use_cases.watching import EscalateLate, RemindOffer, RemindResolve, RemindWorker
from handlers.kit.cases import Cases
from handlers.kit.context import Context
from storage.tracing import following

if TYPE_CHECKING:
    from storage.database import Database

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
_MOST_TRIES = 6
_TRY_AGAIN = timedelta(minutes=5)

Job = Callable[[Cases, Timer], Awaitable[None]]


def _resolve_due(cases: Cases, timer: Timer) -> Awaitable[None]:
    """First whoever works on it is told, then it is carried up."""
    who = system(timer.community_id)
    if timer.step:
        return cases(EscalateLate)(who, timer.request_id, timer.step)
    return cases(RemindResolve)(who, timer.request_id, late=True)


JOBS: dict[TimerKind, Job] = {
    # An earlier program set its reminders without steps.
    TimerKind.OFFER_REMINDER: lambda c, t: c(RemindOffer)(
        system(t.community_id), t.offer_id or 0, t.step or 1
    ),
    TimerKind.OFFER_EXPIRES: lambda c, t: c(ExpireOffer)(system(t.community_id), t.offer_id or 0),
    TimerKind.ASK_SOLVED: lambda c, t: c(AskSolved)(system(t.community_id), t.request_id, t.step),
    TimerKind.RESOLVE_REMINDER: lambda c, t: c(RemindResolve)(
        system(t.community_id), t.request_id, late=False, step=t.step or 2
    ),
    TimerKind.RESOLVE_DUE: _resolve_due,
    TimerKind.REPEAT_EMERGENCY: lambda c, t: c(RepeatEmergency)(system(t.community_id), t.request_id, t.step),
    TimerKind.ANSWER_AWAITED: lambda c, t: c(AwaitAnswer)(system(t.community_id), t.request_id, t.step),
    TimerKind.WORKER_REMINDER: lambda c, t: c(RemindWorker)(
        system(t.community_id), t.request_id, t.step, t.due_at
    ),
}


class Jobs:
    """Fires timers and what is scheduled. `on_reply` is called after each commit, `tell` before it."""

    def __init__(
        self,
        db: Database,
        frame: Frame,
        on_reply: Callable[[], None],
        tell: Callable[[Context], Awaitable[None]] = tell,
    ) -> None:
        self._db = db
        self._frame = frame
        self._on_reply = on_reply
        self._tell = tell
        self._tries: dict[int, int] = {}

    async def run(self) -> None:
        """Until cancelled. A clock that jumps forward is noticed at once."""
        failures = 0
        moved = self._frame.clock.moved
        sight = self._frame.sight
        while True:
            moved.clear()
            try:
                sight.turn("jobs")
                while await self.next_step():
                    sight.turn("jobs")
                failures = 0
            except Exception as error:  # noqa: BLE001 - the database may be away; timers must live
                failures += 1
                sight.faults["jobs"] += 1
                log.error("timers cannot be worked on: %s", errors.trace(error))
                await asyncio.sleep(delay(failures, most=30))
                continue
            await woken(moved, LOOK_EVERY)

    async def next_step(self) -> bool:
        """Do what came due first, so that a jump of days is lived through in its order; False when nothing
        has."""
        async with self._db.transaction(self._frame.community.id, read_only=True) as uow:
            now = self._frame.clock.now()
            timer, schedule = await uow.timers.next_due(now), await uow.schedules.next_due(now)
        if schedule is not None and (timer is None or schedule <= timer):
            return await self.scheduled_step() or await self.step()
        return timer is not None and (await self.step() or await self.scheduled_step())

    async def step(self) -> bool:
        """Fire one timer; False when none is due."""
        timer: Timer | None = None
        try:
            async with self._db.transaction(self._frame.community.id) as uow:
                timer = await uow.timers.claim_due(self._frame.clock.now())
                if timer is None:
                    return False
                context = self._frame.context(uow)
                # What hangs would hold up everybody else; it is tried again, and dropped in the end.
                with following(f"t{timer.id}"):
                    async with asyncio.timeout(HANDLE_SECONDS):
                        await JOBS[timer.kind](context.cases, timer)
                        await self._tell(context)
                    log.info("timer %d (%s) fired for request %d", timer.id, timer.kind, timer.request_id)
                await uow.commit()
        except Exception as error:
            if timer is None:
                raise
            await self._failed(timer, error)
        else:
            self._tries.pop(timer.id, None)
            self._frame.sight.timers[timer.kind.value, "fired"] += 1
            self._on_reply()
        return True

    async def scheduled_step(self) -> bool:
        """Do one thing that is scheduled; False when none has come. What fails comes again later."""
        schedule: Schedule | None = None
        try:
            async with self._db.transaction(self._frame.community.id) as uow:
                schedule = await uow.schedules.claim_due(self._frame.clock.now())
                if schedule is None:
                    return False
                context = self._frame.context(uow)
                with following(schedule.kind.value):
                    async with asyncio.timeout(HANDLE_SECONDS):
                        await SCHEDULED[schedule.kind](context, schedule)
                        await self._tell(context)
                await uow.commit()
        except Exception as error:
            if schedule is None:
                raise
            self._frame.sight.timers[schedule.kind.value, "failed"] += 1
            log.warning("scheduled %s: %s", schedule.kind, errors.trace(error))
            async with self._db.transaction(self._frame.community.id) as uow:
                later = self._frame.clock.now() + _TRY_AGAIN
                await uow.schedules.plan(schedule.kind, later, schedule.subject_id)
                await uow.commit()
        else:
            self._frame.sight.timers[schedule.kind.value, "fired"] += 1
            self._on_reply()
        return True

    async def _failed(self, timer: Timer, error: Exception) -> None:
        """Tried again later; a timer whose matter has passed, or that never works, is dropped."""
        from storage.outages import is_outage

        # A database that was away says nothing about the timer.
        tries = self._tries[timer.id] = self._tries.get(timer.id, 0) + (not is_outage(error))
        passed = isinstance(error, CaseworkError) and not isinstance(error, Conflict)
        self._frame.sight.timers[timer.kind.value, "failed"] += 1
        log.warning("timer %d (%s), try %d: %s", timer.id, timer.kind, tries, errors.trace(error))
        async with self._db.transaction(self._frame.community.id) as uow:
            now = self._frame.clock.now()
            if passed or tries >= _MOST_TRIES:
                await uow.timers.drop(timer.id)
                self._tries.pop(timer.id, None)
            else:
                await uow.timers.postpone(timer.id, now + timedelta(seconds=delay(max(1, tries), first=5)))
            await uow.commit()
