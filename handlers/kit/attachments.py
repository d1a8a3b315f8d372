"""What came with a message besides its words."""

from __future__ import annotations

from aiogram.types import Message

from casework.use_cases.leads import Attachment

_FILES = ("voice", "video", "document", "audio", "video_note")


def attached(message: Message) -> Attachment:
    """The file or place in a message; empty for plain words and for what cannot be passed on.

    A place is kept as "latitude,longitude".
    """
    if message.photo:
        return Attachment(message.photo[-1].file_id, "photo")
    if message.location:
        return Attachment(f"{message.location.latitude},{message.location.longitude}", "location")
    for kind in _FILES:
        found = getattr(message, kind)
        if found:
            return Attachment(found.file_id, kind)
    return Attachment()


def words(message: Message) -> str:
    """The text or caption."""
    return (message.text or message.caption or "").strip()
