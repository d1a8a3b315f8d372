"""The little world of the playground: who there is, what was said, what waits for the bot."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from bot.playground.chats import Chat, Entry
from bot.playground.clock import ShiftedClock
from bot.playground.errors import ApiError, Json, bad_request, forbidden
from bot.playground.faults import Disorder, Faults
from bot.playground.feed import Feed
from bot.playground.files import FileStore
from bot.playground.limits import RateLimits
from bot.playground.people import Group, Person, default_people
from bot.playground.profile import Profile
from bot.playground.updates import UpdateQueue, Waybill

CALLBACK_LIFETIME = 150
ONLINE_SECONDS = 6.0


@dataclass(slots=True)
class Hook:
    """The webhook that the bot has set; an empty url is none."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: str | None = None
    last_error_at: int | None = None

    def wire(self, pending: int, allowed: list[str]) -> Json:
        info: Json = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            info["max_connections"] = self.connections
        if self.last_error is not None:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        if allowed:
            info["allowed_updates"] = allowed
        return info


@dataclass(slots=True)
class World:
    """Everything the server knows. Methods change it at once and tell the feed."""

    profile: Profile
    files: FileStore
    clock: ShiftedClock = field(default_factory=ShiftedClock)
    feed: Feed = field(default_factory=Feed)
    queue: UpdateQueue = field(default_factory=UpdateQueue)
    faults: Faults = field(default_factory=Faults)
    disorder: Disorder = field(default_factory=Disorder)
    limits: RateLimits = field(default_factory=RateLimits)
    hook: Hook = field(default_factory=Hook)
    persons: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    callbacks: dict[str, Json] = field(default_factory=dict)
    calls: deque[Json] = field(default_factory=lambda: deque(maxlen=5000))
    revision: int = 0
    next_message_id: int = field(default_factory=lambda: int(time.time()))
    seen_bot: bool = False
    online: bool = False

    def __post_init__(self) -> None:
        self.queue.on_taken = self._tell_taken
        if not self.persons:
            self.persons = {person.id: person for person in default_people()}

    def bump(self) -> int:
        self.revision += 1
        return self.revision

    def chat(self, chat_id: int) -> Chat:
        """The chat's record, opened when it is new."""
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def holder(self, chat_id: int) -> Person | Group:
        """Who the chat belongs to. Raises ApiError (chat not found)."""
        found = self.persons.get(chat_id) or self.groups.get(chat_id)
        if found is None:
            raise bad_request("chat not found")
        return found

    def reachable(self, chat_id: int) -> Person | Group:
        """The holder, if the bot may write to it. Raises ApiError."""
        holder = self.holder(chat_id)
        if isinstance(holder, Group):
            if holder.blocked:
                raise forbidden("bot was kicked from the supergroup chat")
        elif holder.blocked:
            raise forbidden("bot was blocked by the user")
        elif not holder.started:
            raise forbidden("bot can't initiate conversation with a user")
        return holder

    def post(
        self,
        chat_id: int,
        content: Json,
        *,
        sender: Person | None,
        inline: Json | None = None,
        keyboard: Json | None = None,
        reply_to: Json | None = None,
    ) -> Entry:
        """Put a message into a chat; sender None is the bot."""
        holder = self.holder(chat_id)
        message: Json = {
            "message_id": self.next_message_id,
            "from": sender.as_user() if sender else self.profile.as_user(),
            "chat": holder.as_chat(),
            "date": self.clock.now(),
            **content,
        }
        self.next_message_id += 1
        if inline:
            message["reply_markup"] = inline
        if reply_to:
            message["reply_to_message"] = reply_to
        entry = Entry(message, self.bump(), by_bot=sender is None, keyboard=keyboard)
        chat = self.chat(chat_id)
        chat.entries[entry.id] = entry
        if keyboard is not None and "force_reply" not in keyboard:
            chat.keyboard = keyboard if "keyboard" in keyboard else None
        self.feed.publish("message", chat=chat_id, entry=entry.shown(), keyboard=chat.keyboard)
        return entry

    def put_before_bot(self, entry: Entry) -> int | None:
        """Queue a person's message as an update; its id."""
        update = self.queue.add("message", entry.message)
        if update is not None:
            self.feed.publish("waiting", messages=_places([entry.message]))
        return update

    def _tell_taken(self, waybills: list[Waybill]) -> None:
        messages = [one.update["message"] for one in waybills if "message" in one.update]
        if messages:
            self.feed.publish("taken", messages=_places(messages))

    def change(self, chat_id: int, entry: Entry, content: Json, inline: Json | None) -> Entry:
        """Replace content and inline keyboard of a message, keeping what was there."""
        before = entry.message
        kept = ("message_id", "from", "chat", "date", "reply_to_message", "media_group_id")
        entry.earlier.append({key: value for key, value in before.items() if key not in kept})
        entry.message = {key: before[key] for key in kept if key in before} | content
        entry.message["edit_date"] = self.clock.now()
        if inline:
            entry.message["reply_markup"] = inline
        entry.revision = self.bump()
        self.feed.publish("message", chat=chat_id, entry=entry.shown(), keyboard=self.chat(chat_id).keyboard)
        return entry

    def delete(self, chat_id: int, entry: Entry) -> None:
        entry.deleted = True
        entry.revision = self.bump()
        self.feed.publish("message", chat=chat_id, entry=entry.shown(), keyboard=self.chat(chat_id).keyboard)

    def ask_callback(
        self, person: Person, chat_id: int, entry: Entry | None, message_id: int, data: str
    ) -> Json:
        """A pressed button, put before the bot; the query's id and the update's."""
        query_id = str(secrets.randbits(62))
        self.callbacks[query_id] = {"chat": chat_id, "person": person.id, "asked_at": self.clock.now()}
        message = (
            entry.message
            if entry is not None and not entry.deleted
            else {"chat": self.holder(chat_id).as_chat(), "message_id": message_id, "date": 0}
        )
        query = {
            "id": query_id,
            "from": person.as_user(),
            "message": message,
            "chat_instance": str(chat_id * 7919),
            "data": data,
        }
        return {"callback_query_id": query_id, "update_id": self.queue.add("callback_query", query)}

    def answer_callback(self, query_id: str, answer: Json) -> None:
        """The bot's answer to a pressed button. Raises ApiError when the query is unknown or too old."""
        query = self.callbacks.get(query_id)
        if query is None or self.clock.now() - query["asked_at"] > CALLBACK_LIFETIME:
            raise ApiError(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        record = {
            "callback_query_id": query_id,
            "person": query["person"],
            "revision": self.bump(),
            **answer,
        }
        self.chat(query["chat"]).answers.append(record)
        self.feed.publish("answer", chat=query["chat"], answer=record)

    def tell_people(self) -> None:
        """Persons or groups have changed."""
        self.bump()
        self.feed.publish("people")

    def set_clock(self, offset: int) -> None:
        self.clock.offset = offset
        self.queue.wake()
        self.feed.publish("clock", offset=offset, now=self.clock.now())

    def watch_bot(self) -> None:
        """Note whether the bot is there, and tell the feed when that changes."""
        last = self.queue.last_poll
        polled = self.queue.polled or (last is not None and time.monotonic() - last < ONLINE_SECONDS)
        online = bool(self.hook.url and self.hook.last_error is None) or (not self.hook.url and polled)
        if online != self.online:
            self.online = online
            self.seen_bot = self.seen_bot or online
            self.feed.publish("bot", online=online, seen=self.seen_bot)

    def snapshot(self, last: int | None = None) -> Json:
        """All that a page needs to draw itself; messages limited to the last so many a chat."""
        return {
            "persons": [asdict(person) for person in self.persons.values()],
            "groups": [asdict(group) for group in self.groups.values()],
            "chats": [chat.shown(last=last) for chat in self.chats.values()],
            "profile": {**asdict(self.profile), "name": self.profile.name},
            "clock": {"offset": self.clock.offset, "now": self.clock.now()},
            "bot": {"online": self.online, "seen": self.seen_bot},
            "waiting": _places(
                one.update["message"] for one in self.queue.pending.values() if "message" in one.update
            ),
            "revision": self.revision,
        }

    def reset(self) -> None:
        """Back to the first day: default persons, empty chats, nothing pending. Ids go on growing."""
        self.queue.drop_pending()
        self.queue.history.clear()
        self.faults.clear()
        self.disorder = Disorder()
        self.limits.enabled = False
        self.files.clear()
        self.groups.clear()
        self.chats.clear()
        self.callbacks.clear()
        self.calls.clear()
        self.persons = {person.id: person for person in default_people()}
        self.set_clock(0)
        self.bump()
        self.feed.publish("reset")


def _places(messages: Iterable[Json]) -> list[tuple[int, int]]:
    return [(message["chat"]["id"], message["message_id"]) for message in messages]


async def watch_forever(world: World, every: float = 1.0) -> None:
    """Keep an eye on the bot, for the page's "not running" state."""
    while True:
        world.watch_bot()
        await asyncio.sleep(every)
