"""Changing and deleting messages that were sent."""

from __future__ import annotations

from bot.playground.calls import Call, number_of
from bot.playground.chats import Entry
from bot.playground.contents import CAPTIONED, CONTENT
from bot.playground.errors import Json, bad_request
from bot.playground.keyboards import checked_markup
from bot.playground.methods.media import album_part
from bot.playground.methods.sending import caption_content, text_content
from bot.playground.world import World

_SHOWN = (*CONTENT, "reply_markup")
#: What the messenger lets another file take the place of.
_REPLACEABLE = ("photo", "video", "document", "audio", "animation")
_DELETE_SECONDS = 48 * 3600


def _own(world: World, call: Call) -> Entry:
    if call.get("inline_message_id"):
        raise bad_request("inline messages are not available in the playground")
    if call.get("chat_id") is None or call.get("message_id") is None:
        raise bad_request("message identifier is not specified")
    world.reachable(call.chat_id)
    entry = world.chat(call.chat_id).entries.get(call.number("message_id"))
    if entry is None or entry.deleted:
        raise bad_request("message to edit not found")
    if not entry.by_bot:
        raise bad_request("message can't be edited")
    return entry


def _changed(world: World, call: Call, entry: Entry, content: Json, inline: Json | None) -> Json:
    after = content | ({"reply_markup": inline} if inline else {})
    before = {key: entry.message[key] for key in _SHOWN if key in entry.message}
    if before == after:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    return world.change(call.chat_id, entry, content, inline).message


def edit_text(world: World, call: Call) -> Json:
    entry = _own(world, call)
    if "text" not in entry.message:
        raise bad_request("there is no text in the message to edit")
    inline, _ = checked_markup(call.get("reply_markup"))
    return _changed(world, call, entry, text_content(call), inline)


def edit_caption(world: World, call: Call) -> Json:
    entry = _own(world, call)
    media = {key: entry.message[key] for key in CAPTIONED if key in entry.message}
    if not media:
        raise bad_request("there is no caption in the message to edit")
    inline, _ = checked_markup(call.get("reply_markup"))
    return _changed(world, call, entry, media | caption_content(call), inline)


def edit_media(world: World, call: Call) -> Json:
    """What was no file may become one no more than a voice message may become a picture."""
    entry = _own(world, call)
    if not any(kind in entry.message for kind in _REPLACEABLE):
        raise bad_request("message can't be edited")
    inline, _ = checked_markup(call.get("reply_markup"))
    return _changed(world, call, entry, album_part(world, call, call.params["media"]), inline)


def edit_markup(world: World, call: Call) -> Json:
    entry = _own(world, call)
    inline, _ = checked_markup(call.get("reply_markup"))
    kept = {key: entry.message[key] for key in _SHOWN if key in entry.message and key != "reply_markup"}
    return _changed(world, call, entry, kept, inline)


def delete_message(world: World, call: Call) -> bool:
    _delete(world, call, call.number("message_id"))
    return True


def delete_messages(world: World, call: Call) -> bool:
    known = world.chat(call.chat_id).entries
    for one in call.params["message_ids"]:
        if (entry := known.get(number_of(one, "message_id"))) is not None and not entry.deleted:
            _delete(world, call, entry.id)
    return True


def _delete(world: World, call: Call, message_id: int) -> None:
    world.reachable(call.chat_id)
    entry = world.chat(call.chat_id).entries.get(message_id)
    if entry is None or entry.deleted:
        raise bad_request("message to delete not found")
    foreign_in_group = call.chat_id < 0 and not entry.by_bot and not world.groups[call.chat_id].sees_all
    if world.clock.now() - entry.message["date"] > _DELETE_SECONDS or foreign_in_group:
        raise bad_request("message can't be deleted")
    world.delete(call.chat_id, entry)


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
