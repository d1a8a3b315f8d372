"""Uploaded files: kept in memory, or in a folder when one is given."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import secrets
import struct
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.playground.errors import Json

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known about a file; `size` in bytes. `content_kept` is false for a file only pretended."""

    id: str
    unique_id: str
    name: str
    mime: str
    size: int
    content_kept: bool = True

    @property
    def path(self) -> str:
        """Where `/file/bot<token>/` serves it."""
        return f"files/{self.id}{Path(self.name).suffix[:12]}"

    def wire(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    """Files by id. Ids are random, so that one cannot be guessed."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for note in folder.glob("*.json"):
                stored = StoredFile(**json.loads(note.read_text("utf-8")))
                self._known[stored.id] = stored

    def add(self, name: str, content: bytes, mime: str | None = None) -> StoredFile:
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        unique = hashlib.sha256(content).hexdigest()[:16]
        stored = StoredFile(secrets.token_urlsafe(24), unique, name, guessed, len(content))
        if self._folder is None:
            self._contents[stored.id] = content
        else:
            (self._folder / f"{stored.id}.bin").write_bytes(content)
        return self._remember(stored)

    def pretend(self, name: str, size: int, mime: str | None = None) -> StoredFile:
        """A file that is only said to have `size` bytes: enough to try a file too big to fetch."""
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        unique = secrets.token_hex(8)
        return self._remember(StoredFile(secrets.token_urlsafe(24), unique, name, guessed, size, False))

    def get(self, file_id: str) -> StoredFile | None:
        return self._known.get(file_id)

    def content(self, stored: StoredFile) -> bytes:
        if not stored.content_kept:
            return b""
        if self._folder is None:
            return self._contents[stored.id]
        return (self._folder / f"{stored.id}.bin").read_bytes()

    def clear(self) -> None:
        for stored in self._known.values():
            if self._folder is not None:
                (self._folder / f"{stored.id}.bin").unlink(missing_ok=True)
                (self._folder / f"{stored.id}.json").unlink(missing_ok=True)
        self._known.clear()
        self._contents.clear()

    def _remember(self, stored: StoredFile) -> StoredFile:
        self._known[stored.id] = stored
        if self._folder is not None:
            note = json.dumps(asdict(stored), ensure_ascii=False)
            (self._folder / f"{stored.id}.json").write_text(note, "utf-8")
        return stored


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP in pixels; None when it is no such picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp_size(content)
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] == b"VP8X" and len(content) >= 30:
        return (
            int.from_bytes(content[24:27], "little") + 1,
            int.from_bytes(content[27:30], "little") + 1,
        )
    if content[12:16] == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if content[12:16] == b"VP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            at += 1
            continue
        marker = content[at + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
