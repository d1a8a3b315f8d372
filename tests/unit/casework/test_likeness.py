"""What a person would take for the same thing, on pairs written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.entities import Address
from casework.policy import Sameness
from casework.together.likeness import likeness, same_place

_ROWS = (Path(__file__).parent / "alike_pairs.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(row.split("\t")) for row in _ROWS]


def _share(label: str) -> float:
    """How many pairs with this label count as alike by the default likeness."""
    found = [likeness(one, other) >= Sameness().likeness for is_, _, one, other in PAIRS if is_ == label]
    assert len(found) >= 40
    return sum(found) / len(found)


def test_most_of_the_same_and_hardly_any_other() -> None:
    """To ask once too often costs a tap; to miss one costs a worker a merge."""
    assert _share("same") >= 0.85
    assert _share("other") <= 0.05


@pytest.mark.parametrize(("_label", "_item", "one", "other"), PAIRS)
def test_it_does_not_matter_who_was_first(_label: str, _item: str, one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1.0
    assert 0.0 <= likeness(one, other) <= 1.0


@pytest.mark.parametrize("text", ["", "的了吗", "😀", "。，！"])
def test_words_that_say_nothing_are_like_nothing(text: str) -> None:
    assert likeness(text, text) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二楼楼道灯不亮", "5层楼道灯不亮"),
        ("1号电梯坏了", "2号电梯坏了"),
        ("3单元灯坏", "四单元灯坏"),
        ("东门路灯坏了", "西门路灯坏了"),
    ],
)
def test_another_floor_is_another_lamp(one: str, other: str) -> None:
    assert likeness(one, other) == 0.0


def test_the_same_floor_in_other_figures_is_the_same() -> None:
    assert likeness("二楼楼道灯不亮", "2层楼道灯不亮") > 0.5


HOME = Address("丰和家园", "8", "2", "501")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (HOME, HOME, True),
        (HOME, Address("丰和家园", "8"), True),
        (HOME, Address("", "8", "2"), True),
        (HOME, Address("丰和家园"), True),
        (HOME, Address("丰和家园", "9"), False),
        (HOME, Address("丰和家园", "8", "1"), False),
        (HOME, Address("阳光花园", "8", "2", "501"), False),
        (HOME, Address(), False),
        (Address(), Address(), False),
        (Address(place="西门口路灯旁"), Address(place="西门路灯下面"), True),
        (Address(place="西门口"), Address(place="菜市场对面"), False),
        (Address("丰和家园", place="3楼拐角"), Address("丰和家园", place="五楼"), False),
    ],
)
def test_same_place(one: Address, other: Address, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same
