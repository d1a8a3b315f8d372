"""Finds the name of the compound, street or lane: known ones also when misspelt, others by form and place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.details.hearing import Known, Name, hear

_SUFFIX = (
    "花园|小区|家园|新村|公寓|大厦|广场|大院|庄园|山庄|雅苑|佳苑|名苑|华庭|名邸|名都|国际|宿舍|家属院|苑|园|里|城|府|坊|湾|庭|轩|"
    "阁|居|邸|墅|村|巷|胡同|街|路|道|弄"
)
_PART = (
    r"(?:[东西南北中][一二三四]?[区院苑]|[0-9一二三四五六七八九十]{1,2}[组队社]"
    r"|[A-Za-z一二三四五六七八九1-9][区期])?"
)
_N = "(?:[0-9]{1,5}|[一二三四五六七八九十百零]{1,6})"
_ROAD = "(?:路|街|道|巷)(?:[一二三四五六](?:段|里))?"
_NAME = re.compile(
    rf"[一-鿿]{{1,9}}?(?:{_ROAD}{_N}(?:弄|号院?)|(?:{_SUFFIX})(?:{_N})?弄|(?:{_SUFFIX}){_PART})$"
)
_LANE = re.compile(
    rf"[一-鿿]{{1,8}}?{_ROAD}{_N}(?:弄|号(?:大?院|(?=(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:号楼|栋|幢))))|[一-鿿]{{1,7}}?(?:里|坊|村){_N}弄"
)
_FREE = re.compile(r"(?:住在|家住|我住|住|位于|地址[是:]{0,2}|在)([一-鿿]{3,6})$")
_HOME = "花园|小区|家园|新村|公寓|新城|苑"
_ALONE = re.compile(
    rf"(?:住在|家住|我住(?:外面)?|位于|地址[是:]{{0,2}})(?P<a>[一-鿿]{{1,6}}(?:{_HOME}|城|府|坊|湾){_PART}|[一-鿿]{{2,5}}里(?![面边头桥]))"
    rf"|(?<![卡困夹堵锁居])住(?P<b>[一-鿿]{{2,4}}(?:(?:{_HOME}){_PART}|里)(?=[ ,.;!?0-9]|$))"
    rf"|就[写填](?P<c>[一-鿿]{{1,6}}(?:{_HOME}))"
)
_LEADING = re.compile(
    r"^.*(?:住在|家住|住|地址|位于|系|在|是|到|去|来|我们|你们|咱们?|我家|自家|反映|投诉|举报|请求|关于|发你|这里|那个|的|了|给|说|从|往|把|地方|地点|[住现]?址[为是]?|社区|辖区|县|对|将|与|解决|于|为)"
)
_NO_NAME = re.compile(
    r"(?:[我你他她咱俺本这那该们个家住是了没不]|哪|旁|边|附近|隔壁|养老|老年|整个|全|老|上门|修|漏|坏|堵|单元|栋|楼)"
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
_INSIDE = re.compile("[屋家这那楼院手心店厂柜包车房]里$|[0-9一二三四五六七八九十半个]月|天[里中]?$")
_SEPARATOR = " ,.的:("
_WINDOW = 24


def find(text: str, places: Sequence[int], compounds: Known) -> Name | None:
    """The compound's name; `places` are where buildings and doors begin that are not denied."""
    heard = hear(text, places, compounds)
    if heard:
        return heard
    lane = _LANE.search(text) if "弄" in text or "号" in text else None
    if lane:
        return _trimmed(lane, 0)
    if not places:
        alone = _ALONE.search(text)
        name = _trimmed(alone, alone.lastgroup or 0) if alone else None
        return None if name and _NO_NAME.match(name.name) else name
    end = len(text[: places[0]].rstrip(_SEPARATOR))
    return _before(text, max(0, end - _WINDOW), end)


def _before(text: str, start: int, end: int) -> Name | None:
    named = _NAME.search(text, start, end)
    if named:
        name = _trimmed(named, 0)
        if name and not _NO_NAME.match(name.name):
            return name
    free = _FREE.search(text, start, end)
    if free and not _NO_NAME.search(free.group(1)):
        return Name(free.group(1), free.start(1), free.end(1), known=False)
    return None


def _trimmed(match: re.Match[str], group: int | str) -> Name | None:
    name = _trim(match.group(group))
    return Name(name, match.end(group) - len(name), match.end(group), known=False) if name else None


def _trim(name: str) -> str:
    shorter = _LEADING.match(name)
    # A cut that leaves only the suffix has cut into the name itself (e.g. 来 in 来福里).
    if shorter and len(name) - shorter.end() >= 2 and name[shorter.end() :] not in _EMPTY:
        name = name[shorter.end() :]
    return "" if name in _EMPTY or _INSIDE.search(name) else name
