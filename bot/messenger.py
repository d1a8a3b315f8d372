"""Calls of the Bot API with raw JSON on both sides, over the connection pool of aiogram's session.

What goes out was written as Bot-API fields and what comes in is kept as it came, so neither is
turned into models and back: an answer nobody can parse cannot stop the delivery.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.raw import Unreadable, read, read_updates
from bot.watching.sight import Sight

if TYPE_CHECKING:
    from aiogram import Bot

#: (field of the method, file name, content)
File = tuple[str, str, bytes]


#: Seconds; longer than a long poll without news.
_LATELY = 60.0


class MessengerError(Exception):
    """The messenger refused a call. `code` is the HTTP status, `description` the messenger's words."""

    def __init__(
        self, code: int, description: str, retry_after: float = 0, moved_to: int | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


class Unanswered(Exception):
    """No answer, or none that is the Bot API's: network, timeout, a gateway's error page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the messenger answered: `result` as JSON, `headers` of the response."""

    result: Any
    headers: Mapping[str, str]


class Messenger:
    """Raw calls for one bot."""

    def __init__(self, bot: Bot, sight: Sight | None = None) -> None:
        """`sight` counts the calls."""
        self.bot = bot
        self._sight = sight or Sight()
        self._answered_at = float("-inf")

    def answers(self) -> bool:
        """Whether it took a call, any call, within the last minute."""
        return time.monotonic() - self._answered_at < _LATELY

    async def call(
        self,
        method: str,
        payload: Mapping[str, Any],
        file: File | None = None,
        *,
        timeout: float = 60,
    ) -> Answer:
        """Call a method by its class name (`SendMessage`). Raises MessengerError, Unanswered."""
        begun, answered = time.perf_counter(), "unanswered"
        try:
            answer = await self._call(method, payload, file, timeout)
            answered = "ok"
        except MessengerError as error:
            answered = str(error.code) if 100 <= error.code < 600 else "other"
            raise
        finally:
            self._sight.called(method, answered, time.perf_counter() - begun)
        return answer

    async def _call(
        self, method: str, payload: Mapping[str, Any], file: File | None, timeout: float
    ) -> Answer:
        session = await self._pool()
        url = self.bot.session.api.api_url(token=self.bot.token, method=method[0].lower() + method[1:])
        sent = {"data": _form(payload, file)} if file else {"json": payload}
        try:
            async with session.post(url, timeout=aiohttp.ClientTimeout(timeout), **sent) as response:
                body = await response.read()
                document = _document(body, method)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Unanswered(type(error).__name__) from error
        except ValueError as error:
            raise Unanswered(f"status {response.status}, no JSON") from error
        answer = _checked(document, response)
        self._answered_at = time.monotonic()
        return answer

    async def _pool(self) -> aiohttp.ClientSession:
        from aiogram.client.session.aiohttp import AiohttpSession

        session = self.bot.session
        assert isinstance(session, AiohttpSession)
        return await session.create_session()


def _document(body: bytes, method: str) -> Any:
    """The answer's JSON. One update that nobody can read must not hide the others. Raises Unreadable."""
    try:
        return read(body)
    except Unreadable:
        if method != "GetUpdates" or not (found := read_updates(body)):
            raise
        return {"ok": True, "result": found}


def _checked(document: Any, response: aiohttp.ClientResponse) -> Answer:
    if not isinstance(document, dict):
        raise Unanswered(f"status {response.status}, no object")
    if document.get("ok"):
        return Answer(document.get("result"), response.headers)
    parameters = document.get("parameters") or {}
    raise MessengerError(
        int(document.get("error_code") or response.status),
        str(document.get("description", "")),
        float(parameters.get("retry_after") or 0),
        parameters.get("migrate_to_chat_id"),
    )


def _form(payload: Mapping[str, Any], file: File) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    field, filename, content = file
    form.add_field(field, content, filename=filename)
    return form
