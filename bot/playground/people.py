"""Who holds the phones: persons and groups, and how the Bot API shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.errors import Json

ROLES = ("resident", "lead", "worker")


@dataclass(slots=True)
class Person:
    """One person with a phone. `started` is false while the bot may not write first."""

    id: int
    name: str
    role: str
    phone: str
    username: str | None = None
    language: str = "zh-hans"
    started: bool = True
    blocked: bool = False

    def as_user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}
        if self.username:
            user["username"] = self.username
        return user

    def as_chat(self) -> Json:
        chat: Json = {"id": self.id, "type": "private", "first_name": self.name}
        if self.username:
            chat["username"] = self.username
        return chat


@dataclass(slots=True)
class Group:
    """A group with the bot in it. With `sees_all` the bot is an administrator and hears every message."""

    id: int
    title: str
    members: list[int] = field(default_factory=list)
    sees_all: bool = False
    blocked: bool = False

    def as_chat(self) -> Json:
        return {"id": self.id, "type": "supergroup", "title": self.title}


def default_people() -> list[Person]:
    """The three who are always there."""
    return [
        Person(1001, "王奶奶", "resident", "13812345678"),
        Person(2001, "李师傅", "lead", "13900002001"),
        Person(3001, "陈社工", "worker", "13700003001"),
    ]
