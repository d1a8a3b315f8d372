"""The Bot API over HTTP: token, faults, limits, the method itself, and the log of calls."""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
from typing import Any

from aiohttp import web

from bot.playground.calls import Call, known_methods, read_call
from bot.playground.errors import ApiError, Json, bad_request
from bot.playground.faults import Fault, FaultKind
from bot.playground.methods import LIMITED, METHODS
from bot.playground.world import World

log = logging.getLogger(__name__)

CLOCK_HEADER = "X-Playground-Clock"


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>` for one bot."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.on_call),
            web.get("/file/bot{token}/{path:.+}", self.on_download),
        ]

    async def on_call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        note: Json = {"at": time.time(), "method": name, "chat": None, "status": 200, "error": None}
        try:
            if request.match_info["token"] != self._token:
                raise ApiError(401, "Unauthorized")
            call, method = await self._understood(request, name)
            note |= {"method": call.method, "chat": call.params.get("chat_id")}
            fault = self._world.faults.take(call.method, _chat_of(call))
            if fault is not None:
                note["fault"] = fault.kind
                await _before_effect(fault)
            if call.method in LIMITED:
                self._world.limits.check(call.chat_id)
            result = method(self._world, call)
            if inspect.isawaitable(result):
                result = await result
            answer = self._answer(200, {"ok": True, "result": result})
            return answer if fault is None else await _after_effect(fault, request, answer)
        except _Cut:
            return _cut(request)
        except ApiError as error:
            note |= {"status": error.code, "error": error.description}
            return self._answer(error.code, error.answer())
        finally:
            if note["method"] != "getUpdates" or note["status"] != 200 or "fault" in note:
                self._world.calls.append(note)

    async def _understood(self, request: web.Request, name: str) -> tuple[Call, Any]:
        model = known_methods().get(name.lower())
        if model is None:
            raise ApiError(404, "Not Found: method not found")
        method = METHODS.get(model.__api_method__)
        if method is None:
            raise bad_request(f"method {model.__api_method__} is not available in the playground")
        return await read_call(request, model), method

    def _answer(self, status: int, body: Json) -> web.Response:
        headers = {CLOCK_HEADER: str(self._world.clock.offset)}
        return web.json_response(body, status=status, headers=headers)

    async def on_download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return self._answer(401, ApiError(401, "Unauthorized").answer())
        path = request.match_info["path"]
        stored = self._world.files.get(path.removeprefix("files/").split(".", 1)[0])
        if stored is None or stored.path != path or not stored.content_kept:
            return self._answer(404, ApiError(404, "Not Found").answer())
        return web.Response(body=self._world.files.content(stored), content_type="application/octet-stream")


class _Cut(Exception):
    """The connection is to end without an answer."""


async def _before_effect(fault: Fault) -> None:
    if (error := fault.error()) is not None:
        raise error
    if fault.kind is FaultKind.REFUSE:
        raise _Cut
    if fault.kind in (FaultKind.TIMEOUT, FaultKind.SLOW):
        await asyncio.sleep(fault.seconds)
    if fault.kind is FaultKind.TIMEOUT:
        raise _Cut


async def _after_effect(fault: Fault, request: web.Request, answer: web.Response) -> web.StreamResponse:
    if fault.kind is FaultKind.LATE:
        await asyncio.sleep(fault.seconds)
    if fault.kind is FaultKind.TORN:
        body = bytes(answer.body or b"")  # type: ignore[arg-type]
        torn = web.StreamResponse(headers=answer.headers)
        torn.content_length = len(body)
        await torn.prepare(request)
        await torn.write(body[: len(body) // 2])
    return _cut(request) if fault.kind in (FaultKind.DROP, FaultKind.LATE, FaultKind.TORN) else answer


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _chat_of(call: Call) -> int | None:
    try:
        return call.chat_id
    except ApiError:
        return None
