"""One JSON document a chat, read at most once an update and written only when it changed."""

from __future__ import annotations

from typing import Any

from handlers.ports import Trackers


class Memory:
    """The memories of the chats that one update touches. `flush` belongs before the commit."""

    def __init__(self, trackers: Trackers) -> None:
        self._trackers = trackers
        self._documents: dict[int, dict[str, Any]] = {}
        self._as_loaded: dict[int, str] = {}

    async def of(self, chat_id: int) -> dict[str, Any]:
        """The chat's document; change it in place."""
        if chat_id not in self._documents:
            document = await self._trackers.load(chat_id) or {}
            self._documents[chat_id] = document
            self._as_loaded[chat_id] = repr(document)
        return self._documents[chat_id]

    async def flush(self) -> None:
        """Write what changed."""
        for chat_id, document in self._documents.items():
            now = repr(document)
            if now != self._as_loaded[chat_id]:
                await self._trackers.save(chat_id, document)
                self._as_loaded[chat_id] = now
