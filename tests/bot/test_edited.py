"""An edited message corrects what it had become; the other side hears old and new once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import HistoryEntry, Note, WorkReport
from casework.use_cases.leads import AcceptOffer, CompleteWork
from casework.use_cases.residents import ConfirmSolved
from handlers.kit.callbacks import MyRequestCD, WorkCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import LEAD, RESIDENT, House
from tests.bot.resident_house import Chat, move_in

WORDS = "我妈头发长了，想请人上门剪，8号楼2单元501，电话13812345678，明天下午"


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    made = await move_in(db, second_connection, reader)
    made.who = RESIDENT
    return made


async def _edit(house: House, who: int, message_id: int, text: str) -> None:
    chat = {"id": who, "type": "private"}
    user = {"id": who, "is_bot": False, "first_name": f"名字<{who}>&"}
    head = {"message_id": message_id, "chat": chat, "from": user, "date": 1, "edit_date": 2}
    await house._feed({"edited_message": {**head, "text": text}})


async def _kept(house: House, request_id: int) -> tuple[list[Note], list[HistoryEntry]]:
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return await uow.notes.of_request(request_id), await uow.requests.history(request_id)


async def _noted(house: House) -> Any:
    request = await house.accepted()
    await house.press(LEAD, WorkCD(action="note", id=request.id))
    await house.write(LEAD, "下午3点到", message_id=41)
    await house.sent()
    return request


async def test_a_lead_corrects_a_note(chat: Chat) -> None:
    house = chat.house
    request = await _noted(house)
    await _edit(house, LEAD, 41, "下午4点到")
    (told,) = await house.sent(RESIDENT)
    assert "原来：“下午3点到”" in told["text"]
    assert "改成：“<b>下午4点到</b>”" in told["text"]
    assert "改过来了" in await house.words(LEAD)
    await _edit(house, LEAD, 41, "下午4点到")
    assert await house.sent() == []
    notes, history = await _kept(house, request.id)
    assert [n.text for n in notes] == ["下午4点到"]
    assert (history[-1].action, history[-1].reason) == ("correct", "下午3点到 → 下午4点到")
    assert history[-1].actor_id == LEAD


async def test_after_the_end_an_edit_is_answered_kindly(chat: Chat) -> None:
    house = chat.house
    request = await _noted(house)
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1))
    await house.run(ConfirmSolved, RESIDENT, request.id)
    await house.sent()
    await _edit(house, LEAD, 41, "改一改")
    assert "改不了" in await house.words(LEAD)
    assert await house.sent(RESIDENT) == []
    assert [n.text for n in (await _kept(house, request.id))[0]] == ["下午3点到"]


async def test_a_resident_corrects_what_was_added(chat: Chat) -> None:
    house = chat.house
    request = await house.accepted()
    await house.press(RESIDENT, MyRequestCD(action="reply", id=request.id))
    await house.write(RESIDENT, "门禁密码是1234", message_id=51)
    await house.sent()
    await _edit(house, RESIDENT, 51, "门禁密码是4321")
    told = await house.words(LEAD)
    assert "1234" in told
    assert "4321" in told
    assert [n.text for n in (await _kept(house, request.id))[0]] == ["门禁密码是4321"]


async def test_a_resident_corrects_the_description_and_what_it_says(chat: Chat) -> None:
    house = chat.house
    await house.write(RESIDENT, WORDS, message_id=61)
    await chat._answers()
    await chat.taps("提交")
    (request, *_) = await _mine(house)
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()
    await _edit(house, RESIDENT, 61, WORDS.replace("8号楼", "9号楼").replace("我妈", "我爸"))
    told = await house.sent(LEAD)
    assert len(told) == 1
    assert "我妈头发" in told[0]["text"]
    assert "我爸头发" in told[0]["text"]
    assert "地址：8号楼" in told[0]["text"]
    assert "改过来了" in await house.words(RESIDENT)
    changed = await house.request(request.id)
    assert "我爸" in changed.description
    assert "我妈" not in changed.description + changed.summary
    assert changed.details.address.building == "9"
    assert len(await _mine(house)) == 1
    history = (await _kept(house, request.id))[1]
    assert "我妈头发" in history[-1].reason


async def _mine(house: House) -> list[Any]:
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return await uow.requests.of_resident(RESIDENT)


async def test_danger_written_into_an_old_message_is_heard(chat: Chat) -> None:
    house = chat.house
    request = await house.accepted()
    await house.press(RESIDENT, MyRequestCD(action="reply", id=request.id))
    await house.write(RESIDENT, "门口有狗", message_id=71)
    await house.sent()
    await _edit(house, RESIDENT, 71, "我妈晕倒了没反应，快来人")
    assert "120" in await house.words(RESIDENT)
