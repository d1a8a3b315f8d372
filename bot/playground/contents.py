"""What a message holds besides words, as the Bot API shows it."""

from __future__ import annotations

from bot.playground.errors import Json
from bot.playground.files import StoredFile

CAPTIONED = ("photo", "video", "audio", "document", "voice")
MEDIA = (*CAPTIONED, "video_note", "sticker", "location", "contact")
FILE_KINDS = ("video", "audio", "document", "voice", "video_note", "sticker")
CONTENT = ("text", "entities", "caption", "caption_entities", *MEDIA)
_SHAPES: Json = {
    "video": {"width": 1280, "height": 720, "duration": 0},
    "video_note": {"length": 240, "duration": 0},
    "voice": {"duration": 0},
    "audio": {"duration": 0},
    "sticker": {
        "width": 512,
        "height": 512,
        "type": "regular",
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    },
}
_NAMED = ("document", "video", "audio")


def file_content(kind: str, stored: StoredFile, facts: Json) -> Json:
    """A message part of this kind (not a photo); `facts` may say duration, width, height, length, emoji."""
    shape: Json = _SHAPES.get(kind, {})
    part = {**stored.wire(), **shape, **{name: facts[name] for name in shape if facts.get(name) is not None}}
    if kind not in ("video_note", "sticker"):
        part["mime_type"] = stored.mime
    if kind in _NAMED:
        part["file_name"] = stored.name
    return {kind: part}


def photo_part(stored: StoredFile, size: tuple[int, int]) -> Json:
    """A picture of this width and height, in one size."""
    return {"photo": [{**stored.wire(), "width": size[0], "height": size[1]}]}


def content_of(message: Json) -> Json:
    """What a copy of the message holds."""
    return {key: message[key] for key in CONTENT if key in message}
