"""Turns what actions answered into messages: keys to sentences, taps to buttons.

A nested argument is {"text": key, "args": {…}}, {"lines": […]}, {"item": code}, {"item_name": code},
{"address": {…}}, {"moment": ISO time} or {"line": {number, item, status, urgent, at}}.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiogram.filters.callback_data import CallbackData

from casework.entities import Address
from handlers.kit.callbacks import DialogueCD, ErasureCD, MenuCD, MyRequestCD, PrivacyCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_CALLBACKS: dict[str, type[CallbackData]] = {
    "dialogue": DialogueCD,
    "request": MyRequestCD,
    "menu": MenuCD,
    "privacy": PrivacyCD,
    "erasure": ErasureCD,
}


class Renderer:
    """Renders responses for one chat."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.texts = context.texts
        self.cards = Cards(context.texts, context.community)

    async def send(self, chat_id: int, responses: list[dict[str, Any]]) -> None:
        """Send the responses in order; texts that follow each other become one message."""
        parts: list[Markup] = []
        keyboard: Keyboard | None = None
        for custom in responses:
            if "call" in custom:
                await self._flush(chat_id, parts, keyboard)
                parts, keyboard = [], None
                call = custom["call"]
                name = self.texts.plain(call["name"], **self._args(call["args"], plain=True))
                await self.context.out.call_card(chat_id, call["phone"], name)
                continue
            parts.append(self.text(custom["text"], custom["args"]))
            keyboard = self._keyboard(custom["buttons"]) or keyboard
        await self._flush(chat_id, parts, keyboard)

    async def _flush(self, chat_id: int, parts: list[Markup], keyboard: Keyboard | None) -> None:
        if parts:
            await self.context.out.send(chat_id, Markup("\n\n".join(parts)), keyboard)

    def text(self, key: str, args: dict[str, Any]) -> Markup:
        """One text with its arguments resolved."""
        return self.texts(key, **self._args(args))

    def _keyboard(self, rows: list[list[dict[str, Any]]]) -> list[list[Button]]:
        return [[self._button(tap) for tap in row] for row in rows if row]

    def _button(self, tap: dict[str, Any]) -> Button:
        words = self.texts.plain(tap["word"], **self._args(tap["args"], plain=True))
        return words, _CALLBACKS[tap["kind"]](**tap["data"]).pack()

    def _args(self, args: dict[str, Any], *, plain: bool = False) -> dict[str, Any]:
        return {name: self._value(value, plain=plain) for name, value in args.items()}

    def _value(self, value: Any, *, plain: bool = False) -> Any:
        if not isinstance(value, dict):
            return value
        ((kind, content),) = [(k, v) for k, v in value.items() if k != "args"]
        if kind == "text":
            if plain:
                return self.texts.plain(content, **self._args(value["args"], plain=True))
            return self.text(content, value["args"])
        if kind == "lines":
            return Markup("\n".join(self.texts("dialogue-bare", it=self._value(v)) for v in content))
        return _KINDS[kind](self, content)

    def _line(self, facts: dict[str, Any]) -> Markup:
        return self.texts(
            "card-line",
            mark=self.texts.plain("card-urgent") if facts["urgent"] else "",
            number=facts["number"],
            item=self.context.community.catalogue.item(facts["item"]).name,
            status=self.texts.plain(f"status-{facts['status']}"),
            when=self._moment(facts["at"]),
        )

    def _moment(self, moment: str) -> str:
        return self.cards.when(datetime.fromisoformat(moment), self.context.now)

    def _item(self, code: str) -> str:
        return self.cards.item(code)

    def _item_name(self, code: str) -> str:
        return self.context.community.catalogue.item(code).name

    def _address(self, address: dict[str, str]) -> str:
        return self.cards.address(Address(**address))


_KINDS: dict[str, Callable[[Renderer, Any], Any]] = {
    "line": Renderer._line,
    "moment": Renderer._moment,
    "item": Renderer._item,
    "item_name": Renderer._item_name,
    "address": Renderer._address,
}
