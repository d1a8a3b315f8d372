"""Which message became which note, so that editing the message corrects the note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from casework.errors import NotFound, WrongState
from casework.events import NoteAdded, ResidentAsked
from casework.permissions import Actor
from casework.use_cases.corrections import CorrectNote
from handlers.kit.attachments import words
from handlers.kit.context import Context
from handlers.kit.memory import Memory

#: So many messages of a chat can still be corrected, and so much of each is remembered.
_MESSAGES_KEPT = 12
_WORDS_KEPT = 1000


class Remember(BaseMiddleware):
    """Notes after each message what became of it: the id of the note, else its words."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Runs only for handlers that were chosen."""
        result = await handler(event, data)
        if isinstance(event, Message):
            await _remember(event, data["context"], data["actor"], data["memory"])
        return result


async def _remember(message: Message, context: Context, actor: Actor, memory: Memory) -> None:
    text = words(message)
    if text.startswith("/") or not text:
        return
    notes = [e.note.id for e in context.uow.events if isinstance(e, NoteAdded | ResidentAsked)]
    private = message.chat.type == "private"
    if not notes and not private:
        return
    kept = (await memory.of(message.chat.id)).setdefault("said", {})
    kept[str(message.message_id)] = notes[-1] if notes else text[:_WORDS_KEPT]
    for old in list(kept)[:-_MESSAGES_KEPT]:
        del kept[old]


async def became(message: Message, memory: Memory) -> int | str | None:
    """What the message was before it was edited: a note's id, or the words; None when it is forgotten."""
    said: dict[str, int | str] = (await memory.of(message.chat.id)).get("said") or {}
    return said.get(str(message.message_id))


async def now_says(message: Message, memory: Memory) -> None:
    """The next edit of the message starts from its words of now."""
    said = (await memory.of(message.chat.id)).get("said") or {}
    if isinstance(said.get(str(message.message_id)), str):
        said[str(message.message_id)] = words(message)[:_WORDS_KEPT]


async def correct_note(message: Message, note_id: int, context: Context, actor: Actor) -> None:
    """The other side hears old and new; who comes too late is told kindly."""
    note = await context.uow.notes.get(note_id)
    if note is not None and note.text == words(message):
        return
    try:
        request = await context.cases(CorrectNote)(actor, note_id, words(message))
    except (NotFound, WrongState):
        await context.out.say(message.chat.id, "edit-too-late")
        return
    await context.out.say(message.chat.id, "edit-noted", number=request.number)
