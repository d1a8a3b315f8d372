"""Handles what the inbox holds: in order within a chat, one transaction an update."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextvars import Token
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot import answers, commands, errors, identity
from bot.answers import Answerer, Answers
from bot.attachments import Attachments
from bot.backoff import Wake, delay, woken
from bot.frame import Frame
from bot.own_data import about_own_data
from bot.pace import Pace, Step
from bot.telling import tell
from casework.errors import CaseworkError, Conflict, TooFast
from handlers.kit.fsm import current_memory
from handlers.kit.memory import Memory
from storage.tracing import trace

if TYPE_CHECKING:
    from casework.entities import Person
    from casework.permissions import Actor
    from storage.database import Database
    from storage.repositories.inbox import InboxItem
    from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

#: After these many seconds an update that failed is tried again; then it is a dead letter.
RETRY_AFTER = (1, 5, 20)
#: What failed with the database, not by itself, is tried for about an hour.
_MOST_OUTAGES = 180
#: What takes longer hangs: meanwhile nobody else is answered, so it is tried once more and no further.
HANDLE_SECONDS = 60.0
#: So many chats may wait for something slow at once before the lanes wait as well.
_MOST_ASIDE = 500
#: Another process or a due retry may have left work without anybody waking us.
LOOK_EVERY = 1.0


class NotYet(Exception):
    """The update needs something slow first, which must not be waited for inside the transaction."""


class Hung(Exception):
    """Handling took longer than `HANDLE_SECONDS`."""


class Worker:
    """Lanes that take updates from the inbox. `on_reply` is called after each commit."""

    def __init__(
        self,
        db: Database,
        frame: Frame,
        bot: Bot,
        dispatcher: Dispatcher,
        answerer: Answerer,
        attachments: Attachments,
        on_reply: Callable[[], None],
        *,
        pace: Pace | None = None,
        lanes: int = 1,
    ) -> None:
        self._db = db
        self._frame = frame
        self._bot = bot
        self.dispatcher = dispatcher
        self._answerer = answerer
        self._attachments = attachments
        self._on_reply = on_reply
        self._pace = pace
        self._lanes = lanes
        self._busy: set[int] = set()
        self._aside: set[asyncio.Task[None]] = set()
        self._stopping = False
        #: Nothing else was pending at the last claim; whatever has come since has set `wake`.
        self._alone = False
        #: Set by whoever put updates into the inbox; wakes one lane.
        self.wake = Wake()

    async def run(self) -> None:
        """Work until `stop`; what is left over from earlier comes first."""
        try:
            async with asyncio.TaskGroup() as lanes:
                for number in range(self._lanes):
                    lanes.create_task(self._lane(f"worker-{number}"))
        finally:
            for task in self._aside:
                task.cancel()

    def stop(self) -> None:
        """Finish the update in hand and take no more."""
        self._stopping = True
        for _ in range(self._lanes):
            self.wake.set()

    @property
    def has_room(self) -> bool:
        """Whether a lane waits for something to do."""
        return self.wake.waited_for

    async def _lane(self, name: str) -> None:
        failures = 0
        in_a_row = 0
        sight = self._frame.sight
        while not self._stopping:
            self.wake.clear()
            sight.turn(name)
            try:
                worked = await self.step()
                failures = 0
            except Exception as error:  # noqa: BLE001 - the database may be away; the lane must live
                failures += 1
                sight.faults["worker"] += 1
                log.error("the inbox cannot be worked on: %s", errors.trace(error))
                await asyncio.sleep(delay(failures, most=30))
                continue
            more = worked and not self._alone
            in_a_row = in_a_row + 1 if more else 0
            if in_a_row > 1:
                # There is more than one lane can do.
                self.wake.set()
            if not more:
                await woken(self.wake, LOOK_EVERY * self._lanes)

    async def step(self) -> bool:
        """Take and handle one update; False when there is none to take."""
        item: InboxItem | None = None
        update: Update | None = None
        held: Answers = {}
        aside = False
        begun, outcome = time.perf_counter(), "again"
        followed: Token[str | None] | None = None
        try:
            async with self._db.transaction(self._frame.community.id) as uow:
                item = await uow.inbox.claim(self._busy)
                if item is None:
                    return False
                self._alone = item.alone
                self._occupy(item)
                followed = trace.set(f"u{item.update_id}")
                update = Update.model_validate(item.raw, context={"bot": self._bot})
                held = await self._in_time(self._handle(uow, item, update))
                await uow.inbox.done(item)
                await uow.commit()
        except NotYet:
            assert item is not None
            assert update is not None
            outcome = "aside"
            aside = await self._put_aside(item, update)
        except BaseException as error:
            # A handler may also end with what usually ends a program; then the update fails, nothing else.
            if item is None or _is_end(error):
                raise
            outcome = await self._failed(item, update, error)
        else:
            outcome = "handled"
            self._on_reply()
            self._attachments.drop(item.id)
            self._answerer.send(update, held)
        finally:
            if item is not None:
                self._note(item, outcome, begun)
                if not aside:
                    self._release(item)
            if followed is not None:
                trace.reset(followed)
        return True

    def _note(self, item: InboxItem, outcome: str, begun: float) -> None:
        """What became of this try, for those who watch over the program."""
        took = time.perf_counter() - begun
        waited = (self._frame.clock.now() - item.received_at).total_seconds()
        self._frame.sight.handled(item.raw, outcome, took, waited)
        log.info(
            "update %d %s in %.0f ms, %.0f ms after it came",
            item.update_id,
            outcome,
            1e3 * took,
            1e3 * waited,
        )

    async def prepared(self) -> bool:
        """Wait for what was put aside; False when there is nothing."""
        waiting = list(self._aside)
        if waiting:
            await asyncio.wait(waiting)
        return bool(waiting)

    def _occupy(self, item: InboxItem) -> None:
        if item.chat_id is not None:
            self._busy.add(item.chat_id)

    def _release(self, item: InboxItem) -> None:
        if item.chat_id is not None:
            self._busy.discard(item.chat_id)

    async def _handle(self, uow: UnitOfWork, item: InboxItem, update: Update) -> Answers:
        context = self._frame.context(uow)
        speaker = identity.speaker_of(update)
        if speaker is None:
            return {}
        person, actor = await identity.identify(uow, context, speaker)
        chats = {speaker.user.id} | ({speaker.chat.id} if speaker.chat else set())
        context = replace(context, acting=frozenset(chats))
        if self._needs_preparation(item, update, actor.is_admin()):
            raise NotYet
        memory = Memory(uow.trackers)
        held: Answers = {}
        tokens = current_memory.set(memory), answers.held.set(held)
        named = answers.own_name.set(context.bot_username)
        try:
            if update.my_chat_member is not None:
                await identity.note_membership(uow, context, update.my_chat_member)
            if self._listens(person, actor, update):
                await self.dispatcher.feed_update(
                    self._bot,
                    update,
                    uow=uow,
                    actor=actor,
                    person=person,
                    cases=context.cases,
                    out=context.out,
                    community=context.community,
                    clock=context.clock,
                    reader=self._frame.watched_reader(),
                    admins=context.admins,
                    context=context,
                    memory=memory,
                    attachment=self._attachments.of(item.id),
                    bot_username=context.bot_username,
                )
            if speaker.private and person.chat_id is not None:
                await commands.keep_current(context, memory, actor, person.chat_id)
            await tell(context)
            await memory.flush()
        finally:
            current_memory.reset(tokens[0])
            answers.held.reset(tokens[1])
            answers.own_name.reset(named)
        return held

    def _needs_preparation(self, item: InboxItem, update: Update, is_admin: bool) -> bool:
        if not self._frame.seat.ready.is_set() and not _is_command(update):
            return True
        return is_admin and self._attachments.missing(item.id, update)

    async def _put_aside(self, item: InboxItem, update: Update) -> bool:
        """Wait for what it needs while others are handled; only its own chat stays busy."""
        if item.chat_id is None or len(self._aside) >= _MOST_ASIDE:
            await self._prepare(item, update)
            return False
        task = asyncio.create_task(self._prepare(item, update))
        self._aside.add(task)
        task.add_done_callback(lambda done: self._take_up(item, done))
        return True

    def _take_up(self, item: InboxItem, task: asyncio.Task[None]) -> None:
        self._aside.discard(task)
        self._release(item)
        self.wake.set()

    async def _prepare(self, item: InboxItem, update: Update) -> None:
        await self._frame.seat.ready.wait()
        await self._attachments.fetch(item.id, update)

    async def _in_time(self, handling: Coroutine[Any, Any, Answers]) -> Answers:
        limit = asyncio.timeout(HANDLE_SECONDS)
        try:
            async with limit:
                return await handling
        except TimeoutError:
            if limit.expired():
                raise Hung from None
            raise

    def _listens(self, person: Person, actor: Actor, update: Update) -> bool:
        """Not to who writes too fast, unless there is danger; to who was muted also about their own data.

        Raises TooFast once a minute.
        """
        step = Step.READ if self._pace is None or actor.is_admin() else self._pace.step(person.id)
        heard = step is Step.READ and (not person.muted or about_own_data(update))
        if heard or self._gets_through(update):
            return True
        if step is Step.TELL and not person.muted:
            raise TooFast()
        return False

    def _gets_through(self, update: Update) -> bool:
        """Danger to life is heard also from somebody who was muted."""
        text = update.message and (update.message.text or update.message.caption)
        if not text or not self._frame.seat.ready.is_set():
            return False
        return bool(self._frame.seat.reader.understand(text, self._frame.clock.now()).urgent)

    async def _failed(self, item: InboxItem, update: Update | None, error: BaseException) -> str:
        """Put it down and say so; returns what became of it."""
        from storage.outages import is_outage

        refused = isinstance(error, CaseworkError) and not isinstance(error, Conflict)
        tries = 2 if isinstance(error, Hung) else _MOST_OUTAGES if is_outage(error) else len(RETRY_AFTER) + 1
        dead = not refused and (update is None or item.attempts + 1 >= tries)
        if not refused:
            kind = f"{error.error_count()} bad fields" if isinstance(error, ValidationError) else ""
            say = log.error if dead else log.warning
            say("update %d, try %d: %s %s", item.update_id, item.attempts + 1, errors.trace(error), kind)
        answered = update if refused or dead else None
        try:
            alert = await self._put_down(item, answered, error, refused, dead)
        except Exception as second:
            if answered is None:
                raise
            # Words that cannot be said must not make it come again for ever, before everybody else.
            log.error("update %d could not be answered: %s", item.update_id, errors.trace(second))
            alert = await self._put_down(item, None, error, refused, dead)
        self._on_reply()
        if answered is not None:
            self._answerer.send(answered, {}, alert)
            self._attachments.drop(item.id)
        return "refused" if refused else "dead" if dead else "again"

    async def _put_down(
        self, item: InboxItem, answered: Update | None, error: BaseException, refused: bool, dead: bool
    ) -> str | None:
        """What became of it, and the words about it; returns what a button's alert says."""
        alert: str | None = None
        async with self._db.transaction(self._frame.community.id) as uow:
            if answered is not None:
                context = self._frame.context(uow)
                alert = await errors.answer(context, answered, error, f"error/{item.update_id}")
            if refused:
                await uow.inbox.done(item)
            else:
                wait = RETRY_AFTER[min(item.attempts, len(RETRY_AFTER) - 1)]
                retry_at = self._frame.clock.now() + timedelta(seconds=wait)
                await uow.inbox.failed(item, errors.trace(error), dead, None if dead else retry_at)
            await uow.commit()
        return alert


def _is_end(error: BaseException) -> bool:
    """Whether we ourselves are being ended, by a cancellation or Ctrl+C."""
    if isinstance(error, asyncio.CancelledError):
        task = asyncio.current_task()
        return task is not None and task.cancelling() > 0
    return isinstance(error, KeyboardInterrupt | GeneratorExit)


def _is_command(update: Update) -> bool:
    message = update.message
    return bool(update.my_chat_member) or bool(message and message.text and message.text.startswith("/"))
