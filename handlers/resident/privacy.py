"""The buttons of /privacy: a copy, being forgotten and back, agreeing and taking it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.entities import Person
from casework.keeping.personal import Obstacles
from casework.permissions import Actor
from casework.use_cases.filing import GiveConsent, RememberDetails
from casework.use_cases.privacy import AskErasure, UndoErasure, WithdrawConsent
from handlers.dialogue.conversation import Conversation
from handlers.dialogue.heard import Reader, pressed
from handlers.dialogue.policy import RESUME
from handlers.kit.buttons import button
from handlers.kit.callbacks import ErasureCD, PrivacyCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.memory import Memory

#: 「确定删除」 is good for so many minutes.
SURE_FOR = 10


async def on_privacy(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """What is kept, who sees it, and what can be done about it."""
    conversation = await Conversation.open(context, actor, person, reader, memory)
    await conversation.perform(("action_privacy",), pressed())


async def on_button(
    callback: CallbackQuery,
    callback_data: PrivacyCD,
    context: Context,
    actor: Actor,
    person: Person,
    reader: Reader,
    memory: Memory,
) -> None:
    """One of the buttons; what asks or tells more is the dialogue's."""
    action = callback_data.action
    if action in _TALKS:
        await callback.answer()
        conversation = await Conversation.open(context, actor, person, reader, memory)
        await conversation.perform((_TALKS[action],), pressed())
    elif action in _DEEDS:
        await callback.answer()
        key = await _DEEDS[action](context, actor)
        if isinstance(callback.message, Message):
            await context.out.drop_buttons(callback.message.chat.id, callback.message.message_id)
        await context.out.say(person.chat_id or person.id, key)
        if action == "withdraw":
            # A card that is open has to say again what submitting it means.
            anew = await Conversation.open(context, actor, replace(person, consented_at=None), reader, memory)
            await anew.perform((RESUME,), pressed())
    else:
        await callback.answer(context.texts.plain("button-unknown"), show_alert=True)


async def on_sure(
    callback: CallbackQuery,
    callback_data: ErasureCD,
    context: Context,
    actor: Actor,
    person: Person,
    reader: Reader,
    memory: Memory,
) -> None:
    """「确定删除」: the second tap. An old one shows everything once more."""
    chat = person.chat_id or person.id
    age = int(context.now.timestamp() // 60) - callback_data.at
    asked = await context.cases(AskErasure)(actor) if 0 <= age <= SURE_FOR else None
    if asked is None or isinstance(asked, Obstacles):
        await callback.answer(context.texts.plain("erase-expired") if asked is None else None)
        conversation = await Conversation.open(context, actor, person, reader, memory)
        await conversation.perform(("action_ask_erase",), pressed())
        return
    await callback.answer()
    if isinstance(callback.message, Message):
        await context.out.drop_buttons(callback.message.chat.id, callback.message.message_id)
    when = Cards(context.texts, context.community).when(asked.due_at, context.now)
    undo = button(context.texts, "erase-undo", PrivacyCD(action="undo"))
    await context.out.say(chat, "erase-asked", [[undo]], when=when)


async def _keep(context: Context, actor: Actor) -> str:
    return "erase-kept"


async def _undo(context: Context, actor: Actor) -> str:
    return "erase-undone" if await context.cases(UndoErasure)(actor) else "erase-too-late"


async def _forget(context: Context, actor: Actor) -> str:
    """Address and phone for next time; filed requests keep theirs."""
    await context.cases(RememberDetails)(actor, None)
    return "privacy-forgotten"


async def _withdraw(context: Context, actor: Actor) -> str:
    withdrawn = await context.cases(WithdrawConsent)(actor)
    return "privacy-withdrawn" if withdrawn else "privacy-nothing-withdrawn"


async def _consent(context: Context, actor: Actor) -> str:
    await context.cases(GiveConsent)(actor)
    return "consent-thanks"


async def _refuse(context: Context, actor: Actor) -> str:
    return "consent-refused"


_TALKS = {"export": "action_export_own_data", "erase": "action_ask_erase"}
_DEEDS: dict[str, Callable[[Context, Actor], Awaitable[str]]] = {
    "keep": _keep,
    "undo": _undo,
    "forget": _forget,
    "withdraw": _withdraw,
    "consent": _consent,
    "refuse": _refuse,
}

#: Every button of `PrivacyCD`.
ACTIONS = (*_TALKS, *_DEEDS)


def make_router() -> Router:
    """In private chats only."""
    router = Router(name="resident.privacy")
    router.message.register(on_privacy, Command("privacy"))
    router.callback_query.register(on_button, PrivacyCD.filter())
    router.callback_query.register(on_sure, ErasureCD.filter())
    return router
