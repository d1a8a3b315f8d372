"""Commands that only tell or begin: /help, /human, /cancel."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from casework.entities import Person
from casework.permissions import Actor
from handlers.dialogue.conversation import OPEN, Conversation
from handlers.dialogue.heard import Reader, pressed
from handlers.dialogue.policy import RESUME
from handlers.dialogue.state import Step
from handlers.kit.buttons import button
from handlers.kit.callbacks import MenuCD
from handlers.kit.context import Context
from handlers.kit.memory import Memory


async def on_help(message: Message, context: Context) -> None:
    """How to use it."""
    menu = button(context.texts, "all-services", MenuCD(action="top"))
    phone, hours = context.community.duty_phone, context.community.duty_hours
    await context.out.say(message.chat.id, "help", [[menu]], phone=phone, hours=hours)


async def on_human(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """The duty phone, and the workers are told; an open form stays open."""
    conversation = await Conversation.open(context, actor, person, reader, memory)
    await conversation.perform(("action_ask_human", RESUME), pressed())


async def on_cancel(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """Stop what is open, else take a filed request back; both are asked first."""
    conversation = await Conversation.open(context, actor, person, reader, memory)
    step = conversation.dialogue.step
    if step in (Step.CHOOSE, Step.REWORD):
        action = "action_stop_form"
    else:
        action = "action_ask_stop" if step in OPEN else "action_cancel_request"
    await conversation.perform((action,), pressed())


def make_router() -> Router:
    """Commands in Chinese words are understood by the dialogue."""
    router = Router(name="resident.commands")
    router.message.register(on_help, Command("help"))
    router.message.register(on_human, Command("human"))
    router.message.register(on_cancel, Command("cancel"))
    return router
