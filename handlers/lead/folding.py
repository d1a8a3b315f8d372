"""A message that showed phone and door is folded when the lead's time with it is over."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from html import escape

from casework.sight import ShowingKind
from casework.use_cases.folding import Fold
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.texts import Markup

#: Keys of edits whose refusal is no loss: the message may have been deleted.
KEY = "fold/"
_SIDE = 64


async def fold(context: Context, one: Fold) -> None:
    """Edits the message as far as the messenger allows: a contact is deleted, a picture replaced."""
    showing = one.showing
    where = {"chat_id": showing.chat_id, "message_id": showing.message_id}
    key = f"{KEY}{showing.chat_id}/{showing.message_id}/{showing.sent_at.timestamp():.0f}"
    add = context.uow.outbox.add
    if showing.kind is ShowingKind.CONTACT:
        await add(showing.chat_id, "DeleteMessage", where, key=key)
    elif showing.kind is ShowingKind.TEXT:
        text = {"text": _card(context, one), "parse_mode": "HTML"}
        await add(showing.chat_id, "EditMessageText", where | text, key=key)
    elif showing.kind is ShowingKind.MEDIA:
        media = {"type": "photo", "media": "attach://folded", **_caption(context, one)}
        file = ("folded", "folded.png", blank_picture())
        await add(showing.chat_id, "EditMessageMedia", where | {"media": media}, key=key, file=file)
    else:
        await add(showing.chat_id, "EditMessageCaption", where | _caption(context, one), key=key)


def _card(context: Context, one: Fold) -> Markup:
    """What stays: number, item, place without door, status."""
    cards = Cards(context.texts, context.community, "lead")
    line = cards.line(one.request, context.now)
    return context.texts("lead-folded", card=line)


def _caption(context: Context, one: Fold) -> dict[str, str]:
    words = context.texts.plain("lead-folded-file", number=one.request.number)
    return {"caption": escape(words, quote=False), "parse_mode": "HTML"}


@cache
def blank_picture() -> bytes:
    """A small grey PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">2I5B", _SIDE, _SIDE, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\xd0" * _SIDE) * _SIDE
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
