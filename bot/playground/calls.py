"""One Bot-API call: read from any form the real server takes, checked against aiogram's own models."""

from __future__ import annotations

import functools
import json
import types
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from aiogram import methods as aiogram_methods
from aiogram.methods import TelegramMethod
from aiohttp import web
from pydantic import ValidationError

from bot.playground.errors import ApiError, Json, bad_request
from bot.playground.files import UPLOAD_LIMIT

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "video_note": "there is no video note in the request",
    "sticker": "there is no sticker in the request",
    "media": "there is no media in the request",
    "file_id": "file_id is empty",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime: str | None
    content: bytes


@dataclass(slots=True)
class Call:
    """Method name as the Bot API spells it, decoded parameters, files by field name."""

    method: str
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        value = self.params.get(name)
        return default if value is None else value

    def number(self, name: str) -> int:
        return number_of(self.params.get(name), name)

    @property
    def chat_id(self) -> int:
        return number_of(self.params.get("chat_id"), "chat_id")


def number_of(value: Any, name: str) -> int:
    """A whole number from a parameter. Raises ApiError in the words used for ids."""
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request("chat not found" if name.endswith("chat_id") else f"invalid {name}") from None


@functools.cache
def known_methods() -> dict[str, type[TelegramMethod[Any]]]:
    """Every method that aiogram knows, by lower-case name (the real server ignores case, too)."""
    found: dict[str, type[TelegramMethod[Any]]] = {}
    for name in aiogram_methods.__all__:
        one = getattr(aiogram_methods, name)
        if isinstance(one, type) and issubclass(one, TelegramMethod) and one is not TelegramMethod:
            found[one.__api_method__.lower()] = one
    return found


@functools.cache
def _text_fields(model: type[TelegramMethod[Any]]) -> frozenset[str]:
    return frozenset(name for name, one in model.model_fields.items() if _takes_text(one.annotation))


def _takes_text(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _takes_text(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return any(_takes_text(one) for one in get_args(annotation))
    return annotation is str or annotation is Any


async def read_call(request: web.Request, model: type[TelegramMethod[Any]]) -> Call:
    """The call in a request. Raises ApiError."""
    raw: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        raw |= await _json_body(request)
    elif request.can_read_body:
        try:
            form = await request.post()
        except web.HTTPRequestEntityTooLarge:
            raise ApiError(413, "Request Entity Too Large") from None
        for key, value in form.items():
            if isinstance(value, web.FileField):
                uploads[key] = Upload(value.filename, value.content_type, value.file.read())
            else:
                raw[key] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    if sum(len(one.content) for one in uploads.values()) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    params = {key: _decoded(model, key, value) for key, value in raw.items()}
    fields = {key: f"attach://{key}" for key in uploads if key in model.model_fields}
    call = Call(model.__api_method__, params | fields, uploads)
    _validate(model, call)
    return call


async def _json_body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


def _decoded(model: type[TelegramMethod[Any]], name: str, value: Any) -> Any:
    if not isinstance(value, str) or name not in model.model_fields or name in _text_fields(model):
        return value
    try:
        return json.loads(value)
    except ValueError:
        if name == "reply_markup":
            raise bad_request("can't parse reply keyboard markup JSON object") from None
        return value


def _validate(model: type[TelegramMethod[Any]], call: Call) -> None:
    try:
        model.model_validate(call.params)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "request"
        if first["type"] == "missing" and len(first["loc"]) == 1:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required')) from None
        where = ".".join(str(part) for part in first["loc"])
        raise bad_request(f'can\'t parse parameter "{where}": {first["msg"]}') from None
