"""Danger to life: the number first, filed at once, whatever else is going on."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Person
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, OTHER_LEAD
from tests.bot.resident_house import WHO, Chat, move_in


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


FALL = "我爸突然倒地上了叫不应 嘴歪着"


async def test_the_number_comes_first_and_can_be_tapped(chat: Chat) -> None:
    answer = await chat.says(FALL)
    first = answer.splitlines()[0]
    assert "120" in first
    assert "<b>" in first
    assert "120" in answer.splitlines()[2]
    (request,) = await chat.requests()
    assert request.urgent
    assert "120" in request.hotlines


async def test_everybody_who_can_help_is_called_before_anything_is_asked(chat: Chat) -> None:
    await chat.says(FALL)
    assert "我来处理" in str(await chat.house.sent(OTHER_LEAD))
    assert "我来处理" in str(await chat.house.sent(ADMIN))


async def test_only_place_and_phone_are_asked_and_reach_the_helpers_at_once(chat: Chat) -> None:
    assert "人在哪里" in await chat.says(FALL)
    await chat.house.sent(OTHER_LEAD)
    assert "电话" in await chat.says("8号楼2单元501")
    assert "8" in await chat.house.words(OTHER_LEAD)
    await chat.says("13812345678")
    (request,) = await chat.requests()
    assert request.details.address.room == "501"
    assert request.details.phone == "13812345678"


async def test_what_was_said_already_is_not_asked(chat: Chat) -> None:
    answer = await chat.says("8号楼2单元501着火了，我电话13812345678")
    assert "119" in answer.splitlines()[0]
    assert "人在哪里" not in answer
    (request,) = await chat.requests()
    assert (request.details.address.building, request.details.phone) == ("8", "13812345678")


async def test_in_the_middle_of_a_form_which_then_goes_on(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777")
    answer = await chat.says(FALL)
    assert "120" in answer.splitlines()[0]
    (request,) = await chat.requests()
    assert request.details.address.building == "7"
    card = await chat.says("明天下午四点")
    assert "提交" in str(chat.keyboard) or "接着办" in card


async def test_a_second_message_joins_the_first(chat: Chat) -> None:
    await chat.says(FALL)
    await chat.says("叫不应了 快来人 8号楼2单元501")
    (request,) = await chat.requests()
    assert request.details.address.room == "501"


async def test_the_place_goes_to_the_emergency_and_not_to_an_earlier_request(chat: Chat) -> None:
    await chat.says("想请人上门给我老伴理发，明天上午，3号楼1单元202，13700001111")
    await chat.taps("提交")
    await chat.says(FALL)
    await chat.says("我们在3号楼1单元202，电话13700001111")
    (emergency,) = [r for r in await chat.requests() if r.urgent]
    assert (emergency.details.address.room, emergency.details.phone) == ("202", "13700001111")


async def test_another_danger_is_another_emergency(chat: Chat) -> None:
    await chat.says(FALL)
    await chat.says("楼下又着火了")
    assert [r.urgent for r in await chat.requests()] == [True, True]


async def test_after_half_an_hour_it_is_a_new_one(chat: Chat) -> None:
    await chat.says(FALL)
    chat.house.frame.clock.follow(45 * 60)
    await chat.says(FALL)
    assert len(await chat.requests()) == 2


async def test_no_consent_is_waited_for_and_a_pause_stops_nothing(chat: Chat) -> None:
    async with chat.house.db.transaction(chat.house.community_id) as uow:
        await uow.community.pause_intake("系统检修")
        await uow.commit()
    await chat.says(FALL)
    (request,) = await chat.requests()
    assert request.status == "offered"
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        person = await uow.people.get(WHO)
    assert person is not None
    assert person.consented_at is None


async def test_also_from_somebody_who_was_muted(chat: Chat) -> None:
    async with chat.house.db.transaction(chat.house.community_id) as uow:
        await uow.people.save(Person(WHO, chat.house.community_id, "居民", WHO, muted=True))
        await uow.commit()
    assert await chat.says("你好") == ""
    assert "120" in await chat.says(FALL)


async def test_a_false_alarm_is_taken_back_after_a_question(chat: Chat) -> None:
    await chat.says(FALL)
    asked = await chat.says("没事了，虚惊一场")
    assert "不用来" in str(chat.keyboard)
    assert asked
    await chat.taps("没事了")
    (request,) = await chat.requests()
    assert request.status == "cancelled"


async def test_a_photo_goes_to_the_emergency(chat: Chat) -> None:
    await chat.says(FALL)
    await chat.says(photo=[{"file_id": "p1", "file_unique_id": "u", "width": 9, "height": 9}])
    (request,) = await chat.requests()
    assert [n.file_id for n in await chat.notes(request)] == ["p1"]


async def test_the_sentence_fits_the_danger(chat: Chat) -> None:
    answer = await chat.says("我被困在电梯里了，快来人")
    assert "报警按钮" in answer
    assert "别坐电梯" not in answer


async def test_the_question_comes_last_and_the_numbers_once(chat: Chat) -> None:
    answer = await chat.says(FALL)
    assert "人在哪里" in answer.splitlines()[-1]
    assert "已经登记" in answer
    assert answer.count("拨打") == 1
    assert "还没打电话" not in answer


async def test_who_does_not_tell_is_not_pressed(chat: Chat) -> None:
    await chat.says(FALL)
    again = await chat.says("快点来啊")
    assert "还不知道" in again
    assert "哪个电话" in await chat.says("8号楼2单元501")
    answer = await chat.says("不想留电话")
    assert "哪个电话" not in answer
    assert len(await chat.requests()) == 1


async def test_never_mind_is_no_cry_for_help(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777")
    for text in ("算了算了", "继续", "不想留电话"):
        assert "拨打" not in await chat.says(text)
    assert await chat.requests() == []


async def test_who_is_unconscious_is_filed_as_a_rescue(chat: Chat) -> None:
    await chat.says("我爸叫不醒了")
    assert await chat.filed() == ["aid_rescue"]
