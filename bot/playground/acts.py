"""What persons do with their phones: write, send files, press buttons, block."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.playground.chats import Entry
from bot.playground.contents import CAPTIONED, FILE_KINDS, file_content, photo_part
from bot.playground.errors import ControlError, Json
from bot.playground.files import StoredFile, image_size
from bot.playground.keyboards import find_button, find_reply_button
from bot.playground.markup import find_entities
from bot.playground.methods.sending import TEXT_MAX
from bot.playground.people import Group, Person
from bot.playground.world import World


@dataclass(slots=True)
class Acts:
    """Every act changes the world and queues the update that the real server would send."""

    world: World

    def say(
        self, person: Person, chat_id: int, content: Json, *, reply_to: int | None = None
    ) -> tuple[Json, int | None]:
        """Put a person's message into a chat; the message and its update's id. Raises ControlError."""
        self.may_write(person, chat_id)
        replied = self.world.chat(chat_id).entries.get(reply_to) if reply_to else None
        if reply_to and replied is None:
            raise ControlError("no such message to reply to")
        person.started = person.started or chat_id == person.id
        shown = (
            {key: value for key, value in replied.message.items() if key != "reply_to_message"}
            if replied
            else None
        )
        entry = self.world.post(chat_id, content, sender=person, reply_to=shown)
        self._close_one_time_keyboard(chat_id)
        update = self.world.put_before_bot(entry) if self.bot_hears(chat_id, entry) else None
        return entry.message, update

    def text(self, words: str, *, raw: bool = False) -> list[Json]:
        """Message contents for words; cut into messages of 4096 characters as a client does, unless raw."""
        if raw:
            return [_text_content(words)]
        if not words.strip():
            raise ControlError("a client does not send an empty message; use raw to force one")
        words = words.strip()
        return [_text_content(words[at : at + TEXT_MAX]) for at in range(0, len(words), TEXT_MAX)]

    def file(self, kind: str, stored: StoredFile, caption: str, facts: Json) -> Json:
        """Message content for a file of this kind; facts as for `file_content`. Raises ControlError."""
        if kind == "photo":
            size = image_size(self.world.files.content(stored))
            if size is None:
                raise ControlError("this is no PNG, JPEG, GIF or WebP picture")
            content = photo_part(stored, size)
        elif kind in FILE_KINDS:
            content = file_content(kind, stored, facts)
        else:
            raise ControlError(
                "kind must be text, photo, video, audio, document, voice, video_note, sticker, location, "
                "contact or album"
            )
        if caption and kind in CAPTIONED:
            entities = find_entities(caption, [])
            content |= {"caption": caption, **({"caption_entities": entities} if entities else {})}
        return content

    def album(self, contents: list[Json]) -> list[Json]:
        """The same contents as one album."""
        if not 2 <= len(contents) <= 10:
            raise ControlError("an album has 2 to 10 parts")
        group = str(secrets.randbits(53))
        return [{**content, "media_group_id": group} for content in contents]

    def press(self, person: Person, chat_id: int, wish: Json) -> Json:
        """Press a button by `text` or `data`, on `message_id` (of any age) or on the newest that has it."""
        self.may_write(person, chat_id)
        words, data = wish.get("text"), wish.get("data")
        if words is None and data is None:
            raise ControlError("name the button by text or data")
        chat = self.world.chat(chat_id)
        if wish.get("message_id") is None and words is not None:
            button = find_reply_button(chat.keyboard, words)
            if button is not None and (wish.get("reply") or not self._newest_with(chat_id, words, data)):
                return self.tap_reply_button(person, chat_id, button)
        entry, button = self._button(chat_id, wish.get("message_id"), words, data)
        if "callback_data" not in button:
            raise ControlError("this button sends nothing to the bot")
        return self.world.ask_callback(person, chat_id, entry, entry.id, button["callback_data"])

    def forge(self, person: Person, chat_id: int, message_id: int | None, data: str) -> Json:
        """Callback data that no button offered, as a changed client could send it."""
        self.may_write(person, chat_id)
        entries = self.world.chat(chat_id).entries
        own = [entry for entry in entries.values() if entry.by_bot]
        entry = entries.get(message_id) if message_id else (own[-1] if own else None)
        return self.world.ask_callback(person, chat_id, entry, message_id or (entry.id if entry else 1), data)

    def tap_reply_button(self, person: Person, chat_id: int, button: Json) -> Json:
        """A button of the reply keyboard: its words, the person's own contact, or a location."""
        if button.get("request_contact"):
            content: Json = {"contact": own_contact(person)}
        elif button.get("request_location"):
            content = {"location": {"latitude": 31.2304, "longitude": 121.4737}}
        else:
            content = _text_content(button["text"])
        message, update = self.say(person, chat_id, content)
        return {"messages": [message], "update_ids": [update]}

    def block(self, holder: Person | Group, by: Person, blocked: bool) -> int | None:
        """Block or unblock the bot (in a group: remove it or bring it back)."""
        if holder.blocked == blocked:
            return None
        holder.blocked = blocked
        self.world.tell_people()
        gone = "left" if isinstance(holder, Group) else "kicked"
        return self.membership(holder, by, ("member", gone) if blocked else (gone, "member"))

    def membership(self, holder: Person | Group, by: Person, change: tuple[str, str]) -> int | None:
        """A my_chat_member update."""
        bot = self.world.profile.as_user()
        states: list[Json] = [{"status": status, "user": bot} for status in change]
        for state in states:
            if state["status"] == "kicked":
                state["until_date"] = 0
        content = {
            "chat": holder.as_chat(),
            "from": by.as_user(),
            "date": self.world.clock.now(),
            "old_chat_member": states[0],
            "new_chat_member": states[1],
        }
        return self.world.queue.add("my_chat_member", content)

    def may_write(self, person: Person, chat_id: int) -> None:
        group = self.world.groups.get(chat_id)
        if group is not None:
            if person.id not in group.members:
                raise ControlError("this person is not in the group")
        elif chat_id != person.id:
            raise ControlError("no such chat")
        elif person.blocked:
            raise ControlError("this person has blocked the bot")

    def bot_hears(self, chat_id: int, entry: Entry) -> bool:
        group = self.world.groups.get(chat_id)
        if group is None or group.sees_all:
            return group is None or not group.blocked
        text = str(entry.message.get("text") or entry.message.get("caption") or "")
        replied = entry.message.get("reply_to_message", {}).get("from", {}).get("is_bot", False)
        named = f"@{self.world.profile.username}".lower() in text.lower()
        return not group.blocked and (text.startswith("/") or replied or named)

    def _close_one_time_keyboard(self, chat_id: int) -> None:
        chat = self.world.chat(chat_id)
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
            self.world.feed.publish("keyboard", chat=chat_id, keyboard=None)

    def _newest_with(self, chat_id: int, words: str | None, data: str | None) -> tuple[Entry, Json] | None:
        for entry in reversed(self.world.chat(chat_id).entries.values()):
            if entry.deleted or not entry.by_bot:
                continue
            button = find_button(entry.message.get("reply_markup"), words=words, data=data)
            if button is not None:
                return entry, button
        return None

    def _button(
        self, chat_id: int, message_id: object, words: str | None, data: str | None
    ) -> tuple[Entry, Json]:
        if message_id is None:
            found = self._newest_with(chat_id, words, data)
            if found is None:
                raise ControlError("no message of this chat has such a button")
            return found
        entry = self.world.chat(chat_id).entries.get(int(str(message_id)))
        if entry is None:
            raise ControlError("no such message")
        versions = [entry.message, *reversed(entry.earlier)]
        for version in versions:
            button = find_button(version.get("reply_markup"), words=words, data=data)
            if button is not None:
                return entry, button
        raise ControlError("this message never had such a button")


def own_contact(person: Person) -> Json:
    return {"phone_number": person.phone, "first_name": person.name, "user_id": person.id}


def _text_content(words: str) -> Json:
    entities = find_entities(words, [])
    return {"text": words, **({"entities": entities} if entities else {})}
