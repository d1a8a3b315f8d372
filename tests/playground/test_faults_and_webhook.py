"""Ordered faults, the webhook, restarts, and who may reach the server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientSession, web

from bot.playground.server import Playground


async def test_ordered_faults_come_once_and_then_stop(bot: Bot, hand) -> None:
    await hand.post("faults", method="sendMessage", kind="429", retry_after=7)
    await hand.post("faults", method="sendMessage", kind="500", times=2)
    await hand.post("faults", method="*", kind="400", description="ordered")
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(1001, "一")
    assert refused.value.retry_after == 7
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            await bot.send_message(1001, "一")
    with pytest.raises(TelegramBadRequest, match="ordered"):
        await bot.send_message(1001, "一")
    await bot.send_message(1001, "二")
    assert await hand.texts(1001) == ["二"]
    calls = [one["status"] for one in await hand.get("calls") if one["method"] == "sendMessage"]
    assert calls == [429, 500, 500, 400, 200]


async def test_faults_can_be_meant_for_one_chat(bot: Bot, hand) -> None:
    await hand.post("faults", method="sendMessage", kind="500", chat=2001)
    await bot.send_message(1001, "好")
    with pytest.raises(TelegramServerError):
        await bot.send_message(2001, "好")


async def test_a_cut_connection_after_or_before_the_effect(bot: Bot, hand) -> None:
    await hand.post("faults", method="sendMessage", kind="drop")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "送到了")
    await hand.post("faults", method="sendMessage", kind="refuse")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "没送到")
    await hand.post("faults", method="sendMessage", kind="timeout", seconds=30)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "没等到", request_timeout=1)
    await hand.post("faults", method="sendMessage", kind="slow", seconds=0.2)
    await bot.send_message(1001, "慢慢来")
    assert await hand.texts(1001) == ["送到了", "慢慢来"]


async def test_updates_lost_on_the_way_are_handed_over_again(bot: Bot, hand) -> None:
    await hand.say("别丢了")
    await hand.post("faults", method="getUpdates", kind="drop")
    with pytest.raises(TelegramNetworkError):
        await bot.get_updates()
    [update] = await bot.get_updates()
    assert update.message.text == "别丢了"


async def test_the_webhook_gets_updates_in_order_until_it_answers_2xx(bot: Bot, hand) -> None:
    got: list[tuple[str, str]] = []
    answers = iter([500, 200, 200])
    delivered = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        got.append((body["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        if len(got) == 3:
            delivered.set()
        return web.Response(status=next(answers))

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        with pytest.raises(TelegramBadRequest, match="bad webhook"):
            await bot.set_webhook("https://example.com/hook")
        await hand.say("一")
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
        await hand.say("二")
        with pytest.raises(
            TelegramConflictError, match="can't use getUpdates method while webhook is active"
        ):
            await bot.get_updates()
        await asyncio.wait_for(delivered.wait(), 60)
        assert got == [("一", "s3cret"), ("一", "s3cret"), ("二", "s3cret")]
        await bot.delete_webhook(drop_pending_updates=True)
        await hand.say("三")
        assert [one.message.text for one in await bot.get_updates()] == ["三"]
    finally:
        await runner.cleanup()


async def test_a_folder_keeps_chats_files_and_unread_updates(tmp_path: Path) -> None:
    first = Playground(state_dir=tmp_path)
    await first.start()
    async with ClientSession() as http:
        form = {"from": 1001, "text": "还在吗"}
        await http.post(f"{first.api_base}/control/send", json=form)
    last = first.world.next_message_id
    await first.stop()
    second = Playground(state_dir=tmp_path)
    await second.start()
    session = AiohttpSession(api=TelegramAPIServer.from_base(second.api_base))
    bot = Bot(second.token, session=session)
    try:
        [update] = await bot.get_updates()
        assert update.message.text == "还在吗"
        assert (await bot.send_message(1001, "在")).message_id >= last
        assert len(second.world.chat(1001).entries) == 2
    finally:
        await session.close()
        await second.stop()


async def test_reset_brings_back_the_first_day(bot: Bot, hand) -> None:
    await hand.post("persons", name="多一个人")
    await hand.say("旧事")
    before = (await hand.get("updates"))[-1]["update"]["update_id"]
    await hand.post("reset")
    state = await hand.get("state")
    assert [one["name"] for one in state["persons"]] == ["王奶奶", "李师傅", "陈社工"]
    assert await bot.get_updates() == []
    assert (await hand.say("新事"))["update_ids"][0] > before


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com"])
async def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        await Playground().start(host=host)


async def test_other_sites_cannot_reach_in(playground: Playground, http: ClientSession) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        async with http.post(f"{playground.api_base}/control/reset", headers=headers) as response:
            assert response.status == 403
    async with http.get(playground.page_url) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]


async def test_waiting_for_an_answer(bot: Bot, hand) -> None:
    revision = (await hand.get("transcript/1001"))["revision"]
    wait = asyncio.create_task(hand.get(f"wait?chat=1001&after={revision}&timeout=30"))
    await hand.say("喂")
    await bot.send_message(1001, "在")
    found = await asyncio.wait_for(wait, 25)
    assert found["entries"][-1]["message"]["text"] == "在"


async def test_a_late_and_a_torn_answer_come_after_the_effect(bot: Bot, hand) -> None:
    await hand.post("faults", method="sendMessage", kind="torn")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "撕了一半")
    await hand.post("faults", method="sendMessage", kind="late", seconds=30)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "没有回音", request_timeout=1)
    await hand.post("faults", method="sendMessage", kind="500", chance=0)
    await bot.send_message(1001, "好")
    assert await hand.texts(1001) == ["撕了一半", "没有回音", "好"]
    assert await hand.get("faults/done") == {"torn": 1, "late": 1}


async def test_updates_go_astray_when_asked_to(bot: Bot, hand) -> None:
    got: list[str] = []
    enough = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        got.append((await request.json())["message"]["text"])
        if got.count("一") == 2:
            enough.set()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        await hand.post("disorder", late=1, seconds=3)
        await hand.say("一")
        while not (await hand.get("disorder"))["done"]["late"]:  # noqa: ASYNC110 - asked over HTTP
            await asyncio.sleep(0.01)
        await hand.post("disorder", late=0, twice=1, seconds=0)
        await hand.say("二")
        await asyncio.wait_for(enough.wait(), 60)
        assert got[0] == "二"
        assert got.count("二") == 2
    finally:
        await runner.cleanup()
