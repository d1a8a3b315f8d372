"""Updates of every type that aiogram knows, made by walking its models; chance decides, a seed repeats it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import aiogram.types
from aiogram.client.default import Default
from aiogram.types import TelegramObject, Update
from pydantic.fields import FieldInfo

from bench.fuzz_inputs import make as make_text

#: Who speaks, and where. Most of them are known to the program.
PEOPLE = (1001, 1002, 2001, 2002, 3001, 7, 777000)
GROUPS = (-1001, -1002)
CHATS = (*PEOPLE, *GROUPS, -100500)
_ODD_NUMBERS = (0, 1, -1, 2, 5, 2**31, 2**53, 2**63 - 1, -(2**63), 10**25)
_NOW = 1_795_000_000
#: Beyond so many levels only what must be there is there.
_DEEP = 4


def make(chance: random.Random, update_id: int, buttons: list[str]) -> dict[str, Any]:
    """One update of a random kind, valid for the library; `buttons` are data that the bot showed."""
    kind = chance.choice(kinds())
    # What the bot asks for comes more often than what it never asked for.
    if chance.random() < 0.6:
        kind = chance.choice(("message", "edited_message", "callback_query", "my_chat_member"))
    field = Update.model_fields[kind]
    event = _Maker(chance, buttons).value(field.annotation, kind, 0)
    return {"update_id": update_id, kind: event}


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of update."""
    return tuple(name for name in Update.model_fields if name != "update_id")


class _Maker:
    def __init__(self, chance: random.Random, buttons: list[str]) -> None:
        self._chance = chance
        self._buttons = buttons

    def model(self, model: type[TelegramObject], depth: int) -> dict[str, Any]:
        """An object with all it must have and some of what it may have."""
        made = {}
        share = 0.25 if depth == 0 else 0.12
        for name, field in model.model_fields.items():
            fixed = field.default if isinstance(field.default, str) else None
            wanted = field.is_required() or fixed is not None
            if wanted or (depth < _DEEP and self._chance.random() < share):
                value = fixed if fixed is not None else self.value(field.annotation, name, depth + 1)
                if value is not None:
                    made[_alias(name, field)] = value
        return self._steered(model.__name__, made)

    def _steered(self, name: str, made: dict[str, Any]) -> dict[str, Any]:
        """Somebody the program knows, said where it listens, about what it can look for."""
        chance = self._chance
        if name == "User":
            made |= {"id": chance.choice(PEOPLE), "is_bot": chance.random() < 0.03}
        elif name in ("Chat", "ChatFullInfo"):
            chat = chance.choice(CHATS)
            kind = "private" if chat > 0 else chance.choice(("group", "supergroup", "channel"))
            made |= {"id": chat, "type": kind if chance.random() < 0.97 else "private"}
        elif name == "CallbackQuery":
            made["data"] = self._data()
        elif name == "Message":
            self._worded(made)
        return made

    def _worded(self, message: dict[str, Any]) -> None:
        """Mostly a private chat of who speaks, often with words or a command."""
        chance = self._chance
        if isinstance(message.get("from"), dict) and chance.random() < 0.8:
            message["chat"] = {"id": message["from"]["id"], "type": "private"}
        if chance.random() < 0.6:
            message["text"] = make_text(chance.randrange(2**40), chance.randrange(1, 10**6))
            if chance.random() < 0.3:
                words = chance.choice(_commands()) + chance.choice(("", f" {message['text']}", " 1 x"))
                message |= {"text": words, "entities": [_command_entity(words)]}

    def _data(self) -> str:
        chance = self._chance
        if self._buttons and chance.random() < 0.6:
            return chance.choice(self._buttons)
        if chance.random() < 0.7:
            parts = [
                chance.choice(_prefixes()),
                chance.choice(_actions()),
                str(self._number()),
                self._text()[:9],
            ]
            return ":".join(parts[: chance.randint(1, 4)] + ["0"] * chance.randint(0, 5))
        return self._text()

    def value(self, kind: Any, name: str, depth: int) -> Any:
        """Anything of this type."""
        origin = get_origin(kind)
        if origin is Annotated:
            return self.value(get_args(kind)[0], name, depth)
        if origin in (Union, UnionType):
            arms = [arm for arm in get_args(kind) if arm not in (type(None), Default)]
            return self.value(self._chance.choice(arms), name, depth)
        if origin is list:
            many = self._chance.choice((0, 1, 1, 2, 5)) if depth < _DEEP else self._chance.choice((0, 1))
            return [self.value(get_args(kind)[0], name, depth + 1) for _ in range(many)]
        if origin is Literal:
            return self._chance.choice(get_args(kind))
        if isinstance(kind, str):
            kind = getattr(aiogram.types, kind)
        if isinstance(kind, type) and issubclass(kind, TelegramObject):
            return self.model(kind, depth)
        return self._plain(kind)

    def _plain(self, kind: Any) -> Any:
        chance = self._chance
        if isinstance(kind, type) and issubclass(kind, Enum):
            return chance.choice(list(kind)).value
        if kind is bool:
            return chance.random() < 0.5
        if kind is int:
            return self._number()
        if kind is float:
            return chance.choice((0.0, -1.5, 43.88, 125.3, 1e308, 5e-324))
        if kind in (datetime, timedelta):
            return chance.choice((_NOW, 0, _NOW - 10**7, _NOW + 10**7))
        return self._text()

    def _number(self) -> int:
        return self._chance.choice((*_ODD_NUMBERS, self._chance.randrange(50), self._chance.randrange(50)))

    def _text(self) -> str:
        return make_text(self._chance.randrange(2**40), self._chance.randrange(1, 10**6))


def _alias(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _command_entity(words: str) -> dict[str, Any]:
    return {"type": "bot_command", "offset": 0, "length": len(words.split(maxsplit=1)[0])}


@cache
def _commands() -> tuple[str, ...]:
    from bot import commands
    from handlers.admin.commands import ADMIN_COMMANDS

    names = (*commands.RESIDENT, *commands.LEAD, *ADMIN_COMMANDS, "start", "no_such")
    links = ("/start lead_x", "/start item_hom_plumbing", "/start expert_", "/start item_\u0000")
    return (*(f"/{name}" for name in names), *links)


@cache
def _prefixes() -> tuple[str, ...]:
    from aiogram.filters.callback_data import CallbackData

    from handlers.kit import callbacks

    found = [k for k in vars(callbacks).values() if isinstance(k, type) and issubclass(k, CallbackData)]
    return tuple(kind.__prefix__ for kind in found if kind is not CallbackData)


@cache
def _actions() -> tuple[str, ...]:
    return (
        "show",
        "list",
        "yes",
        "accept",
        "submit",
        "cancel",
        "cancel_yes",
        "done",
        "find",
        "start",
        "0",
        "",
        "next",
    )
