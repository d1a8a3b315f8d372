"""Commands that only tell or begin: /help, /human, /privacy, /cancel."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.entities import Person
from casework.permissions import Actor
from casework.use_cases.filing import RememberDetails
from handlers.dialogue.conversation import OPEN, Conversation
from handlers.dialogue.heard import Reader, pressed
from handlers.dialogue.policy import RESUME
from handlers.dialogue.state import Step
from handlers.kit.buttons import button
from handlers.kit.callbacks import MenuCD, PrivacyCD
from handlers.kit.cards import Cards
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


async def on_privacy(message: Message, context: Context, person: Person) -> None:
    """What is kept, who sees it, and how to have it forgotten."""
    saved = person.saved
    known = bool(saved.address or saved.phone)
    kept = "　".join(
        filter(None, [Cards(context.texts, context.community).address(saved.address), saved.phone])
    )
    rows = [[button(context.texts, "forget-saved", PrivacyCD(action="forget"))]]
    phone = context.community.duty_phone
    if known:
        await context.out.say(message.chat.id, "privacy-kept", rows, phone=phone, kept=kept)
    else:
        await context.out.say(message.chat.id, "privacy", phone=phone)


async def on_forget(callback: CallbackQuery, context: Context, actor: Actor, person: Person) -> None:
    """Forget address and phone; filed requests keep theirs."""
    await callback.answer()
    await context.cases(RememberDetails)(actor, None)
    await context.out.say(person.chat_id or person.id, "privacy-forgotten")


def make_router() -> Router:
    """Commands in Chinese words are understood by the dialogue."""
    router = Router(name="resident.commands")
    router.message.register(on_help, Command("help"))
    router.message.register(on_human, Command("human"))
    router.message.register(on_cancel, Command("cancel"))
    router.message.register(on_privacy, Command("privacy"))
    router.callback_query.register(on_forget, PrivacyCD.filter(F.action == "forget"))
    return router
