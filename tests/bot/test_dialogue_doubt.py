"""Short words: one of two is asked plainly, what belongs to filed work goes there; no answer comes thrice."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.use_cases.filing import RememberDetails
from handlers.dialogue.either import pair_of, pairs
from nlu import about_filed
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import DETAILS, LEAD, RESIDENT
from tests.bot.resident_house import Chat, move_in


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    chat = await move_in(db, second_connection, reader)
    chat.who = RESIDENT
    return chat


@pytest.mark.parametrize(
    ("text", "question", "button", "item"),
    [
        ("灯坏了", "哪里的灯", "楼道", "公共照明"),
        ("漏水了", "从哪里漏", "家里的水管", "水管与下水维修"),
        ("停电了", "别人家也没电", "别人家也没电", "应急抢险救援"),
        ("门打不开", "哪个门", "单元门", "物业"),
        ("孩子没人带", "孩子什么时候", "寒假", "寒暑假托管"),
    ],
)
async def test_one_of_two_is_asked_in_plain_words(
    chat: Chat, text: str, question: str, button: str, item: str
) -> None:
    answer = await chat.says(text)
    assert question in answer
    assert "哪一件" not in answer
    assert len(chat.keyboard or {}) == 4
    assert item in await chat.taps(button)


@pytest.mark.parametrize(
    ("first", "then", "item"),
    [
        ("灯坏了", "楼道的", "公共照明"),
        ("灯不亮了", "家里厨房的", "户内电路维修"),
        ("漏水了", "是家里水管", "水管与下水维修"),
        ("又漏水", "楼顶漏下来的", "房屋渗漏"),
        ("停电了", "整栋楼都停了", "应急抢险救援"),
        ("停电了", "就我家", "户内电路维修"),
        ("停水了", "隔壁也没有", "应急抢险救援"),
    ],
)
async def test_the_answer_may_be_words(chat: Chat, first: str, then: str, item: str) -> None:
    await chat.says(first)
    assert item in await chat.says(then)


async def test_a_calm_answer_in_the_form_begins_no_other_need(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777")
    answer = await chat.says("有，在厨房柜子下面")
    assert "先办哪个" not in answer
    assert "119" not in answer


@pytest.mark.parametrize("text", ["你们是骗子吧", "你们不会是骗人的吧", "你是不是骗子"])
async def test_who_is_afraid_of_a_fraud_is_told_who_asks(chat: Chat, text: str) -> None:
    await chat.says("家里有老鼠")
    answer = await chat.says(text)
    assert "社区的机器人" in answer
    assert "写几号楼" in answer


async def test_a_correction_within_the_same_service_is_kept(chat: Chat) -> None:
    await chat.says("家里有老鼠,住7栋3单元1101,电话15588887777")
    assert "蟑螂" in await chat.says("不是，是蟑螂")


async def test_yes_to_two_things_is_asked_again(chat: Chat) -> None:
    await chat.says("灯坏了")
    assert "哪里的灯" in await chat.says("是的")


async def test_the_address_of_last_time_is_taken(chat: Chat) -> None:
    await chat.says("你好")
    await chat.house.run(RememberDetails, RESIDENT, DETAILS)
    await chat.says("又漏水了，还是上次那个地址")
    answer = await chat.taps("家里的水管")
    assert "请问在哪里" not in answer
    assert "水管与下水维修" in answer


def test_every_pair_has_its_question_and_both_answers(chat: Chat) -> None:
    texts = chat.house.frame.texts
    for one, other in pairs():
        assert texts.has(f"either-{one}-{other}")
        assert texts.has(f"button-{one}-not-{other}")
        assert texts.has(f"button-{other}-not-{one}")


def test_a_pair_must_be_worth_the_question() -> None:
    assert pair_of([("saf_lighting", 0.5), ("hom_electric", 0.48)]) == ("hom_electric", "saf_lighting")
    assert pair_of([("saf_lighting", 0.5), ("hom_electric", 0.2)]) is None
    assert pair_of([("saf_lighting", 0.95), ("hom_electric", 0.01)]) is None
    assert pair_of([("saf_lighting", 0.5), ("med_psych", 0.48)]) is None


async def test_nobody_is_answered_the_same_three_times(chat: Chat) -> None:
    answers = [await chat.says(t) for t in ("嗯那个", "asdf", "？？？")]
    assert len(set(answers)) == 3
    assert "比如" in answers[1]
    assert "值班电话" in answers[2]
    assert next(iter(chat.keyboard or {})) == "转人工"


async def test_what_is_understood_in_between_begins_anew(chat: Chat) -> None:
    first = await chat.says("asdf")
    assert await chat.says("zxcv") != first
    await chat.says("你好")
    assert await chat.says("qwer") == first


@pytest.mark.parametrize(
    "text", ["没人管吗", "怎么还不来", "都三天了", "等了两天了还没动静", "人呢", "到底有没有人来啊"]
)
async def test_impatience_hurries_the_open_request(chat: Chat, text: str) -> None:
    request = await chat.house.accepted()
    assert "催过了" in await chat.says(text)
    assert (await chat.house.request(request.id)).urges == 1


@pytest.mark.parametrize(
    "text",
    [
        "门口有狗，别怕",
        "到了先打电话",
        "我家门铃坏了敲门就行",
        "老太太耳背，敲门响一点",
        "从后门进来近一些",
        "我不在家，钥匙放在隔壁",
    ],
)
async def test_words_for_the_visit_reach_the_lead(chat: Chat, text: str) -> None:
    request = await chat.house.accepted()
    assert request.number in await chat.says(text)
    assert text in await chat.house.words(LEAD)
    assert len(await chat.requests()) == 1


@pytest.mark.parametrize("text", ["楼下的狗咬人，没人管", "单元门禁坏了", "门铃坏了能修吗"])
async def test_a_new_need_is_no_word_for_the_visit(chat: Chat, text: str) -> None:
    await chat.house.accepted()
    assert "记下了，已加到" not in await chat.says(text)


@pytest.mark.parametrize("text", ["还是上次那个地址", "地址跟上次一样", "原来的地方", "老地址"])
def test_the_place_of_last_time(text: str) -> None:
    assert about_filed.place_as_before(text)


@pytest.mark.parametrize("text", ["上次那个师傅", "我家地址是3号楼", "换个地方"])
def test_another_place(text: str) -> None:
    assert not about_filed.place_as_before(text)
