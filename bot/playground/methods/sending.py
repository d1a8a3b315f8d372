"""sendMessage, sendLocation, sendContact, sendChatAction, and what all sending methods share."""

from __future__ import annotations

from typing import Any

from bot.playground.calls import Call, number_of
from bot.playground.chats import Entry
from bot.playground.errors import Json, bad_request
from bot.playground.keyboards import checked_markup
from bot.playground.markdown_v2 import parse_markdown_v2
from bot.playground.markup import find_entities, given_entities, parse_html, trimmed
from bot.playground.world import World

TEXT_MAX = 4096
CAPTION_MAX = 1024
_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2}
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def formatted(
    call: Call, source: Json, text_key: str, entities_key: str, most: int
) -> tuple[str, list[Json]]:
    """A text of the call or of one of its media, parsed and checked for length. Raises ApiError."""
    text = str(source.get(text_key) or "")
    mode = source.get("parse_mode") or ""
    entities: list[Json] = []
    if mode:
        parse = _PARSERS.get(str(mode).lower())
        if parse is None:
            raise bad_request("unsupported parse_mode")
        text, entities = parse(text)
    elif isinstance(given := source.get(entities_key), list):
        entities = given_entities(text, given)
    text, entities = trimmed(text, find_entities(text, entities))
    if len(text) > most:
        raise bad_request("message is too long" if text_key == "text" else "message caption is too long")
    return text, entities


def text_content(call: Call) -> Json:
    """`text` and `entities` of a message. Raises ApiError."""
    text, entities = formatted(call, call.params, "text", "entities", TEXT_MAX)
    if not text:
        raise bad_request("message text is empty")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_content(call: Call, source: Json | None = None) -> Json:
    """`caption` and `caption_entities`, or nothing. Raises ApiError."""
    text, entities = formatted(call, source or call.params, "caption", "caption_entities", CAPTION_MAX)
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def replied(world: World, call: Call) -> Json | None:
    """The message that the call replies to. Raises ApiError when there is none."""
    wish = call.get("reply_parameters") or {}
    wanted = wish.get("message_id", call.get("reply_to_message_id"))
    if wanted is None:
        return None
    entry = world.chat(call.chat_id).entries.get(number_of(wanted, "message_id"))
    if entry is None or entry.deleted:
        if wish.get("allow_sending_without_reply") or call.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {key: value for key, value in entry.message.items() if key != "reply_to_message"}


def deliver(world: World, call: Call, content: Json) -> Json:
    """Put the bot's message into the chat of the call; the message on the wire. Raises ApiError."""
    world.reachable(call.chat_id)
    inline, keyboard = checked_markup(call.get("reply_markup"))
    reply_to = replied(world, call)
    entry: Entry = world.post(
        call.chat_id, content, sender=None, inline=inline, keyboard=keyboard, reply_to=reply_to
    )
    return entry.message


def send_message(world: World, call: Call) -> Json:
    world.reachable(call.chat_id)
    return deliver(world, call, text_content(call))


def send_location(world: World, call: Call) -> Json:
    latitude, longitude = float(call.params["latitude"]), float(call.params["longitude"])
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise bad_request("wrong latitude or longitude specified")
    return deliver(world, call, {"location": {"latitude": latitude, "longitude": longitude}})


def send_contact(world: World, call: Call) -> Json:
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: str(call.params[name]) for name in names if call.get(name)}
    if not contact.get("phone_number"):
        raise bad_request("contact phone number must be non-empty")
    if not contact.get("first_name"):
        raise bad_request("contact first name must be non-empty")
    return deliver(world, call, {"contact": contact})


def send_chat_action(world: World, call: Call) -> bool:
    world.reachable(call.chat_id)
    action: Any = call.params["action"]
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.feed.publish("action", chat=call.chat_id, action=action)
    return True


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
