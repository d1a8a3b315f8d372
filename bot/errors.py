"""What a person hears when something went wrong, and what the log may say of it."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from casework.errors import CaseworkError
from handlers.kit.texts import Texts

if TYPE_CHECKING:
    from aiogram.types import Update

    from handlers.kit.context import Context

#: Facts that are codes; each becomes words by the text `<prefix>-<code>`.
_CODED = {"status": "status"}


def sentence(texts: Texts, error: BaseException) -> str:
    """The kind answer to an error: its own text where there is one, else that of all faults."""
    if not isinstance(error, CaseworkError):
        return texts.plain("error-technical")
    key = f"error-{error.code}"
    facts = dict(error.facts)
    for name, prefix in _CODED.items():
        if name in facts and texts.has(f"{prefix}-{facts[name]}"):
            facts[name] = texts.plain(f"{prefix}-{facts[name]}")
    try:
        return texts.plain(key, **facts)
    except (KeyError, LookupError):
        return texts.plain("error-error")


async def answer(context: Context, update: Update, error: BaseException, once: str) -> str | None:
    """Tell the person: by message, or for a pressed button by the alert that is returned."""
    words = sentence(context.texts, error)
    if update.callback_query is not None:
        return words
    message = update.message or update.edited_message
    if message is not None and message.chat.type == "private":
        from html import escape

        from handlers.kit.texts import Markup

        await context.out.send(message.chat.id, Markup(escape(words, quote=False)), once=once)
    return None


def trace(error: BaseException) -> str:
    """Where an error came from, without its message, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} at {where}"
