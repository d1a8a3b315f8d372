"""A lead's own words, photos and files, taken for what was asked last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from casework.entities import Person
from casework.permissions import Actor, Role
from casework.statuses import RequestStatus
from casework.use_cases.leads import AddProgress, AskResident, Attachment
from handlers.kit.attachments import attached, words
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.said import Remember, became, correct_note
from handlers.kit.steps import forgotten
from handlers.lead import offers, passing, report
from handlers.lead.amounts import amount
from handlers.lead.cards import onward_buttons, tasks_button
from handlers.lead.desk import Turn
from handlers.lead.steps import Step, enter, undo_button
from handlers.lead.work import hand_back, in_hand

#: Said instead of what was asked for: the step is undone.
UNDO_WORDS = frozenset({"取消", "算了", "不用了"})

_Data = dict[str, Any]


async def on_words(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """Commands, old steps and talk in a group that is no reply are not for here."""
    data, step = await state.get_data(), await state.get_state()
    text = words(message)
    in_group = message.chat.type != "private"
    if in_group and not _is_reply_to_us(message):
        raise SkipHandler
    turn = Turn.said(message, context, actor, person, state)
    if text in UNDO_WORDS or text == "/cancel":
        await state.clear()
        await turn.say("lead-stopped", [[tasks_button(turn.texts)]])
        return
    if text.startswith("/") or forgotten(data, context.now) or _album_is_over(message, step, data):
        await state.clear()
        raise SkipHandler
    if step in _OF_OFFERS:
        await _OF_OFFERS[step or ""](turn, message, data)
    elif await in_hand(turn, data["request"]):
        await _STEPS[step or ""](turn, message, data)
    else:
        await state.clear()


def _is_reply_to_us(message: Message) -> bool:
    replied = message.reply_to_message
    return bool(replied and replied.from_user and message.bot and replied.from_user.id == message.bot.id)


def _album_is_over(message: Message, step: str | None, data: _Data) -> bool:
    return step == Step.album.state and message.media_group_id != data["album"]


async def _again(turn: Turn, data: _Data, key: str) -> None:
    await turn.say(key, [[undo_button(turn.texts, data["request"])]])


async def _decline(turn: Turn, message: Message, data: _Data) -> None:
    text = words(message)
    if not text:
        return await _again(turn, data, "lead-words-please")
    await turn.state.clear()
    offer = await offers.own_offer(turn, data["offer"])
    if await offers.still_open(turn, offer):
        await offers.decline(turn, offer, text)
    return None


async def _before(turn: Turn, message: Message, data: _Data) -> None:
    text = words(message)
    if not text or attached(message).file_id:
        return await _again(turn, data, "lead-words-please")
    await turn.state.clear()
    offer = await offers.own_offer(turn, data["offer"])
    if await offers.still_open(turn, offer):
        await offers.ask(turn, offer, text)
    return None


async def _split(turn: Turn, message: Message, data: _Data) -> None:
    text = words(message)
    if not text:
        return await _again(turn, data, "lead-words-please")
    await turn.state.clear()
    return await passing.got_split(turn, data["request"], text)


async def _hand(turn: Turn, message: Message, data: _Data) -> None:
    text = words(message)
    if not text:
        return await _again(turn, data, "lead-words-please")
    await turn.state.clear()
    return await passing.got_hand(turn, data, text)


async def _back(turn: Turn, message: Message, data: _Data) -> None:
    text = words(message)
    if not text:
        return await _again(turn, data, "lead-words-please")
    await turn.state.clear()
    return await hand_back(turn, data["request"], text)


async def _question(turn: Turn, message: Message, data: _Data) -> None:
    text = words(message)
    if not text or attached(message).file_id:
        return await _again(turn, data, "lead-words-please")
    await turn.state.clear()
    view = await turn.see(data["request"])
    if view.request.status is RequestStatus.WAITING_RESIDENT:
        return await turn.refresh(data["request"], "lead-asked-already")
    asked = await turn.context.cases(AskResident)(turn.actor, data["request"], text)
    return await turn.say("lead-asked", onward_buttons(turn.texts, asked.id), number=asked.number)


async def _note(turn: Turn, message: Message, data: _Data) -> None:
    if not await _pass_on(turn, message, data):
        return await _again(turn, data, "lead-cannot-pass-on")
    if message.media_group_id:
        await enter(turn, Step.album, request=data["request"], album=message.media_group_id)
    else:
        await turn.state.clear()
    number = (await turn.see(data["request"])).request.number
    return await turn.say("lead-passed-on", onward_buttons(turn.texts, data["request"]), number=number)


async def _pass_on(turn: Turn, message: Message, data: _Data) -> bool:
    """Send what came to the resident; False when it cannot be passed on, such as a sticker."""
    text, file = words(message), attached(message)
    if not text and not file.file_id:
        return False
    await turn.context.cases(AddProgress)(turn.actor, data["request"], text, file)
    return True


async def _album(turn: Turn, message: Message, data: _Data) -> None:
    """The further pictures of an album whose first was answered already."""
    await _pass_on(turn, message, data)


async def _hours(turn: Turn, message: Message, data: _Data) -> None:
    hours = amount(words(message))
    if hours is None or not 0 < hours <= report.MOST:
        return await _again(turn, data, "lead-hours-again")
    return await report.got_hours(turn, data["request"], hours)


async def _people(turn: Turn, message: Message, data: _Data) -> None:
    people = amount(words(message))
    if people is None or not 1 <= people <= report.MOST or people != int(people):
        return await _again(turn, data, "lead-people-again")
    return await report.got_people(turn, data["request"], data["hours"], int(people))


async def _proof(turn: Turn, message: Message, data: _Data) -> None:
    """One photo or words end the report; albums and other files are passed on until 跳过."""
    text, file = words(message), attached(message)
    if not text and not file.file_id:
        return await _again(turn, data, "lead-cannot-pass-on")
    if file.kind in ("", "photo") and not message.media_group_id:
        return await report.complete(turn, data, text, file.file_id)
    return await _collect(turn, message, data, file)


async def _collect(turn: Turn, message: Message, data: _Data, file: Attachment) -> None:
    await turn.context.cases(AddProgress)(turn.actor, data["request"], words(message), file)
    if message.media_group_id and data.get("album") == message.media_group_id:
        return
    photo = data.get("photo") or (file.file_id if file.kind == "photo" else "")
    await turn.state.set_data({**data, "album": message.media_group_id or "", "photo": photo})
    await report.ask_for_more(turn, data["request"])


_Take = Callable[[Turn, Message, _Data], Awaitable[None]]
#: Steps before a yes, when nothing is in hand.
_OF_OFFERS: dict[str | None, _Take] = {Step.decline.state: _decline, Step.before.state: _before}
_STEPS: dict[str, _Take] = {
    Step.question.state or "": _question,
    Step.note.state or "": _note,
    Step.back.state or "": _back,
    Step.split.state or "": _split,
    Step.hand.state or "": _hand,
    Step.album.state or "": _album,
    Step.hours.state or "": _hours,
    Step.people.state or "": _people,
    Step.proof.state or "": _proof,
}


async def on_edited(message: Message, context: Context, actor: Actor, memory: Memory) -> None:
    """A message that became a note of the lead's own corrects it."""
    note_id = await became(message, memory)
    note = await context.uow.notes.get(note_id) if isinstance(note_id, int) else None
    if note is None or note.author_id != actor.person_id or note.author_role != Role.LEAD.value:
        raise SkipHandler
    await correct_note(message, note.id, context, actor)


def make_router() -> Router:
    """Messages while a step waits for them, and what is written anew."""
    router = Router(name="lead.words")
    router.message.middleware(Remember())
    router.edited_message.register(on_edited)
    router.message.register(on_words, StateFilter(Step))
    return router
