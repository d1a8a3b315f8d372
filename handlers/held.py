"""Opens one of the messages that waited for the morning."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.announce.digest import matters
from handlers.kit.callbacks import HeldCD
from handlers.kit.context import Context


async def on_open(callback: CallbackQuery, callback_data: HeldCD, context: Context) -> None:
    """The message as it would have come, with its buttons; only where it was meant to come."""
    chat = callback.message.chat.id if callback.message else callback.from_user.id
    held = await context.uow.held.get(callback_data.id)
    if held is None or held.chat_id != chat:
        await callback.answer(context.texts.plain("digest-gone"), show_alert=True)
    elif not await matters(context, held):
        await callback.answer(context.texts.plain("digest-moved-on"), show_alert=True)
    else:
        await callback.answer()
        await context.uow.outbox.add(chat, held.method, held.payload, reveals=held.reveals)


def make_router() -> Router:
    """In private chats and groups: a message waits for a chat, whoever reads there."""
    router = Router(name="held")
    router.callback_query.register(on_open, HeldCD.filter())
    return router
