"""The real program without messenger and reader: acts, timers and schedules on a clock that is moved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.clock import SystemClock
from bot.frame import Frame
from bot.identity import actor_of
from bot.jobs import Jobs
from bot.schedules import begin_schedules
from casework.catalogue import Community
from casework.events import AnyEvent
from casework.permissions import Actor
from casework.use_case import UseCase
from handlers.announce import announce
from handlers.kit.context import Context
from handlers.kit.texts import default_texts

if TYPE_CHECKING:
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

_T = TypeVar("_T", bound=UseCase)


class MovedClock(SystemClock):
    """Stands still until it is moved, and only moves forward."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        """Timezone-aware UTC."""
        return self.at

    def move_to(self, at: datetime) -> None:
        """A moment that has passed changes nothing."""
        self.at = max(self.at, at)


class Stage:
    """One community's program. `heard` are the events of everything committed, for who wants to react.

    `faults` are the complaints of the jobs about work that failed.
    """

    def __init__(
        self, db: Database, community: Community, clock: MovedClock, workers: frozenset[int]
    ) -> None:
        self.db = db
        self.clock = clock
        self.community = community
        self.frame = Frame(community, clock, default_texts(), workers, username="linying_bot")
        self.heard: list[AnyEvent] = []
        self.faults: list[str] = []
        self._now_heard: list[AnyEvent] = []
        self._jobs = Jobs(db, self.frame, self._committed, self._tell)
        self._complaints = _Complaints(self.faults.append)

    async def begin(self) -> None:
        """Plan what recurs, as the program does at each start."""
        async with self.db.transaction(self.community.id) as uow:
            await begin_schedules(uow, self.clock, self.community)
            await uow.commit()

    async def act(self, kind: type[_T], who: Actor | int, *given: Any, **named: Any) -> Any:
        """One use case in one transaction, told to everybody; what it returns. Raises what it raises."""
        async with self.db.transaction(self.community.id) as uow:
            context = self.frame.context(uow)
            actor = who if isinstance(who, Actor) else await actor_of(context, who)
            case: Any = context.cases(kind)
            done = await case(actor, *given, **named)
            heard = await _tell_all(context)
            await uow.commit()
        self.heard += heard
        return done

    async def fire(self) -> bool:
        """What is due now: one timer or one schedule; False when there is none."""
        logger = logging.getLogger("bot.jobs")
        logger.addHandler(self._complaints)
        try:
            return await self._jobs.next_step()
        finally:
            logger.removeHandler(self._complaints)

    async def next_moment(self, until: datetime) -> datetime | None:
        """When the program has something to do next, if that is not after `until`."""
        async with self.db.transaction(self.community.id, read_only=True) as uow:
            found = (await uow.timers.next_due(until), await uow.schedules.next_due(until))
        return min((moment for moment in found if moment is not None), default=None)

    async def fire_all(self, most: int = 10_000) -> int:
        """All that is due now; how many. Raises RuntimeError when it never ends."""
        for count in range(most):
            if not await self.fire():
                return count
        raise RuntimeError("timers set each other without end")

    async def read(self, look: Callable[[UnitOfWork], Any]) -> Any:
        """What a look at the database gives."""
        async with self.db.transaction(self.community.id, read_only=True) as uow:
            return await look(uow)

    async def _tell(self, context: Context) -> None:
        self._now_heard = await _tell_all(context)

    def _committed(self) -> None:
        self.heard += self._now_heard
        self._now_heard = []


async def _tell_all(context: Context) -> list[AnyEvent]:
    """As `bot.telling.tell`; the events it told."""
    told: list[AnyEvent] = []
    while events := context.uow.take_events():
        await announce(context, events)
        told += events
    return told


class _Complaints(logging.Handler):
    def __init__(self, keep: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._keep = keep

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words."""
        self._keep(record.getMessage())
