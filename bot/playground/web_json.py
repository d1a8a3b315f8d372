"""Small shapes shared by the routes of the control API."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground.errors import ControlError, Json
from bot.playground.people import Person
from bot.playground.world import World

Handler = Callable[[web.Request], Awaitable[web.Response]]


def whole(source: Any, name: str, default: int) -> int:
    """A whole number from a query or a body. Raises ControlError."""
    value = source.get(name)
    if value is None or value == "":
        return default
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ControlError(f"{name} must be a whole number") from None


def person_of(world: World, wanted: object) -> Person:
    """The person with this id. Raises ControlError."""
    try:
        return world.persons[int(str(wanted))]
    except (KeyError, ValueError):
        raise ControlError("no such person") from None


async def json_body(request: web.Request) -> Json:
    """The JSON object in a request, empty when there is none. Raises ControlError."""
    try:
        body = await request.json() if request.can_read_body else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ControlError("a JSON object is expected")
    return body


def look(answer: Callable[[web.Request], Any]) -> Handler:
    """A GET route from a function of the request, plain or async."""

    async def on_get(request: web.Request) -> web.Response:
        result = answer(request)
        return web.json_response(await result if inspect.isawaitable(result) else result)

    return on_get


def act(do: Callable[[Json], Any]) -> Handler:
    """A POST route from a function of the JSON body."""

    async def on_post(request: web.Request) -> web.Response:
        return web.json_response(do(await json_body(request)))

    return on_post
