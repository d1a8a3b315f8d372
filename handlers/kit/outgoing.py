"""Replies as outbox rows: written in the transaction that caused them, sent after it has committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from handlers.kit.texts import Markup, Texts
from handlers.ports import Outbox, OutgoingFile

#: A keyboard as rows of (words, callback data) pairs.
Button = tuple[str, str]
Keyboard = Sequence[Sequence[Button]]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_FILE_METHODS = {
    "photo": "SendPhoto",
    "voice": "SendVoice",
    "video": "SendVideo",
    "document": "SendDocument",
    "audio": "SendAudio",
    "video_note": "SendVideoNote",
    "sticker": "SendSticker",
}


def markup(keyboard: Keyboard) -> dict[str, Any]:
    """The keyboard as the Bot API's JSON."""
    return {"inline_keyboard": [[{"text": t, "callback_data": d} for t, d in row] for row in keyboard if row]}


class Outgoing:
    """Says things to chats. `key` makes a message unique: saying it twice sends it once."""

    def __init__(self, outbox: Outbox, texts: Texts) -> None:
        self._outbox = outbox
        self.texts = texts

    def through(self, wrap: Callable[[Outbox], Outbox]) -> Outgoing:
        """The same, with something between us and the outbox."""
        return Outgoing(wrap(self._outbox), self.texts)

    async def say(
        self,
        chat_id: int,
        text_key: str,
        keyboard: Keyboard | None = None,
        *,
        once: str | None = None,
        not_before: datetime | None = None,
        **args: Any,
    ) -> None:
        """Send the text of this key. `once` is the unique key of the delivery."""
        await self.send(chat_id, self.texts(text_key, **args), keyboard, once=once, not_before=not_before)

    async def send(
        self,
        chat_id: int,
        text: Markup,
        keyboard: Keyboard | None = None,
        *,
        once: str | None = None,
        not_before: datetime | None = None,
    ) -> None:
        """Send rendered HTML; what is longer than a message may be goes out in parts."""
        parts = split_html(text, TEXT_LIMIT)
        for n, part in enumerate(parts):
            last = n == len(parts) - 1
            await self._outbox.add(
                chat_id,
                "SendMessage",
                _payload(chat_id, keyboard if last else None, text=part, parse_mode="HTML"),
                key=f"{once}/{n}" if once and n else once,
                not_before=not_before,
            )

    async def send_to_each(self, chat_ids: Iterable[int], text: Markup, key_prefix: str) -> None:
        """The same short message to many, each of them once."""
        payload = {"text": split_html(text, TEXT_LIMIT)[0], "parse_mode": "HTML"}
        await self._outbox.add_to_each(chat_ids, "SendMessage", payload, key_prefix)

    async def edit(
        self, chat_id: int, message_id: int, text: Markup, keyboard: Keyboard | None = None
    ) -> None:
        """Replace a message and its buttons; without a keyboard the buttons go."""
        text = Markup(split_html(text, TEXT_LIMIT)[0])
        payload = _payload(chat_id, keyboard, text=text, parse_mode="HTML", message_id=message_id)
        await self._outbox.add(chat_id, "EditMessageText", payload)

    async def drop_buttons(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message that has been answered."""
        await self._outbox.add(
            chat_id, "EditMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id}
        )

    async def upload(
        self,
        chat_id: int,
        kind: str,
        name: str,
        content: bytes,
        caption: Markup | None = None,
        keyboard: Keyboard | None = None,
        once: str | None = None,
    ) -> None:
        """Send a new file; `kind` is photo or document."""
        file: OutgoingFile = (kind, name, content)
        payload = _payload(chat_id, keyboard, **_caption(caption))
        await self._outbox.add(chat_id, _FILE_METHODS[kind], payload, key=once, file=file)

    async def forward_file(
        self, chat_id: int, kind: str, file_id: str, caption: Markup | None = None, once: str | None = None
    ) -> None:
        """Send on a file that the messenger already has. `kind` is the messenger's word for it."""
        if kind == "location":
            latitude, longitude = file_id.split(",")
            payload = {"chat_id": chat_id, "latitude": float(latitude), "longitude": float(longitude)}
            await self._outbox.add(chat_id, "SendLocation", payload, key=once)
            if caption:
                await self.send(chat_id, caption, once=once and f"{once}/words")
            return
        bare = kind in ("video_note", "sticker")
        payload = _payload(chat_id, None, **{kind: file_id}, **({} if bare else _caption(caption)))
        await self._outbox.add(chat_id, _FILE_METHODS[kind], payload, key=once)
        if bare and caption:
            await self.send(chat_id, caption, once=once and f"{once}/words")

    async def call_card(self, chat_id: int, phone: str, name: str, once: str | None = None) -> None:
        """A contact that can be tapped to call."""
        payload = {"chat_id": chat_id, "phone_number": phone, "first_name": name}
        await self._outbox.add(chat_id, "SendContact", payload, key=once)


def _caption(caption: Markup | None) -> dict[str, Any]:
    if not caption:
        return {}
    return {"caption": split_html(caption, CAPTION_LIMIT)[0], "parse_mode": "HTML"}


def _payload(chat_id: int, keyboard: Keyboard | None, **fields: Any) -> dict[str, Any]:
    payload: dict[str, Any] = {"chat_id": chat_id, **fields}
    if keyboard:
        payload["reply_markup"] = markup(keyboard)
    return payload


def split_html(text: str, limit: int) -> list[str]:
    """Cut at line ends into parts of at most `limit`; an overlong line loses its markup."""
    if len(text) <= limit:
        return [text]
    parts: list[str] = []
    current = ""
    for line in text.split("\n"):
        for piece in _pieces(line, limit):
            if current and len(current) + 1 + len(piece) > limit:
                parts.append(current)
                current = piece
            else:
                current = f"{current}\n{piece}" if current else piece
    return [*parts, current]


def _pieces(line: str, limit: int) -> list[str]:
    if len(line) <= limit:
        return [line]
    import re
    from html import escape, unescape

    bare = unescape(re.sub(r"<[^<>]*>", "", line))
    # A character grows to at most five when escaped (&amp;).
    step = limit // 5
    return [escape(bare[i : i + step], quote=False) for i in range(0, len(bare), step)]
