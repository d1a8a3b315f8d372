"""Every way in which people tell where they live or what place they mean, and the ways out of telling it."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Address
from nlu.reader import Reader
from storage.database import Database
from tests.bot.resident_house import Chat, move_in

HOME = "家里马桶堵了，明天上午，13812345678"


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


async def address_of(chat: Chat) -> Address:
    await chat.taps("提交")
    return (await chat.requests())[-1].details.address


@pytest.mark.parametrize(
    ("turns", "question", "answer", "address"),
    [
        ([HOME, "8号楼"], "8号楼几单元几室？", "2单元501", Address("", "8", "2", "501")),
        ([HOME, "8"], "8号楼几单元几室？", "2-501", Address("", "8", "2", "501")),
        ([HOME + "，8号楼"], "8号楼几单元几室？", "没有单元，501", Address("", "8", "", "501")),
        ([HOME + "，8号楼2单元"], "8号楼2单元几室？", "五零一", Address("", "8", "2", "501")),
        ([HOME + "，8号楼501"], "8号楼501室，是几单元？", "2", Address("", "8", "2", "501")),
        ([HOME, "莘北路380弄15号"], "15号楼几室", "402", Address("莘北路380弄", "15", "", "402")),
        ([HOME, "501"], "501室，是几号楼？", "8号楼2单元", Address("", "8", "2", "501")),
        ([HOME, "菜市场对面"], "是几号楼几单元几室？", "是平房，没有楼号", Address(place="菜市场对面")),
        ([HOME, "8号楼"], "几单元几室", "三楼左手边", Address("", "8", place="三楼左手边")),
    ],
)
async def test_what_a_home_lacks_is_asked_for_and_nothing_else(
    chat: Chat, turns: list[str], question: str, answer: str, address: Address
) -> None:
    asked = [await chat.says(turn) for turn in turns][-1]
    assert question in asked.replace("<b>", "").replace("</b>", "")
    card = await chat.says(answer)
    assert "提交" in (chat.keyboard or {}), card
    assert await address_of(chat) == address


@pytest.mark.parametrize("way_out", ["不想写门牌", "到了给我打电话", "不知道", "不写门牌"])
async def test_a_door_need_not_be_told(chat: Chat, way_out: str) -> None:
    await chat.says(HOME + "，8号楼")
    assert {"没有单元", "不写门牌"} <= set(chat.keyboard or {})
    card = await (chat.taps(way_out) if way_out == "不写门牌" else chat.says(way_out))
    assert "不写也能办" in card
    assert await address_of(chat) == Address("", "8")
    (request,) = await chat.requests()
    assert request.triage_reason != "low_confidence"


async def test_no_unit_by_button_leaves_the_room_to_be_asked(chat: Chat) -> None:
    await chat.says(HOME + "，8号楼")
    assert "8号楼几室？" in await chat.taps("没有单元")
    await chat.says("501")
    assert await address_of(chat) == Address("", "8", "", "501")


@pytest.mark.parametrize("nothing", ["呵呵", "8号楼"])
async def test_no_answer_about_the_door_is_asked_again_in_other_words_then_a_human(
    chat: Chat, nothing: str
) -> None:
    await chat.says(HOME + "，8号楼")
    assert "我没找到门牌" in await chat.says(nothing)
    assert "值班电话" in await chat.says(nothing)


async def test_a_kept_home_without_a_unit_is_not_asked_for_one(chat: Chat) -> None:
    await chat.says(HOME + "，8号楼501")
    await chat.taps("没有单元")
    await chat.taps("提交")
    await chat.says("家里插座没电了，要修电路")
    if "户内电路维修" in (chat.keyboard or {}):
        await chat.taps("户内电路维修")
    assert "什么时候" in await chat.taps("8号楼501室")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("小区东门那个亭子旁边的路灯不亮了", Address(place="小区东门那个亭子旁边的路灯")),
        ("3号楼后面的垃圾站没人清，臭死了", Address(building="3", place="后面的垃圾站")),
        ("菜市场对面的路上井盖没了", Address(place="菜市场对面")),
    ],
)
async def test_a_place_in_the_first_message_is_not_asked_for(
    chat: Chat, words: str, address: Address
) -> None:
    assert "打哪个电话" in await chat.says(words)
    await chat.says("13812345678")
    assert await address_of(chat) == address


async def test_a_building_is_enough_for_what_is_in_public(chat: Chat) -> None:
    assert "写个好找的地方" in await chat.says("楼道灯不亮了")
    assert "打哪个电话" in await chat.says("5号楼")


async def test_a_vague_place_is_asked_for_once_more(chat: Chat) -> None:
    await chat.says("路上井盖没了")
    assert "我没找到地方" in await chat.says("就在小区里")
    assert "打哪个电话" in await chat.says("幼儿园门口")


async def test_a_corrected_place_takes_the_place_of_the_old_one(chat: Chat) -> None:
    await chat.says("路上井盖没了，8号楼2单元501，13812345678")
    assert "📍 南门口路灯旁边" in await chat.says("不对，是南门口路灯旁边")
    assert "📍 西门" in await chat.says("不对，是西门")


async def test_a_corrected_floor_stays_in_its_building(chat: Chat) -> None:
    await chat.says("楼道灯不亮了，5号楼2单元二楼，13812345678")
    assert "📍 5号楼2单元，三楼拐角那盏" in await chat.says("不对，是三楼拐角那盏")


async def test_the_place_of_a_filed_request_can_be_changed(chat: Chat) -> None:
    await chat.says("小区东门那个亭子旁边的路灯不亮了，13812345678")
    await chat.taps("提交")
    assert "→ <b>西门口</b>" in await chat.says("地点改成西门口")


async def test_where_an_errand_goes_is_not_where_somebody_lives(chat: Chat) -> None:
    answer = await chat.says("腿脚不便，想请人帮我去菜市场对面药店代买点东西")
    assert "请问在哪里" in answer


async def test_a_lamp_by_the_gate_is_not_kept_as_a_home(chat: Chat) -> None:
    await chat.says("小区东门那个亭子旁边的路灯不亮了，13812345678")
    await chat.taps("提交")
    await chat.says("家里马桶堵了")
    assert not [word for word in chat.keyboard or {} if "东门" in word]


async def test_unit_and_room_belong_to_the_home_that_was_asked_about(chat: Chat) -> None:
    await chat.says("帮我岳父找个白天照看的人,他住6栋1单元201")
    await chat.says("电话13911110000,从下周一开始")
    assert "8号楼几单元几室？" in await chat.says("还有我自己家8栋水管漏,下周二上午来")
    card = await chat.says("2单元701")
    assert "6号楼1单元201室" in card
    assert "8号楼2单元701室" in card
