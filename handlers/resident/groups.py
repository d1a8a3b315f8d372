"""In groups the bot speaks only when it is called: by a command of its own or by one of its buttons."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.admin.commands import ADMIN_COMMANDS
from handlers.kit.context import Context

_OWN = (
    "help",
    "my",
    "menu",
    "notice",
    "human",
    "privacy",
    "cancel",
    "tasks",
    "task",
    "score",
    "rectify",
    *ADMIN_COMMANDS,
)


async def on_command(message: Message, context: Context) -> None:
    """What concerns one household is told in the private chat."""
    await context.out.say(message.chat.id, "group-please-private", bot=context.bot_username)


async def on_button(callback: CallbackQuery, context: Context) -> None:
    """Said to nobody but who pressed."""
    await callback.answer(context.texts.plain("button-private"), show_alert=True)


def make_router() -> Router:
    """Commands and buttons, as far as nobody else answered them."""
    router = Router(name="resident.groups")
    router.message.register(on_command, Command(*_OWN))
    router.callback_query.register(on_button)
    return router
