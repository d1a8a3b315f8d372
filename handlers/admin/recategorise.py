"""/recategorise: file a request under another item; the reader suggests, the menu has the rest."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.catalogue import Item
from casework.transitions import Action, can
from casework.use_cases.reading import RequestView
from casework.use_cases.workers import RecategoriseRequest
from handlers.admin.desk import Desk, Pressed, number_and_words
from handlers.admin.sheets.columns import same
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD
from handlers.kit.outgoing import Button
from nlu.reader import Reader

_SUGGESTED = 4
_FOUND = 8
#: Instead of a group's code: all groups.
_ALL = "all"


async def on_recategorise(
    message: Message, command: CommandObject, desk: Desk, reader: Reader | None = None
) -> None:
    """`/recategorise <number> [item]`"""
    number, words = number_and_words(command)
    view = await desk.by_number(number, "/recategorise 7")
    if view is None:
        return
    if not can(view.request, Action.RECATEGORISE):
        await desk.refresh(view.request.id, "admin-moved-on")
    elif words:
        await _by_words(desk, view, words)
    else:
        await _suggest(desk, view, reader)


async def _by_words(desk: Desk, view: RequestView, words: str) -> None:
    wanted = same(words[:60])
    others = [i for i in desk.context.community.catalogue if i.code != view.request.item]
    named = [i for i in others if wanted in same(i.name) or wanted == i.code]
    items = (named or [i for i in others if wanted in same(i.covers)])[:_FOUND]
    key = "admin-item-found" if items else "admin-item-nothing"
    rows = [*_item_rows(desk, view, items), [_groups_button(desk, view)]]
    await desk.say(key, rows, words=words[:30], number=view.request.number)


async def on_group(
    callback: CallbackQuery, pressed: TriageCD, desk: Desk, reader: Reader | None = None
) -> None:
    """换类别: suggestions first, then groups, then the items of a group."""
    view = await desk.fresh(pressed.id, Action.RECATEGORISE)
    if view is None:
        return
    catalogue = desk.context.community.catalogue
    if not pressed.value:
        await _suggest(desk.aside(), view, reader)
    elif pressed.value in catalogue.groups:
        items = [i for i in catalogue.in_group(pressed.value) if i.code != view.request.item]
        text = desk.texts(
            "admin-item-in-group", group=catalogue.groups[pressed.value], number=view.request.number
        )
        await desk.show(text, [*_item_rows(desk, view, items), [_groups_button(desk, view)]])
    else:
        buttons = [
            button(desk.texts, "admin-group", TriageCD(action="group", id=pressed.id, value=code), name=name)
            for code, name in catalogue.groups.items()
        ]
        rows = [buttons[n : n + 3] for n in range(0, len(buttons), 3)]
        await desk.show(desk.texts("admin-item-groups", number=view.request.number), rows)


async def _suggest(desk: Desk, view: RequestView, reader: Reader | None) -> None:
    catalogue = desk.context.community.catalogue
    items: list[Item] = []
    if reader is not None:
        ranking = reader.understand(view.request.description, desk.context.now).ranking
        codes = [r.item for r in ranking if r.item in catalogue and r.item != view.request.item]
        items = [catalogue.item(code) for code in codes[:_SUGGESTED]]
    now = catalogue.item(view.request.item).name
    text = desk.texts(
        "admin-item-suggest" if items else "admin-item-choose",
        number=view.request.number,
        item=now,
        words=view.request.description[:300],
    )
    await desk.show(text, [*_item_rows(desk, view, items), [_groups_button(desk, view)]])


def _item_rows(desk: Desk, view: RequestView, items: list[Item]) -> list[list[Button]]:
    return [
        [
            button(
                desk.texts,
                "admin-item",
                TriageCD(action="item", id=view.request.id, value=i.code),
                name=i.name,
                group=i.group_name,
            )
        ]
        for i in items
    ]


def _groups_button(desk: Desk, view: RequestView) -> Button:
    return button(desk.texts, "admin-groups", TriageCD(action="group", id=view.request.id, value=_ALL))


def _runner_up(desk: Desk, view: RequestView, reader: Reader | None) -> str:
    """What else the reader thinks of the words than what they are filed as."""
    if reader is None:
        return ""
    ranking = reader.understand(view.request.summary, desk.context.now).ranking
    return next((r.item for r in ranking if r.item != view.request.item), "")


async def on_item(
    callback: CallbackQuery, pressed: TriageCD, desk: Desk, reader: Reader | None = None
) -> None:
    """The resident will be told and another organisation asked: a question first."""
    view = await desk.fresh(pressed.id, Action.RECATEGORISE)
    catalogue = desk.context.community.catalogue
    if view is None:
        return
    if pressed.value not in catalogue or pressed.value == view.request.item:
        await desk.refresh(pressed.id, "admin-item-same")
        return
    if pressed.action == "item":
        text = desk.texts(
            "admin-sure-item",
            number=view.request.number,
            old=catalogue.item(view.request.item).name,
            new=catalogue.item(pressed.value).name,
            category=desk.context.community.category_of(pressed.value),
        )
        yes = TriageCD(action="refile", id=pressed.id, value=pressed.value)
        no = TriageCD(action="keep", id=pressed.id)
        await desk.show(text, [[button(desk.texts, "admin-yes", yes), button(desk.texts, "cancel", no)]])
        return
    second = _runner_up(desk, view, reader)
    refile = desk.context.cases(RecategoriseRequest)
    moved = await refile(desk.actor, pressed.id, pressed.value, runner_up=second)
    await desk.toast("admin-refiled-toast")
    await desk.refresh(pressed.id, f"admin-refiled-{moved.status}")


def make_router() -> Router:
    """换类别"""
    router = Router(name="admin.recategorise")
    router.message.register(on_recategorise, Command("recategorise"))
    router.callback_query.register(on_group, Pressed(TriageCD, "group"))
    router.callback_query.register(on_item, Pressed(TriageCD, "item", "refile"))
    return router
