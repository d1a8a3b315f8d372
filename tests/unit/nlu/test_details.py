"""Phone, address, time, recipient and age, in the ways people write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from nlu.details import Expected, read_details
from nlu.details.masking import mask
from nlu.details.numerals import number
from nlu.normalise import MAX_CHARACTERS, align, normalise

SATURDAY = datetime.fromisoformat("2026-11-21T10:00")


def told(text: str, *, expected: Expected | None = None, compounds: tuple[str, ...] = ()) -> dict[str, Any]:
    found = read_details(text, SATURDAY, compounds, expected)
    facts = {
        n: getattr(found, n) for n in ("phone", "compound", "building", "unit", "room", "recipient", "age")
    }
    facts["time"] = found.time.start if found.time else ""
    return {name: value for name, value in facts.items() if value}


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("打我电话13755001122就行", "13755001122"),
        ("138-0013-8000", "13800138000"),
        ("電話１３８　００１３　８０００", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("幺三九零零幺三八零零零", "13900138000"),
        ("一三九 零零一三 八零零零", "13900138000"),
        ("家里座机 010-62345678", "010-62345678"),
        ("(0571)8823 0917", "0571-88230917"),
        ("不是13800138000,是13900139000", "13900139000"),
        ("13800138000不对,应该是13900139000", "13900139000"),
        ("快递单号SF13800138000", ""),
        ("银行卡号6222021300138000123", ""),
        ("被骗了13800元", ""),
        ("水表读数是 013800", ""),
        ("陌生电话13800138000是骗子吗", ""),
    ],
)
def test_phone(text: str, phone: str) -> None:
    assert told(text).get("phone", "") == phone


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("3栋2单元501", ("", "3", "2", "501")),
        ("三号楼二单元五零一", ("", "3", "2", "501")),
        ("8#1602水管漏", ("", "8", "", "1602")),
        ("我家住阳光花园3-2-501", ("阳光花园", "3", "2", "501")),
        ("12幢甲402", ("", "12", "甲", "402")),
        ("莘北路380弄15号402室", ("莘北路380弄", "15", "", "402")),
        ("7号楼5门701", ("", "7", "5", "701")),
        ("A座1805", ("", "A", "", "1805")),
        ("十二栋三单元1101室", ("", "12", "3", "1101")),
        ("第5栋,第2单元,302", ("", "5", "2", "302")),
        ("槐树里9号楼2-501", ("槐树里", "9", "2", "501")),
        ("住在金桂苑的7栋", ("金桂苑", "7", "", "")),
        ("不是3栋,是5栋1单元102", ("", "5", "1", "102")),
        ("我住503室", ("", "", "", "503")),
        ("花了500块", ("", "", "", "")),
        ("血压160-110", ("", "", "", "")),
        ("一共18层,我住11层", ("", "", "", "")),
        ("1号机坏了", ("", "", "", "")),
        ("12月5号上午来", ("", "", "", "")),
        ("坐3号线到西门", ("", "", "", "")),
    ],
)
def test_address(text: str, address: tuple[str, str, str, str]) -> None:
    found = read_details(text, SATURDAY)
    assert (found.compound, found.building, found.unit, found.room) == address


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("小区东门那个亭子旁边的路灯坏了", "小区东门那个亭子旁边的路灯"),
        ("3号楼后面的垃圾站没人清", "后面的垃圾站"),
        ("菜市场对面井盖没了", "菜市场对面"),
        ("11号楼前面的树枝挡窗户了", "前面"),
        ("3号楼和4号楼中间路灯不亮", "和4号楼中间"),
        ("8号楼2单元三楼拐角灯不亮", "三楼拐角"),
        ("丰和路路口红绿灯坏了", "丰和路路口"),
        ("地下车库漏水", "地下车库"),
        ("小区里的路灯坏了好几天了", ""),
        ("垃圾桶满了没人清", ""),
        ("楼下说我家漏水", ""),
        ("我家大门锁坏了", ""),
        ("西门子洗衣机坏了", ""),
        ("家门口堆了垃圾", ""),
        ("树枝戳到我家窗户了,16栋2单元601", ""),
        ("5栋4单元601,后天上午", ""),
    ],
)
def test_a_place_within_a_message(text: str, place: str) -> None:
    assert read_details(text, SATURDAY).place == place


@pytest.mark.parametrize(
    ("text", "expected", "place"),
    [
        ("就在南门口那棵大树旁边，电话13812345678", "address", "南门口那棵大树旁边"),
        ("老王水果店斜对过", "address", "老王水果店斜对过"),
        ("5号楼2单元三楼，门口有鞋柜", "address", "三楼，门口有鞋柜"),
        ("小区里", "address", ""),
        ("二楼拐角", "address", ""),
        ("三楼左手边", "door", "三楼左手边"),
        ("东户", "door", "东户"),
        ("家里有人，先来看看", "door", ""),
        ("呵呵", "address", ""),
    ],
)
def test_a_place_that_was_asked_for(text: str, expected: Expected, place: str) -> None:
    assert read_details(text, SATURDAY, (), expected).place == place


def test_a_compound_is_no_part_of_the_place() -> None:
    found = read_details("阳光花园东门那边", SATURDAY, ("阳光花园",), "address")
    assert (found.compound, found.place) == ("阳光花园", "东门那边")


@pytest.mark.parametrize(
    ("text", "expected", "numbers"),
    [
        ("8 2 501", "address", ("8", "2", "501")),
        ("8楼2单元501", "address", ("8", "2", "501")),
        ("8号", "address", ("8", "", "")),
        ("2-501", "door", ("", "2", "501")),
        ("2 501", "door", ("", "2", "501")),
        ("两单元三零二", "door", ("", "2", "302")),
    ],
)
def test_numbers_alone_follow_the_question(
    text: str, expected: Expected, numbers: tuple[str, str, str]
) -> None:
    found = read_details(text, SATURDAY, (), expected)
    assert (found.building, found.unit, found.room) == numbers


@pytest.mark.parametrize("text", ["菜市场对面三楼左手第一家", "8号楼东户"])
def test_a_door_in_words_is_masked(text: str) -> None:
    assert mask(align(text)).endswith("***")


@pytest.mark.parametrize("written", ["和平里3栋", "河平里3栋", "住和平里的3栋"])
def test_a_compound_of_the_community_is_known_by_sound(written: str) -> None:
    assert told(written, compounds=("和平里", "翠湖花园")) == {"compound": "和平里", "building": "3"}


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("明天下午三点来修", "2026-11-22T15:00"),
        ("大后天上午有空", "2026-11-24"),
        ("这周五晚七点半借活动室", "2026-11-27T19:30"),
        ("下周三陪我去医院", "2026-11-25"),
        ("周一到周五下午四点半来接", "2026-11-23T16:30"),
        ("下下周一早上八点", "2026-11-30T08:00"),
        ("月底来一趟", "2026-11-30"),
        ("每周三上午来", "2026-11-25"),
        ("12月5号上午十点半", "2026-12-05T10:30"),
        ("下个月3号", "2026-12-03"),
        ("两个小时后来吧", "2026-11-21T12:00"),
        ("一个半小时后上门", "2026-11-21T11:30"),
        ("三天后来", "2026-11-24"),
        ("14:30可以来", "2026-11-21T14:30"),
        ("今晚八点以后在家", "2026-11-21T20:00"),
        ("元旦那天", "2027-01-01"),
        ("原来说周二,改成周四下午一点", "2026-11-26T13:00"),
        ("明天不行,后天来", "2026-11-23"),
        ("水龙头漏水，3号楼1单元202，今天下午", "2026-11-21"),
        ("昨天下午来修过,今天又坏了", ""),
        ("上周三报的", ""),
        ("去年十二月修过", ""),
        ("每天晚上十点就开始吵", ""),
        ("夜里三点还在打牌", ""),
        ("三天前就说了", ""),
        ("我等了两个小时了", ""),
        ("周一来过没修好", ""),
        ("13月40号来", ""),
    ],
)
def test_time(text: str, time: str) -> None:
    assert told(text).get("time", "") == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("礼拜天上午来给我妈剪头", "2026-11-29"),
        ("星期天下午来给我妈剪头", "2026-11-22"),
        ("这周日上午来给我妈剪头", ""),
    ],
)
def test_a_half_day_of_this_weekday_that_is_over_is_next_weeks(text: str, time: str) -> None:
    sunday_noon = datetime.fromisoformat("2026-11-22T13:00")
    found = read_details(text, sunday_noon).time
    assert (found.start if found else "") == time


def test_time_keeps_the_zone_of_now() -> None:
    shanghai = timezone(timedelta(hours=8))
    found = read_details("明天上午九点来", SATURDAY.replace(tzinfo=shanghai))
    assert found.time is not None
    assert found.time.start == "2026-11-22T09:00"


@pytest.mark.parametrize(
    ("text", "expected", "facts"),
    [
        ("2单元203", "address", {"unit": "2", "room": "203"}),
        ("501", "address", {"room": "501"}),
        ("五零一", "address", {"room": "501"}),
        ("明天下午", "time", {"time": "2026-11-22"}),
        ("上午都行", "time", {"time": "2026-11-21"}),
        ("下午两点", "time", {"time": "2026-11-21T14:00"}),
        ("随时", "time", {"time": "2026-11-21"}),
        ("越快越好", "time", {"time": "2026-11-21"}),
        ("13755001122", "contact", {"phone": "13755001122"}),
        (
            "后天下午 1号楼 13755001122",
            "time",
            {"time": "2026-11-23", "building": "1", "phone": "13755001122"},
        ),
        ("我妈", "recipient", {"recipient": "我妈"}),
        ("501", None, {}),
        ("随便聊聊", "time", {}),
    ],
)
def test_an_answer_is_read_by_what_was_asked(
    text: str, expected: Expected | None, facts: dict[str, Any]
) -> None:
    assert told(text, expected=expected) == facts


@pytest.mark.parametrize(
    ("text", "recipient", "age"),
    [
        ("我妈78了想找人陪她", "我妈", 78),
        ("俺爹七十三岁,一个人", "俺爹", 73),
        ("给我老伴理发", "我老伴", None),
        ("我妈不用,是我爸要剪头发", "我爸", None),
        ("隔壁张奶奶九十一了,一个人住,去看看她", "隔壁张奶奶", 91),
        ("我岳母八十多了", "我岳母", None),
        ("我今年66岁想学书法", "", 66),
        ("邻居家的狗八岁了老叫", "", None),
        ("工龄37年", "", None),
        ("打我儿子的手机", "", None),
    ],
)
def test_recipient_and_age(text: str, recipient: str, age: int | None) -> None:
    found = read_details(text, SATURDAY)
    assert (found.recipient, found.age) == (recipient, age)


def test_masked_text_tells_neither_number_nor_door_nor_name() -> None:
    hidden = mask(align("我叫王芳,住和平里3栋2单元501,电话138 0013 8000,家里灯不亮"))
    for private in ("王芳", "2单元", "501", "8000"):
        assert private not in hidden
    assert "3栋" in hidden
    assert "家里灯不亮" in hidden


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "「家裡的燈不亮」，３棟２單元５０１！！電話：１３８ ００１３ ８０００。",
            "「家裡的燈不亮」，３棟***！！電話：***。",
        ),
        ("灯坏了。。。  我叫王芳，😡电话138\u200b00138000", "灯坏了。。。  我叫***，😡电话***"),
        ("啊啊啊啊啊啊漏水了，3-2-501", "啊啊啊啊啊啊漏水了，3***"),
        (" \n ", ""),
    ],
)
def test_masked_text_keeps_the_writers_own_characters(text: str, masked: str) -> None:
    assert mask(align(text)) == masked


def test_what_was_not_read_is_not_shown() -> None:
    assert "8000" not in mask(align("水" * 3 + "管漏" * MAX_CHARACTERS + "13800138000"))


def test_every_character_knows_where_it_came_from() -> None:
    plain = align("  ㈱電話！！！\u200b１３８  好好好好好啊")
    assert plain.text == normalise(plain.original)
    assert len(plain.origins) == len(plain.text)
    assert plain.words(plain.text.index("138"), plain.text.index("138") + 3) == "１３８"
    assert plain.words(plain.text.index("电"), plain.text.index("电") + 1) == "電"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", 23),
        ("十二", 12),
        ("一百零五", 105),
        ("五零一", 501),
        ("两百", 200),
        ("88", 88),
        ("甲", None),
        ("", None),
    ],
)
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value
