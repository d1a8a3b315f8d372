"""Buttons with their fixed words; a word is written in one place."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from handlers.kit.outgoing import Button
from handlers.kit.texts import Texts


def button(texts: Texts, word: str, data: CallbackData, **args: object) -> Button:
    """A button whose words are the text `button-<word>`."""
    return texts.plain(f"button-{word}", **args), data.pack()
