"""/start and its links: an invite for a lead, an item from a poster, or just hello."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from casework.entities import Person
from casework.errors import NotFound
from casework.permissions import Actor
from handlers.dialogue.conversation import Conversation
from handlers.dialogue.heard import Reader
from handlers.kit.buttons import button
from handlers.kit.callbacks import DialogueCD, MenuCD, MyRequestCD
from handlers.kit.context import Context
from handlers.kit.memory import Memory

_INVITE = "lead_"
_ITEM = "item_"


async def on_start(
    message: Message,
    command: CommandObject,
    context: Context,
    actor: Actor,
    person: Person,
    reader: Reader,
    memory: Memory,
) -> None:
    """A link that leads nowhere is answered like no link."""
    link = command.args or ""
    if link.startswith(_INVITE):
        from handlers.lead.joining import join

        return await join(context, actor, person, link.removeprefix(_INVITE), message.chat)
    if message.chat.type != "private":
        return await context.out.say(message.chat.id, "group-please-private", bot=context.bot_username)
    if link.startswith(_ITEM):
        try:
            item = context.community.catalogue.item(link.removeprefix(_ITEM))
        except NotFound:
            return await _welcome(message, context)
        conversation = await Conversation.open(context, actor, person, reader, memory)
        return await conversation.begin(item.code)
    return await _welcome(message, context)


async def _welcome(message: Message, context: Context) -> None:
    texts = context.texts
    rows = [
        [button(texts, "all-services", MenuCD(action="top"))],
        [button(texts, "my-requests", MyRequestCD(action="list", id=0))],
        [button(texts, "human", DialogueCD(action="human", turn=0))],
    ]
    await context.out.say(message.chat.id, "start", rows, community=context.community.name)


def make_router() -> Router:
    """/start in private chats and groups."""
    router = Router(name="start")
    router.message.register(on_start, CommandStart())
    return router
