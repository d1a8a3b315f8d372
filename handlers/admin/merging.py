"""/merge and /unmerge: two requests that are one, after a look at both; and what only looked alike."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.entities import Request
from casework.errors import NotFound
from casework.statuses import RequestStatus
from casework.together.sameness import OVER
from casework.transitions import Action, can
from casework.use_cases.alike import JudgeAlike
from casework.use_cases.merging import MergeRequests, UnmergeRequest
from handlers.admin.desk import Desk, Pressed, number_and_words
from handlers.kit.brief import brief
from handlers.kit.buttons import button
from handlers.kit.callbacks import MergeCD, TriageCD


class Merging(StatesGroup):
    """What 确定 is waited for."""

    sure = State()


async def on_merge(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/merge 12 7`: the first into the second."""
    first, second = number_and_words(command)
    if not first or not second:
        return await desk.say("merge-usage")
    one = await desk.by_number(first, "/merge 12 7")
    other = await desk.by_number(second, "/merge 12 7") if one else None
    if one and other:
        await _preview(desk, one.request, other.request)
    return None


async def on_ask(callback: CallbackQuery, pressed: MergeCD, desk: Desk) -> None:
    """并到 on a card."""
    one, other = await desk.see(pressed.id), await desk.see(pressed.other)
    await _preview(desk.aside(), one.request, other.request)


async def _preview(desk: Desk, one: Request, other: Request) -> None:
    """Both in their words; an urgent one with a warning. What cannot be is said at once."""
    refusal = _refusal(one, other)
    if refusal:
        status = desk.texts.plain(f"follow-status-{one.status}")
        number = other.number if refusal == "merge-into-not-now" else one.number
        return await desk.say(refusal, number=number, status=status)
    await desk.wait_for(Merging.sure, request=one.id, into=other.id)
    words = "merge-sure-urgent" if one.urgent else "merge-sure"
    text = desk.texts(words, number=one.number, into=other.number, words=brief(one), into_words=brief(other))
    rows = [
        [
            button(desk.texts, "merge-yes", MergeCD(action="yes", id=one.id, other=other.id)),
            button(desk.texts, "merge-no", TriageCD(action="show", id=one.id)),
        ]
    ]
    return await desk.show(text, rows)


def _refusal(one: Request, other: Request) -> str | None:
    if one.id == other.id:
        return "merge-same"
    if other.status in OVER:
        return "merge-into-not-now"
    if not can(one, Action.MERGE):
        return "merge-not-now"
    return "merge-urgent-into-calm" if one.urgent and not other.urgent else None


async def on_yes(callback: CallbackQuery, pressed: MergeCD, desk: Desk) -> None:
    """确定合并, for what was previewed last and nothing else."""
    data = await desk.waited_for(Merging.sure)
    if data is None or (data["request"], data.get("into")) != (pressed.id, pressed.other):
        await desk.toast("admin-too-late")
        return await desk.refresh(pressed.id, "admin-too-late")
    one, other = (await desk.see(pressed.id)).request, (await desk.see(pressed.other)).request
    if _refusal(one, other):
        await desk.toast("admin-moved-on")
        return await desk.refresh(pressed.id, "admin-moved-on")
    await desk.context.cases(MergeRequests)(desk.actor, one.id, other.id, sure=one.urgent)
    await desk.toast("admin-done")
    return await desk.refresh(other.id, "merge-done", number=one.number, into=other.number)


async def on_different(callback: CallbackQuery, pressed: MergeCD, desk: Desk) -> None:
    """不是一回事"""
    try:
        await desk.context.cases(JudgeAlike)(desk.actor, pressed.id, pressed.other)
    except NotFound:
        await desk.toast("admin-moved-on")
        return
    await desk.toast("merge-different")
    await desk.aside().refresh(pressed.id, "merge-different")


async def on_unmerge(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/unmerge 12`"""
    typed = (command.args or "").strip()
    if not typed:
        return await desk.say("unmerge-usage")
    view = await desk.by_number(typed, "/unmerge 12")
    if view is not None:
        await _ask_undo(desk, view.request)
    return None


async def on_undo(callback: CallbackQuery, pressed: MergeCD, desk: Desk) -> None:
    """拿出来单独办 on a card."""
    await _ask_undo(desk.aside(), (await desk.see(pressed.id)).request)


async def _ask_undo(desk: Desk, request: Request) -> None:
    if request.status is not RequestStatus.MERGED:
        return await desk.say("unmerge-not", number=request.number)
    rows = [
        [
            button(desk.texts, "unmerge-yes", MergeCD(action="undo_yes", id=request.id)),
            button(desk.texts, "merge-no", TriageCD(action="show", id=request.id)),
        ]
    ]
    return await desk.show(desk.texts("unmerge-sure", number=request.number), rows)


async def on_undo_yes(callback: CallbackQuery, pressed: MergeCD, desk: Desk) -> None:
    """It stands alone again."""
    if await desk.fresh(pressed.id, Action.UNMERGE) is None:
        return
    request = await desk.context.cases(UnmergeRequest)(desk.actor, pressed.id)
    await desk.toast("admin-done")
    await desk.refresh(pressed.id, "unmerge-done", number=request.number)


def make_router() -> Router:
    """Merging and taking apart."""
    router = Router(name="admin.merging")
    router.message.register(on_merge, Command("merge"))
    router.message.register(on_unmerge, Command("unmerge"))
    router.callback_query.register(on_ask, Pressed(MergeCD, "ask"))
    router.callback_query.register(on_yes, Pressed(MergeCD, "yes"))
    router.callback_query.register(on_different, Pressed(MergeCD, "different"))
    router.callback_query.register(on_undo, Pressed(MergeCD, "undo"))
    router.callback_query.register(on_undo_yes, Pressed(MergeCD, "undo_yes"))
    return router
