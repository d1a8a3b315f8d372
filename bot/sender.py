"""Sends what the outbox holds: in order within a chat, as fast as the messenger allows."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.backoff import delay, woken
from bot.delivery import Fate, Letter, Outcome, deliver
from bot.frame import Frame
from bot.identity import mark
from bot.limits import LOOKS_BACK, Limits
from bot.messenger import File, Messenger
from bot.showings import note_sent
from bot.telling import tell
from handlers.lead import folding
from storage.tracing import following, trace

if TYPE_CHECKING:
    from storage.database import Database
    from storage.replicas import Duty
    from storage.repositories.outbox import OutboxItem
    from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

#: Rows that come due by themselves, or that another process wrote, are found this often (seconds).
LOOK_EVERY = 1.0
MOST_AT_ONCE = 60


class Sender:
    """One loop talks to the database, one task a message to the messenger.

    Of several replicas the one on duty sends, for the limits are those of all together.
    """

    def __init__(
        self,
        db: Database,
        frame: Frame,
        messenger: Messenger,
        limits: Limits,
        lease: timedelta | None = None,
        duty: Duty | None = None,
    ) -> None:
        from storage.replicas import Duty
        from storage.repositories.outbox import LEASE

        self._db = db
        self._frame = frame
        self._messenger = messenger
        self._limits = limits
        self._lease = lease or LEASE
        self._duty = duty or Duty("send", held=True)
        self._duty.on_change = self._duty_changed
        #: Whether the limits know what was sent before we came on duty.
        self._remembers = False
        self._renewed = 0.0
        self._on_the_way: dict[int, asyncio.Task[None]] = {}
        #: Chat → the row of it that we have claimed.
        self._claimed: dict[int, int] = {}
        self._finished: list[tuple[OutboxItem, Outcome]] = []
        self._stopping = False
        #: Set by whoever put messages into the outbox.
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Send until `stop`, then until nothing due is left."""
        failures = 0
        sight = self._frame.sight
        while True:
            self.wake.clear()
            sight.turn("sender")
            try:
                taken = await self.step()
                failures = 0
            except Exception as error:  # noqa: BLE001 - the database may be away; what is finished is kept
                failures += 1
                sight.faults["sender"] += 1
                log.error("the outbox cannot be worked on: %s", errors.trace(error))
                await asyncio.sleep(delay(failures, most=30))
                await self._record_singly()
                continue
            if self._finished:
                continue
            if self._stopping and not taken and self.idle and not self.limited:
                return
            await self._rest()

    def stop(self) -> None:
        """Send what is due now, then end. Whoever does not want to wait for that cancels `run`."""
        self._stopping = True
        self.wake.set()

    @property
    def idle(self) -> bool:
        """Nothing is on the way and nothing waits to be written down."""
        return not self._on_the_way and not self._finished

    @property
    def on_duty(self) -> bool:
        """Whether this replica sends."""
        return self._duty.held

    @property
    def limited(self) -> bool:
        """Some chat must wait before it may be written to again."""
        return self._duty.held and bool(self._limits.resting())

    async def close(self) -> None:
        """After `run` was cancelled: write down what became of messages that are still on the way."""
        if self._on_the_way:
            _, late = await asyncio.wait(self._on_the_way.values(), timeout=2)
            for task in late:
                task.cancel()
        await self._record_singly()

    async def step(self) -> int:
        """Write down what became of earlier messages, take new ones; returns how many were taken."""
        if self._duty.held and not self._remembers:
            await self._remember()
        finished = list(self._finished)
        room = min(self._limits.room(), MOST_AT_ONCE - len(self._on_the_way)) if self._duty.held else 0
        if not finished and room < 1 and not self._must_renew():
            return 0
        busy = self._on_the_way.keys() | self._limits.resting()
        async with self._db.transaction(self._frame.community.id) as uow:
            await self._record(uow, finished)
            await self._renew(uow)
            now = self._frame.clock.now()
            items = await uow.outbox.claim(now, room, busy, self._lease) if room > 0 else []
            await uow.commit()
        del self._finished[: len(finished)]
        for item in items:
            self._limits.took(item.chat_id)
            self._claimed[item.chat_id] = item.id
            self._on_the_way[item.chat_id] = asyncio.create_task(self._send(item))
        if any(outcome.fate is Fate.BLOCKED for _, outcome in finished):
            self.wake.set()
        return len(items)

    def _duty_changed(self) -> None:
        self._remembers = False
        self.wake.set()

    async def _remember(self) -> None:
        """Begin where whoever sent before us has ended."""
        now = self._frame.clock.now()
        async with self._db.transaction(self._frame.community.id, read_only=True) as uow:
            sent = await uow.outbox.sent_lately(now, now - timedelta(seconds=LOOKS_BACK))
        self._limits.remember((chat, (now - at).total_seconds()) for chat, at in sent)
        self._remembers = True

    def _must_renew(self) -> bool:
        """What is on the way may take longer than a lease, such as the ledger of a whole year."""
        waited = asyncio.get_running_loop().time() - self._renewed
        return bool(self._claimed) and waited > self._lease.total_seconds() / 3

    async def _renew(self, uow: UnitOfWork) -> None:
        if self._must_renew():
            await uow.outbox.renew(self._claimed.values(), self._frame.clock.now() + self._lease)
            self._renewed = asyncio.get_running_loop().time()

    async def _rest(self) -> None:
        waits = [LOOK_EVERY]
        change = self._limits.next_change()
        if change is not None:
            waits.append(max(change, 0.01))
        await woken(self.wake, min(waits))

    async def _send(self, item: OutboxItem) -> None:
        # A task of its own, so that nothing else is under this id.
        trace.set(item.trace)
        optional = (item.key or "").startswith(folding.KEY)
        letter = Letter(item.chat_id, item.method, item.payload, item.file, item.attempts, optional)
        try:
            outcome = await deliver(self._messenger, letter, self._develop)
        finally:
            del self._on_the_way[item.chat_id]
            del self._claimed[item.chat_id]
        waited = (self._frame.clock.now() - item.created_at).total_seconds()
        self._frame.sight.sent(item.method, outcome.fate.value, waited)
        if outcome.fate is Fate.SENT:
            log.info("message %d (%s) sent at try %d", item.id, item.method, item.attempts)
        if outcome.rest_chat:
            self._limits.rest(item.chat_id, outcome.wait)
        self._finished.append((item, outcome))
        self.wake.set()

    async def _develop(self, payload: dict[str, Any]) -> tuple[str, dict[str, Any], File | None]:
        """The real message of a deferred row, made now and outside of any writing transaction."""
        from handlers.admin.deferred import DEFERRED

        async with self._db.transaction(self._frame.community.id, read_only=True) as uow:
            made = await DEFERRED[payload["kind"]](payload, self._frame.context(uow))
        return made.method, made.payload, made.file

    async def _record_singly(self) -> None:
        """After a failure: what cannot be written down as it should be must not stop all others for ever."""
        try:
            for finished in list(self._finished):
                await self._record_one(finished)
                self._finished.remove(finished)
        except Exception as error:  # noqa: BLE001 - the database is away; what is finished is kept
            log.error("what was sent could not be written down: %s", errors.trace(error))

    async def _record_one(self, finished: tuple[OutboxItem, Outcome]) -> None:
        item, outcome = finished
        try:
            async with self._db.transaction(self._frame.community.id) as uow:
                await self._record(uow, [finished])
                await uow.commit()
        except Exception as error:  # noqa: BLE001 - its own end is what counts; news of it may be lost
            log.error("message %d: %s", item.id, errors.trace(error))
            async with self._db.transaction(self._frame.community.id) as uow:
                if outcome.fate is Fate.BLOCKED:
                    await uow.outbox.park(item.chat_id, outcome.error)
                elif outcome.fate is Fate.SENT:
                    await uow.outbox.sent(item.id, self._frame.clock.now())
                elif outcome.fate is Fate.LATER:
                    later = self._frame.clock.now() + timedelta(seconds=outcome.wait)
                    await uow.outbox.retry(item.id, later, outcome.error)
                else:
                    await uow.outbox.dead(item.id, outcome.error)
                await uow.commit()

    async def _record(self, uow: UnitOfWork, finished: list[tuple[OutboxItem, Outcome]]) -> None:
        now = self._frame.clock.now()
        for item, outcome in finished:
            with following(item.trace):
                await self._record_fate(uow, item, outcome, now)

    async def _record_fate(self, uow: UnitOfWork, item: OutboxItem, outcome: Outcome, now: datetime) -> None:
        if outcome.fate is Fate.SENT:
            await uow.outbox.sent(item.id, now)
            await note_sent(uow, self._frame.community, item, outcome, now)
            if outcome.moved_to is not None:
                await self._group_moved(uow, item.chat_id, outcome.moved_to)
        elif outcome.fate is Fate.LATER:
            log.warning("message %d waits: %s", item.id, outcome.error)
            await uow.outbox.retry(item.id, now + timedelta(seconds=outcome.wait), outcome.error)
        elif outcome.fate is Fate.DEAD:
            log.error("message %d (%s) will never be taken: %s", item.id, item.method, outcome.error)
            await uow.outbox.dead(item.id, outcome.error)
        else:
            await self._blocked(uow, item, outcome)

    async def _blocked(self, uow: UnitOfWork, item: OutboxItem, outcome: Outcome) -> None:
        """What waits for this person stays until they are back; workers hear of it."""
        log.info("message %d waits: the person cannot be reached", item.id)
        context = self._frame.context(uow)
        await uow.outbox.park(item.chat_id, outcome.error)
        # A private chat has the person's own id.
        await mark(uow, context, item.chat_id, reachable=False)
        await tell(context)

    async def _group_moved(self, uow: UnitOfWork, old: int, new: int) -> None:
        for organisation in await uow.organisations.all():
            if organisation.group_chat_id == old:
                await uow.organisations.save(replace(organisation, group_chat_id=new))
