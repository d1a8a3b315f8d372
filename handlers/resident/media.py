"""Photos, voice, places, files: to the request they belong to, with a word of what was done."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message, TelegramObject

from casework.entities import Address, Person, Request
from casework.permissions import Actor
from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.leads import Attachment
from casework.use_cases.reading import ListMyRequests
from casework.use_cases.residents import AddResidentNote
from handlers.dialogue.conversation import Conversation
from handlers.dialogue.heard import Reader, pressed
from handlers.dialogue.policy import CONTINUE
from handlers.dialogue.state import Dialogue, Step
from handlers.kit.attachments import attached, words
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.resident.talk import replied_to

#: A file belongs to what was filed so shortly before.
_JUST_FILED = timedelta(minutes=30)
_NOT_OPEN = CLOSED | {RequestStatus.DONE}
#: So many files are kept for a request that is not filed yet.
_FILES_KEPT = 20


class HasAttachment(Filter):
    """The message brings a file, a place or a contact."""

    async def __call__(self, event: TelegramObject) -> bool:
        """Stickers and games bring nothing that could be passed on."""
        return isinstance(event, Message) and bool(attached(event).file_id or event.contact)


async def on_attachment(
    message: Message, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
) -> None:
    """Words beside it are heard as well; an album is answered once."""
    conversation = await Conversation.open(context, actor, person, reader, memory)
    if message.contact:
        return await conversation.hear(message.contact.phone_number.removeprefix("+86"))
    caption = words(message)
    if caption and reader_finds_danger(conversation, caption):
        # The number to call comes before anything else.
        await conversation.hear(caption)
        await _pass_on(message, context, actor, conversation, "")
        return None
    done = await _pass_on(message, context, actor, conversation, caption)
    first = await _first_of_album(message, memory)
    if done == "which":
        await _ask_which(message, context, conversation, caption)
        return None
    if done == "held":
        return await _held(message, context, conversation, caption, first)
    if first:
        await context.out.say(message.chat.id, f"media-{done}")
    return None


def reader_finds_danger(conversation: Conversation, caption: str) -> bool:
    """Whether the caption calls for help at once."""
    return conversation.reader.understand(caption, conversation.context.now).urgent


async def _pass_on(
    message: Message, context: Context, actor: Actor, conversation: Conversation, caption: str
) -> str:
    """To the emergency, the open form, the asked question or the latest request: which of these it was."""
    file, dialogue = attached(message), conversation.dialogue
    about = await replied_to(message, context, actor)
    if about is not None and about.status not in CLOSED:
        await context.cases(AddResidentNote)(actor, about.id, caption, file)
        return "noted"
    if await _which(context, actor, dialogue):
        return "which"
    found = await _filed_target(context, actor, dialogue)
    if found is None:
        _hold(dialogue, file, caption)
        return "held"
    await context.cases(AddResidentNote)(actor, found.id, caption, file)
    if dialogue.step == Step.NOTE:
        dialogue.put("step", (dialogue.get("pending") or {}).get("back"))
        dialogue.put("pending", None)
    return "answered" if found.status is RequestStatus.WAITING_RESIDENT else "noted"


async def _filed_target(context: Context, actor: Actor, dialogue: Dialogue) -> Request | None:
    """The filed request that a file belongs to; None when a form is open or nothing fits."""
    mine = [r for r in await context.cases(ListMyRequests)(actor) if r.status not in CLOSED]
    wanted: list[int] = []
    emergency = dialogue.emergency(context.now)
    if emergency:
        wanted.append(emergency["id"])
    if dialogue.step == Step.NOTE:
        wanted += (dialogue.get("pending") or {}).get("ids", [])
    for request_id in wanted:
        for request in mine:
            if request.id == request_id:
                return request
    if dialogue.step is not None:
        return None
    waiting = [r for r in mine if r.status is RequestStatus.WAITING_RESIDENT]
    return next(iter([*waiting, *mine]), None)


async def _which(context: Context, actor: Actor, dialogue: Dialogue) -> bool:
    """Whether it may belong to any of several; one that was filed a moment ago is meant."""
    if dialogue.step == Step.PICK:
        return (dialogue.get("pending") or {}).get("kind") == "file"
    if dialogue.step is not None or dialogue.emergency(context.now):
        return False
    mine = [r for r in await context.cases(ListMyRequests)(actor) if r.status not in _NOT_OPEN]
    answers = any(r.status is RequestStatus.WAITING_RESIDENT for r in mine)
    return len(mine) > 1 and not answers and context.now - mine[0].created_at > _JUST_FILED


async def _ask_which(message: Message, context: Context, conversation: Conversation, caption: str) -> None:
    """Once for all that comes before the answer, as an album does."""
    dialogue, file = conversation.dialogue, attached(message)
    came = {"id": file.file_id, "kind": file.kind, "caption": caption}
    if dialogue.step != Step.PICK:
        return await conversation.perform(("action_ask_which_for_files",), pressed([came]))
    pending = dialogue.get("pending")
    files = [*pending["said"]["files"], came][-_FILES_KEPT:]
    return dialogue.put("pending", {**pending, "said": {"files": files}})


def _hold(dialogue: Dialogue, file: Attachment, caption: str) -> None:
    files = list(dialogue.get("files") or [])
    files.append({"id": file.file_id, "kind": file.kind, "caption": caption})
    dialogue.put("files", files[-_FILES_KEPT:])


async def _first_of_album(message: Message, memory: Memory) -> bool:
    if message.media_group_id is None:
        return True
    document = await memory.of(message.chat.id)
    again = document.get("album") == message.media_group_id
    document["album"] = message.media_group_id
    return not again


async def _held(
    message: Message, context: Context, conversation: Conversation, caption: str, first: bool
) -> None:
    """Kept for the request that is being told, or still to be told."""
    dialogue, kind = conversation.dialogue, attached(message).kind
    if caption:
        return await conversation.hear(caption)
    if not first:
        return None
    if kind == "location" and _place_wanted(dialogue):
        pin = asdict(Address(place=context.texts.plain("media-place-of-pin")))
        if dialogue.needs:
            await context.out.say(message.chat.id, "media-place")
            return await conversation.perform((CONTINUE,), pressed().with_(slots={"address": pin}))
        dialogue.put("address", pin)
        return await context.out.say(message.chat.id, "media-place-what")
    bare = "voice" if kind in ("voice", "audio", "video_note") else "file"
    await context.out.say(
        message.chat.id, f"media-held-{bare}-form" if dialogue.step else f"media-held-{bare}"
    )
    return None


def _place_wanted(dialogue: Dialogue) -> bool:
    """Whether the place on the map is the first word of where it is."""
    if dialogue.needs:
        return bool(dialogue.get("requested_slot") == "address")
    return dialogue.step is None and not dialogue.get("address")


def make_router() -> Router:
    """Messages that bring something beside words."""
    router = Router(name="resident.media")
    router.message.register(on_attachment, HasAttachment())
    return router
