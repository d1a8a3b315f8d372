"""/start, /my, /menu, ratings, words about filed requests, files: what a resident does beside the form."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Request, WorkReport
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, AskResident, CompleteWork, StartWork
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, DETAILS, LEAD, RESIDENT, SUMMARY, WORDS
from tests.bot.resident_house import Chat, move_in

PHOTO = {"photo": [{"file_id": "p1", "file_unique_id": "u", "width": 9, "height": 9}]}
VOICE = {"voice": {"file_id": "v1", "file_unique_id": "u", "duration": 3}}


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    """The chat of somebody who has filed a haircut."""
    chat = await move_in(db, second_connection, reader)
    chat.who = RESIDENT
    return chat


async def _work(chat: Chat, *, done: bool) -> Request:
    request = await chat.house.file()
    offer = await chat.house.offer(request)
    await chat.house.run(AcceptOffer, LEAD, offer.id)
    if done:
        await chat.house.run(StartWork, LEAD, request.id)
        await chat.house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1, "剪好了"))
    await chat.says("/my")
    return request


async def _status(chat: Chat, request: Request) -> str:
    return str((await chat.house.request(request.id)).status)


async def test_start_is_warm_with_examples_and_buttons(chat: Chat) -> None:
    answer = await chat.says("/start")
    assert answer.count("•") == 3
    assert len(chat.keyboard or {}) == 3


async def test_a_poster_link_begins_with_its_item(chat: Chat) -> None:
    answer = await chat.says("/start item_eld_haircut")
    assert "上门理发" in answer
    assert "请问在哪里" in answer
    assert "您好" in await chat.says("/start item_nothing")


@pytest.mark.parametrize("command", ["/help", "/human", "/privacy", "/menu", "/my", "/cancel", "/nonsense"])
async def test_every_command_is_answered(chat: Chat, command: str) -> None:
    assert await chat.says(command)


async def test_human_gives_the_duty_phone_and_tells_the_workers(chat: Chat) -> None:
    await chat.says("你好")
    await chat.house.sent(ADMIN)
    answer = await chat.says("/human")
    assert chat.house.frame.community.duty_phone in answer
    assert await chat.house.words(ADMIN)


async def test_the_menu_leads_to_a_filed_request(chat: Chat) -> None:
    await chat.says("/menu")
    assert len(chat.keyboard or {}) == 12
    await chat.taps("老有所依")
    item = await chat.taps("上门理发")
    assert "免费" in item
    assert "请问在哪里" in await chat.taps("我要办这个")


async def test_my_shows_card_time_line_and_fitting_buttons(chat: Chat) -> None:
    request = await _work(chat, done=False)
    card = await chat.taps(request.number)
    assert request.number in card
    assert "组织接单" in card
    assert {"催办", "补充", "取消"} <= set(chat.keyboard or {})


async def test_cancel_asks_first_and_can_be_undone(chat: Chat) -> None:
    request = await _work(chat, done=False)
    await chat.taps(request.number)
    await chat.taps("取消")
    assert await _status(chat, request) == "accepted"
    await chat.taps("是的，取消")
    assert await _status(chat, request) == "cancelled"
    await chat.taps("恢复")
    assert await _status(chat, request) == "offered"


async def test_cancel_in_words(chat: Chat) -> None:
    request = await _work(chat, done=False)
    await chat.says("理发不用来了，取消吧")
    assert await _status(chat, request) == "accepted"
    await chat.says("是的")
    assert await _status(chat, request) == "cancelled"


async def test_urge_in_words_reaches_the_lead(chat: Chat) -> None:
    request = await _work(chat, done=False)
    await chat.house.sent(LEAD)
    assert "催过了" in await chat.says("怎么还没来人")
    assert (await chat.house.request(request.id)).urges == 1
    assert request.number in await chat.house.words(LEAD)


async def test_which_one_is_asked_when_several_may_be_meant(chat: Chat) -> None:
    await chat.house.file("eld_haircut", "hom_plumbing")
    answer = await chat.says("怎么还没来人")
    assert "催哪一件" in answer
    await chat.says("第二个")
    assert sorted(r.urges for r in await chat.requests()) == [0, 1]


async def test_a_new_need_is_no_answer_to_which_one(chat: Chat) -> None:
    lamp = "小区西门路灯不亮"
    drafts = [
        Draft("eld_haircut", WORDS, SUMMARY, DETAILS),
        Draft("saf_lighting", lamp, lamp, DETAILS),
    ]
    await chat.house.run(FileRequests, RESIDENT, drafts)
    assert "哪一件" in await chat.says("改一下时间")
    before = [r.description for r in await chat.requests()]
    assert "垃圾" in await chat.says("小区西门的垃圾桶翻倒了，一地垃圾")
    assert [r.description for r in await chat.requests()] == before


async def test_change_in_words_tells_old_and_new(chat: Chat) -> None:
    request = await _work(chat, done=False)
    answer = await chat.says("理发的时间改到后天上午吧")
    assert "明天下午" in answer
    assert "后天上午" in answer
    assert (await chat.house.request(request.id)).details.time_expr == "后天上午"


async def test_stars_reasons_and_thanks(chat: Chat) -> None:
    request = await _work(chat, done=True)
    await chat.taps(request.number)
    await chat.taps("已解决")
    await chat.taps("2 ⭐")
    await chat.taps("来得晚")
    await chat.taps("没弄好")
    await chat.taps("没弄好")
    assert "谢谢" in await chat.taps("好了")
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        rating = await uow.notes.rating(request.id)
    assert rating is not None
    assert (rating.stars, rating.reasons) == (2, ("late",))


async def test_unsolved_asks_what_is_wrong_and_passes_it_on(chat: Chat) -> None:
    request = await _work(chat, done=True)
    await chat.taps(request.number)
    await chat.taps("没解决")
    assert await _status(chat, request) == "reopen_requested"
    await chat.house.sent(ADMIN)
    await chat.says("只剪了一半")
    assert [n.text for n in await chat.notes(request)][-1] == "只剪了一半"


async def test_later_words_ask_for_a_reopening(chat: Chat) -> None:
    request = await _work(chat, done=True)
    await chat.says("没弄好，还是老样子")
    assert await _status(chat, request) == "reopen_requested"


async def test_done_in_words(chat: Chat) -> None:
    request = await _work(chat, done=True)
    await chat.says("已经解决了")
    assert await _status(chat, request) == "confirmed"


async def test_an_answer_goes_to_who_asked(chat: Chat) -> None:
    request = await _work(chat, done=False)
    await chat.house.run(AskResident, LEAD, request.id, "门口有停车的地方吗？")
    await chat.says("有的，在西边")
    assert await _status(chat, request) == "in_progress"
    assert [n.text for n in await chat.notes(request)][-1] == "有的，在西边"


async def test_still_leaking_is_about_the_work_that_was_done(chat: Chat) -> None:
    request = await _work(chat, done=True)
    await chat.says("还是漏")
    assert await _status(chat, request) == "reopen_requested"


async def test_thanks_is_no_answer(chat: Chat) -> None:
    request = await _work(chat, done=False)
    await chat.house.run(AskResident, LEAD, request.id, "门口有停车的地方吗？")
    assert "不客气" in await chat.says("谢谢")
    assert await _status(chat, request) == "waiting_resident"


async def test_a_reply_to_a_message_about_a_request_goes_there(chat: Chat) -> None:
    first = await chat.house.file("eld_haircut")
    await chat.house.file("hom_plumbing")
    before: dict[str, Any] = {
        "message_id": 4,
        "date": 1,
        "chat": {"id": RESIDENT, "type": "private"},
        "from": {"id": 4242, "is_bot": True, "first_name": "邻应"},
        "text": f"编号 {first.number}",
    }
    await chat.says("进门要换鞋套", reply_to_message=before)
    assert [n.text for n in await chat.notes(first)] == ["进门要换鞋套"]


async def test_a_photo_goes_to_the_latest_request(chat: Chat) -> None:
    request = await chat.house.file()
    assert "收到" in await chat.says(**PHOTO)
    assert [n.file_id for n in await chat.notes(request)] == ["p1"]


async def test_a_photo_in_the_form_is_filed_with_it(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777")
    assert "收到" in await chat.says(**PHOTO)
    await chat.says("明天下午四点")
    await chat.says("对")
    (request,) = await chat.requests()
    assert [n.file_id for n in await chat.notes(request)] == ["p1"]


async def test_an_album_before_the_need_is_answered_once_and_filed_whole(chat: Chat) -> None:
    answers = [await chat.says(**PHOTO, media_group_id="a") for _ in range(3)]
    assert [bool(a) for a in answers] == [True, False, False]
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.says("对")
    (request,) = await chat.requests()
    assert len(await chat.notes(request)) == 3


async def test_voice_alone_is_kept_and_words_are_asked_for(chat: Chat) -> None:
    assert "写几个字" in await chat.says(**VOICE)


async def test_a_place_answers_the_question_for_the_address(chat: Chat) -> None:
    await chat.says("路灯坏了好几天了")
    await chat.says(location={"latitude": 43.8, "longitude": 125.3})
    await chat.says("13812345678")
    await chat.says("对")
    (request,) = await chat.requests()
    assert [n.file_kind for n in await chat.notes(request)] == ["location"]


async def test_a_shared_contact_is_the_phone(chat: Chat) -> None:
    await chat.says("想给儿子报画画班")
    await chat.says(contact={"phone_number": "+8613855554444", "first_name": "我"})
    await chat.says("对")
    assert (await chat.requests())[0].details.phone == "13855554444"


@pytest.mark.parametrize(
    "text",
    ["😀😀😀", "。", "   ", "<b>&amp;</a>*_[x](y)`", "啊" * 100_000, "？？？", "asdfgh"],
    ids=["emoji", "dot", "spaces", "markup", "long", "marks", "letters"],
)
async def test_odd_texts_get_a_clear_answer(chat: Chat, text: str) -> None:
    assert await chat.says(text)
    assert await chat.filed() == []


async def test_stickers_and_games_get_a_clear_answer(chat: Chat) -> None:
    sticker = {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}
    flags = {"is_animated": False, "is_video": False}
    assert await chat.says(sticker={**sticker, **flags})
    assert await chat.says(dice={"emoji": "🎲", "value": 3})


async def test_what_is_no_request_is_never_filed(chat: Chat) -> None:
    for text in (
        "你好",
        "谢谢啊，再见",
        "社保卡在哪补",
        "讲个笑话",
        "傻逼机器人滚",
        "刷单日入三千加微信",
        "你们能办什么",
    ):
        assert await chat.says(text), text
    assert await chat.filed() == []


async def test_a_volunteer_is_asked_for_the_phone_and_passed_on(chat: Chat) -> None:
    await chat.says("你好")
    await chat.house.sent(ADMIN)
    assert "电话" in await chat.says("我退休了，想当志愿者")
    assert "谢谢" in await chat.says("13812345678")
    assert "13812345678" in await chat.house.words(ADMIN)


async def test_kept_details_can_be_forgotten(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.says("对")
    assert "15588887777" in await chat.says("/privacy")
    await chat.taps("忘掉")
    assert "15588887777" not in await chat.says("/privacy")


async def test_groups_are_left_in_peace(chat: Chat) -> None:
    group = {"id": -77, "type": "supergroup", "title": "群"}
    await chat.house.write(RESIDENT, "家里水管漏了", chat=-77)
    assert await chat.house.sent(-77) == []
    await chat.house.write(RESIDENT, "/help", chat=-77)
    assert "私聊" in await chat.house.words(group["id"])


async def test_a_change_without_a_word_of_what_is_asked_for_it(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.taps("提交")
    assert "要改成什么样" in await chat.says("改一下时间")
    assert "改好了" in await chat.says("后天上午九点")
    (request,) = await chat.requests()
    assert request.details.time_expr == "后天上午九点"


async def test_taking_back_in_other_words_is_asked_first(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.taps("提交")
    assert "要取消" in await chat.says("取消通马桶那个")
    assert (await chat.requests())[0].status == "offered"


async def test_who_asks_whether_it_is_a_machine_is_told_the_truth(chat: Chat) -> None:
    assert "机器人" in await chat.says("你是机器人还是真人啊")


async def test_a_corrected_phone_is_the_one_offered_next_time(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.taps("提交")
    await chat.says("电话改成13800001111")
    await chat.says("楼道灯不亮了，5号楼2单元")
    assert "📞 13800001111" in (chat.keyboard or {})


async def test_a_landing_does_not_displace_the_home_that_is_kept(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.taps("提交")
    await chat.says("楼道灯不亮了，5号楼2单元，15588887777")
    await chat.taps("提交")
    await chat.says("家里插座没电了")
    assert "📍 7号楼3单元1101室" in (chat.keyboard or {})
