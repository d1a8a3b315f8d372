"""Which plain words ask about one's own data; those of every other need do not."""

from __future__ import annotations

from handlers.dialogue.own_data_words import OwnData, asked_of_own_data
from handlers.kit.texts import default_texts
from nlu import corpus
from nlu.normalise import normalise
from storage.personal import PARTS

SEE = ("你们存了我什么", "你们都记了我哪些信息？", "我的信息你们怎么保管", "我想看看我的资料", "隐私政策")
EXPORT = ("把我的数据给我", "导出我的数据", "请把我的资料发给我一份", "下载我的个人信息")
ERASE = ("删掉我的信息", "请把我的数据都删了吧", "帮我删除我的个人信息", "我要注销账号", "删除我的数据")
OTHERS = (
    "看下我所有的记录",
    "网上有人发我的信息，怎么删掉",
    "物业把我的信息卖给装修公司了",
    "我手机里的资料删掉了怎么恢复",
    "我的账号被盗了",
    "取消",
    "把我的水管修一下",
    "你们有什么服务",
)


def test_words_about_ones_own_data_and_no_others() -> None:
    wanted = [(SEE, OwnData.SEE), (EXPORT, OwnData.EXPORT), (ERASE, OwnData.ERASE), (OTHERS, None)]
    for texts, what in wanted:
        assert [(t, asked_of_own_data(normalise(t))) for t in texts] == [(t, what) for t in texts]


def test_no_message_that_the_reader_learns_from_is_taken_for_one() -> None:
    said = [example.text for example in corpus.load()]
    assert len(said) > 10_000
    assert [text for text in said if asked_of_own_data(normalise(text))] == []


def test_every_section_of_the_copy_has_a_name_for_people() -> None:
    sections = {part.section for part in PARTS} | {"people", "requests", "trackers", "inbox"}
    assert [name for name in sections if not default_texts().has(f"own-data-section-{name}")] == []
