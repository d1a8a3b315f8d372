"""Looking on: state, transcripts, waiting for an answer, server-sent events, files."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote

from aiohttp import web

from bot.playground.errors import ControlError, Json
from bot.playground.web_json import look, whole
from bot.playground.world import World

_SHOWN_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_PAGE_MESSAGES = 300
_QUIET_SECONDS = 15


class Watching:
    """The reading half of `/control/`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/state", look(self._state)),
            web.get("/control/transcript", look(self._everything)),
            web.get(r"/control/transcript/{chat:-?\d+}", look(self._one_chat)),
            web.get("/control/wait", look(self._wait)),
            web.get("/control/events", self.on_events),
            web.get("/control/files/{id}", self.on_file),
        ]

    def _state(self, request: web.Request) -> Json:
        return self._world.snapshot(whole(request.query, "last", _PAGE_MESSAGES))

    def _everything(self, request: web.Request) -> Json:
        after = whole(request.query, "after", 0)
        chats = [chat.shown(after) for chat in self._world.chats.values()]
        return {"revision": self._world.revision, "chats": chats}

    def _one_chat(self, request: web.Request) -> Json:
        return self._transcript(int(request.match_info["chat"]), whole(request.query, "after", 0))

    def _transcript(self, chat_id: int, after: int) -> Json:
        if chat_id not in self._world.persons and chat_id not in self._world.groups:
            raise ControlError("no such chat")
        return {"revision": self._world.revision, **self._world.chat(chat_id).shown(after)}

    async def _wait(self, request: web.Request) -> Json:
        """Until the bot does something in `chat` after revision `after`; at most `timeout` seconds."""
        query = request.query
        chat_id, after = whole(query, "chat", 0), whole(query, "after", 0)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(whole(query, "timeout", 10), 60)
        while True:
            found = self._transcript(chat_id, after)
            left = deadline - loop.time()
            if any(one["by_bot"] for one in found["entries"]) or found["answers"]:
                return found
            if left <= 0 or self._world.feed.closed:
                return found
            await self._world.feed.next_change(left)

    async def on_events(self, request: web.Request) -> web.StreamResponse:
        """First the whole state, then what happens, until one side ends it."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        queue = self._world.feed.listen()
        try:
            await stream.prepare(request)
            await _tell(stream, {"type": "state", **self._world.snapshot(_PAGE_MESSAGES)})
            while (event := await _next(queue)) is not None:
                await _tell(stream, event)
        except ConnectionError:
            return stream
        finally:
            self._world.feed.leave(queue)
        return stream

    async def on_file(self, request: web.Request) -> web.Response:
        stored = self._world.files.get(request.match_info["id"])
        if stored is None or not stored.content_kept:
            raise web.HTTPNotFound
        shown = stored.mime in _SHOWN_TYPES or stored.mime.startswith(("audio/", "video/"))
        headers = {"Content-Type": stored.mime if shown else "application/octet-stream"}
        if not shown:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name, safe='')}"
        return web.Response(body=self._world.files.content(stored), headers=headers)


async def _next(queue: asyncio.Queue[Json | None]) -> Json | None:
    try:
        return await asyncio.wait_for(queue.get(), _QUIET_SECONDS)
    except TimeoutError:
        return {"type": "quiet"}


async def _tell(stream: web.StreamResponse, event: Json) -> None:
    await stream.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
