"""Why: the words that decided, said once; thresholds that agree with the decision; rules; any input."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlu import features
from nlu import settings as reader_settings
from nlu.explain_page import Page, clean, padded, width
from nlu.explanation import Explanation
from nlu.heat import HeatMap
from nlu.names import names
from nlu.normalise import normalise
from nlu.reader import Reader

NOW = datetime.fromisoformat("2026-11-21T10:00")
COMMUNITIES = Path("communities")
MESSAGES = (
    "楼道灯坏了三天了，晚上黑漆漆的",
    "你好！我家厨房水龙头漏水，还想给我妈预约理发",
    "没电了",
    "有什么活动吗",
    "灯修好了谢谢师傅",
    "想找人",
    "我爸",
    "身份证丢了去哪补办",
    "楼下廣場舞音樂太吵,孩子沒法睡",
    "我要投诉",
    "帮忙看看吧",
    "家里老人没人管",
    "想学点东西",
)


def page(told: Explanation, *, colours: bool = False) -> str:
    return "\n".join(Page(names(), colours).lines(told))


def test_a_word_is_said_once_although_many_features_overlap_in_it(reader: Reader) -> None:
    told = reader.explain("厨房水龙头漏水", NOW)
    found = [word.text for word in told.parts[0].words]
    assert any("水龙头" in text for text in found)
    assert sum(text.count("龙头") for text in found) == 1
    assert len("".join(found)) <= len("厨房水龙头漏水")


def test_a_word_that_is_repeated_is_said_once(reader: Reader) -> None:
    words = [word.text for word in reader.explain("灯一闪一闪的，灯坏了，家里的灯", NOW).parts[0].words]
    assert words
    assert len(words) == len(set(words))


def test_words_are_the_writers_own_also_behind_a_greeting(reader: Reader) -> None:
    told = reader.explain("你好！樓道燈壞了，沒人管", NOW)
    assert told.parts[0].intent == "saf_lighting"
    assert any("燈" in word.text for word in told.parts[0].words if word.share > 0)


def test_the_heat_is_all_that_the_features_of_the_words_add(reader: Reader) -> None:
    model = reader.model
    for message in MESSAGES:
        text = normalise(message)
        found = features.find(text, model.words, normalised=True)
        features_of, parts = model.contributions(found)
        column = parts[:, model.place["saf_lighting"]].astype(float)
        heat = HeatMap(text, features_of, model.words)
        spread = sum(warm.weight for warm in heat.spans(column)) + heat.lost(column)
        # Marks of punctuation weigh too, and are no words.
        marks = sum(p for f, p in zip(features_of, column, strict=True) if "?" in f)
        assert spread == pytest.approx(column.sum(), abs=abs(marks) + 1e-4)
        whole = model.columns(found) - model.bias - model.pooled(found.bare) @ model.meaning
        assert np.allclose(whole, parts.sum(axis=0), atol=1e-3)


def test_taking_out_the_word_that_decided_changes_the_answer(reader: Reader) -> None:
    told = reader.explain("想给我妈预约理发", NOW)
    first = max(told.parts[0].words, key=lambda word: word.share)
    assert "理发" in first.text
    without = reader.understand("想给我妈预约", NOW)
    assert without.ranking[0].confidence < told.parts[0].chance
    assert without.ranking[0].item != told.parts[0].intent


@pytest.mark.parametrize("message", MESSAGES)
def test_the_checks_say_what_was_decided(reader: Reader, message: str) -> None:
    told = reader.explain(message, NOW)
    read = reader.understand(message, NOW)
    assert (told.act, told.decision) == (read.act, read.decision.value)
    passed = all(check.passed for check in told.checks)
    if read.act == "request":
        assert passed == (read.decision == "file"), told.checks
    else:
        assert passed == (read.decision == "ask"), told.checks
    for check in told.checks:
        if check.name not in ("clear", "one_item"):
            assert check.limit == getattr(reader.thresholds, check.name)


def test_the_runner_up_is_not_what_was_chosen(reader: Reader) -> None:
    for message in MESSAGES:
        told = reader.explain(message, NOW)
        assert told.rival.intent not in {part.intent for part in told.parts}
        chances = [candidate.chance for candidate in told.candidates]
        assert chances == sorted(chances, reverse=True)
        assert told.candidates[0].chance >= told.rival.chance


def test_several_needs_are_each_explained_by_their_own_words(reader: Reader) -> None:
    told = reader.explain("你好！我家厨房水龙头漏水，还想给我妈预约理发", NOW)
    by_item = {part.intent: "".join(w.text for w in part.words if w.share > 0) for part in told.parts}
    assert set(by_item) == {"hom_plumbing", "eld_haircut"}
    assert "理发" in by_item["eld_haircut"]
    assert "理发" not in by_item["hom_plumbing"]
    assert "第 2 件" in page(told)


def test_an_alarm_names_what_raised_it_and_its_limit(reader: Reader) -> None:
    told = reader.explain("屋里全是煤气味，我妈倒在地上", NOW)
    assert told.danger.urgent
    assert told.danger.score > told.danger.limit
    shown = page(told)
    assert {"119", "120"} & set(told.danger.hotlines)
    assert f"该打 {'、'.join(told.danger.hotlines)}" in shown
    assert "燃气味" in shown
    assert "门槛\n" not in shown, "nothing is asked in an emergency"


def test_what_keeps_an_alarm_down_is_told(reader: Reader) -> None:
    told = reader.explain("去年我家着火了，想参加消防讲座", NOW)
    assert not told.danger.urgent
    quiet = [rule.name for rule in told.danger.rules if rule.boost < 0]
    assert "past" in quiet or "asking" in quiet
    assert "没那么急" in page(told)


def test_the_page_has_neither_regular_expressions_nor_codes(reader: Reader) -> None:
    for message in (*MESSAGES, "屋里全是煤气味，我妈倒在地上"):
        shown = page(reader.explain(message, NOW))
        for foreign in ("(?:", "[^", "|", "saf_", "hom_", "file_", "None", "request"):
            assert foreign not in shown


def test_the_sentence_as_a_whole_is_one_line(reader: Reader) -> None:
    shown = page(reader.explain("楼道灯坏了三天了", NOW))
    assert shown.count("整句的意思") == 1


def test_colours_only_where_they_are_wanted(reader: Reader) -> None:
    told = reader.explain("楼道灯坏了", NOW)
    assert "\x1b" not in page(told)
    assert "\x1b[" in page(told, colours=True)


def test_a_message_cannot_draw_on_the_terminal(reader: Reader) -> None:
    told = reader.explain("楼道灯\x1b[2J坏了\r\n，还想给我妈\x1b[31m理发", NOW)
    assert "\x1b" not in page(told)
    assert clean("a\x1bb\u202ec") == "a b c"


def test_chinese_takes_two_columns() -> None:
    assert (width("灯坏a"), len(padded("灯", 6))) == (5, 5)


def test_every_item_act_and_rule_of_danger_has_its_name() -> None:
    for file, column in (("catalogue.csv", "code"), ("acts.csv", "act")):
        with (COMMUNITIES / file).open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                assert names().intents[row[column]] == row["name"]
    rules = {rule.name for rule in reader_settings.read_rules(reader_settings.DANGERS)}
    assert rules == names().rules.keys()


def test_it_is_json_for_programs(reader: Reader) -> None:
    told = json.loads(json.dumps(reader.explain("没电了", NOW).as_json()))
    assert told["checks"][0].keys() == {"name", "value", "limit", "passed"}
    assert told["parts"][0]["words"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text("灯坏了0123 ,。水漏İß我妈㍻Ａ", max_size=900))
def test_anything_can_be_explained(reader: Reader, text: str) -> None:
    told = reader.explain(text, NOW)
    assert page(told)
    for part in told.parts:
        for word in part.words:
            assert word.text in text or not word.text.strip()


@pytest.mark.parametrize("unit", ["灯坏了", "01, ", "İ", "急救120 着火"])
def test_a_long_letter_is_explained_in_no_time(reader: Reader, unit: str) -> None:
    text = unit * (10_000 // len(unit))
    begun = process_time()
    reader.explain(text, NOW)
    assert process_time() - begun < 1
