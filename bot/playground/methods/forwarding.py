"""Copying and forwarding messages from one chat to another."""

from __future__ import annotations

from bot.playground.calls import Call, number_of
from bot.playground.chats import Entry
from bot.playground.contents import content_of
from bot.playground.errors import Json, bad_request
from bot.playground.keyboards import checked_markup
from bot.playground.methods.sending import caption_content, deliver
from bot.playground.world import World


def _source(world: World, call: Call, message_id: object, word: str) -> Entry:
    world.reachable(call.chat_id)
    from_chat = number_of(call.params["from_chat_id"], "from_chat_id")
    world.holder(from_chat)
    entry = world.chat(from_chat).entries.get(number_of(message_id, "message_id"))
    if entry is None or entry.deleted:
        raise bad_request(f"message to {word} not found")
    return entry


def _origin(entry: Entry) -> Json:
    sender = entry.message["from"]
    return {"type": "user", "date": entry.message["date"], "sender_user": sender}


def copy_message(world: World, call: Call) -> Json:
    content = content_of(_source(world, call, call.params["message_id"], "copy").message)
    if call.get("caption") is not None and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= caption_content(call)
    return {"message_id": deliver(world, call, content)["message_id"]}


def copy_messages(world: World, call: Call) -> list[Json]:
    entries = [_source(world, call, one, "copy") for one in call.params["message_ids"]]
    return [
        {"message_id": deliver(world, call, content_of(entry.message))["message_id"]} for entry in entries
    ]


def forward_message(world: World, call: Call) -> Json:
    checked_markup(call.get("reply_markup"))
    entry = _source(world, call, call.params["message_id"], "forward")
    return deliver(world, call, content_of(entry.message) | {"forward_origin": _origin(entry)})


def forward_messages(world: World, call: Call) -> list[Json]:
    entries = [_source(world, call, one, "forward") for one in call.params["message_ids"]]
    sent = [
        deliver(world, call, content_of(one.message) | {"forward_origin": _origin(one)}) for one in entries
    ]
    return [{"message_id": one["message_id"]} for one in sent]


METHODS = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
