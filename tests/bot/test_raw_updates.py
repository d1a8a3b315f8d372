"""JSON that nobody can read or keep: one such update never hides or stops the others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.messenger import Messenger
from bot.poller import Poller
from bot.raw import DEEPEST, STUB, keepable, read_update, read_updates
from bot.watching.sight import Sight
from tests.bot.station import Station
from tests.bot.test_delivery_in import HELP

DEEP = b"[" * 5000 + b"]" * 5000
#: What stands as the message of an update that cannot be read.
POISON = {
    "far too deep": DEEP,
    "not a number": b'{"a":NaN}',
    "a number of 5000 figures": b"9" * 5000,
    "no UTF-8": b'"\xff\xfe"',
    "its own number inside": b'{"update_id":5,"a":' + DEEP + b"}",
    "brackets in words": b'{"text":"]}\\"]}","a":' + DEEP + b"}",
}


@pytest.mark.parametrize("what", POISON)
def test_an_unreadable_update_keeps_its_number(what: str) -> None:
    body = b'{"message":' + POISON[what] + b', "update_id" : 71}'
    assert read_update(body) == {"update_id": 71, "message": STUB}
    answer = b'{"ok":true,"result":[{"update_id":70},' + body + b',{"update_id":72,"message":{"text":"a"}}]}'
    assert [u["update_id"] for u in read_updates(answer)] == [70, 71, 72]
    assert read_updates(answer)[2]["message"] == {"text": "a"}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b'{"update_id":1', b"{}", b'{"update_id":"1"}', b'{"update_id":true}',
             b'{"update_id":-1}', b'{"update_id":1.5}', b'{"update_id":%d}' % 2**63, b'{"a":' + DEEP + b"}"]
)  # fmt: skip
def test_what_is_no_update_is_none(body: bytes) -> None:
    assert read_update(body) is None


def test_what_is_deep_but_readable_is_a_stub_as_well() -> None:
    """Python reads it, but might not be able to write it again where the stack is higher."""
    deep: Any = {}
    for _ in range(DEEPEST):
        deep = {"a": deep}
    assert keepable({"update_id": 1, "message": deep}) == {"update_id": 1, "message": STUB}
    assert keepable({"update_id": 1, "message": deep["a"]["a"]}) != {"update_id": 1, "message": STUB}


@pytest.mark.parametrize("what", POISON)
async def test_polling_goes_on_after_an_update_that_nobody_can_read(station: Station, what: str) -> None:
    """The messenger hands it over with two others: it is a dead letter and never comes again."""
    asked: list[Any] = []

    async def on_updates(request: web.Request) -> web.Response:
        asked.append(await request.json())
        good = [json.dumps({"update_id": n, "message": HELP}).encode() for n in (70, 72)]
        body = b'{"update_id":71,"message":' + POISON[what] + b"}"
        listed = b",".join([good[0], body, good[1]]) if len(asked) == 1 else b""
        return web.Response(body=b'{"ok":true,"result":[' + listed + b"]}", content_type="application/json")

    app = web.Application()
    app.router.add_post("/bot4242:test/getUpdates", on_updates)
    async with TestServer(app) as server:
        session = AiohttpSession(api=TelegramAPIServer.from_base(str(server.make_url("/"))))
        poller = Poller(Messenger(Bot("4242:test", session=session), Sight()), station.app.receive, wait=0)
        assert await poller.fetch() == 3
        assert await poller.fetch() == 0
        await session.close()
    assert asked[1]["offset"] == 73
    await station.handle()
    assert {row.update_id: row.status for row in await station.inbox()} == {
        70: "done",
        71: "dead",
        72: "done",
    }
