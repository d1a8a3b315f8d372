# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Blacks out what tells who and where exactly, for people who have not accepted the work."""

from __future__ import annotations

import re

from nlu.details import address, phone
from nlu.normalise import Plain

HIDDEN = "***"
_LONG_NUMBER = re.compile(r"\d[\d -]{5,}[\dXx]")
_FLOOR = "(?:[0-9一二三四五六七八九十]{1,3}(?:楼|层)|顶楼|顶层|底楼)"
_DOOR_IN_WORDS = re.compile(
    rf"(?:{_FLOOR}[,的上]{{0,2}})?(?:[东西中南北][边侧]?户|[左右](?:手|边|侧|首)边?(?:的?第?[一二三四1-4]?(?:家|户|间|个?门))?|第[一二三四1-4](?:家|户|间))"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤殷罗毕郝邬安常于傅齐康伍余顾孟黄穆萧尹"
    "姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍万卢莫房丁邓洪包左石崔吉龚程邢裴陆翁焦巴车侯段武刘龙叶黎白赖乔闻党翟谭申冉桑桂牛边温庄柴阎连向易廖耿匡文欧曾肖关"
)
_NAME = re.compile(
    rf"(?P<lead>我叫|名叫|名字[叫是:]{{0,2}}|姓名[是:]{{0,2}}|联系人[是:]{{0,2}}|本人(?=[{_SURNAMES}][一-鿿]{{1,2}}(?:[,. ]|$))|我是(?=[{_SURNAMES}][一-鿿]{{1,2}}(?:[,. ]|$))|我姓)"
    r"(?P<name>(?<=姓)[一-鿿]|[一-鿿]{2,4}?(?=[,.;!? 电住家今的，]|$)|[一-鿿](?:女士|先生|小姐|阿姨|师傅|老师|大爷|大妈))"
)


def mask(plain: Plain) -> str:
    """The writer's own text without phone numbers, long numbers, unit, room and the writer's name."""
    spans = [(p.start, p.end) for p in phone.find_phones(plain.text)]
    rest = _hide(plain.text, spans)
    doors = [(p.private, p.end) for p in address.find_places(rest) if p.unit or p.room]
    rest = _hide(rest, doors)
    spans += doors
    spans += [m.span() for m in _DOOR_IN_WORDS.finditer(rest)]
    spans += [m.span() for m in _LONG_NUMBER.finditer(rest)]
    spans += [m.span("name") for m in _NAME.finditer(rest)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(plain.span(*span) for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    # What was too long to be read may hide anything.
    text = plain.original[: plain.origins[-1] + 1] if plain.origins else ""
    for start, end in reversed(merged):
        text = f"{text[:start]}{HIDDEN}{text[end:]}"
    return text.strip()


def _hide(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
