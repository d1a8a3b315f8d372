"""Free text, edited texts and the dialogue's buttons; and whatever nobody else understood."""

from __future__ import annotations

import re

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from casework.entities import Person, Request
from casework.errors import NotFound
from casework.permissions import Actor
from casework.use_cases.reading import SeeRequest
from handlers.dialogue.conversation import Conversation
from handlers.dialogue.heard import WORDS_KEPT, Reader
from handlers.kit.attachments import words
from handlers.kit.callbacks import DialogueCD
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.said import became, correct_note, now_says

_NUMBER = re.compile(r"\d{8}-\d{4,}")


async def replied_to(message: Message, context: Context, actor: Actor) -> Request | None:
    """The own request that the message replied to speaks of, if it names just one."""
    before = message.reply_to_message
    if before is None or before.from_user is None or not before.from_user.is_bot:
        return None
    numbers = set(_NUMBER.findall(before.text or before.caption or ""))
    if len(numbers) != 1:
        return None
    try:
        view = await context.cases(SeeRequest)(actor, number=numbers.pop())
    except NotFound:
        return None
    return view.request if view.request.resident_id == actor.person_id else None


async def on_text(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """What a resident writes."""
    conversation = await Conversation.open(context, actor, person, reader, memory)
    about = await replied_to(message, context, actor)
    text = message.text or ""
    if len(text) > WORDS_KEPT:
        await context.out.say(message.chat.id, "text-cut", count=WORDS_KEPT)
    await conversation.hear(text, about=about.id if about else None)


async def on_edited(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """What became a note or a description is corrected; anything else is heard as new words that correct."""
    text, before = words(message), await became(message, memory)
    if not text:
        return
    conversation = await Conversation.open(context, actor, person, reader, memory)
    danger = reader.understand(text, context.now).urgent
    if isinstance(before, int) and not danger:
        await correct_note(message, before, context, actor)
    elif not (isinstance(before, str) and not danger and await conversation.correct(before, text)):
        await conversation.hear(text, edited=True)
    await now_says(message, memory)


async def on_button(
    callback: CallbackQuery,
    callback_data: DialogueCD,
    context: Context,
    actor: Actor,
    person: Person,
    reader: Reader,
    memory: Memory,
) -> None:
    """A button of the dialogue; an answered one loses its buttons."""
    conversation = await Conversation.open(context, actor, person, reader, memory)
    counted = await conversation.press(callback_data.action, callback_data.turn, callback_data.value)
    await callback.answer(None if counted else context.texts.plain("button-old-short"))
    if counted and callback_data.action != "human" and isinstance(callback.message, Message):
        await context.out.drop_buttons(callback.message.chat.id, callback.message.message_id)


async def on_other_button(callback: CallbackQuery, context: Context) -> None:
    """A forged or forgotten button."""
    await callback.answer(context.texts.plain("button-unknown"), show_alert=True)


async def on_other(message: Message, context: Context) -> None:
    """A kind of message that says nothing here: sticker, dice, poll, …"""
    await context.out.say(message.chat.id, "reply-noise")


async def on_command(message: Message, context: Context) -> None:
    """A command that does not exist, or not for residents."""
    await context.out.say(message.chat.id, "unknown-command")


async def on_message(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """Everything that came through all other routers."""
    if message.text is None or not message.text.strip():
        return await on_other(message, context)
    if message.text.startswith("/"):
        return await on_command(message, context)
    return await on_text(message, context, actor, person, reader, memory)


def make_router() -> Router:
    """The last router of all."""
    router = Router(name="resident.talk")
    router.message.register(on_message)
    router.edited_message.register(on_edited)
    router.callback_query.register(on_button, DialogueCD.filter())
    router.callback_query.register(on_other_button)
    return router
