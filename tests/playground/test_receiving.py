"""How updates reach the bot: long poll, offset, conflict, blocks, groups, clock."""

from __future__ import annotations

import asyncio
import base64
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiohttp import ClientSession

from bot.playground.server import Playground
from tests.playground.pictures import png


async def test_updates_stay_until_the_offset_acknowledges_them(bot: Bot, hand) -> None:
    await hand.say("水管漏了")
    await hand.say("今天能来吗", reply_to=None)
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [one.message.text for one in first] == ["水管漏了", "今天能来吗"]
    assert [one.update_id for one in again] == [one.update_id for one in first]
    assert first[1].update_id > first[0].update_id
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [one.message.text for one in rest] == ["今天能来吗"]
    log = await hand.get("updates")
    assert [one["acknowledged"] for one in log] == [True, False]
    assert len(log[0]["handed_over"]) == 2
    assert len(log[1]["handed_over"]) == 3


async def _polled(playground: Playground) -> None:
    """Until a long poll has arrived and waits."""
    async with asyncio.timeout(30):
        queue = playground.world.queue
        while queue._poll is None:
            assert not queue.pending
            await asyncio.sleep(0.01)


async def test_a_long_poll_ends_as_soon_as_somebody_writes(bot: Bot, playground, hand) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20, request_timeout=30))
    await _polled(playground)
    started = time.monotonic()
    await hand.say("在吗")
    [update] = await poll
    assert update.message.from_user.first_name == "王奶奶"
    assert time.monotonic() - started < 15


async def test_the_second_poller_throws_the_first_out(bot: Bot, playground, hand) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20, request_timeout=30))
    await _polled(playground)
    second = asyncio.create_task(bot.get_updates(timeout=20, request_timeout=30))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    await hand.say("还在")
    assert len(await second) == 1


async def test_a_moved_clock_ends_the_poll_and_is_told_in_a_header(
    playground, http: ClientSession, hand
) -> None:
    url = f"{playground.api_base}/bot{playground.token}/getUpdates"
    poll = asyncio.create_task(http.get(url, params={"timeout": 20}))
    await _polled(playground)
    await hand.post("clock", add=86400)
    response = await asyncio.wait_for(poll, 15)
    assert response.headers["X-Playground-Clock"] == "86400"
    assert await response.json() == {"ok": True, "result": []}
    said = await hand.say("明天了")
    assert abs(said["messages"][0]["date"] - time.time() - 86400) < 60


async def test_commands_and_deep_links_arrive_as_the_real_server_sends_them(bot: Bot, hand) -> None:
    await hand.post("start", **{"from": 2001, "payload": "lead_abc"})
    [update] = await bot.get_updates()
    assert update.message.text == "/start lead_abc"
    assert update.message.entities[0].type == "bot_command"
    assert update.message.entities[0].length == 6


async def test_only_the_wanted_kinds_of_updates_are_kept(bot: Bot, hand) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    said = await hand.say("有人吗")
    assert said["update_ids"] == [None]
    assert await bot.get_updates() == []


async def test_blocking_is_told_and_then_refused(bot: Bot, hand) -> None:
    await hand.post("block", **{"from": 1001})
    [update] = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    await hand.post("send", expect=400, **{"from": 1001, "text": "喂"})
    await hand.post("start", **{"from": 1001})
    [_, back, hello] = await bot.get_updates()
    assert back.my_chat_member.new_chat_member.status == "member"
    assert hello.message.text == "/start"


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(bot: Bot, hand) -> None:
    group = await hand.post("groups", title="银龄服务队", members=[2001, 3001])
    await hand.say("大家好", 2001, chat=group["id"])
    await hand.say("/tasks", 2001, chat=group["id"])
    joined, command = await bot.get_updates()
    assert joined.my_chat_member.chat.id == group["id"]
    assert command.message.text == "/tasks"
    sent = await bot.send_message(group["id"], "谁去？")
    await hand.say("我去", 3001, chat=group["id"], reply_to=sent.message_id)
    assert (await bot.get_updates())[-1].message.reply_to_message.text == "谁去？"
    await hand.post("send", expect=400, **{"from": 1001, "chat": group["id"], "text": "让我看看"})


async def test_everything_a_person_can_send_parses(bot: Bot, hand) -> None:

    picture = {"name": "a.png", "mime": "image/png", "base64": base64.b64encode(png()).decode()}
    for wish in (
        {"kind": "photo", "file": picture, "text": "您看"},
        {"kind": "document", "file": picture},
        {"kind": "voice", "file": {"name": "a.ogg", "mime": "audio/ogg", "base64": "T2dnUw=="}},
        {"kind": "sticker", "file": picture, "emoji": "👍"},
        {"kind": "location"},
        {"kind": "contact"},
        {"kind": "album", "files": [picture, picture], "forwarded": "老刘"},
    ):
        await hand.post("send", **{"from": 1001, **wish})
    said = await hand.say("打错了")
    message_id = said["messages"][0]["message_id"]
    await hand.post("edit", **{"from": 1001, "message_id": message_id, "text": "改好了"})
    updates = await bot.get_updates()
    kinds = [one.message.content_type for one in updates if one.message]
    assert kinds == ["photo", "document", "voice", "sticker", "location", "contact", "photo", "photo", "text"]
    assert updates[6].message.media_group_id == updates[7].message.media_group_id
    assert updates[6].message.forward_origin.sender_user_name == "老刘"
    assert updates[-1].edited_message.text == "改好了"


async def test_a_client_cuts_long_texts_and_raw_does_not(bot: Bot, hand) -> None:
    assert len((await hand.say("长" * 100_000))["messages"]) == 25
    [message] = (await hand.say("长" * 100_000, raw=True))["messages"]
    assert len(message["text"]) == 100_000
