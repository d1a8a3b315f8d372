"""What the messenger would have been sent to the resident, as Rasa's responses: plain text and buttons."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.rasa.heard import PRESS
from handlers.kit.callbacks import DialogueCD, MyRequestCD
from handlers.ports import Outbox, OutgoingFile

#: Buttons about a filed request that have a rule in deploy/rasa; 「没解决」 is said in words.
_ON_REQUEST = frozenset({"urge", "cancel", "cancel_yes", "show", "solved", "restore"})
_IN_WORDS = frozenset({"unsolved"})


class Kept:
    """An outbox that keeps what is meant for one chat; the rest goes the usual way."""

    def __init__(self, outbox: Outbox, chat_id: int) -> None:
        self._outbox = outbox
        self._chat_id = chat_id
        #: (method, payload) in the order they were said.
        self.said: list[tuple[str, dict[str, Any]]] = []

    async def add(
        self,
        chat_id: int,
        method: str,
        payload: dict[str, Any],
        *,
        key: str | None = None,
        not_before: datetime | None = None,
        file: OutgoingFile | None = None,
        reveals: int | None = None,
    ) -> None:
        """Keep it when it is for the chat and for now."""
        if chat_id == self._chat_id and not_before is None and file is None:
            self.said.append((method, payload))
        else:
            await self._outbox.add(
                chat_id, method, payload, key=key, not_before=not_before, file=file, reveals=reveals
            )

    async def add_to_each(
        self, chat_ids: Iterable[int], method: str, payload: dict[str, Any], key_prefix: str
    ) -> None:
        """A message to everybody waits for this chat as for the others."""
        await self._outbox.add_to_each(chat_ids, method, payload, key_prefix)

    async def count_by_key_prefix(self, prefix: str) -> dict[str, int]:
        """As the outbox has it."""
        return await self._outbox.count_by_key_prefix(prefix)

    async def failures(self, limit: int = 20) -> Any:
        """As the outbox has it."""
        return await self._outbox.failures(limit)


def responses(said: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rasa's responses; what cannot be told in words is left out."""
    found = []
    for method, payload in said:
        if method in ("SendMessage", "EditMessageText"):
            found.append(_response(bare(payload["text"]), payload.get("reply_markup")))
        elif method == "SendContact":
            found.append(_response(f"{payload['first_name']} {payload['phone_number']}"))
        elif payload.get("caption"):
            found.append(_response(bare(payload["caption"])))
    return found


def in_words(text: str) -> dict[str, Any]:
    """One sentence as a response."""
    return _response(text)


def bare(html: str) -> str:
    """The words without markup."""
    return unescape(re.sub(r"<[^<>]*>", "", html))


def _response(text: str, markup: dict[str, Any] | None = None) -> dict[str, Any]:
    rows = (markup or {}).get("inline_keyboard", [])
    buttons = [made for row in rows for one in row if (made := _button(one["text"], one["callback_data"]))]
    return {
        "text": text,
        "buttons": buttons,
        "elements": [],
        "custom": {},
        "template": None,
        "response": None,
        "image": None,
        "attachment": None,
    }


def _button(title: str, data: str) -> dict[str, str] | None:
    """A button as `/press_…` or as the words it stands for; None for one that Rasa has no rule for."""
    kinds: dict[str, type[CallbackData]] = {"d": DialogueCD, "r": MyRequestCD}
    kind = kinds.get(data.partition(":")[0])
    if kind is None:
        return None
    carried: Any = kind.unpack(data)
    if isinstance(carried, DialogueCD):
        if carried.action == "words":
            return {"title": title, "payload": title}
        return _press(title, carried.action, turn=str(carried.turn), value=carried.value)
    if carried.action in _IN_WORDS:
        return {"title": title, "payload": title}
    if carried.action in _ON_REQUEST:
        return _press(title, f"request_{carried.action}", value=str(carried.id))
    return None


def _press(title: str, action: str, **facts: str) -> dict[str, str]:
    told = {name: value for name, value in facts.items() if value}
    return {"title": title, "payload": f"/{PRESS}{action}{json.dumps(told, ensure_ascii=False)}"}
