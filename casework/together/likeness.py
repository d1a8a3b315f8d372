"""How alike two needs are in place and words: what a person would take for the same thing.

Shared characters, for they told more than pairs of characters or word vectors did: docs/decisions.md.
"""

from __future__ import annotations

import re
from collections import Counter

from casework.entities import Address

_NOT_WORDS = re.compile(r"[^0-9a-zA-Z\u4e00-\u9fff]+")
#: Politeness and grammar, which every message has.
_EMPTY = re.compile(
    r"麻烦|请|您好|你好|谢谢|帮忙|帮我|能不能|可不可以|有没有人|来人|看一下|看看|处理一下|反映一下|一下"
    r"|我们|你们|他们|这里|那里|这边|那边|现在|今天|昨天|前天|已经|一直|的|了|吗|呢|吧|啊|呀|就|都|也|很|太|又|还|是|在|有"
)
_FIGURES = {c: str(n) for n, c in enumerate("零一二三四五六七八九十")}
_NUMBERED = re.compile(r"(\d+|[一二三四五六七八九十]{1,3})(?:号|#)?(楼道|楼|层|单元|栋|幢|门|电梯|梯|车位)")
_SIDE = re.compile(r"([东南西北前后]{1,2}|大)(门|侧|边|区|广场)")
_ONE_KIND = {"层": "楼", "幢": "栋", "楼道": "单元", "梯": "电梯"}


def likeness(one: str, other: str) -> float:
    """0 (nothing in common) to 1; 0 also where both name a number or side of one kind and it differs."""
    if _numbers_differ(one, other):
        return 0.0
    first, second = _pieces(one), _pieces(other)
    if not first or not second:
        return 0.0
    common = sum((first & second).values())
    return 2 * common / (sum(first.values()) + sum(second.values()))


def same_place(one: Address, other: Address) -> bool:
    """Whether both may mean one place. Parts that only one of them tells do not speak against it; some
    part must be told by both."""
    pairs = ((one.compound, other.compound), (one.building, other.building), (one.unit, other.unit))
    if any(a and b and a != b for a, b in pairs):
        return False
    if any(a and b for a, b in pairs[:2]):
        return not (one.place and other.place) or not _numbers_differ(one.place, other.place)
    return bool(one.place and other.place) and likeness(one.place, other.place) >= _SAME_SPOT


#: Two wordings of one spot (西门口路灯旁 / 西门路灯下面) share this much.
_SAME_SPOT = 0.4


def _pieces(text: str) -> Counter[str]:
    return Counter(_EMPTY.sub("", _NOT_WORDS.sub("", text)))


def _numbers_differ(one: str, other: str) -> bool:
    first, second = _numbers(one), _numbers(other)
    return any(first[kind].isdisjoint(second[kind]) for kind in first.keys() & second.keys())


def _numbers(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number, kind in _NUMBERED.findall(text):
        found.setdefault(_ONE_KIND.get(kind, kind), set()).add(_FIGURES.get(number, number))
    for side, kind in _SIDE.findall(text):
        found.setdefault(f"side of {kind}", set()).add(side)
    return found
