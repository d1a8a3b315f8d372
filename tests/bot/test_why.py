"""/why: what the reader had heard stays with the request, with who changed it; a lead hears of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.bars_picture import picture
from bot.charts import ChildCharts
from casework.entities import Request
from casework.errors import NotAllowed
from casework.lessons import Reading
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.workers import RecategoriseRequest
from handlers.kit.callbacks import TriageCD
from handlers.ports import Bars
from nlu.reader import Reader
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import ADMIN, DETAILS, GROUP, LEAD, OTHER_LEAD, RESIDENT, SUMMARY
from tests.bot.resident_house import WHO, Chat, move_in
from tests.unit.test_charts import pixels

NOW = datetime.fromisoformat("2026-11-21T10:00")
ONE = "想请人上门给我妈剪头发"
TWO = "我家厨房水龙头漏水，还想给我妈预约理发"
BARS = Bars(
    "为什么听成“上门理发”",
    "20261121-0001",
    "像哪一项（%）",
    (("上门理发", 93), ("为老家政保洁", 4)),
    70,
    "门槛 70%",
    "哪些词起了作用（%）",
    (("剪头发", 61), ("整句的意思", 30), ("我妈", -4)),
)


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


async def filed(office: Office, reader: Reader, words: str, heard: str = "eld_haircut") -> Request:
    """A haircut filed from these words, of which the reader thought that."""
    told = reader.explain(words, NOW).as_json()
    draft = Draft("eld_haircut", words, SUMMARY, DETAILS, reading=Reading(SUMMARY, heard), told=told)
    (request,) = await office.house.run(FileRequests, RESIDENT, [draft])
    await office.house.sent()
    return request


async def kept(house: Any, request: Request) -> Any:
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return await uow.readings.of_request(request.id)


async def submitted(chat: Chat, words: str) -> Request:
    await chat.says(words)
    for _ in range(4):
        if "提交" in (chat.keyboard or {}):
            break
        await chat.says("明天上午，13812345678，8号楼2单元501，给我妈")
    await chat.taps("提交")
    return (await chat.requests())[-1]


async def test_a_worker_reads_words_rival_thresholds_alarm_and_needs(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, ONE)
    told = said(await office.write(f"/why {request.number}"))
    for words in (
        "听成“上门理发”",
        "👍",
        "剪头发",
        "整句的意思",
        "🥈 第二名是",
        "门槛",
        "不紧急",
        "只有一件事",
    ):
        assert words in told
    for code in ("eld_haircut", "file_item", "(?:", "None"):
        assert code not in told
    assert "为什么派给这些组织" in told
    pressed = said(await office.press(TriageCD(action="why", id=request.id)))
    assert "听成“上门理发”" in pressed


async def test_a_request_nobody_read_says_so(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    assert "没有留下阅读的记录" in said(await office.write(f"/why {request.number}"))
    assert "没有留下阅读的记录" in said(await office.press(TriageCD(action="why_chart", id=request.id)))


async def test_it_is_what_the_reader_said_then(
    office: Office, reader: Reader, second_connection: AsyncEngine
) -> None:
    request = await filed(office, reader, ONE)
    async with second_connection.begin() as connection:
        await connection.execute(text("UPDATE requests SET description = '别的话'"))
    assert "剪头发" in said(await office.write(f"/why {request.number}"))


async def test_who_changed_it_is_told_by_role(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, ONE, heard="med_accompany")
    await office.house.run(RecategoriseRequest, ADMIN, request.id, "hom_plumbing", "看错了")
    await office.house.sent()
    told = said(await office.write(f"/why {request.number}"))
    assert "<b>居民自己改了</b>：阅读器听成“陪诊与代取药”，居民选的是“上门理发”" in told
    assert "<b>社工改过</b>" in told
    assert "从“上门理发”改成“水管与下水维修”" in told


async def test_a_lead_may_ask_about_work_in_hand_alone(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, ONE)
    asked = f"/why {request.number}"
    assert "不是您手上" in said(await office.write(asked, LEAD)), "only offered yet"
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(request)).id)
    await office.house.sent()
    assert "听成“上门理发”" in said(await office.write(asked, LEAD))
    assert "不是您手上" in said(await office.write(asked, OTHER_LEAD))
    assert "不是您手上" in said(await office.write("/why", LEAD))


async def test_a_lead_hears_nothing_of_the_other_needs(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, TWO)
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(request)).id)
    await office.house.sent()
    own = said(await office.write(f"/why {request.number}", LEAD))
    every = said(await office.write(f"/why {request.number}"))
    assert "理发" in own
    assert "2 件事" in own
    for words in ("水龙头", "漏水", "水管"):
        assert words in every
        assert words not in own


async def test_a_group_is_told_nothing(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, ONE)
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(request)).id)
    await office.house.sent()
    await office.house.write(LEAD, f"/why {request.number}", chat=GROUP)
    told = said(await office.house.sent(GROUP))
    assert "私聊" in told
    assert "剪头发" not in told


async def test_the_picture_shows_candidates_words_and_the_threshold(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, ONE)
    shown = await office.write(f"/why {request.number}")
    [row] = [r for r in await office.tap(shown, "看图") if r["method"] == "Deferred"]
    delivery = await office.deferred(row)
    assert delivery.method == "SendPhoto"
    assert "上门理发" in delivery.payload["caption"]
    (bars,) = office.charts.drawn
    assert isinstance(bars, Bars)
    assert bars.candidates[0][0] == "上门理发"
    assert bars.limit == round(100 * reader.thresholds.file_item)
    assert any("剪头发" in word for word, _ in bars.words)


async def test_a_picture_is_for_workers(office: Office, reader: Reader) -> None:
    request = await filed(office, reader, ONE)
    shown = await office.write(f"/why {request.number}")
    [row] = [r for r in await office.tap(shown, "看图") if r["method"] == "Deferred"]
    with pytest.raises(NotAllowed):
        await office.deferred({**row, "actor": RESIDENT + 77})


async def test_the_bars_are_drawn_with_all_their_characters(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    width, height, colours = pixels(await ChildCharts(tmp_path).draw(BARS))
    assert width == 1080
    assert 500 < height < 1400
    assert {(31, 122, 99), (169, 207, 195), (180, 84, 74)} <= colours, "first, others, against"
    picture(replace(BARS, words=(), limit=0))
    assert not [w for w in recwarn if "lyph" in str(w.message)]


async def test_what_a_resident_files_is_kept_with_its_reading(chat: Chat) -> None:
    request = await submitted(chat, ONE)
    reading = await kept(chat.house, request)
    assert (reading.heard, reading.filed_as) == ("eld_haircut", "eld_haircut")
    assert reading.told["text"] == ONE
    assert reading.told["decision"] == "file"


async def test_the_residents_other_choice_is_kept_beside_what_was_heard(chat: Chat) -> None:
    await chat.says("想请人上门给我妈剪头发，8号楼2单元501，明天上午，13812345678")
    await chat.taps("换一项")
    other = next(
        w for w in chat.keyboard or {} if not any(x in w for x in ("理发", "全部", "返回", "人工", "回"))
    )
    await chat.taps(other)
    for _ in range(4):
        if "提交" in (chat.keyboard or {}):
            break
        await chat.says("明天上午，给我妈")
    await chat.taps("提交")
    reading = await kept(chat.house, (await chat.requests())[-1])
    assert reading.heard == "eld_haircut"
    assert reading.filed_as != "eld_haircut"
    assert "剪头发" in reading.told["text"]


async def test_an_emergency_keeps_what_raised_it(chat: Chat) -> None:
    await chat.says("救命，我家厨房着火了，8号楼2单元501")
    (request,) = await chat.requests()
    reading = await kept(chat.house, request)
    assert request.urgent
    assert reading.told["danger"]["urgent"]
    assert reading.filed_as == request.item
    assert request.resident_id == WHO
