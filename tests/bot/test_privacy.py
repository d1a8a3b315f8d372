"""/privacy: seeing what is kept, a copy of it, being forgotten in two taps, and back; in plain words too."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.jobs import Jobs
from casework.errors import NotAllowed
from casework.use_cases.residents import CancelRequest
from handlers.admin.deferred import DEFERRED
from handlers.kit.callbacks import ErasureCD
from nlu.reader import Reader
from storage.database import Database
from storage.tables_delivery import SENT, inbox, outbox, trackers
from tests.bot.lead_house import LEAD, RESIDENT
from tests.bot.resident_house import WHO, Chat, move_in

PIPE = "马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家"
FALL = "我爸摔倒了起不来，叫他没反应"

# What is kept where is tried on both engines by tests/casework/test_keeping.py.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


async def hours_later(chat: Chat, hours: float) -> None:
    """The clock moves; everything that comes due is done."""
    clock = chat.house.frame.clock
    clock.follow(clock._offset.total_seconds() + hours * 3600)
    jobs = Jobs(chat.house.db, chat.house.frame, lambda: None)
    while await jobs.next_step():
        # Bites follow each other after a pause.
        clock.follow(clock._offset.total_seconds() + 1)


async def test_plain_words_lead_to_the_same_answers_and_a_form_goes_on(chat: Chat) -> None:
    assert "怎么保管" in await chat.says("你们存了我什么")
    assert {"导出我的数据", "删除我的数据"} <= set(chat.keyboard or {})
    await chat.says("马桶堵了")
    answer = await chat.says("你们存了我什么")
    assert "怎么保管" in answer
    assert await chat.says("7栋3单元1101") != ""
    assert "会删掉" in await chat.says("删掉我的信息")


async def test_a_copy_comes_as_a_page_and_as_json_to_nobody_else(chat: Chat) -> None:
    await chat.says(PIPE)
    await chat.says("对")
    await chat.says("/privacy")
    await chat.taps("导出我的数据")
    await chat.house.press(chat.who, "v:export")
    async with chat.house.reading.connect() as connection:
        rows = await connection.execute(select(outbox.c.payload).where(outbox.c.method == "Deferred"))
        asked = [row.payload for row in rows]
    assert [payload["form"] for payload in asked] == ["page", "json"]
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        context = chat.house.frame.context(uow)
        made = [await DEFERRED["own_data"](payload, context) for payload in asked]
        with pytest.raises(NotAllowed):
            await DEFERRED["own_data"]({**asked[0], "chat_id": LEAD}, context)
    assert [m.method for m in made] == ["SendDocument", "SendDocument"]
    page, data = (m.file[2].decode() for m in made if m.file)
    assert "15588887777" in page
    assert "马桶堵了" in page
    assert "<script" not in page
    told = json.loads(data)["data"]
    assert told["requests"][0]["phone"] == "15588887777"
    assert {"people", "requests", "history", "inbox"} <= set(told)


async def test_what_people_wrote_does_no_harm_in_the_page(chat: Chat) -> None:
    await chat.says("志愿者 <script>alert(1)</script> 我想当志愿者，13812345678")
    await chat.says("导出我的数据")
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        payload = {"chat_id": WHO, "actor": WHO, "form": "page"}
        made = await DEFERRED["own_data"](payload, chat.house.frame.context(uow))
    assert made.file is not None
    assert b"<script" not in made.file[2]
    assert b"&lt;script" in made.file[2]


async def test_two_taps_a_day_and_nothing_is_left(chat: Chat) -> None:
    await chat.says(PIPE)
    await chat.says("对")
    (request,) = await chat.requests()
    assert "没办完" in await chat.says("删掉我的信息")
    await chat.house.run(CancelRequest, WHO, request.id)
    assert "24 小时内还能反悔" in await chat.says("删掉我的信息")
    assert "随时可以反悔" in await chat.taps("确定删除")
    assert "反悔，不删了" in str(chat.keyboard)
    await chat.house.sent()
    async with chat.house.reading.begin() as connection:
        # The messenger has taken what leads and workers were told.
        others = update(outbox).where(outbox.c.chat_id != WHO)
        await connection.execute(others.values(status=SENT, finished_at=outbox.c.created_at))
    await hours_later(chat, 23)
    assert (await chat.requests())[0].details.phone == "15588887777"
    await hours_later(chat, 2)
    assert "删掉了" in await chat.house.words(WHO)
    async with chat.house.reading.connect() as connection:
        for table in (inbox, outbox, trackers):
            left = repr((await connection.execute(table.select())).all())
            assert "15588887777" not in left
            assert "马桶" not in left
    assert "提交就表示同意" in await chat.says(PIPE)


async def test_the_way_back(chat: Chat) -> None:
    await chat.says(PIPE)
    await chat.says("对")
    (request,) = await chat.requests()
    await chat.house.run(CancelRequest, WHO, request.id)
    await chat.says("/privacy")
    await chat.taps("删除我的数据")
    await chat.taps("确定删除")
    assert "⏳" in await chat.says("/privacy")
    assert "一切照旧" in await chat.taps("反悔")
    await hours_later(chat, 30)
    assert (await chat.requests())[0].details.phone == "15588887777"


async def test_an_old_second_tap_only_asks_again(chat: Chat) -> None:
    await chat.says("你好")
    for at in (0, 10**12, int(chat.house.frame.clock.now().timestamp() // 60) - 11):
        await chat.presses(ErasureCD(at=at))
        assert "再看一遍" in chat.alert
    await hours_later(chat, 30)
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        assert await uow.people.get(WHO) is not None


async def test_danger_in_hand_is_not_forgotten(chat: Chat) -> None:
    await chat.says(FALL)
    await chat.says("没有电话")
    chat.house.frame.clock.follow(3600)
    answer = await chat.says("删掉我的信息")
    assert "人命要紧" in answer


async def test_after_an_emergency_one_tap_agrees(chat: Chat) -> None:
    await chat.says(FALL)
    chat.house.frame.clock.follow(_until_noon(chat))
    await chat.house.sent()
    await hours_later(chat, 1)
    assert "同意吗" in await chat._answers()
    assert "谢谢" in await chat.taps("同意")
    await hours_later(chat, 1)
    await chat.house.sent()
    chat.house.frame.clock.follow(chat.house.frame.clock._offset.total_seconds() + 3600)
    assert "提交就表示同意" not in await chat.says(PIPE)


def _until_noon(chat: Chat) -> float:
    """Seconds until people are awake."""
    here = chat.house.frame.clock.now()
    noon_utc = 4 * 3600
    of_day = here.hour * 3600 + here.minute * 60 + here.second
    return float((noon_utc - of_day) % 86400)


async def test_agreeing_is_taken_back(chat: Chat) -> None:
    await chat.says(PIPE)
    await chat.says("对")
    await chat.says("/privacy")
    assert "不再同意" in await chat.taps("不再同意")
    assert "提交就表示同意" in await chat.says("我妈想请人上门理发，7栋3单元1101，15588887777，明天下午四点")


async def test_a_card_that_is_open_says_again_what_submitting_it_means(chat: Chat) -> None:
    await chat.says(PIPE)
    await chat.says("对")
    await chat.says("我妈想请人上门理发，7栋3单元1101，15588887777，明天下午四点")
    await chat.says("/privacy")
    assert "提交就表示同意" in await chat.taps("不再同意")


async def test_a_group_hears_nothing_of_it(chat: Chat) -> None:
    await chat.house.write(RESIDENT, "/privacy", chat=-77)
    assert "私聊" in await chat.house.words(-77)
