"""Who asks about their own data is heard, whatever they have done: it is theirs by law."""

from __future__ import annotations

from aiogram.types import Update

from handlers.dialogue.own_data_words import asked_of_own_data
from handlers.kit.callbacks import ErasureCD, PrivacyCD

_BUTTONS = {kind.__prefix__ for kind in (PrivacyCD, ErasureCD)}


def about_own_data(update: Update) -> bool:
    """Whether it is /privacy, one of its buttons or the plain words for it, in a private chat."""
    if update.callback_query is not None:
        return (update.callback_query.data or "").partition(":")[0] in _BUTTONS
    message = update.message
    if message is None or message.chat.type != "private" or not message.text:
        return False
    if message.text.startswith("/"):
        return message.text.split()[0].partition("@")[0] == "/privacy"
    # Costs memory and time that only those few need.
    from nlu.normalise import normalise

    return asked_of_own_data(normalise(message.text)) is not None
