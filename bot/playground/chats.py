"""What was said in a chat, with everything that happened to it later."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.playground.errors import Json


@dataclass(slots=True)
class Entry:
    """One message. `message` is what the Bot API shows; `earlier` holds what edits replaced."""

    message: Json
    revision: int
    by_bot: bool
    deleted: bool = False
    keyboard: Json | None = None
    earlier: list[Json] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.message["message_id"])

    def shown(self) -> Json:
        return asdict(self)


@dataclass(slots=True)
class Chat:
    """A private chat or a group; `keyboard` is the reply keyboard that is open now."""

    id: int
    entries: dict[int, Entry] = field(default_factory=dict)
    keyboard: Json | None = None
    answers: list[Json] = field(default_factory=list)

    def shown(self, after: int = 0, last: int | None = None) -> Json:
        """For transcripts: entries changed after a revision, at most the last so many."""
        entries = [entry for entry in self.entries.values() if entry.revision > after]
        if last is not None:
            entries = entries[-last:]
        return {
            "chat": self.id,
            "entries": [entry.shown() for entry in entries],
            "keyboard": self.keyboard,
            "answers": [one for one in self.answers if one["revision"] > after],
        }


def chat_from(saved: dict[str, Any]) -> Chat:
    """The opposite of `shown`."""
    chat = Chat(int(saved["chat"]), keyboard=saved["keyboard"], answers=saved["answers"])
    for one in saved["entries"]:
        entry = Entry(**one)
        chat.entries[entry.id] = entry
    return chat
