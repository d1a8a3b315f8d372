"""Answers to pressed buttons: held while the update is handled, sent the moment its outcome is known.

They go outside the outbox (the messenger forgets a query after 150 s), but not while the transaction
is open: a slow network would hold up everybody, and an answer must not praise what is then rolled back.
For the same reason nobody asks the messenger for the bot's name in the middle of an update.
"""

from __future__ import annotations

import asyncio
import logging
from contextvars import ContextVar
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import AnswerCallbackQuery, GetMe, TelegramMethod
from aiogram.types import Update, User

from bot.messenger import Messenger, MessengerError, Unanswered

log = logging.getLogger(__name__)

Answers = dict[str, dict[str, Any]]
#: What the handlers answered during the current update, by query id.
held: ContextVar[Answers] = ContextVar("held")
#: The bot's own name during an update; empty while it is not known.
own_name: ContextVar[str] = ContextVar("own_name", default="")


class HoldAnswers(BaseRequestMiddleware):
    """Keeps `callback.answer(...)` of the current update instead of sending it.

    aiogram asks `getMe` when a command names a bot (`/tasks@linying_bot`): answered from memory.
    """

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        """Other methods pass."""
        if isinstance(method, GetMe) and (name := own_name.get()):
            return User(id=bot.id, is_bot=True, first_name=name, username=name)
        if not isinstance(method, AnswerCallbackQuery):
            return await make_request(bot, method)
        fields = method.model_dump(exclude_none=True, include=_FIELDS)
        held.get()[method.callback_query_id] = fields
        return True


_FIELDS = {"callback_query_id", "text", "show_alert", "url", "cache_time"}


class Answerer:
    """Sends held answers in the background."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, update: Update, answers: Answers, alert: str | None = None) -> None:
        """`alert` replaces what handlers said; a query nobody answered is answered without words."""
        query = update.callback_query
        if query is None:
            return
        answer = answers.get(query.id, {"callback_query_id": query.id})
        if alert is not None:
            answer = {"callback_query_id": query.id, "text": alert[:200], "show_alert": True}
        task = asyncio.create_task(self._send(answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, answer: dict[str, Any]) -> None:
        try:
            await self._messenger.call("AnswerCallbackQuery", answer, timeout=10)
        except (MessengerError, Unanswered) as error:
            # Nothing hangs on it: what the press did is told by a message.
            log.info("a button's answer was not taken: %s", error)

    async def close(self) -> None:
        """Wait for what is under way."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)
