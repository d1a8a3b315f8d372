"""The phones' half of the control API: what a page or a script makes persons do."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from aiohttp import web

from bot.playground.acts import Acts, own_contact
from bot.playground.errors import ControlError, Json
from bot.playground.files import StoredFile
from bot.playground.people import Person
from bot.playground.revising import Revising
from bot.playground.web_json import act, json_body, person_of, whole
from bot.playground.world import World


class Phones:
    """`/control/send`, `edit`, `delete`, `forward`, `press`, `forge`, `start` and `block`.

    `send` takes JSON or multipart: from, chat, kind, text, reply_to, forwarded, duration, and files either as
    multipart `file` parts or as JSON `file`/`files` objects {name, mime, base64} or {name, size}.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts = Acts(world)
        self._revising = Revising(self._acts)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/control/send", self.on_send),
            web.post("/control/edit", act(self._edit)),
            web.post("/control/delete", act(self._delete)),
            web.post("/control/forward", act(self._forward)),
            web.post("/control/press", act(self._press)),
            web.post("/control/forge", act(self._forge)),
            web.post("/control/start", act(self._start)),
            web.post("/control/block", act(self._block)),
        ]

    async def on_send(self, request: web.Request) -> web.Response:
        if request.content_type == "multipart/form-data":
            wish, files = await self._form(request)
        else:
            wish = await json_body(request)
            given = [wish["file"]] if "file" in wish else wish.get("files", [])
            files = [self._file(one) for one in given]
        contents = self._contents(wish, files)
        if wish.get("forwarded"):
            origin = {"type": "hidden_user", "date": self._world.clock.now()}
            origin["sender_user_name"] = str(wish["forwarded"])
            contents = [content | {"forward_origin": origin} for content in contents]
        return web.json_response(self._said(wish, contents))

    async def _form(self, request: web.Request) -> tuple[Json, list[StoredFile]]:
        form = await request.post()
        wish: Json = {}
        files: list[StoredFile] = []
        for key, value in form.items():
            if isinstance(value, web.FileField):
                files.append(self._world.files.add(value.filename, value.file.read(), value.content_type))
            else:
                wish[key] = value
        return wish, files

    def _file(self, one: Json) -> StoredFile:
        name, mime = str(one.get("name", "file")), one.get("mime")
        if "base64" not in one:
            return self._world.files.pretend(name, whole(one, "size", 0), mime)
        try:
            return self._world.files.add(name, base64.b64decode(one["base64"], validate=True), mime)
        except (binascii.Error, ValueError):
            raise ControlError("base64 can't be decoded") from None

    def _contents(self, wish: Json, files: list[StoredFile]) -> list[Json]:
        kind, words = str(wish.get("kind", "text")), str(wish.get("text", ""))
        if kind == "text":
            return self._acts.text(words, raw=bool(wish.get("raw")))
        if kind == "location":
            place = {"latitude": _number(wish, "latitude", 31.2304)}
            return [{"location": place | {"longitude": _number(wish, "longitude", 121.4737)}}]
        if kind == "contact":
            return [{"contact": self._contact(wish)}]
        if not files:
            raise ControlError("a file is needed")
        facts: Json = {name: whole(wish, name, 0) or None for name in ("width", "height", "length")}
        facts |= {"duration": whole(wish, "duration", 3), "emoji": wish.get("emoji")}
        if kind != "album":
            return [self._acts.file(kind, files[0], words, facts)]
        part = str(wish.get("part", "photo"))
        captions = [words] + [""] * (len(files) - 1)
        return self._acts.album(
            [
                self._acts.file(_album_kind(part, one), one, said, facts)
                for one, said in zip(files, captions, strict=True)
            ]
        )

    def _contact(self, wish: Json) -> Json:
        if wish.get("phone_number"):
            name = str(wish.get("first_name", "联系人"))
            return {"phone_number": str(wish["phone_number"]), "first_name": name}
        return own_contact(person_of(self._world, wish.get("from")))

    def _said(self, wish: Json, contents: list[Json]) -> Json:
        person, chat_id = self._who_and_where(wish)
        reply_to = whole(wish, "reply_to", 0) or None
        said = [self._acts.say(person, chat_id, content, reply_to=reply_to) for content in contents]
        return {"messages": [message for message, _ in said], "update_ids": [update for _, update in said]}

    def _who_and_where(self, wish: Json) -> tuple[Person, int]:
        person = person_of(self._world, wish.get("from"))
        return person, whole(wish, "chat", person.id)

    def _edit(self, wish: Json) -> Json:
        person, chat_id = self._who_and_where(wish)
        return self._revising.edit(person, chat_id, whole(wish, "message_id", 0), str(wish.get("text", "")))

    def _delete(self, wish: Json) -> Json:
        person, chat_id = self._who_and_where(wish)
        return self._revising.delete(person, chat_id, whole(wish, "message_id", 0))

    def _forward(self, wish: Json) -> Json:
        """`message_ids` of `from_chat` go to `chat`."""
        person, chat_id = self._who_and_where(wish)
        wanted = wish.get("message_ids")
        if not isinstance(wanted, list) or not wanted:
            raise ControlError("message_ids must be a list")
        ids = [whole({"message_ids": one}, "message_ids", 0) for one in wanted]
        return self._revising.forward(person, whole(wish, "from_chat", chat_id), ids, chat_id)

    def _press(self, wish: Json) -> Json:
        return self._acts.press(*self._who_and_where(wish), wish)

    def _forge(self, wish: Json) -> Json:
        person, chat_id = self._who_and_where(wish)
        message_id = whole(wish, "message_id", 0) or None
        return self._acts.forge(person, chat_id, message_id, str(wish.get("data", "")))

    def _start(self, wish: Json) -> Json:
        """A person opens a deep link t.me/<bot>?start=<payload>; a block ends by that."""
        person = person_of(self._world, wish.get("from"))
        self._acts.block(person, person, False)
        words = f"/start {wish.get('payload') or ''}".strip()
        return self._said({"from": person.id}, self._acts.text(words))

    def _block(self, wish: Json) -> Json:
        by, chat_id = self._who_and_where(wish)
        holder = self._world.groups.get(chat_id) or by
        update = self._acts.block(holder, by, bool(wish.get("blocked", True)))
        return {"blocked": holder.blocked, "update_id": update}


def _album_kind(part: str, stored: StoredFile) -> str:
    """Videos stand among the pictures of an album."""
    return "video" if part == "photo" and stored.mime.startswith("video/") else part


def _number(wish: Any, name: str, default: float) -> float:
    try:
        return float(wish.get(name) or default)
    except (TypeError, ValueError):
        raise ControlError(f"{name} must be a number") from None
