"""What persons do with messages that are there: correct, take back, pass on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.playground.acts import Acts
from bot.playground.chats import Entry
from bot.playground.contents import CAPTIONED, content_of
from bot.playground.errors import ControlError, Json
from bot.playground.markup import find_entities
from bot.playground.people import Person

EDIT_SECONDS = 48 * 3600


@dataclass(slots=True)
class Revising:
    """Each act tells the bot what the real server would tell it."""

    acts: Acts

    def edit(self, person: Person, chat_id: int, message_id: int, words: str) -> Json:
        """A person corrects the words of a message of theirs: edited_message. Raises ControlError."""
        world, words = self.acts.world, words.strip()
        entry = self._own(person, chat_id, message_id)
        message = entry.message
        if "forward_origin" in message or not any(key in message for key in ("text", *CAPTIONED)):
            raise ControlError("this message can't be edited")
        if world.clock.now() - message["date"] > EDIT_SECONDS:
            raise ControlError("this message is too old to be edited")
        kind = "text" if "text" in message else "caption"
        if kind == "text" and not words:
            raise ControlError("a client does not send an empty message; use raw to force one")
        if words != message.get(kind, ""):
            content = {key: message[key] for key in CAPTIONED if key in message}
            if words:
                content[kind] = words
            if entities := find_entities(words, []):
                content["entities" if kind == "text" else "caption_entities"] = entities
            world.change(chat_id, entry, content, None)
            heard = self.acts.bot_hears(chat_id, entry)
            update = world.queue.add("edited_message", entry.message) if heard else None
            return {"messages": [entry.message], "update_ids": [update]}
        return {"messages": [message], "update_ids": [None]}

    def delete(self, person: Person, chat_id: int, message_id: int) -> Json:
        """A person takes a message away; the Bot API tells the bot nothing of it. Raises ControlError."""
        self.acts.may_write(person, chat_id)
        entry = self._there(chat_id, message_id)
        if chat_id < 0 and entry.message["from"]["id"] != person.id:
            raise ControlError("this person has no such message")
        self.acts.world.delete(chat_id, entry)
        return {}

    def forward(self, person: Person, from_chat: int, message_ids: list[int], chat_id: int) -> Json:
        """A person passes messages on to a chat of theirs; several come as an album if they were one."""
        self.acts.may_write(person, chat_id)
        self.acts.may_write(person, from_chat)
        entries = [self._there(from_chat, one) for one in message_ids]
        groups = {entry.message.get("media_group_id") for entry in entries}
        together = len(entries) > 1 and len(groups) == 1 and None not in groups
        album = {"media_group_id": str(secrets.randbits(53))} if together else {}
        contents = []
        for entry in entries:
            message = entry.message
            origin = message.get("forward_origin") or {
                "type": "user",
                "date": message["date"],
                "sender_user": message["from"],
            }
            contents.append(content_of(message) | {"forward_origin": origin} | album)
        said = [self.acts.say(person, chat_id, content) for content in contents]
        return {"messages": [message for message, _ in said], "update_ids": [update for _, update in said]}

    def _there(self, chat_id: int, message_id: int) -> Entry:
        entry = self.acts.world.chat(chat_id).entries.get(message_id)
        if entry is None or entry.deleted:
            raise ControlError("no such message")
        return entry

    def _own(self, person: Person, chat_id: int, message_id: int) -> Entry:
        self.acts.may_write(person, chat_id)
        entry = self._there(chat_id, message_id)
        if entry.message["from"]["id"] != person.id:
            raise ControlError("this person has no such message")
        return entry
