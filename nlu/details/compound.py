"""Finds the name of the compound, street or lane: known ones also when misspelt, others by form and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.pinyin import syllables

_SUFFIX = (
    "花园|小区|家园|新村|公寓|大厦|广场|大院|庄园|山庄|雅苑|佳苑|名苑|华庭|名邸|名都|国际|宿舍|家属院|苑|园|里|城|府|坊|湾|庭|轩|"
    "阁|居|邸|墅|村|巷|胡同|街|路|道|弄"
)
_PART = r"(?:[东西南北中][一二三四]?[区院苑]|[A-Za-z一二三四五六七八九1-9][区期])?"
_NAME = re.compile(
    rf"[一-鿿]{{1,9}}(?:(?:路|街|道|巷)[0-9]{{1,5}}(?:弄|号院)|(?:{_SUFFIX})[0-9]{{0,5}}弄|(?:{_SUFFIX}){_PART})$"
)
_LANE = re.compile(r"[一-鿿]{1,8}(?:路|街|道|巷)[0-9]{1,5}(?:弄|号院)|[一-鿿]{1,7}(?:里|坊|村)[0-9]{1,4}弄")
_FREE = re.compile(r"(?:住在|家住|我住|住|位于|地址[是:]{0,2}|在)([一-鿿]{3,6})$")
_ALONE = re.compile(
    r"(?:住在|家住|我住|位于|地址[是:]{0,2})([一-鿿]{1,6}(?:花园|小区|家园|新村|公寓|苑|里|城|府|坊|湾))"
)
_LEADING = re.compile(
    r".*(?:住在|家住|住|地址|位于|在|是|到|去|来|我们|你们|咱们?|我家|自家|反映|投诉|举报|请求|关于|发你|这里|那个|的|了|给|说|从|往|把|地方|地点|址为|现址?|于|为)"
)
_NO_NAME = re.compile(
    r"(?:[我你他她咱俺本这那该们个家住是了没不]|哪|旁|边|附近|隔壁|整个|全|老|上门|修|漏|坏|堵|单元|栋|楼)"
)
_EMPTY = frozenset(_SUFFIX.split("|")) | {
    "本小区",
    "我们小区",
    "你们小区",
    "小区里",
    "家里",
    "屋里",
    "城里",
    "村里",
    "这里",
    "那里",
}
_INSIDE = re.compile("[屋家这那楼院手心店厂柜包车房]里$|月|天")
_SEPARATOR = " ,.的:("


@dataclass(frozen=True, slots=True)
class Known:
    """A compound of the community with its sound, for names written by ear."""

    name: str
    sound: tuple[str, ...]


def known(names: Sequence[str]) -> tuple[Known, ...]:
    """Prepare names for `find`, longest first."""
    return tuple(
        Known(n, tuple(syllables(n))) for n in sorted({n for n in names if n}, key=len, reverse=True)
    )


def find(text: str, place_start: int | None, compounds: Sequence[Known]) -> str:
    """The compound's name; `place_start` is where building or room begin, None where none was told."""
    for compound in compounds:
        if compound.name in text:
            return compound.name
    heard = _by_sound(text, compounds)
    if heard:
        return heard
    lane = _LANE.search(text)
    if lane:
        return _trim(lane.group())
    if place_start is None:
        alone = _ALONE.search(text)
        return _trim(alone.group(1)) if alone else ""
    return _before(text[:place_start].rstrip(_SEPARATOR)[-24:])


def _before(text: str) -> str:
    named = _NAME.search(text)
    if named:
        name = _trim(named.group())
        if name and not _NO_NAME.match(name):
            return name
    free = _FREE.search(text)
    return free.group(1) if free and not _NO_NAME.search(free.group(1)) else ""


def _trim(name: str) -> str:
    shorter = _LEADING.match(name)
    # A cut that leaves only the suffix has cut into the name itself (e.g. 来 in 来福里).
    if shorter and len(name) - shorter.end() >= 2 and name[shorter.end() :] not in _EMPTY:
        name = name[shorter.end() :]
    return "" if name in _EMPTY or _INSIDE.search(name) else name


def _by_sound(text: str, compounds: Sequence[Known]) -> str:
    if not compounds:
        return ""
    heard = syllables(text)
    for compound in compounds:
        size = len(compound.sound)
        if size >= 2 and any(
            _alike(heard[i : i + size], compound.sound) for i in range(len(heard) - size + 1)
        ):
            return compound.name
    return ""


def _alike(heard: Sequence[str], wanted: Sequence[str]) -> bool:
    """Same sounds; from four syllables on one may differ."""
    wrong = sum(a != b for a, b in zip(heard, wanted, strict=True))
    return wrong == 0 or (wrong == 1 and len(wanted) >= 4 and heard[0] == wanted[0])
