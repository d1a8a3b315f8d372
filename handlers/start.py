"""/start and its links: an invite for a lead, an item from a poster, or just hello."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from casework.entities import Person
from casework.errors import InviteInvalid, NotFound
from casework.permissions import Actor, Role
from handlers.dialogue.conversation import Conversation
from handlers.dialogue.heard import Reader
from handlers.kit.buttons import button
from handlers.kit.callbacks import DialogueCD, MenuCD, MyRequestCD
from handlers.kit.context import Context
from handlers.kit.guessing import may_try, was_wrong
from handlers.kit.memory import Memory
from handlers.kit.texts import Markup
from handlers.lead.cards import tasks_button

_INVITE = "lead_"
_ITEM = "item_"
_EXPERT = "expert_"


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
    if link.startswith((_INVITE, _EXPERT)):
        return await _join(message, context, actor, person, memory, link)
    if message.chat.type != "private":
        return await context.out.say(message.chat.id, "group-please-private", bot=context.bot_username)
    if link.startswith(_ITEM):
        try:
            item = context.community.catalogue.item(link.removeprefix(_ITEM))
        except NotFound:
            return await _welcome(message, context, actor)
        conversation = await Conversation.open(context, actor, person, reader, memory)
        return await conversation.begin(item.code)
    return await _welcome(message, context, actor)


async def _join(
    message: Message, context: Context, actor: Actor, person: Person, memory: Memory, link: str
) -> None:
    """By an invite; whoever has tried many that open nothing has to wait."""
    from handlers.judging import joining as experts
    from handlers.lead import joining as leads

    if not await may_try(context, memory, person.id):
        return await context.out.say(message.chat.id, "invite-later")
    try:
        if link.startswith(_INVITE):
            return await leads.join(context, actor, person, link.removeprefix(_INVITE), message.chat)
        return await experts.join(context, actor, link.removeprefix(_EXPERT), message.chat)
    except InviteInvalid:
        # Answered here, for an error that rises forgets that it was tried.
        await was_wrong(context, memory, person.id)
        return await context.out.say(message.chat.id, "error-invite-invalid")


async def _welcome(message: Message, context: Context, actor: Actor) -> None:
    """Hello; leads and workers are also shown the door to their own work."""
    texts = context.texts
    said = [texts("start", community=context.community.name)]
    rows = [
        [button(texts, "all-services", MenuCD(action="top"))],
        [button(texts, "my-requests", MyRequestCD(action="list", id=0))],
        [button(texts, "human", DialogueCD(action="human", turn=0))],
    ]
    if Role.LEAD in actor.roles:
        said.append(texts("lead-start"))
        rows.insert(0, [tasks_button(texts)])
    if actor.is_admin():
        said.append(texts("admin-start"))
    await context.out.send(message.chat.id, Markup("\n\n".join(said)), rows)


def make_router() -> Router:
    """/start in private chats and groups."""
    router = Router(name="start")
    router.message.register(on_start, CommandStart())
    return router
