"""/broadcast: a message to everybody, previewed, confirmed, one delivery row a person."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from casework.permissions import Permission, require
from casework.use_cases.organisations import SendBroadcast
from handlers.admin.desk import Desk, Pressed, Step, heard
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import TEXT_LIMIT, Keyboard
from handlers.kit.texts import Markup

_LONGEST = 3500
#: The messenger takes about 30 a second from a bot; some of them are answers to residents.
_PER_SECOND = 25


async def on_broadcast(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/broadcast <text>`, `/broadcast status [id]`, or `/broadcast` alone."""
    require(desk.actor, Permission.BROADCAST)
    text = (command.args or "").strip()
    word, _, rest = text.partition(" ")
    if word.lower() in desk.texts.plain("broadcast-words-status").split() and len(text) < 20:
        await _status(desk, rest.strip())
    elif text:
        await _preview(desk, text)
    else:
        await _ask(desk)


async def on_button(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """From the desk: what shall be said? Or how far one has come."""
    require(desk.actor, Permission.BROADCAST)
    if pressed.value:
        await _status(desk.aside(), pressed.value)
    else:
        await _ask(desk.aside())


async def _ask(desk: Desk) -> None:
    await desk.wait_for(Step.broadcast)
    status = button(desk.texts, "broadcast-status", DeskCD(action="broadcast", value="last"))
    await desk.say("broadcast-please", [[status]])


async def on_words(message: Message, desk: Desk) -> None:
    """The text that was asked for."""
    got = await heard(desk, message, Step.broadcast)
    if got is not None:
        await _preview(desk, got[0])


async def _preview(desk: Desk, text: str) -> None:
    message = _message(desk, text)
    if len(text) > _LONGEST or len(message) > TEXT_LIMIT:
        await desk.wait_for(Step.broadcast)
        await desk.say("broadcast-too-long", limit=_LONGEST, length=len(text))
        return
    people = len(await desk.context.uow.people.reachable_chats())
    if not people:
        await desk.say("broadcast-nobody")
        return
    stamp = desk.context.now.strftime("%H%M%S%f")
    await desk.wait_for(Step.sure_broadcast, stamp=stamp, text=text)
    await desk.show(message)
    row = [
        button(desk.texts, "broadcast-yes", DeskCD(action="broadcast_yes", value=stamp), count=people),
        button(desk.texts, "cancel", DeskCD(action="broadcast_no", value=stamp)),
    ]
    await desk.say("broadcast-sure", [row], count=people, minutes=_minutes(people))


def _message(desk: Desk, words: str) -> Markup:
    return desk.texts("broadcast-message", community=desk.context.community.short_name, words=words)


def _minutes(people: int) -> int:
    return max(1, round(people / _PER_SECOND / 60))


async def on_yes(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """Once: what was previewed is gone with the press, and each row has a key of its own."""
    data = await desk.waited_for(Step.sure_broadcast)
    if data is None or data["stamp"] != pressed.value:
        await desk.toast("admin-too-late")
        await desk.show(desk.texts("broadcast-too-late"))
        return
    number, chats = await desk.context.cases(SendBroadcast)(desk.actor, data["text"])
    text = _message(desk, data["text"])
    await desk.context.out.send_to_each(chats, text, f"broadcast:{number}:")
    await desk.toast("admin-done")
    await desk.show(desk.texts("broadcast-started", count=len(chats)), _progress_button(desk, number))


def _progress_button(desk: Desk, number: int) -> Keyboard:
    return [[button(desk.texts, "broadcast-status", DeskCD(action="broadcast", value=str(number)))]]


async def on_no(callback: CallbackQuery, desk: Desk) -> None:
    """Nobody hears of it."""
    await desk.state.clear()
    await desk.show(desk.texts("broadcast-dropped"))


async def _status(desk: Desk, typed: str) -> None:
    community = desk.context.uow.community
    if typed.isdecimal() and len(typed) < 18:
        kept = await community.broadcast(int(typed))
    else:
        kept = await community.latest_broadcast()
    if kept is None:
        await desk.say("broadcast-none")
        return
    counts = await desk.context.uow.outbox.count_by_key_prefix(f"broadcast:{kept.id}:")
    await desk.say(
        "broadcast-progress",
        _progress_button(desk, kept.id) if counts["pending"] else None,
        id=kept.id,
        when=in_words(desk.texts, kept.at, desk.context.now, desk.context.community.timezone),
        sent=counts["sent"],
        waiting=counts["pending"],
        failed=counts["dead"] + counts.get("blocked", 0),
        words=kept.text[:60],
    )


def make_router() -> Router:
    """Messages to everybody."""
    router = Router(name="admin.broadcasting")
    router.message.register(on_broadcast, Command("broadcast"))
    router.message.register(on_words, StateFilter(Step.broadcast))
    router.callback_query.register(on_button, Pressed(DeskCD, "broadcast"))
    router.callback_query.register(on_yes, Pressed(DeskCD, "broadcast_yes"))
    router.callback_query.register(on_no, Pressed(DeskCD, "broadcast_no"))
    return router
