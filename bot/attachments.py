"""Tables a worker sent to the bot, fetched and read before the transaction that answers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import aiohttp
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

if TYPE_CHECKING:
    from aiogram.types import Document, Update

    from handlers.admin.sheets import SheetResult

log = logging.getLogger(__name__)

#: The Bot API hands out files up to 20 MB; a list of organisations has a hundredth of that.
MOST_BYTES = 20 * 1024 * 1024


class Attachments:
    """What was read, by inbox row, kept until the row is done. `read` must not hold up the program."""

    def __init__(self, bot: Bot, read: Callable[[bytes], Awaitable[SheetResult]]) -> None:
        self._bot = bot
        self._read = read
        self._contents: dict[int, SheetResult | None] = {}

    def missing(self, item_id: int, update: Update) -> bool:
        """Whether there is a file worth fetching that was not tried yet."""
        return item_id not in self._contents and _wanted(update) is not None

    def of(self, item_id: int) -> SheetResult | None:
        """What is in the file; None without one, or when the messenger did not hand it out."""
        return self._contents.get(item_id)

    def drop(self, item_id: int) -> None:
        """The row is done."""
        self._contents.pop(item_id, None)

    async def fetch(self, item_id: int, update: Update) -> None:
        """Get and read the file. A messenger that does not hand it out leaves None, which handlers answer."""
        document = _wanted(update)
        if document is None:
            return
        try:
            content = await self._bot.download(document.file_id, timeout=60)
            self._contents[item_id] = await self._read(content.read()) if content else None
        except (TelegramAPIError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("a file could not be fetched: %s", type(error).__name__)
            self._contents[item_id] = None


def _wanted(update: Update) -> Document | None:
    message = update.message
    document = message.document if message and message.chat.type == "private" else None
    if document is None or (document.file_size or 0) > MOST_BYTES:
        return None
    return document if (document.file_name or "").lower().endswith(".xlsx") else None
