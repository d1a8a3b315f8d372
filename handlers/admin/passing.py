"""/split, and a worker's answer to an organisation that would hand a task on."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from casework.catalogue import Item
from casework.errors import NotFound
from casework.steps import PROPOSE_SPLIT, SPLIT
from casework.transitions import Action, can
from casework.use_cases.between import DecideHandOn, SplitRequest
from casework.use_cases.reading import RequestView
from handlers.admin.desk import Desk, Pressed, Step, heard, number_and_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD
from handlers.kit.outgoing import Button
from nlu.reader import Reader

_SUGGESTED = 4
_LONGEST_WORDS = 500
#: Instead of a group's code: all groups.
_ALL = "all"


async def on_split(
    message: Message, command: CommandObject, desk: Desk, reader: Reader | None = None
) -> None:
    """`/split <number> [what the second one is]`"""
    number, words = number_and_words(command)
    view = await desk.by_number(number, "/split 7")
    if view is not None:
        await _begin(desk, view, words, reader)


async def on_split_button(
    callback: CallbackQuery, pressed: TriageCD, desk: Desk, reader: Reader | None = None
) -> None:
    """From a card, or from an organisation's word that it is more than one thing: then in its words."""
    view = await desk.see(pressed.id)
    await _begin(desk.aside(), view, _proposed(view), reader)


def _proposed(view: RequestView) -> str:
    """What the organisation said is left, unless it was split since."""
    said = [e for e in view.history if e.action in (PROPOSE_SPLIT, SPLIT)]
    return said[-1].reason if said and said[-1].action == PROPOSE_SPLIT else ""


async def on_words(message: Message, desk: Desk, reader: Reader | None = None) -> None:
    """What the second one is."""
    got = await heard(desk, message, Step.split)
    if got is not None:
        words, data = got
        await _begin(desk, await desk.see(data["request"]), words, reader)


async def _begin(desk: Desk, view: RequestView, words: str, reader: Reader | None) -> None:
    request = view.request
    if not can(request, Action.CANCEL):
        return await desk.refresh(request.id, "admin-moved-on")
    if not words:
        await desk.wait_for(Step.split, request=request.id)
        text = desk.texts("admin-split-words", number=request.number, words=request.description[:300])
        return await desk.show(text, [[_no(desk, request.id)]])
    words = words[:_LONGEST_WORDS]
    await desk.wait_for(Step.sure_split, request=request.id, words=words)
    rows = [*_item_rows(desk, request.id, _likely(desk, words, reader)), [_groups(desk, request.id)]]
    return await desk.show(
        desk.texts("admin-split-item", number=request.number, words=words),
        [*rows, [_no(desk, request.id)]],
    )


def _likely(desk: Desk, words: str, reader: Reader | None) -> list[Item]:
    if reader is None:
        return []
    catalogue = desk.context.community.catalogue
    ranking = reader.understand(words, desk.context.now).ranking
    return [catalogue.item(r.item) for r in ranking if r.item in catalogue][:_SUGGESTED]


def _item_rows(desk: Desk, request_id: int, items: list[Item]) -> list[list[Button]]:
    return [
        [
            button(
                desk.texts,
                "admin-item",
                TriageCD(action="split_item", id=request_id, value=i.code),
                name=i.name,
                group=i.group_name,
            )
        ]
        for i in items
    ]


def _groups(desk: Desk, request_id: int) -> Button:
    return button(desk.texts, "admin-groups", TriageCD(action="split_group", id=request_id, value=_ALL))


def _no(desk: Desk, request_id: int) -> Button:
    return button(desk.texts, "cancel", TriageCD(action="keep", id=request_id))


async def on_group(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """All groups, or the items of one."""
    view, catalogue = await desk.see(pressed.id), desk.context.community.catalogue
    number = view.request.number
    if pressed.value in catalogue.groups:
        rows = _item_rows(desk, pressed.id, catalogue.in_group(pressed.value))
        text = desk.texts("admin-item-in-group", group=catalogue.groups[pressed.value], number=number)
        return await desk.show(text, [*rows, [_groups(desk, pressed.id)]])
    taps = [
        button(
            desk.texts, "admin-group", TriageCD(action="split_group", id=pressed.id, value=code), name=name
        )
        for code, name in catalogue.groups.items()
    ]
    rows = [taps[n : n + 3] for n in range(0, len(taps), 3)]
    return await desk.show(desk.texts("admin-item-groups", number=number), rows)


async def on_item(
    callback: CallbackQuery, pressed: TriageCD, desk: Desk, reader: Reader | None = None
) -> None:
    """What will be told to whom; and then it is done."""
    data = await desk.waited_for(Step.sure_split)
    if data is None or data["request"] != pressed.id:
        await desk.toast("admin-too-late")
        return await desk.refresh(pressed.id, "admin-too-late")
    view = await desk.fresh(pressed.id, Action.CANCEL)
    catalogue = desk.context.community.catalogue
    if view is None or pressed.value not in catalogue:
        return None
    item = catalogue.item(pressed.value)
    if pressed.action == "split_item":
        await desk.wait_for(Step.sure_split, request=pressed.id, words=data["words"])
        yes = TriageCD(action="split_yes", id=pressed.id, value=item.code)
        text = desk.texts(
            "admin-sure-split",
            number=view.request.number,
            item=catalogue.item(view.request.item).name,
            new=item.name,
            words=data["words"],
        )
        return await desk.show(text, [[button(desk.texts, "admin-yes", yes), _no(desk, pressed.id)]])
    words = data["words"]
    masked = reader.understand(words, desk.context.now).masked if reader else item.name
    _, second = await desk.context.cases(SplitRequest)(desk.actor, pressed.id, item.code, words, masked)
    await desk.toast("admin-done")
    return await desk.refresh(second.id, "admin-did-split", number=view.request.number, other=second.number)


async def on_hand_on(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """同意转, or it stays; decided once."""
    to = await desk.organisation(pressed.value)
    if to is None:
        return
    approve = pressed.action == "hand_on"
    await desk.see(pressed.id)
    try:
        await desk.context.cases(DecideHandOn)(desk.actor, pressed.id, to.id, approve=approve)
    except NotFound:
        await desk.toast("admin-moved-on")
        await desk.refresh(pressed.id, "admin-moved-on")
        return
    await desk.toast("admin-done")
    await desk.refresh(pressed.id, "admin-did-hand-on" if approve else "admin-did-hand-keep", name=to.name)


def make_router() -> Router:
    """Splitting and handing on."""
    router = Router(name="admin.passing")
    router.message.register(on_split, Command("split"))
    router.message.register(on_words, StateFilter(Step.split))
    router.callback_query.register(on_split_button, Pressed(TriageCD, "split"))
    router.callback_query.register(on_group, Pressed(TriageCD, "split_group"))
    router.callback_query.register(on_item, Pressed(TriageCD, "split_item", "split_yes"))
    router.callback_query.register(on_hand_on, Pressed(TriageCD, "hand_on", "hand_keep"))
    return router
