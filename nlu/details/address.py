# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Reads building, unit and room in the ways people write them; see `compound` for the name before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.details.numerals import digits, number

_NUM = "[0-9]{1,4}|[一二三四五六七八九十百幺]{1,5}"
_HAN_DIGIT = "零〇一二三四五六七八九幺两"
_UNIT_LETTER = "甲乙丙丁戊"
_NOT_AMOUNT = r"(?![0-9]|[-.][0-9]|[ ]?(?:元|块|岁|年|月|平|多|度|分|斤|米|次|天|个|只|号楼|栋|幢|单元))"
_NO_NUMBER_BEFORE = r"(?<![0-9A-Za-z一二三四五六七八九十百幺./:])"
_FEW = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_BUILDING = re.compile(
    rf"{_NO_NUMBER_BEFORE}(?P<b>[{_UNIT_LETTER}]?(?:{_NUM})|[A-Za-z][0-9]?)[ ]?"
    r"(?P<kind>号楼|号栋|号幢|#楼|#|栋楼?|幢楼?|座(?![谈位机])|号院(?=[^0-9一二三四五六七八九十])|号(?!院|线|机|电梯|码|召|称|令))"
)
_UNIT = re.compile(
    rf"[,. 的]{{0,2}}(?:第?(?P<u>{_NUM}|两|[{_UNIT_LETTER}A-Za-z])[ ]?(?:单元|梯(?![子口])|号?门[栋洞]?(?![口牌外前禁锁诊铃框卫岗窗]))"
    rf"|(?P<dash>[0-9]{{1,2}})-(?=[0-9]{{3,4}}(?![0-9]))|(?P<letter>[{_UNIT_LETTER}])(?=[ ]?(?:[0-9]{{3,4}}(?![0-9])|[{_HAN_DIGIT}]{{3}}(?![{_HAN_DIGIT}]))))"
)
_LONE_UNIT = re.compile(rf"{_NO_NUMBER_BEFORE}(?:第)?(?P<u>{_NUM}|两|[{_UNIT_LETTER}])[ ]?单元")
_FLOOR = "(?:[,. ]{0,2}(?:[0-9一二三四五六七八九十]{1,3}|顶)(?:楼|层))?"
_HUNDREDS = "[一二三四五六七八九]百零?[一二三四五六七八九十]{1,3}"
_ROOM = re.compile(
    rf"{_FLOOR}(?:[,. ]{{0,2}}(?:房号|门牌号?|房间号?)[:是 ]{{0,2}}|[-, 的]{{0,2}})(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}}(?![{_HAN_DIGIT}十百])|{_HUNDREDS}"
    rf"|[0-9]{{1,2}}(?=室|房|号(?!楼)))(?:室|房|号(?!楼)|户)?{_NOT_AMOUNT}"
)
_LONE_ROOM = re.compile(
    rf"(?<![0-9A-Za-z.:/-])(?:(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}})(?:室|号?房(?![价租贷间]))"
    rf"|(?<=大厦|公寓|大楼|广场|小区|花园|家园)(?P<s>[1-9][0-9]{{2,3}})室?{_NOT_AMOUNT}"
    rf"|(?<=[楼层])[ ,]?(?P<f>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3}}(?![{_HAN_DIGIT}])){_NOT_AMOUNT}(?=[ ,.室的]|$)"
    rf"|(?:房号|室号|门牌号?|房间号?|家在|我家|我住|家住|(?<![居入])住)[:是在 ]{{0,2}}(?P<q>[0-9]{{3,4}}|{_HUNDREDS}|[{_HAN_DIGIT}]{{3,4}}){_NOT_AMOUNT})"
)
#: The writer's own door among others: 「501的狗叫,我是401的」.
_OWN_ROOM = re.compile(
    rf"(?:我们?家?|俺家?|敲|按)(?:是|在|住)?[ ]?(?P<o>[1-9][0-9]{{1,2}}[1-9]|[1-9][0-9]{{0,1}}[1-9]0|[{_HAN_DIGIT}]{{3,4}})(?:室|号房)?(?=的|[ ,.]|$){_NOT_AMOUNT}"
    rf"|(?<![0-9{_HAN_DIGIT}])(?P<m>[1-9][0-9]{{2,3}}|[{_HAN_DIGIT}]{{3,4}})室?(?:才?是)我们?家"
    rf"|(?:不对|错了|写错|说错)了?[ ,.]{{0,2}}(?:应该)?是?(?P<c>[1-9][0-9]{{2,3}}|[{_HAN_DIGIT}]{{3,4}})室?(?=[ ,.]|$)"
)
_NO_UNIT = re.compile("[,. ]{0,2}(?:没有?|无)单元号?")
#: A room in a clause of its own, after building and trouble were told: 「五号楼二单元,水管爆了,三零一」.
_APART = re.compile(rf"(?:^|(?<=[ ,]))(?P<r>[1-9][0-9]{{2,3}}|[{_HAN_DIGIT}]{{3,4}})室?(?=[ ,.]|$)")
#: Without one of these there is no room.
_SOME_ROOM = re.compile(rf"[0-9]{{3}}|[{_HAN_DIGIT}]{{3}}|百|[室房]")
_COUNTED = re.compile("(?:一共|总共|共有?|总计)[ ]?$")
_AFTER_NAME = re.compile(rf"[ ,]?(?P<b>{_FEW})[ ,](?:(?P<u>{_FEW})[ ,])?(?P<r>[1-9][0-9]{{2,3}})(?=[ ,.]|$)")
_LABELLED = re.compile(
    rf"(?:楼栋号?|栋号|楼号|幢号)[:是 ]{{0,2}}(?P<b>{_NUM})(?:[,. ]{{1,2}}单元号?[:是 ]{{0,2}}(?P<u>{_NUM}))?"
)
_BARE_ROOM = re.compile(
    rf"(?<![0-9{_HAN_DIGIT}])(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}})(?![0-9{_HAN_DIGIT}])"
)
_DASHED = re.compile(
    r"(?<![0-9A-Za-z./:-])(?P<b>[1-9][0-9]{0,2}|[A-Za-z])[-/](?:(?P<u>[0-9]{1,2})(?:[-/]|单元))?(?P<r>[1-9][0-9]{2,3})(?:室|号)?(?![0-9]|[-/][0-9])"
    rf"{_NOT_AMOUNT}"
)
_DOOR_NUMBER = rf"(?P<r>[0-9]{{3,4}}|[{_HAN_DIGIT}]{{3,4}})(?:室|号|房)?"
_BARE_DOOR = re.compile(rf"^[ ,.]*(?P<b>)(?P<u>{_FEW})(?:[-,. /的]{{1,2}}|门){_DOOR_NUMBER}[的 ,.]*$")
_BARE_ADDRESS = re.compile(
    rf"^[ ,.]*(?P<b>{_FEW})(?:(?:[-,. /]|号|楼)(?P<u>{_FEW}))?[-,. /]{_DOOR_NUMBER}[的 ,.]*$"
)
_BARE_BUILDING = re.compile(
    rf"^[ ,.]*(?:就?(?:是|在|住))?(?P<b>{_FEW})(?:号|楼(?=.*单元))(?:(?P<u>{_FEW})单元)?(?P<r>(?<=单元)[0-9]{{3,4}})?室?[的 ,.]*$"
)
_MEASURED = re.compile(
    r"(?:血压|血糖|高压|低压|预算|大概|大约|价|工资|月薪|面积|心率|脉搏|比分|取件码|验证码|密码|编号|单号|订单号?|合同号?)[^,.;]{0,6}$"
)
_DENIED_BEFORE = re.compile(r"(?:不是|不在|别去|原来是|以前住|错写成|不住)[^,.;0-9]{0,3}$")
_DENIED_AFTER = re.compile(
    r"^(?:楼)?(?:[那的]?(?:不对|错了|写错|没事|不用|那个不是|没问题)|[ ,.]{0,2}(?:[哦噢啊呃]?不[ ,.]|不对|错了|说成|写成))"
)
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
    own: bool = False

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
    found = [*_dashed(text), *_chains(text), *_labelled(text)]
    found.sort(key=lambda p: (p.start, -p.weight))
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    if _SOME_ROOM.search(text):
        _lone_rooms(text, kept, expected=expected)
    return sorted((_judge(text, p) for p in kept), key=lambda p: p.start)


def _lone_rooms(text: str, kept: list[Place], *, expected: bool) -> None:
    """Add the rooms that stand apart from building and unit."""
    taken = [(p.start, p.end) for p in kept]
    for match in _OWN_ROOM.finditer(text):
        if all(match.end() <= a or match.start() >= b for a, b in taken):
            group = next(g for g in "omc" if match[g])
            at = match.start(group)
            kept.append(Place(at, match.end(), room=digits(match[group]), private=at, own=True))
            taken.append((at, match.end()))
    for pattern in (_LONE_ROOM, _BARE_ROOM) if expected else (_LONE_ROOM,):
        for match in pattern.finditer(text):
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                room = next(g for g in match.groups() if g)
                kept.append(Place(match.start(), match.end(), room=_door(room), private=match.start()))
                taken.append((match.start(), match.end()))
    if any(p.building or p.unit for p in kept) and not any(p.room for p in kept):
        kept += [
            Place(m.start(), m.end(), room=_door(m["r"]), private=m.start()) for m in _APART.finditer(text)
        ][:1]


def after_name(text: str, at: int) -> Place | None:
    """Bare numbers behind a compound's name, which ends at `at`: 正阳里 15 3 402."""
    match = _AFTER_NAME.match(text, at)
    return _bare(match) if match else None


def _bare(match: re.Match[str]) -> Place:
    """Numbers alone, as they follow a question: 「8 2 501」, and 「2-501」 where the building is known."""
    building, unit = _plain(match["b"] or ""), _plain(match["u"] or "")
    first = next(k for k in "bur" if match[k])
    private = match.end("b") if building else match.start(first)
    return Place(match.start(first), match.end(), building, unit, digits(match["r"] or ""), private)


def join(places: list[Place]) -> Place:
    """One address out of all that was said: the fullest, its gaps filled from the others that do not contradict."""
    own = next((p for p in reversed(places) if p.own and not p.denied), None)
    if own:
        # 「3栋2单元401,不对,是402」, 「9栋902太吵,我在802」: the rest of what was said still holds.
        others = [p if p.building else replace(p, unit="") for p in places if p is not own and p.room]
        rest = [replace(p, room="", denied=False) for p in others if p.building or p.unit]
        plain = [p for p in places if p is not own and not p.room]
        return replace(join([*rest, *plain]), room=own.room)
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


def _labelled(text: str) -> list[Place]:
    """楼栋:6 单元:2, as forms have it."""
    return [
        _room(
            text, m.end(), Place(m.start(), m.end(), _plain(m["b"]), _plain(m["u"] or ""), private=m.end("b"))
        )
        for m in _LABELLED.finditer(text)
    ]


def _chains(text: str) -> list[Place]:
    places: list[Place] = []
    for match in _BUILDING.finditer(text):
        before = text[max(0, match.start() - 10) : match.start()]
        if _COUNTED.search(before) or (match["kind"] == "#" and _MEASURED.search(before)):
            continue
        lane = match["kind"] == "号" and (following := _BUILDING.match(text, match.end()))
        if lane and following and following["kind"] != "号":
            # 「建国路66号5栋」: the first number is the street's.
            continue
        place = _continue(text, match.end(), Place(match.start(), match.end(), _plain(match["b"])))
        if match["kind"] == "号" and place.room and len(place.room) < 3 and not place.unit:
            # 「24号25号」 are days.
            place = Place(match.start(), match.end(), place.building)
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
    without = _NO_UNIT.match(text, at)
    if without:
        return _room(text, without.end(), place, certain=True)
    if unit:
        told = unit["u"] or unit["dash"] or unit["letter"]
        place = replace(place, unit=_plain(told), end=unit.end())
    return _room(text, place.end, place)


def _room(text: str, at: int, place: Place, *, certain: bool = False) -> Place:
    room = _ROOM.match(text, at)
    if not room or (
        not (place.unit or certain)
        and "," in room.group()
        and "号" not in room.group()
        and "室" not in room.group()
    ):
        return place
    return replace(place, room=_door(room["r"]), end=room.end())


def _judge(text: str, place: Place) -> Place:
    before, after = text[max(0, place.start - 8) : place.start], text[place.end : place.end + 8]
    denied = bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.match(after))
    if place.vague and _DAY_OF_MONTH.match(after):
        denied = True
    return replace(place, denied=denied)


def _door(told: str) -> str:
    """A room as it stands on the door: 七百零二 → 702, 五零一 → 501."""
    return str(number(told)) if "百" in told else digits(told)


def _plain(told: str) -> str:
    if not told:
        return ""
    letter = told[0] if told[0] in _UNIT_LETTER and len(told) > 1 else ""
    value = number(told.removeprefix(letter))
    return f"{letter}{value}" if value is not None else told.upper()
