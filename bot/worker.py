"""Handles what the inbox holds: in order within a chat, one transaction an update."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot import answers, commands, errors, identity
from bot.answers import Answerer, Answers
from bot.attachments import Attachments
from bot.backoff import delay, woken
from bot.frame import Frame
from bot.telling import tell
from casework.errors import CaseworkError, Conflict
from handlers.kit.fsm import current_memory
from handlers.kit.memory import Memory

if TYPE_CHECKING:
    from storage.database import Database
    from storage.repositories.inbox import InboxItem
    from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

#: After these many seconds an update that failed is tried again; then it is a dead letter.
RETRY_AFTER = (1, 5, 20)
#: Another process or a due retry may have left work without anybody waking us.
LOOK_EVERY = 1.0


class NotYet(Exception):
    """The update needs something slow first, which must not be waited for inside the transaction."""


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
        lanes: int = 1,
    ) -> None:
        self._db = db
        self._frame = frame
        self._bot = bot
        self.dispatcher = dispatcher
        self._answerer = answerer
        self._attachments = attachments
        self._on_reply = on_reply
        self._lanes = lanes
        self._busy: set[int] = set()
        self._stopping = False
        #: Set by whoever put updates into the inbox.
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop`; what is left over from earlier comes first."""
        async with asyncio.TaskGroup() as lanes:
            for _ in range(self._lanes):
                lanes.create_task(self._lane())

    def stop(self) -> None:
        """Finish the update in hand and take no more."""
        self._stopping = True
        self.wake.set()

    async def _lane(self) -> None:
        failures = 0
        while not self._stopping:
            self.wake.clear()
            try:
                worked = await self.step()
                failures = 0
            except Exception as error:  # noqa: BLE001 - the database may be away; the lane must live
                failures += 1
                log.error("the inbox cannot be worked on: %s", errors.trace(error))
                await asyncio.sleep(delay(failures, most=30))
                continue
            if worked:
                continue
            await woken(self.wake, LOOK_EVERY)

    async def step(self) -> bool:
        """Take and handle one update; False when there is none to take."""
        item: InboxItem | None = None
        update: Update | None = None
        held: Answers = {}
        try:
            async with self._db.transaction(self._frame.community.id) as uow:
                item = await uow.inbox.claim(self._busy)
                if item is None:
                    return False
                self._occupy(item)
                update = Update.model_validate(item.raw, context={"bot": self._bot})
                held = await self._handle(uow, item, update)
                await uow.inbox.done(item)
                await uow.commit()
        except NotYet:
            assert item is not None
            assert update is not None
            await self._prepare(item, update)
        except Exception as error:
            if item is None:
                raise
            await self._failed(item, update, error)
        else:
            self._on_reply()
            self._attachments.drop(item.id)
            self._answerer.send(update, held)
        finally:
            if item is not None:
                self._release(item)
        return True

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
        if self._needs_preparation(item, update, actor.is_admin()):
            raise NotYet
        memory = Memory(uow.trackers)
        held: Answers = {}
        tokens = current_memory.set(memory), answers.held.set(held)
        named = answers.own_name.set(context.bot_username)
        try:
            if update.my_chat_member is not None:
                await identity.note_membership(uow, context, update.my_chat_member)
            if not person.muted or self._gets_through(update):
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
                    reader=self._frame.seat.reader,
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

    async def _prepare(self, item: InboxItem, update: Update) -> None:
        await self._frame.seat.ready.wait()
        await self._attachments.fetch(item.id, update)

    def _gets_through(self, update: Update) -> bool:
        """Danger to life is heard also from somebody who was muted."""
        text = update.message and (update.message.text or update.message.caption)
        if not text or not self._frame.seat.ready.is_set():
            return False
        return bool(self._frame.seat.reader.understand(text, self._frame.clock.now()).urgent)

    async def _failed(self, item: InboxItem, update: Update | None, error: Exception) -> None:
        refused = isinstance(error, CaseworkError) and not isinstance(error, Conflict)
        dead = not refused and (update is None or item.attempts >= len(RETRY_AFTER))
        if not refused:
            kind = f"{error.error_count()} bad fields" if isinstance(error, ValidationError) else ""
            say = log.error if dead else log.warning
            say("update %d, try %d: %s %s", item.update_id, item.attempts + 1, errors.trace(error), kind)
        alert: str | None = None
        async with self._db.transaction(self._frame.community.id) as uow:
            context = self._frame.context(uow)
            if update is not None and (refused or dead):
                alert = await errors.answer(context, update, error, f"error/{item.update_id}")
            if refused:
                await uow.inbox.done(item)
            else:
                wait = RETRY_AFTER[min(item.attempts, len(RETRY_AFTER) - 1)]
                retry_at = self._frame.clock.now() + timedelta(seconds=wait)
                await uow.inbox.failed(item, errors.trace(error), dead, None if dead else retry_at)
            await uow.commit()
        self._on_reply()
        if update is not None and (refused or dead):
            self._answerer.send(update, {}, alert)
            self._attachments.drop(item.id)


def _is_command(update: Update) -> bool:
    message = update.message
    return bool(update.my_chat_member) or bool(message and message.text and message.text.startswith("/"))
