"""Facts as entities: each stands where the writer wrote it."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlu.details import read_details
from nlu.entities import find_entities

NOW = datetime.fromisoformat("2026-11-21T10:00")
COMPOUNDS = ("阳光花园",)


def told(text: str) -> dict[str, str]:
    found = find_entities(text, read_details(text, NOW, COMPOUNDS))
    assert found == sorted(found, key=lambda e: e.start)
    return {e.entity: text[e.start : e.end] for e in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我家在3栋2单元501,水管漏了", {"building": "3", "unit": "2", "room": "501"}),
        ("三号楼二单元五零一下水道堵了", {"building": "三", "unit": "二", "room": "五零一"}),
        ("８＃１６０２没电", {"building": "８", "room": "１６０２"}),
        ("阳光花园3-2-501漏水", {"compound": "阳光花园", "building": "3", "unit": "2", "room": "501"}),
        ("打138 1234 5678找我", {"phone": "138 1234 5678"}),
        ("電話幺三八一二三四五六七八", {"phone": "幺三八一二三四五六七八"}),
        ("明天下午三点來修燈", {"time": "明天下午三点"}),
        ("想给我妈剪头发，她八十岁了", {"recipient": "我妈", "age": "八十"}),
    ],
)
def test_a_fact_stands_where_it_was_written(text: str, expected: dict[str, str]) -> None:
    assert expected.items() <= told(text).items()


def test_the_digits_of_a_phone_are_no_door() -> None:
    text = "电话13912345012，住5栋1单元501"
    room = told(text)["room"]
    found = {e.entity: e for e in find_entities(text, read_details(text, NOW, COMPOUNDS))}
    assert room == "501"
    assert found["room"].start > found["phone"].end


def test_nothing_told_is_no_entity() -> None:
    assert told("你好") == {}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text("三3栋单元五零一-#号楼 13岁明天妈给我電", max_size=60))
def test_any_text_has_its_entities_within_it(text: str) -> None:
    for entity in find_entities(text, read_details(text, NOW, COMPOUNDS)):
        assert 0 <= entity.start < entity.end <= len(text)
