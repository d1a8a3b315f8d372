"""Compounds of a community, however they are written, and what is none."""

from __future__ import annotations

from datetime import datetime
from time import process_time

import pytest

from nlu.details import known, read_details
from nlu.details.hearing import hear
from nlu.normalise import MAX_CHARACTERS

NOW = datetime.fromisoformat("2026-11-21T10:00")
NAMES = ("丰和家园", "锦绣苑", "春城花园", "绿园新村", "竹山里", "伯渎花园", "风向标小区", "娄江新村")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("丰和家园3栋", "丰和家园"),
        ("风河家园3栋", "丰和家园"),
        ("我住丰合加园", "丰和家园"),
        ("住jin xiu yuan 3栋", "锦绣苑"),
        ("fenghe家园7栋", "丰和家园"),
        ("泊渎花园三单元", "伯渎花园"),
        ("娄江村8栋", "娄江新村"),
        ("绿园4栋202", "绿园新村"),
        ("风向标3栋", "风向标小区"),
        ("猪山里那个车棚漏雨", "竹山里"),
        ("原来住春城花园,现在搬到锦绣苑4栋", "锦绣苑"),
        ("丰盛家园3栋", "丰盛家园"),
        ("我住山里下来一趟不容易", ""),
        ("看风向标转得飞快", ""),
        ("家园3栋502", ""),
        ("我不是你们丰和家园的", ""),
    ],
)
def test_a_name_is_heard(text: str, name: str) -> None:
    assert read_details(text, NOW, NAMES).compound == name


def test_bare_numbers_follow_a_name() -> None:
    found = read_details("锦绣苑 15 3 402", NOW, NAMES)
    assert (found.compound, found.building, found.unit, found.room) == ("锦绣苑", "15", "3", "402")


def test_other_names_and_people_stay_in_the_writers_script() -> None:
    found = read_details("我阿嬤住光復路二十三弄6號502室", NOW, NAMES)
    assert (found.recipient, found.compound, found.building) == ("我阿嬤", "光復路二十三弄", "6")


def test_no_names_are_no_error() -> None:
    assert hear("丰和家园3栋", [4], known(["", " "])) is None


@pytest.mark.parametrize("unit", ["丰和家园", "丰", "和和和", "fenghejiayuan ", "锦绣"])
def test_many_names_in_a_long_message_cost_little(unit: str) -> None:
    many = known(
        [
            f"{first}{second}{kind}"
            for first in "丰锦春绿竹"
            for second in "和绣城园山"
            for kind in ("家园", "苑", "新村", "里")
        ]
    )
    text = (unit * MAX_CHARACTERS)[:MAX_CHARACTERS]
    hear(text, [], many)
    started = process_time()
    hear(text, [], many)
    assert process_time() - started < 0.5, "a shared machine is allowed ten times 50 ms"
