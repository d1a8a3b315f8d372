"""Emergencies and their look-alikes, in pairs that differ in what decides."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlu.reader import Reader
from nlu.understanding import Decision

NOW = datetime.fromisoformat("2026-11-21T10:00")


@pytest.mark.parametrize(
    ("text", "hotlines"),
    [
        ("我爸晕倒了叫不醒", {"120"}),
        ("老伴心口疼得冒冷汗", {"120"}),
        ("孩子误喝了洁厕灵", {"120"}),
        ("四楼着火了", {"119"}),
        ("我家厨房着火了，灭不掉，8号楼2单元501，13812345678", {"119"}),
        ("楼道里全是煤气味", {"119"}),
        ("我妈被关在电梯里出不来", {"119"}),
        ("有人拿刀在楼下追人", {"110"}),
        ("我老公又在打我", {"110"}),
        ("我爸老年痴呆,早上出门到现在没回来", {"110"}),
        ("我不想活了", {"12356"}),
        ("女儿割腕了", {"120"}),
        ("我媽喘不上氣,臉都紫了", {"120"}),
    ],
)
def test_danger_is_answered_at_once(reader: Reader, text: str, hotlines: set[str]) -> None:
    read = reader.understand(text, NOW)
    assert read.urgent
    assert set(read.hotlines) >= hotlines
    assert (read.act, read.decision) == ("request", Decision.FILE)
    assert read.needs
    assert any(why.startswith("urgent:") for why in read.why)


@pytest.mark.parametrize(
    "text",
    [
        "急死我了,水费怎么交",
        "燃气费在哪儿交",
        "笑死我了这个通知",
        "上个月楼道着过火,墙什么时候刷",
        "我爸去年中风过,现在想做康复",
        "煤气灶打不着火了,没有味道",
        "想学急救,有心肺复苏的课吗",
        "怕万一着火,楼道的纸箱能清一清吗",
        "我家猫走丢了三天",
        "手机丢了谁捡到了",
        "灭火器过期了怎么换",
        "电梯昨天困过人,现在已经修好了",
        "热死了,空调坏了",
        "你好",
        "在?",
    ],
)
def test_a_look_alike_is_not_an_alarm(reader: Reader, text: str) -> None:
    read = reader.understand(text, NOW)
    assert not read.urgent, read.why
    assert read.hotlines == ()


@pytest.mark.parametrize(
    "text",
    [
        "有，在厨房柜子下面",
        "阀门就在洗脸池底下",
        "在阳台外边那个柜子",
        "有的，门外走廊尽头",
        "她七十九了",
        "我今年七十九",
        "老太太九十一岁",
        "三个人，住两间房",
        "我不在家，儿子在家",
        "我是她女儿",
        "她耳朵背，听不见",
        "我在楼下等你们",
        "左边第二个抽屉里",
        "2单元501",
        "13812345678",
        "用煤气的那种，两个眼",
    ],
)
def test_a_calm_answer_is_not_an_alarm(reader: Reader, text: str) -> None:
    read = reader.understand(text, NOW)
    assert not read.urgent, read.why


@pytest.mark.parametrize("text", ["吞药了", "着火了", "她没气了", "我和娃卡在电梯里出不来", "救命"])
def test_few_words_of_danger_are_enough(reader: Reader, text: str) -> None:
    assert reader.understand(text, NOW).urgent
