"""In groups the bot speaks only when it is called by a command."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.kit.context import Context


async def on_command(message: Message, context: Context) -> None:
    """What concerns one household is told in the private chat."""
    await context.out.say(message.chat.id, "group-please-private", bot=context.bot_username)


def make_router() -> Router:
    """The residents' commands, as far as nobody else answered them."""
    router = Router(name="resident.groups")
    router.message.register(on_command, Command("help", "my", "menu", "human", "privacy", "cancel"))
    return router
