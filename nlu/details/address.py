# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Reads building, unit and room in the ways people write them; see `compound` for the name before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.details.numerals import digits, number

_NUM = "[0-9]{1,4}|[一二三四五六七八九十百]{1,5}"
_HAN_DIGIT = "零〇一二三四五六七八九幺两"
_UNIT_LETTER = "甲乙丙丁戊"
_NOT_AMOUNT = r"(?![0-9]|[-.][0-9]|[ ]?(?:元|块|岁|年|月|平|多|度|分|斤|米|次|天|个|只|号楼|栋|幢|单元))"
_NO_NUMBER_BEFORE = r"(?<![0-9A-Za-z一二三四五六七八九十百./:])"
_BUILDING = re.compile(
    rf"{_NO_NUMBER_BEFORE}(?P<b>{_NUM}|[A-Za-z][0-9]?)[ ]?"
    r"(?P<kind>号楼|号栋|号幢|#楼|#|栋楼?|幢楼?|座(?![谈位机])|号院(?=[^0-9一二三四五六七八九十])|号(?!院|线|机|电梯|码|召|称|令))"
)
_UNIT = re.compile(
    rf"[,. 的]{{0,2}}(?:第?(?P<u>{_NUM}|[{_UNIT_LETTER}A-Za-z])[ ]?(?:单元|门(?![口牌外前禁锁诊铃框卫岗窗]))"
    rf"|(?P<dash>[0-9]{{1,2}})-(?=[0-9]{{3,4}}(?![0-9]))|(?P<letter>[{_UNIT_LETTER}])(?=[ ]?[0-9]{{3,4}}(?![0-9])))"
)
_LONE_UNIT = re.compile(rf"{_NO_NUMBER_BEFORE}(?:第)?(?P<u>{_NUM}|两|[{_UNIT_LETTER}])[ ]?单元")
_ROOM = re.compile(
    rf"(?:[,. ]{{0,2}}(?:房号|门牌号?|房间号?)[:是 ]{{0,2}}|[-, 的]{{0,2}})(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}}(?![{_HAN_DIGIT}十百])"
    rf"|[0-9]{{1,2}}(?=室|房|号(?!楼)))(?:室|房|号(?!楼)|户)?{_NOT_AMOUNT}"
)
_LONE_ROOM = re.compile(
    rf"(?<![0-9A-Za-z.:/-])(?:(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}})(?:室|房(?![价租贷间]))"
    rf"|(?<=大厦|公寓|大楼|广场|小区|花园|家园)(?P<s>[1-9][0-9]{{2,3}})室?{_NOT_AMOUNT}"
    rf"|(?:房号|门牌号?|房间号?|家在|我家|我住|家住)[:是在 ]{{0,2}}(?P<q>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}}){_NOT_AMOUNT})"
)
_BARE_ROOM = re.compile(
    rf"(?<![0-9{_HAN_DIGIT}])(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}})(?![0-9{_HAN_DIGIT}])"
)
_DASHED = re.compile(
    r"(?<![0-9A-Za-z./:-])(?P<b>[1-9][0-9]{0,2}|[A-Za-z])[-/](?:(?P<u>[0-9]{1,2})(?:[-/]|单元))?(?P<r>[1-9][0-9]{2,3})(?:室|号)?(?![0-9]|[-/][0-9])"
    rf"{_NOT_AMOUNT}"
)
_FEW = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DOOR_NUMBER = rf"(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}})(?:室|号|房)?"
_BARE_DOOR = re.compile(rf"^[ ,.]*(?P<b>)(?P<u>{_FEW})(?:[-,. /的]{{1,2}}|门){_DOOR_NUMBER}[的 ,.]*$")
_BARE_ADDRESS = re.compile(
    rf"^[ ,.]*(?P<b>{_FEW})(?:(?:[-,. /]|号|楼)(?P<u>{_FEW}))?[-,. /]{_DOOR_NUMBER}[的 ,.]*$"
)
_BARE_BUILDING = re.compile(
    rf"^[ ,.]*(?:就?(?:是|在|住))?(?P<b>{_FEW})(?:号|楼(?=.*单元))(?:(?P<u>{_FEW})单元)?(?P<r>(?<=单元)[0-9]{{3,4}})?室?[的 ,.]*$"
)
_MEASURED = re.compile(r"(?:血压|血糖|高压|低压|预算|大概|大约|价|工资|月薪|面积|心率|脉搏|比分)[^,.;]{0,6}$")
_DENIED_BEFORE = re.compile(r"(?:不是|不在|别去|原来是|以前住|错写成|不住)[^,.;0-9]{0,3}$")
_DENIED_AFTER = re.compile(r"^(?:楼)?(?:[那的]?(?:不对|错了|写错|没事|不用|那个不是|没问题))")
_DAY_OF_MONTH = re.compile(
    r"^(?:上午|下午|早|晚|中午|来|那天|之?前|以?后|左右|可以|行|[ ,.]?(?:上午|下午|早上|晚上|[0-9]{1,2}[点:]))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One address in the text: its parts, where it stands, and where unit and room stand (to be masked)."""

    start: int
    end: int
    building: str = ""
    unit: str = ""
    room: str = ""
    private: int = 0
    denied: bool = False
    vague: bool = False

    @property
    def weight(self) -> int:
        """How many parts are told."""
        return bool(self.building) + bool(self.unit) + bool(self.room)


def find_places(text: str, *, expected: bool = False, door: bool = False) -> list[Place]:
    """All addresses in normalised text, in order. `expected`: the text answers a question for the address.

    `door`: only unit and room were asked for, so that 「2-501」 is unit 2.
    """
    for pattern in ((_BARE_DOOR,) if door else (_BARE_ADDRESS, _BARE_BUILDING)) if expected else ():
        alone = pattern.match(text)
        if alone:
            return [_bare(alone)]
    found = [*_dashed(text), *_chains(text)]
    found.sort(key=lambda p: (p.start, -p.weight))
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    taken = [(p.start, p.end) for p in kept]
    for pattern in (_LONE_ROOM, _BARE_ROOM) if expected else (_LONE_ROOM,):
        for match in pattern.finditer(text):
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                room = next(g for g in match.groups() if g)
                kept.append(Place(match.start(), match.end(), room=digits(room), private=match.start()))
                taken.append((match.start(), match.end()))
    return sorted((_judge(text, p) for p in kept), key=lambda p: p.start)


def _bare(match: re.Match[str]) -> Place:
    """Numbers alone, as they follow a question: 「8 2 501」, and 「2-501」 where the building is known."""
    building, unit = _plain(match["b"] or ""), _plain(match["u"] or "")
    first = next(k for k in "bur" if match[k])
    private = match.end("b") if building else match.start(first)
    return Place(match.start(first), match.end(), building, unit, digits(match["r"] or ""), private)


def join(places: list[Place]) -> Place:
    """One address out of all that was said: the fullest, its gaps filled from the others that do not contradict."""
    said = [p for p in places if not p.denied]
    if not said:
        return Place(0, 0)
    corrected = any(p.denied for p in places)
    best = max(reversed(said) if corrected else said, key=lambda p: p.weight)
    for other in said:
        if other is best or (other.building and best.building and other.building != best.building):
            continue
        best = replace(
            best,
            building=best.building or other.building,
            unit=best.unit or other.unit,
            room=best.room or other.room,
        )
    return best


def _dashed(text: str) -> list[Place]:
    return [
        Place(m.start(), m.end(), m["b"].upper(), m["u"] or "", m["r"], private=m.end("b"))
        for m in _DASHED.finditer(text)
        if not _MEASURED.search(text[max(0, m.start() - 10) : m.start()])
    ]


def _chains(text: str) -> list[Place]:
    places: list[Place] = []
    for match in _BUILDING.finditer(text):
        place = _continue(text, match.end(), Place(match.start(), match.end(), _plain(match["b"])))
        # 「41号」 alone is as often a day or a machine: it counts only with a unit, a room or a named street before it.
        places.append(replace(place, vague=match["kind"] == "号" and place.weight == 1))
    for match in _LONE_UNIT.finditer(text):
        if all(match.end() <= p.start or match.start() >= p.end for p in places):
            place = Place(match.start(), match.end(), unit=_plain(match["u"]), private=match.start())
            places.append(_room(text, match.end(), place))
    return places


def _continue(text: str, at: int, place: Place) -> Place:
    unit = _UNIT.match(text, at)
    place = replace(place, private=at)
    if unit:
        told = unit["u"] or unit["dash"] or unit["letter"]
        place = replace(place, unit=_plain(told), end=unit.end())
    return _room(text, place.end, place)


def _room(text: str, at: int, place: Place) -> Place:
    room = _ROOM.match(text, at)
    if not room or (
        not place.unit and "," in room.group() and "号" not in room.group() and "室" not in room.group()
    ):
        return place
    return replace(place, room=digits(room["r"]), end=room.end())


def _judge(text: str, place: Place) -> Place:
    before, after = text[max(0, place.start - 8) : place.start], text[place.end : place.end + 8]
    denied = bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after))
    if place.vague and _DAY_OF_MONTH.match(after):
        denied = True
    return replace(place, denied=denied)


def _plain(told: str) -> str:
    if not told:
        return ""
    value = number(told)
    return str(value) if value is not None else told.upper()
