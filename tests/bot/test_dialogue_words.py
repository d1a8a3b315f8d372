"""Short answers: what counts as yes, no, stop, rather not."""

from __future__ import annotations

import pytest

from handlers.dialogue import words


@pytest.mark.parametrize(
    "text",
    [
        "嗯",
        "好的",
        "对的",
        "对头",
        "行了",
        "是",
        "没错",
        "就这样报上去吧",
        "嗯,报吧",
        "都对",
        "可以,谢谢",
        "对了",
    ],
)
def test_yes(text: str) -> None:
    assert words.agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "嗯不用了",
        "对了还要个人剪头发",
        "好像不对",
        "是几点来?",
        "行不行",
        "对,改到明天",
        "水管漏了",
        "好吗?",
        "可以换个时间吗",
    ],
)
def test_no_yes(text: str) -> None:
    assert not words.agrees(text)


@pytest.mark.parametrize("text", ["算了,我女儿周末过来", "等等,不弄了", "嗯不用了", "取消吧", "不需要了"])
def test_stop(text: str) -> None:
    assert words.stops(text)


@pytest.mark.parametrize("text", ["不用担心我在家", "别取消", "明天上午来"])
def test_no_stop(text: str) -> None:
    assert not words.stops(text)


@pytest.mark.parametrize("text", ["电话不方便留", "我不想留电话,怕他知道是我", "匿名行吗", "不要问电话"])
def test_keeps_the_phone(text: str) -> None:
    assert words.keeps_phone(text, asked=True)


def test_a_refusal_without_the_word_phone_needs_the_question() -> None:
    assert words.keeps_phone("不方便留", asked=True)
    assert not words.keeps_phone("不方便留", asked=False)


@pytest.mark.parametrize("text", ["他不让我打电话", "不想活了", "我想留个电话"])
def test_only_the_plainest_refusal_is_no_danger(text: str) -> None:
    assert not words.will_not_leave_phone(text)


@pytest.mark.parametrize(
    ("text", "n"), [("第二个", 2), ("1", 1), ("就第三件吧", 3), ("二楼", None), ("13号楼", None)]
)
def test_ordinal(text: str, n: int | None) -> None:
    assert words.ordinal(text) == n


def test_which_one_is_named() -> None:
    wordings = ["客厅灯不亮户内电路维修", "纱窗破了个洞开锁与门窗"]
    assert words.named_by("纱窗不用了,我自己粘上了", wordings) == 1
    assert words.named_by("灯后天上午来修", wordings) == 0
    assert words.named_by("谢谢啊", wordings) is None


@pytest.mark.parametrize(
    "text",
    [
        "我是残疾人,想问补贴怎么申请",
        "本人残疾,办证要去哪里",
        "我是一名退役军人,想找工作",
        "我是个独居老人,想有人说说话",
        "我自己想学用手机",
        "我失业两年了,想找份工作",
        "陪我去医院",
    ],
)
def test_speaks_of_oneself(text: str) -> None:
    """Whoever said it is not asked 「给谁办」 again."""
    assert words.speaks_of_oneself(text)


@pytest.mark.parametrize(
    "text",
    [
        "我是残疾人的家属,想问补贴",
        "我是独居老人张奶奶的邻居",
        "我们楼有个残疾人",
        "陪我妈去医院",
        "我自己家的水管没问题",
        "我是低保户家里的孩子,想找辅导",
    ],
)
def test_speaks_of_others(text: str) -> None:
    assert not words.speaks_of_oneself(text)
