"""Which danger it is: the sentence must fit it, and the first number must be the right one."""

from __future__ import annotations

import pytest

from nlu.dangers import recognise
from nlu.normalise import normalise


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("我家着火了！厨房冒好大的烟", "fire", ("119",)),
        ("屋里好大煤气味，怎么办", "gas", ("119",)),
        ("用煤炉取暖，老伴昏倒了", "co", ("120", "119")),
        ("我妈触电了", "shock", ("120", "119")),
        ("小孩掉河里了", "water", ("119", "120")),
        ("我被困在电梯里了", "lift", ("119",)),
        ("電梯困人了", "lift", ("119",)),
        ("孩子吃果冻卡住了喘不上气", "choking", ("120",)),
        ("爷爷半边身子动不了，嘴歪了", "stroke", ("120",)),
        ("老伴胸口疼得厉害，出冷汗", "heart", ("120",)),
        ("我爸叫不醒了", "unconscious", ("120",)),
        ("敲门没反应，三天没见老人出门", "silent", ("110", "120")),
        ("孩子发高烧抽搐了", "seizure", ("120",)),
        ("孩子把药当糖吃了一整瓶", "poison", ("120",)),
        ("吃了一瓶安眠药，不想活了", "taken", ("120", "12356")),
        ("我不想活了", "suicide", ("12356",)),
        ("楼上有人要跳楼", "jumping", ("110", "12356")),
        ("我老公打我", "violence", ("110",)),
        ("老公又动手打我,我锁在卫生间", "violence", ("110", "119")),
        ("货梯里困了俩装修工人,按铃没人应", "lift", ("119", "110", "120")),
        ("有人在砸我家门", "intruder", ("110",)),
        ("家里进小偷了，人还在屋里", "intruder", ("110",)),
        ("奶奶摔了一跤起不来", "fall", ("120",)),
        ("流了好多血止不住", "bleeding", ("120",)),
        ("开水烫了一大片", "burn", ("120",)),
        ("孩子不见了，找了一个小时", "missing", ("110",)),
    ],
)
def test_the_kind_and_its_numbers(text: str, kind: str, numbers: tuple[str, ...]) -> None:
    assert recognise(normalise(text), ()) == (kind, numbers)


def test_a_wrong_door_is_left_out_but_no_ambulance_and_no_despair() -> None:
    assert recognise("被骗光了积蓄", ("110", "12356"))[1] == ("110", "12356")
    assert recognise("家里进小偷了", ("119", "110"))[1] == ("110",)
    assert recognise("我老公打我", ("120", "110"))[1] == ("110", "120")


def test_an_unknown_danger_keeps_what_the_reader_heard() -> None:
    assert recognise("快来人啊", ("119",)) == ("", ("119",))
    assert recognise("快来人啊", ()) == ("", ("120",))


@pytest.mark.parametrize("text", ["手机充电到了百分之九十", "停电到现在", "被电动车刮了一下"])
def test_current_is_not_a_shock(text: str) -> None:
    assert recognise(text, ("120",))[0] != "shock"
