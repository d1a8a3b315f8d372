"""Keyboards: the checks of the real server, and finding a button by its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.playground.errors import Json, bad_request

BUTTONS_MAX = 100
DATA_MAX_BYTES = 64
_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "pay",
    "callback_game",
)


def checked_markup(markup: Any) -> tuple[Json | None, Json | None]:
    """A reply_markup as (inline keyboard, other keyboard); an empty inline one is none. Raises ApiError."""
    if markup is None:
        return None, None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        for button in _flat(rows):
            _check_inline(button)
        _check_count(rows)
        return ({"inline_keyboard": rows} if rows else None), None
    if "keyboard" in markup:
        rows = [[_named(button) for button in row] for row in markup["keyboard"] if row]
        _check_count(rows)
        if not rows:
            raise bad_request("reply keyboard markup must have at least one button")
        return None, {**markup, "keyboard": rows}
    return None, markup


def _named(button: Any) -> Json:
    named: Json = {"text": button} if isinstance(button, str) else button
    if not named.get("text"):
        raise bad_request("keyboard button text must be non-empty")
    return named


def _flat(rows: list[list[Json]]) -> Iterator[Json]:
    return (button for row in rows for button in row)


def _check_count(rows: list[list[Json]]) -> None:
    if sum(len(row) for row in rows) > BUTTONS_MAX:
        raise bad_request("reply markup is too long")


def _check_inline(button: Json) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if not any(action in button for action in _ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_MAX_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")


def find_button(markup: Json | None, *, words: str | None, data: str | None) -> Json | None:
    """The inline button with this data, or with these words (the whole text first, then a part of it)."""
    buttons = list(_flat((markup or {}).get("inline_keyboard", [])))
    if data is not None:
        return next((one for one in buttons if one.get("callback_data") == data), None)
    if words is None:
        return None
    whole = next((one for one in buttons if one["text"] == words), None)
    return whole or next((one for one in buttons if words in one["text"]), None)


def find_reply_button(keyboard: Json | None, words: str) -> Json | None:
    """The button of a reply keyboard with these words."""
    buttons = list(_flat((keyboard or {}).get("keyboard", [])))
    whole = next((one for one in buttons if one["text"] == words), None)
    return whole or next((one for one in buttons if words in one["text"]), None)
