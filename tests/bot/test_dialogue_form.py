"""The request form by free text: asks only what is missing, once, and files what was said."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Address
from casework.statuses import TriageReason
from nlu.reader import Reader
from storage.database import Database
from tests.bot.resident_house import Chat, move_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
STORY = "我妈一个人住，头发长得不行了，腿脚不好出不了门，能不能来个人给剪剪，8号楼2单元501，我电话13812345678"


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


async def test_first_answer_says_what_was_understood_and_asks_only_what_is_missing(chat: Chat) -> None:
    answer = await chat.says(STORY)
    assert "上门理发 · 老有所依" in answer
    assert "什么时候方便" in answer
    assert "几号楼" not in answer
    assert "打哪个电话" not in answer
    assert set(chat.keyboard or {}) >= {"明天上午", "明天下午", "随时都行"}


async def test_the_whole_story_by_taps(chat: Chat) -> None:
    await chat.says(STORY)
    card = await chat.taps("明天上午")
    assert "8号楼2单元501室" in card
    assert "13812345678" in card
    assert "/privacy" in card
    assert {"提交", "换一项", "取消"} <= set(chat.keyboard or {})
    filed = await chat.taps("提交")
    (request,) = await chat.requests()
    assert request.number in filed
    assert (request.item, request.details.phone, request.details.address.room) == (
        "eld_haircut",
        "13812345678",
        "501",
    )
    assert request.details.time_start
    assert request.details.recipient == "我妈"
    assert "501" not in request.summary
    assert "13812345678" not in request.summary


async def test_one_question_at_a_time(chat: Chat) -> None:
    answer = await chat.says("家里水池子堵了")
    asked = [q for q in ("请问在哪里", "什么时候方便", "打哪个电话") if q in answer]
    assert asked == ["请问在哪里"]


async def test_details_before_the_need_are_kept(chat: Chat) -> None:
    await chat.says("我是18栋2单元701的老孙,13644556677")
    card = await chat.says("墙角老有蟑螂爬出来")
    assert "18号楼2单元701室" in card
    assert "13644556677" in card
    assert "提交" in (chat.keyboard or {})


async def test_a_word_submits_the_card(chat: Chat) -> None:
    for yes in ("好的", "对", "嗯", "对,就报这个", "没错", "就这样报上去吧"):
        await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
        if "报过" in await chat.says(yes):
            await chat.says("不是，另外报")
    assert await chat.filed() == ["hom_plumbing"] * 6


async def test_not_everything_that_begins_with_yes_submits(chat: Chat) -> None:
    for other in ("好像不对", "对了 电话错了", "可以改时间吗", "嗯 等一下"):
        await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
        await chat.says(other)
        await chat.says("/cancel")
        await chat.says("是的，不办了")
    assert await chat.filed() == []


async def test_corrections_of_phone_room_and_time(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    assert "15588887778" in await chat.says("电话错了,是15588887778")
    assert "1102室" in await chat.says("不对,是1102")
    assert "后天上午" in await chat.says("改到后天上午")
    await chat.says("对")
    (request,) = await chat.requests()
    assert (request.details.phone, request.details.address.room) == ("15588887778", "1102")
    assert request.details.address.building == "7"


async def test_a_time_that_is_past_is_said_to_be_so_and_asked_anew(chat: Chat) -> None:
    clock = chat.house.frame.clock
    evening = clock.now().astimezone(SHANGHAI).replace(hour=19, minute=0) + timedelta(days=1)
    clock.follow((evening - clock.now()).total_seconds())
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777")
    answer = await chat.says("今天下午吧")
    assert "“今天下午”已经过了" in answer
    assert "什么时候方便" in answer
    assert "没听懂" not in answer
    assert "明天下午" in await chat.says("那就明天下午")


async def test_the_category_is_corrected_in_the_form_and_on_the_card(chat: Chat) -> None:
    await chat.says("我家漏水")
    answer = await chat.says("不是水管,是下雨天楼顶往下漏")
    assert "房屋渗漏" in answer
    card = await chat.says("5栋4单元601,13500001234")
    assert "房屋渗漏" in card
    card = await chat.says("不是楼顶漏，是想找人通厨房的下水道")
    assert "水管与下水" in card


async def test_status_in_the_middle_is_answered_and_the_form_goes_on(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.says("对")
    await chat.says("想给儿子报画画班")
    answer = await chat.says("上次报的马桶修得怎么样了")
    assert (await chat.requests())[0].number in answer
    assert "接着办" in answer
    assert "打哪个电话" in answer
    await chat.says("13855554444")
    await chat.says("对")
    assert await chat.filed() == ["hom_plumbing", "edu_hobby"]


async def test_never_mind_is_asked_and_then_drops_it(chat: Chat) -> None:
    await chat.says("想找人打扫下屋子,我八十了")
    await chat.says("6号楼3单元")
    asked = await chat.says("算了,我女儿周末过来")
    assert "不办了吗" in asked
    assert {"是的，不办了", "继续"} <= set(chat.keyboard or {})
    await chat.says("嗯不用了")
    assert await chat.filed() == []
    assert "needs" not in (await chat.memory())["dialogue"]["slots"]


async def test_never_mind_can_be_taken_back(chat: Chat) -> None:
    await chat.says("想给儿子报画画班")
    await chat.says("算了")
    answer = await chat.taps("继续")
    assert "打哪个电话" in answer


async def test_two_needs_in_one_message_are_linked_and_share_details(chat: Chat) -> None:
    await chat.says("水龙头漏水,还有洗衣机也不转了")
    await chat.says("3号楼2单元402 电话13912340000")
    card = await chat.says("后天上午")
    assert card.count("3号楼2单元402室") == 2
    await chat.says("都对")
    first, second = await chat.requests()
    assert first.bundle == second.bundle == first.number
    assert first.details == second.details


async def test_words_of_the_facts_name_no_need(chat: Chat) -> None:
    await chat.says("楼道的公共照明坏了,还有想请人上门给我老伴理发")
    await chat.says("3号楼1单元402 电话13912340000")
    card = await chat.says("明儿上午")
    assert card.count("明儿上午") == 2
    assert card.count("3号楼1单元402室") == 2


async def test_one_of_two_needs_is_withdrawn(chat: Chat) -> None:
    await chat.says("客厅灯不亮,还有纱窗破了个洞")
    await chat.says("3号楼2单元402 电话13912340000")
    assert "不办了" in await chat.says("纱窗不用了,我自己粘上了")
    await chat.says("后天上午来修")
    await chat.says("好的")
    assert await chat.filed() == ["hom_electric"]


async def test_a_second_need_later_shares_the_details(chat: Chat) -> None:
    await chat.says("帮我奶奶订个午饭")
    await chat.says("她住9栋1单元201")
    await chat.says("13644445555 是我的")
    await chat.says("对了还要个人上门给她剪头发,周一下午吧")
    await chat.says("对,两个都要")
    meal, hair = await chat.requests()
    assert (meal.item, hair.item) == ("eld_meal", "eld_haircut")
    assert meal.details.address == hair.details.address
    assert not meal.details.time_expr
    assert hair.details.time_expr


async def test_below_the_threshold_three_buttons_and_a_human(chat: Chat) -> None:
    answer = await chat.says("家里有点问题")
    assert "哪一件" in answer
    words = list(chat.keyboard or {})
    assert len(words) == 5
    assert {"都不是", "转人工"} <= set(words)
    assert "听明白了" in await chat.taps(words[0])


async def test_none_of_these_asks_for_other_words_then_calls_a_human(chat: Chat) -> None:
    await chat.says("灯不亮了")
    await chat.taps("都不是")
    answer = await chat.says("就是那个那个呀")
    assert "值班电话" in answer
    assert await chat.house.words(901)


async def test_no_answer_is_asked_again_in_other_words_then_goes_to_a_human(chat: Chat) -> None:
    first = await chat.says("家里水池子堵了")
    second = await chat.says("呵呵")
    assert "没听懂" in second
    assert second.splitlines()[-1] != first.splitlines()[-1]
    assert "没找到地址" in second
    third = await chat.says("嘿嘿")
    assert "值班电话" in third
    await chat.taps("提交")
    (request,) = await chat.requests()
    assert request.status == "triage"


async def test_refusing_a_phone_is_explained_and_goes_on(chat: Chat) -> None:
    await chat.says("楼道里有人堆了一屋子纸板")
    await chat.says("8号楼2单元三层")
    card = await chat.says("电话不方便留")
    assert "只有接单的组织和社工看得到" in card
    assert "没留电话" in card
    await chat.says("就这样报上去吧")
    (request,) = await chat.requests()
    assert request.details.phone == ""
    assert request.details.address.building == "8"


async def test_saved_details_are_offered_and_never_used_silently(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.says("对")
    answer = await chat.says("家里插座没电了")
    assert "请问在哪里" in answer
    assert "📍 7号楼3单元1101室" in (chat.keyboard or {})
    slots = (await chat.memory())["dialogue"]["slots"]
    assert "address" not in slots
    await chat.taps("7号楼")
    await chat.taps("明天上午")
    card = await chat.says("还是上次那个")
    assert "15588887777" in card
    await chat.taps("提交")
    assert (await chat.requests())[1].details.address.room == "1101"


async def test_an_edited_message_corrects(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    card = await chat.edits("马桶堵了,住8栋3单元1101,电话15588887777,明天下午四点在家")
    assert "8号楼3单元1101室" in card
    assert await chat.filed() == []


async def test_a_place_without_a_number_goes_to_whoever_can_do_it(chat: Chat) -> None:
    await chat.says("小区里的路灯坏了好几天了")
    await chat.says("就在南门口那棵大树旁边")
    card = await chat.says("13812345678")
    assert "📍 南门口那棵大树旁边" in card
    await chat.says("对")
    (request,) = await chat.requests()
    assert request.details.address == Address(place="南门口那棵大树旁边")
    assert request.triage_reason is not TriageReason.LOW_CONFIDENCE


async def test_silence_reminds_after_hours_and_drops_after_a_day(chat: Chat) -> None:
    await chat.says("想给儿子报画画班")
    chat.house.frame.clock.follow(3 * 3600)
    card = await chat.says("13855554444")
    assert "接着办" in card
    assert "13855554444" in card
    chat.house.frame.clock.follow(30 * 3600)
    answer = await chat.says("好的")
    assert await chat.filed() == []
    assert "没有要确认的事" in answer


async def test_pieces_told_before_the_need_are_put_together(chat: Chat) -> None:
    await chat.says("8栋")
    await chat.says("2单元")
    assert "8号楼2单元501室" in await chat.says("501")
    answer = await chat.says("马桶堵了")
    assert "请问在哪里" not in answer


async def test_a_greeting_with_a_fact_is_not_asked_for_it_again(chat: Chat) -> None:
    answer = await chat.says("喂 你好啊 我是八号楼二单元501的")
    assert "8号楼2单元501室" in answer
    assert "请问在哪里" not in await chat.says("马桶堵了")


async def test_a_floor_beside_the_number_is_kept(chat: Chat) -> None:
    await chat.says("马桶堵了")
    await chat.says("5号楼2单元三楼，门口有鞋柜")
    await chat.says("明天上午")
    assert "三楼，门口有鞋柜" in await chat.says("13812345678")


async def test_what_is_known_adds_nothing_to_the_card(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    card = await chat.says("电话15588887777")
    assert card.count("15588887777") == 2
    assert "记下了" not in card


async def test_several_needs_keep_the_order_in_which_they_were_told(chat: Chat) -> None:
    answer = await chat.says("马桶堵了要通一通，还想给我爸找个人上门理发")
    assert answer.index("水管") < answer.index("理发")


async def test_a_fact_that_was_not_asked_for_is_acknowledged(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101")
    answer = await chat.says("15588887777")
    assert answer.startswith("记下了")
    assert "什么时候" in answer


async def test_any_time_beside_other_facts_is_heard(chat: Chat) -> None:
    await chat.says("马桶堵了")
    card = await chat.says("5号楼1单元101 13500002222 随时都行")
    assert "🕒 随时都行" in card
    assert "提交" in str(chat.keyboard)


async def test_yes_before_the_card_says_that_one_thing_is_missing(chat: Chat) -> None:
    await chat.says("马桶堵了,住7栋3单元1101")
    answer = await chat.says("提交")
    assert "还差一样" in answer
    assert "什么时候" in answer
    assert await chat.filed() == []


async def test_a_person_belongs_to_the_need_that_names_them(chat: Chat) -> None:
    card = await chat.says(
        "家里灯泡坏了要换，还有我爸想找人陪着去医院，10号楼3单元202，13711112222，明天上午"
    )
    assert card.count("👤 我爸") == 1
    assert "👤" not in card.split("<b>陪诊")[-2]


async def test_words_of_another_matter_stay_out_of_the_card(chat: Chat) -> None:
    assert "哪里的灯" in await chat.says("灯不亮了")
    await chat.says("家里马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")
    await chat.taps("提交")
    (request,) = await chat.requests()
    assert "灯" not in request.description
