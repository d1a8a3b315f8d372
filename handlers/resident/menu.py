"""/menu: twelve groups, their items, and who offers an item at what price."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.entities import Person
from casework.permissions import Actor
from casework.use_cases.reading import ListProviders
from handlers.dialogue.conversation import Conversation
from handlers.dialogue.heard import Reader
from handlers.kit.buttons import button
from handlers.kit.callbacks import MenuCD
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_PROVIDERS_SHOWN = 8


async def on_menu(message: Message, context: Context) -> None:
    """The groups."""
    await context.out.send(message.chat.id, *_top(context))


async def on_press(
    callback: CallbackQuery,
    callback_data: MenuCD,
    context: Context,
    actor: Actor,
    person: Person,
    reader: Reader,
    memory: Memory,
) -> None:
    """One step in the menu, in the same message; 「我要办这个」 begins the dialogue."""
    await callback.answer()
    action, code = callback_data.action, callback_data.code
    if action == "file":
        conversation = await Conversation.open(context, actor, person, reader, memory)
        return await conversation.begin(context.community.catalogue.item(code).code)
    if action == "item":
        text, rows = await _item(context, actor, code)
    elif action == "group" and code in context.community.catalogue.groups:
        text, rows = _group(context, code)
    else:
        text, rows = _top(context)
    message = callback.message
    if isinstance(message, Message) and message.text and context.texts.plain("menu-mark") in message.text:
        return await context.out.edit(message.chat.id, message.message_id, text, rows)
    return await context.out.send(person.chat_id or person.id, text, rows)


def _pairs(taps: list[Button]) -> list[list[Button]]:
    return [taps[i : i + 2] for i in range(0, len(taps), 2)]


def _top(context: Context) -> tuple[Markup, Keyboard]:
    groups = context.community.catalogue.groups
    taps = [(name, MenuCD(action="group", code=code).pack()) for code, name in groups.items()]
    return context.texts("menu-top", mark=context.texts("menu-mark")), _pairs(taps)


def _group(context: Context, code: str) -> tuple[Markup, Keyboard]:
    texts, catalogue = context.texts, context.community.catalogue
    taps = [(item.name, MenuCD(action="item", code=item.code).pack()) for item in catalogue.in_group(code)]
    text = texts("menu-group", mark=texts("menu-mark"), group=catalogue.groups[code])
    return text, [*_pairs(taps), [button(texts, "menu-back-top", MenuCD(action="top"))]]


async def _item(context: Context, actor: Actor, code: str) -> tuple[Markup, Keyboard]:
    texts = context.texts
    item = context.community.catalogue.item(code)
    providers = await context.cases(ListProviders)(actor, code)
    lines = [
        texts("menu-provider", name=p.name, fee=texts.plain(f"fee-{p.fee}"))
        for p in providers[:_PROVIDERS_SHOWN]
    ]
    text = texts(
        "menu-item",
        mark=texts("menu-mark"),
        item=item.name,
        covers=item.covers,
        providers=Markup("\n".join(lines)) if lines else texts("menu-no-provider"),
    )
    rows = [
        [button(texts, "menu-file", MenuCD(action="file", code=code))],
        [button(texts, "menu-back-group", MenuCD(action="group", code=item.group))],
    ]
    return text, rows


def make_router() -> Router:
    """The menu and its buttons."""
    router = Router(name="resident.menu")
    router.message.register(on_menu, Command("menu"))
    router.callback_query.register(on_press, MenuCD.filter())
    return router
