"""What residents say in plain words after filing, and words in the form that used to be lost."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Address, Details, Request, WorkReport
from casework.statuses import RequestStatus
from casework.use_cases.between import AskBeforeAccepting
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, AskResident, CompleteWork
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import DETAILS, LEAD, RESIDENT
from tests.bot.resident_house import Chat, move_in

LAMP = "小区里的路灯不亮"
PIN = {"location": {"latitude": 43.88, "longitude": 125.32}}
PHOTO = {"photo": [{"file_id": "p1", "file_unique_id": "u", "width": 9, "height": 9}]}


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    chat = await move_in(db, second_connection, reader)
    chat.who = RESIDENT
    return chat


async def lamp(chat: Chat, place: str = "南门口") -> Request:
    """A lamp that is filed with a place in words."""
    details = Details(Address(place=place), "13812345678")
    filed = await chat.house.run(FileRequests, RESIDENT, [Draft("saf_lighting", LAMP, LAMP, details)])
    await chat.says("/my")
    found: Request = filed[0]
    return found


async def haircut(chat: Chat, *, taken: bool = False) -> Request:
    request = await chat.house.file()
    if taken:
        await chat.house.run(AcceptOffer, LEAD, (await chat.house.offer(request)).id)
    await chat.says("/my")
    await chat.house.sent()
    return await chat.house.request(request.id)


async def now(chat: Chat, request: Request) -> Request:
    return await chat.house.request(request.id)


# Corrections after filing


@pytest.mark.parametrize(
    "text",
    ["不对，是西门口", "地点改成西门口", "地址写错了，应该是西门口", "不是南门口，是西门口", "改到西门口"],
)
async def test_another_landmark_replaces_the_first(chat: Chat, text: str) -> None:
    request = await lamp(chat)
    answer = await chat.says(text)
    assert "西门口" in answer
    assert "南门口" in answer
    assert (await now(chat, request)).details.address.place == "西门口"


async def test_a_landmark_replaces_a_building(chat: Chat) -> None:
    request = await haircut(chat)
    await chat.says("不对，是西门口")
    changed = (await now(chat, request)).details.address
    assert (changed.building, changed.room, changed.place) == ("", "", "西门口")


async def test_who_moves_to_another_building_is_asked_for_the_door(chat: Chat) -> None:
    request = await haircut(chat)
    assert "9号楼几单元几室" in await chat.says("不对，是9号楼")
    await chat.says("3单元602")
    changed = (await now(chat, request)).details.address
    assert (changed.building, changed.unit, changed.room) == ("9", "3", "602")


async def test_what_is_said_to_be_done_is_not_changed_but_can_be_unsolved(chat: Chat) -> None:
    request = await haircut(chat, taken=True)
    await chat.house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1, "剪好了"))
    await chat.says("/my")
    assert "已经办好了" in await chat.says("改到后天上午")
    await chat.taps("没解决")
    assert (await now(chat, request)).status is RequestStatus.REOPEN_REQUESTED


async def test_a_building_replaces_a_landmark(chat: Chat) -> None:
    request = await lamp(chat)
    await chat.says("地址写错了是5号楼")
    changed = (await now(chat, request)).details.address
    assert (changed.building, changed.place) == ("5", "")


async def test_a_spot_within_the_building_is_added(chat: Chat) -> None:
    request = await haircut(chat, taken=True)
    await chat.says("地址补充一下，是三楼左手边")
    changed = (await now(chat, request)).details.address
    assert changed.building == DETAILS.address.building


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("改到后天上午", "time_expr", "后天上午"),
        ("换个电话13900001111", "phone", "13900001111"),
        ("电话写错了，是13900001111", "phone", "13900001111"),
        ("是我女儿，不是我妈", "recipient", "我女儿"),
    ],
)
async def test_facts_change_in_plain_words_and_the_lead_reads_old_and_new(
    chat: Chat, text: str, field: str, value: str
) -> None:
    request = await haircut(chat, taken=True)
    await chat.says(text)
    assert getattr((await now(chat, request)).details, field) == value
    told = await chat.house.words(LEAD)
    assert value in told
    assert str(getattr(DETAILS, field)) in told


async def test_another_need_before_anybody_works_is_filed_anew(chat: Chat) -> None:
    request = await haircut(chat)
    answer = await chat.says("不是理发，是想修水管")
    assert "上门理发" in answer
    assert "水管" in answer
    assert (await now(chat, request)).item == "hom_plumbing"
    assert len(await chat.requests()) == 1


async def test_another_need_in_work_is_told_to_who_works_and_stays(chat: Chat) -> None:
    request = await haircut(chat, taken=True)
    await chat.says("不是理发，是想修水管")
    assert (await now(chat, request)).item == "eld_haircut"
    assert "水管" in await chat.house.words(LEAD)


async def test_what_is_not_clear_is_kept_as_words_of_the_request(chat: Chat) -> None:
    details = Details(Address(building="8", unit="2", room="501"), "13812345678", "明天上午")
    filed = await chat.house.run(
        FileRequests, RESIDENT, [Draft("hom_plumbing", "水管漏水", "水管漏水", details)]
    )
    answer = await chat.says("不是水管，是暖气")
    assert filed[0].number in answer
    assert "暖气" in (await now(chat, filed[0])).description


async def test_which_is_asked_once_when_several_are_open(chat: Chat) -> None:
    first, second = await lamp(chat), await haircut(chat)
    assert "改哪一件" in await chat.says("改到后天上午")
    await chat.taps("上门理发")
    assert (await now(chat, second)).details.time_expr == "后天上午"
    assert (await now(chat, first)).details.time_expr == ""


@pytest.mark.parametrize("by_button", [True, False])
async def test_a_new_telephone_may_be_for_all(chat: Chat, by_button: bool) -> None:
    first, second = await lamp(chat), await haircut(chat)
    assert "改哪一件" in await chat.says("电话改成13900001111")
    await (chat.taps("都是") if by_button else chat.says("都改"))
    assert {(await now(chat, r)).details.phone for r in (first, second)} == {"13900001111"}


async def test_what_was_changed_before_does_not_say_which_is_meant_now(chat: Chat) -> None:
    await lamp(chat)
    request = await haircut(chat)
    await chat.says("理发的时间改到后天上午")
    assert (await now(chat, request)).details.time_expr == "后天上午"
    assert "改哪一件" in await chat.says("改到大后天上午")


# Words with nothing asked


@pytest.mark.parametrize("text", ["右边抽屉里", "白色的那个", "是的，在西边"])
async def test_a_bare_answer_goes_to_the_one_open_request(chat: Chat, text: str) -> None:
    request = await haircut(chat, taken=True)
    answer = await chat.says(text)
    assert request.number in answer
    assert [n.text for n in await chat.notes(request)] == [text]
    assert text in await chat.house.words(LEAD)


@pytest.mark.parametrize("text", ["好的", "谢谢", "哈哈哈", "你是谁", "在哪里办社保卡？"])
async def test_what_says_nothing_of_it_is_no_note(chat: Chat, text: str) -> None:
    request = await haircut(chat, taken=True)
    await chat.says(text)
    assert await chat.notes(request) == []


async def test_a_bare_answer_asks_which_when_several_are_open(chat: Chat) -> None:
    await lamp(chat)
    request = await haircut(chat)
    assert "补充哪一件" in await chat.says("右边抽屉里")
    await chat.taps("上门理发")
    assert [n.text for n in await chat.notes(request)] == ["右边抽屉里"]


async def test_a_new_need_stays_a_new_need(chat: Chat) -> None:
    request = await haircut(chat)
    answer = await chat.says("马桶堵了")
    assert "水管与下水" in answer
    assert await chat.notes(request) == []


@pytest.mark.parametrize("text", ["阀门在水池下面的柜子里", "黄色的那个阀门", "她电话13900003333"])
async def test_a_statement_about_what_is_open_begins_nothing_new(chat: Chat, text: str) -> None:
    details = Details(Address(building="8", unit="2", room="501"), "13812345678", "明天上午")
    drafts = [Draft("hom_plumbing", "厨房水管漏水", "厨房水管漏水", details)]
    (request,) = await chat.house.run(FileRequests, RESIDENT, drafts)
    assert request.number in await chat.says(text)
    assert [n.text for n in await chat.notes(request)] == [text]
    assert "请问在哪里" in await chat.taps("另外报一件")


@pytest.mark.parametrize("text", ["马桶堵了", "楼下的水管又漏了", "想再修一个水龙头"])
async def test_another_trouble_of_the_same_kind_is_no_statement(chat: Chat, text: str) -> None:
    details = Details(Address(building="8", unit="2", room="501"), "13812345678", "明天上午")
    drafts = [Draft("hom_plumbing", "厨房水管漏水", "厨房水管漏水", details)]
    (request,) = await chat.house.run(FileRequests, RESIDENT, drafts)
    await chat.says(text)
    assert await chat.notes(request) == []


async def test_a_bare_phone_goes_to_the_request_that_has_none(chat: Chat) -> None:
    details = Details(Address(place="南门口"))
    filed = await chat.house.run(
        FileRequests, RESIDENT, [Draft("saf_lighting", LAMP, LAMP, details, without=("contact",))]
    )
    assert filed[0].number in await chat.says("13900001111")
    assert (await now(chat, filed[0])).details.phone == "13900001111"


async def test_the_answer_to_a_question_before_the_yes_is_an_answer(chat: Chat) -> None:
    request = await haircut(chat)
    await chat.house.run(AskBeforeAccepting, LEAD, (await chat.house.offer(request)).id, "有电梯吗？")
    assert "转给" in await chat.says("有电梯")
    assert [n.text for n in await chat.notes(request)][-1] == "有电梯"
    assert (await now(chat, request)).status is RequestStatus.OFFERED


async def test_a_change_that_answers_a_question_is_both(chat: Chat) -> None:
    request = await haircut(chat, taken=True)
    await chat.house.run(AskResident, LEAD, request.id, "明天下午没人，哪天方便？")
    await chat.says("改到后天上午")
    changed = await now(chat, request)
    assert changed.status is RequestStatus.IN_PROGRESS
    assert changed.details.time_expr == "后天上午"


# In the form


async def test_this_very_phone_cannot_be_seen_and_that_is_said(chat: Chat) -> None:
    assert "打哪个电话" in await chat.says("想给儿子报画画班")
    answer = await chat.says("我电话就是这个手机")
    assert "没听懂" not in answer
    assert "看不到您的手机号" in answer
    assert "13900001111" in await chat.says("13900001111")


async def test_this_very_phone_is_heard_before_it_is_asked_for(chat: Chat) -> None:
    await chat.says("路灯不亮")
    answer = await chat.says("我电话就是这个手机")
    assert "没听懂" not in answer
    assert "请问在哪里" in answer


async def test_words_about_the_need_are_kept_on_the_card(chat: Chat) -> None:
    await chat.says("楼上天天半夜吵，8号楼2单元501，13900001111")
    answer = await chat.says("不是投诉谁，就想有人去说说")
    assert "提交" in (chat.keyboard or {})
    assert "就想有人去说说" in answer


async def test_words_about_the_need_are_kept_in_the_form(chat: Chat) -> None:
    await chat.says("楼上天天半夜吵")
    answer = await chat.says("不是投诉谁，就想有人去说说")
    assert "没听懂" not in answer
    assert "记下了" in answer
    words = (await chat.memory())["dialogue"]["slots"]["needs"][0]["words"]
    assert "不是投诉谁，就想有人去说说" in words


# Places and files


async def test_a_place_on_the_map_is_where_it_is_and_nobody_has_to_look_first(chat: Chat) -> None:
    assert "出了什么事" in await chat.says(**PIN)
    await chat.says("路灯不亮")
    if "打哪个电话" in await chat.says("13900001111"):
        await chat.says("13900001111")
    await chat.taps("提交")
    (request,) = await chat.requests()
    assert request.details.address.place == "见发来的位置"
    assert request.triage_reason is None or request.triage_reason.value == "nobody_to_offer"
    assert [n.file_kind for n in await chat.notes(request)] == ["location"]


async def test_a_place_on_the_map_answers_where(chat: Chat) -> None:
    assert "请问在哪里" in await chat.says("路灯不亮")
    answer = await chat.says(**PIN)
    assert "位置收到了" in answer
    assert "请问在哪里" not in answer


async def test_of_several_it_is_asked_for_which_a_photo_is(chat: Chat) -> None:
    await lamp(chat)
    request = await haircut(chat)
    chat.house.frame.clock.follow(3600.0)
    assert "给哪一件事" in await chat.says(**PHOTO)
    assert await chat.says(**PIN) == ""
    await chat.taps("上门理发")
    assert [n.file_kind for n in await chat.notes(request)] == ["photo", "location"]


async def test_one_that_was_just_filed_is_meant(chat: Chat) -> None:
    await lamp(chat)
    request = await haircut(chat)
    await chat.says(**PHOTO)
    assert [n.file_kind for n in await chat.notes(request)] == ["photo"]
