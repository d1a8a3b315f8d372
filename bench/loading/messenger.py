"""A Bot-API server as light as can be: hands updates out, takes calls, remembers when each chat was answered.

It runs inside the bench's own process, so that it costs the bots nothing. Every call succeeds at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

TOKEN = "100001:load-bench"
SECRET = "load-bench-secret"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LONGEST_POLL = 20.0
_SHOWN = ("sendMessage", "sendPhoto", "editMessageText", "editMessageReplyMarkup")

#: Called for each message shown in a chat: the chat, its message id and its buttons (words → data).
Shown = Callable[[int, int, dict[str, str]], None]


@dataclass(eq=False, slots=True)
class Waiting:
    """An update that waits for an answer; `due` is perf_counter's time."""

    chat: int
    due: float


@dataclass
class Messenger:
    """`hooks` are the replicas' webhook addresses; without any the bot must ask with getUpdates."""

    hooks: list[str] = field(default_factory=list)
    shown: Shown = lambda chat, message, buttons: None
    #: Chat → what came from it and is not answered yet, oldest first.
    waiting: dict[int, deque[Waiting]] = field(default_factory=lambda: defaultdict(deque))
    #: (chat, seconds from the update's due time to the first word in its chat).
    answers: list[tuple[int, float]] = field(default_factory=list)
    answered_at: float = 0.0
    calls: int = 0
    refused: int = 0
    base: str = ""

    def __post_init__(self) -> None:
        self._updates: deque[dict[str, Any]] = deque()
        self._come = asyncio.Event()
        self._ids = itertools.count(1)
        self._messages = itertools.count(1)
        self._next_hook = 0
        self._presses: dict[str, Waiting] = {}
        self._posts: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen on a free port of this machine; `base` is the address."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._on_call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        """Close all."""
        self._come.set()
        for post in self._posts:
            post.cancel()
        await self._http.close()
        await self._runner.cleanup()

    def hand_over(self, chat: int, event: dict[str, Any], due: float) -> None:
        """One update of a chat; `due` is when it should have come (perf_counter), however late we are."""
        waits = Waiting(chat, due)
        self.waiting[chat].append(waits)
        if query := event.get("callback_query"):
            self._presses[query["id"]] = waits
        update = {"update_id": next(self._ids), **event}
        if not self.hooks:
            self._updates.append(update)
            self._come.set()
            return
        hook = self.hooks[self._next_hook % len(self.hooks)]
        self._next_hook += 1
        post = asyncio.create_task(self._post(hook, update))
        self._posts.add(post)
        post.add_done_callback(self._posts.discard)

    def new_message(self) -> int:
        """An id for a message that a person sends."""
        return next(self._messages)

    def unanswered(self) -> int:
        """How many updates wait for a word."""
        return sum(map(len, self.waiting.values()))

    async def _post(self, hook: str, update: dict[str, Any]) -> None:
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                async with self._http.post(hook, json=update, headers={_SECRET_HEADER: SECRET}) as response:
                    if response.status < 300:
                        return
            self.refused += 1
            await asyncio.sleep(0.2)

    async def _on_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        raw = await request.read()
        if method.lower() == "getupdates":
            return _ok(await self._get_updates())
        if method.lower() == "getme":
            return _ok({"id": 100001, "is_bot": True, "first_name": "bot", "username": "load_bot"})
        self.calls += 1
        return _ok(self._taken(method, _fields(raw, request.content_type)))

    async def _get_updates(self) -> list[dict[str, Any]]:
        if not self._updates:
            self._come.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._come.wait(), _LONGEST_POLL)
        return [self._updates.popleft() for _ in range(min(100, len(self._updates)))]

    def _taken(self, method: str, payload: dict[str, Any]) -> Any:
        if method == "answerCallbackQuery":
            # A press is answered by what is shown or by this, whichever comes first.
            self._answered(self._presses.pop(str(payload.get("callback_query_id")), None))
        if method not in _SHOWN:
            return True
        chat = int(payload.get("chat_id") or 0)
        self._answered(next(iter(self.waiting[chat]), None))
        message = int(payload.get("message_id") or next(self._messages))
        self.shown(chat, message, _buttons(payload.get("reply_markup")))
        words = str(payload.get("text", ""))
        return {
            "message_id": message,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private"},
            "text": words,
        }

    def _answered(self, waits: Waiting | None) -> None:
        if waits and waits in self.waiting[waits.chat]:
            self.waiting[waits.chat].remove(waits)
            self.answered_at = time.perf_counter()
            self.answers.append((waits.chat, self.answered_at - waits.due))


def _ok(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")


def _fields(raw: bytes, kind: str) -> dict[str, Any]:
    """A call's fields; a form (aiogram's way, or an upload) is read as far as it holds short ones."""
    if kind == "application/json":
        found = json.loads(raw or b"{}")
        return found if isinstance(found, dict) else {}
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(raw.decode()))
    fields: dict[str, Any] = {}
    for part in raw.split(b"\r\n--"):
        head, _, body = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0]
        if name and b"filename=" not in head:
            fields[name.decode()] = body.removesuffix(b"\r\n").decode()
    return fields


def _buttons(markup: Any) -> dict[str, str]:
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = (markup or {}).get("inline_keyboard", [])
    return {b["text"]: b["callback_data"] for row in rows for b in row if "callback_data" in b}
