"""How people speak of where they live: a floor, a landmark, no unit, or rather not at all.

All functions read text that went through `nlu.normalise`.
"""

from __future__ import annotations

import re

_SHORT = 10
_KEEP = re.compile(
    r"(?:地址|住哪|门牌|房号|家里)[^0-9]{0,4}(?:不|别|没)|(?:不|别|没)[^0-9]{0,5}(?:地址|门牌|房号|住哪)"
    r"|不(?:太|大)?(?:方便|想|愿意?|肯|必|用)(?:留|给|说|写|填|报|透露|讲|提供|公开)|别问|不告诉|保密"
)
_LATER = re.compile(
    r"(?:到|来|上门)(?:了|时|的时候|之前|前)?[^,.;]{0,4}(?:再(?:说|问|讲|告诉)|(?:打|给|来)[^,.;]{0,4}电话)"
    r"|电话里?(?:再)?(?:说|讲|告诉|联系|沟通|问)|见面(?:再)?(?:说|讲)|(?:下楼|下来|下去|门口|楼下|路口)[^,.;]{0,3}(?:接|等|迎)"
    r"|先(?:打|给)[^,.;]{0,4}电话"
)
_NO_UNIT = re.compile(
    r"(?:没|无|不分|不带|哪有|不是|没得)[^,.;0-9]{0,5}单元|(?:就|只有|只)[^,.;0-9]{0,3}一个(?:单元|门洞?)|单元[^,.;0-9]{0,2}没有"
)
_NO_NUMBER = re.compile(r"平房|(?:没|无)[^,.;0-9]{0,3}(?:楼号|号牌|门牌)|(?:楼号|门牌)[^,.;0-9]{0,2}没有")
_SOMEWHERE = re.compile(
    r"小区|社区|院|楼道|楼下|楼上|楼里|电梯|[这那](?:里|儿|边|头|块)|附近|家[里门]|屋里|外[面头]"
)
_INSIDE = re.compile(
    r"[0-9一二三四五六七八九十](?:楼|层)|拐角|转角|楼道|楼梯|电梯|大厅|(?<![东南西北大正后])门口|户|左|右|顶楼|底楼|地下室"
)
_NUMBER = re.compile(r"^(?:第|是|就是|在)?([0-9]{1,2}|[一二三四五六七八九十两]{1,3})(?:号|的|[,.! ])*$")
_NOT_THERE = re.compile(r"^(?:这?[里儿])?(?:都|也)?(?:没有?|无|不分)(?:的|呀|啊|呢|哦|这个|[,.!~ ])*$")
_FLOOR = r"[0-9一二三四五六七八九十]{1,3}(?:楼|层)"
_WHERE = re.compile(
    rf"{_FLOOR}(?!的?[0-9一二三四五六七八九十]*(?:单元|室|号))|拐角|转角|门口|旁边|对面|边上|后面|前面|电梯口|楼梯口|楼道|地下"
)
_DOOR = re.compile(
    rf"(?:{_FLOOR}|顶楼|顶层|底楼).*(?:[左右]|门口|[东西南北中]|第[一二三四五1-5]|把头|尽头|靠|对着|里头|最里|唯一|就一)"
    r"|[东西中南北]户|[左右](?:手|边|侧|首|面)[^,.;]{0,4}(?:门|户|家|间)"
)


def as_building(text: str) -> str:
    """A number alone names the building that was asked for."""
    return _NUMBER.sub(r"\1号楼", text)


def as_unit(text: str) -> str:
    """A number alone names the unit, where only that was asked for."""
    return _NUMBER.sub(r"\1单元", text)


def without_units(compound: str) -> bool:
    """Whether every number is an entrance of its own, as in a lane: 380弄15号402室."""
    return compound.endswith("弄")


def keeps_address(text: str, *, asked: bool) -> bool:
    """Would rather not tell the address."""
    named = re.search(r"地址|门牌|住哪", text)
    return bool(_KEEP.search(text)) and (asked or bool(named))


def tells_later(text: str) -> bool:
    """Will tell when somebody rings or comes: 到了给我打电话, 我下楼接."""
    return bool(_LATER.search(text))


def no_unit(text: str, *, only_unit_asked: bool) -> bool:
    """The building has no units; 「没有」 says so when nothing else was asked for."""
    return bool(_NO_UNIT.search(text)) or (only_unit_asked and bool(_NOT_THERE.match(text.strip())))


def no_number(text: str) -> bool:
    """There is no number to tell: a house of its own."""
    return bool(_NO_NUMBER.search(text))


def somewhere(text: str) -> bool:
    """A place, yet one by which nothing is found: 就在小区里."""
    return len(text) <= _SHORT and bool(_SOMEWHERE.search(text))


def inside(place: str) -> bool:
    """A place within a building: 三楼拐角."""
    return bool(_INSIDE.search(place))


def tells_where(text: str) -> bool:
    """More about a place than building, unit and room: a floor, a landmark."""
    return bool(_WHERE.search(text))


def tells_door(text: str) -> bool:
    """A door in words, by which it is found without a number: 三楼左手边, 东户."""
    return bool(_DOOR.search(text))
