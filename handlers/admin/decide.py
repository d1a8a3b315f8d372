"""Decisions that end or stop something: words where they are owed, a preview, then 确定."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from casework.transitions import Action, can
from casework.use_cases.organisations import MuteResident
from casework.use_cases.reading import RequestView
from casework.use_cases.workers import CloseForResident, DecideReopen, DeclineRequest, SettleRequest
from handlers.admin.desk import Desk, Pressed, Step, heard, number_and_words
from handlers.admin.whose import whose_rows, whose_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD

_LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Act:
    """One decision. `action` must be possible; `asks` tells that the resident is owed words."""

    action: Action | None
    asks: bool
    run: Callable[[Desk, RequestView, str], Awaitable[object]]


async def _reject(desk: Desk, view: RequestView, words: str) -> None:
    await desk.context.cases(DecideReopen)(desk.actor, view.request.id, approve=False, reason=words)


async def _decline(desk: Desk, view: RequestView, words: str) -> None:
    await desk.context.cases(DeclineRequest)(desk.actor, view.request.id, words)


async def _cancel(desk: Desk, view: RequestView, words: str) -> None:
    await desk.context.cases(CloseForResident)(desk.actor, view.request.id, solved=False, reason=words)


async def _confirm(desk: Desk, view: RequestView, words: str) -> None:
    await desk.context.cases(CloseForResident)(desk.actor, view.request.id, solved=True, reason=words)


async def _settle(desk: Desk, view: RequestView, words: str) -> None:
    await desk.context.cases(SettleRequest)(desk.actor, view.request.id, words)


async def _mute(desk: Desk, view: RequestView, words: str) -> None:
    await desk.context.cases(MuteResident)(desk.actor, view.request.resident_id, muted=True)


ACTS = {
    "reopen_no": Act(Action.REJECT_REOPEN, True, _reject),
    "decline": Act(Action.DECLINE, True, _decline),
    "cancel": Act(Action.CANCEL, True, _cancel),
    "confirm": Act(Action.CONFIRM, False, _confirm),
    "settle": Act(Action.COMPLETE, True, _settle),
    "mute": Act(None, False, _mute),
}
#: command → decision
_COMMANDS = {"confirm": "confirm", "close": "cancel", "decline": "decline", "mute": "mute"}


async def on_command(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/confirm 7`, `/close 7 reason`, `/decline 7 whose`, `/mute 7`"""
    number, words = number_and_words(command)
    view = await desk.by_number(number, desk.texts.plain(f"admin-example-{command.command}"))
    if view is not None:
        await _begin(desk, _COMMANDS[command.command], view, words)


async def on_unmute(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/unmute 7`"""
    view = await desk.by_number((command.args or "").strip(), "/unmute 7")
    if view is not None:
        await _unmute(desk, view.request.id, view.request.resident_id)


async def on_unmute_button(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """Undo."""
    view = await desk.see(pressed.id)
    await _unmute(desk, pressed.id, view.request.resident_id)


async def _unmute(desk: Desk, request_id: int, person_id: int) -> None:
    await desk.context.cases(MuteResident)(desk.actor, person_id, muted=False)
    await desk.refresh(request_id, "admin-did-unmute")


async def on_press(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """A decision from a card, in a new message below it."""
    await _begin(desk.aside(), pressed.action, await desk.see(pressed.id), "")


async def on_whose(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """One of the usual addressees."""
    await _begin(desk, "decline", await desk.see(pressed.id), whose_words(desk, pressed.value))


async def _begin(desk: Desk, name: str, view: RequestView, words: str) -> None:
    act = ACTS[name]
    if act.action is not None and not can(view.request, act.action):
        await desk.refresh(view.request.id, "admin-moved-on")
    elif act.asks and not words:
        await desk.wait_for(Step.words, act=name, request=view.request.id)
        no = button(desk.texts, "cancel", TriageCD(action="keep", id=view.request.id))
        rows = whose_rows(desk, view.request.id) if name == "decline" else []
        await desk.say(f"admin-ask-{name}", [*rows, [no]], number=view.request.number)
    elif len(words) > _LONGEST_WORDS:
        await desk.wait_for(Step.words, act=name, request=view.request.id)
        await desk.say("admin-words-too-long", limit=_LONGEST_WORDS)
    else:
        await _preview(desk, name, view, words)


async def on_words(message: Message, desk: Desk) -> None:
    """The reason that was asked for."""
    got = await heard(desk, message, Step.words)
    if got is not None:
        words, data = got
        await _begin(desk, data["act"], await desk.see(data["request"]), words)


async def _preview(desk: Desk, name: str, view: RequestView, words: str) -> None:
    await desk.wait_for(Step.sure, act=name, request=view.request.id, words=words)
    text = desk.texts(
        f"admin-sure-{name}",
        number=view.request.number,
        item=desk.context.community.catalogue.item(view.request.item).name,
        name=(view.resident.name if view.resident else "") or desk.texts.plain("role-resident"),
        words=words,
    )
    yes = button(desk.texts, "admin-yes", TriageCD(action="yes", id=view.request.id, value=name))
    no = button(desk.texts, "cancel", TriageCD(action="keep", id=view.request.id))
    await desk.show(text, [[yes, no]])


async def on_yes(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """确定, for what was previewed last and nothing else."""
    data = await desk.waited_for(Step.sure)
    if data is None or (data["act"], data["request"]) != (pressed.value, pressed.id):
        await desk.toast("admin-too-late")
        await desk.refresh(pressed.id, "admin-too-late")
        return
    act, view = ACTS[pressed.value], await desk.see(pressed.id)
    if act.action is not None and not can(view.request, act.action):
        await desk.refresh(pressed.id, "admin-moved-on")
        return
    await act.run(desk, view, data["words"])
    await desk.toast("admin-done")
    await desk.refresh(pressed.id, f"admin-did-{pressed.value}")


async def on_keep(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """取消: nothing happens."""
    await desk.state.clear()
    await desk.refresh(pressed.id, "admin-kept")


def make_router() -> Router:
    """What needs a second thought."""
    router = Router(name="admin.decide")
    router.message.register(on_command, Command(*_COMMANDS))
    router.message.register(on_unmute, Command("unmute"))
    router.message.register(on_words, StateFilter(Step.words))
    router.callback_query.register(on_press, Pressed(TriageCD, *ACTS))
    router.callback_query.register(on_whose, Pressed(TriageCD, "whose"))
    router.callback_query.register(on_unmute_button, Pressed(TriageCD, "unmute"))
    router.callback_query.register(on_yes, Pressed(TriageCD, "yes"))
    router.callback_query.register(on_keep, Pressed(TriageCD, "keep"))
    return router
