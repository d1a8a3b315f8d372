# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Finds the phone number a resident wants to be called at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.details.numerals import digits

#: Figures as they are said on the telephone or heard by voice input: 洞 0, 幺 1 (also written 么, 腰, 妖), 拐 7, 勾 9.
_SAID = "零〇一幺二两三四五六七八九洞拐勾么腰妖"
_SPOKEN = re.compile(rf"[0-9{_SAID}](?:[- .,]{{0,2}}[0-9{_SAID}]){{7,24}}")
_RADIO = str.maketrans("洞拐勾么腰妖", "079111")
_CHINESE = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_GAP = "(?:[-.,]?[ ]?|[ ][-])"
_MOBILE = re.compile(
    rf"(?<![0-9])(?:(?:\+?86|0086)[- ]?)?(1{_GAP}[3-9]{_GAP}[0-9](?:{_GAP}[0-9]){{8}})(?![0-9])"
)
_TAIWANESE = re.compile(r"(?<![0-9])(09[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{3})(?![0-9])")
_LANDLINE = re.compile(
    r"(?<![\d-])(0(?:10|2\d|[3-9]\d\d))[- )]{0,2}([2-9]\d{2,3}[- ]?\d{4})(?!\d)|(?<![\d-])(0[2-8])[- )]{1,2}([2-9]\d{3}[- ]?\d{4})(?!\d)"
)
# 单号, 工号 and the like carry digits that only look like a phone.
_NOT_A_PHONE = re.compile(
    r"(?:单号|编号|订单|卡号|证号?|账号|帐号|对方账号|读数|尾号|回执号|密码|QQ|qq)[是为:：a-zA-Z ]{0,4}$|[a-zA-Z]$"
)
_STRANGERS = "他们|你们|物业|前台|骗子|对方|陌生|显示|打来|自称|快递员?|外卖员?|老板|经理|中介|(?<!我是)房东|客服|开锁|推销|装修队|工头|司机|店里|商家|保健品的|广告"
_FOREIGN = re.compile(
    rf"(?:{_STRANGERS})[的]?(?:电话|号码|座机|手机|前台)?(?:用|留的?号?码?)?[是:来 ]{{0,3}}$"
)
_DENIED = re.compile(
    r"(?:不要打|别打)[^,.;0-9]{0,10}$|(?:不是|不对|错的是|原来是|以前是|换掉)[^,.;0-9]{0,6}$"
)
_FIRST = re.compile(r"先(?:打|拨)[^,.;]{0,6}$")
_MINE = re.compile(r"我(?:的|自己的?)?(?:电话|手机号?|号码?)[是:]?[ ]?$")
_MINE_FIRST = re.compile("先(?:打|拨)我")
_STRANGE_AFTER = re.compile(
    r"^[,. ]?(?:[^,.;]{0,4}(?:是(?:社区|你们|物业|哪里|谁|什么|骗子|诈骗)|是不是(?:社区|你们|骗子|诈骗)|这个号(?:码)?(?:是|老))"
    r"|(?:这个号)?(?:打来|打过来|给我打|能信|靠谱|可信|没人接(?!就|再|的话)|打不通(?!就|再|的话)))"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and where it stands in the text."""

    number: str
    start: int
    end: int
    denied: bool = False
    first: bool = False


def find_phones(text: str) -> list[Phone]:
    """All phone numbers in normalised text, in order; `denied` ones are not the resident's."""
    found: list[Phone] = []
    plain = _SPOKEN.sub(_written, text)
    for pattern in (_MOBILE, _TAIWANESE):
        for match in pattern.finditer(plain):
            found.append(_phone(text, digits(match.group(1)), match.start(), match.end()))
    for match in _LANDLINE.finditer(plain):
        area, rest = match[1] or match[3], re.sub("[- ]", "", match[2] or match[4])
        if len(area) + len(rest) >= 10 + (area == match[1]):
            found.append(_phone(text, f"{area}-{rest}", match.start(), match.end()))
    found.sort(key=lambda p: p.start)
    return [p for i, p in enumerate(found) if not i or p.start >= found[i - 1].end]


def choose(phones: list[Phone]) -> str:
    """The number to call: the one to be called first, the last one that is not denied, or empty."""
    first = next((p.number for p in phones if p.first and not p.denied), "")
    return first or next((p.number for p in reversed(phones) if not p.denied), "")


def _written(spoken: re.Match[str]) -> str:
    """A run of figures in the figures 0-9, each in its place."""
    return spoken.group().translate(_RADIO).translate(_CHINESE)


def _phone(text: str, number: str, start: int, end: int) -> Phone:
    before, after = text[max(0, start - 14) : start], text[end : end + 14]
    denied = any(p.search(before) for p in (_DENIED, _NOT_A_PHONE, _FOREIGN)) or bool(
        _STRANGE_AFTER.search(after)
    )
    first = _FIRST.search(before) or (_MINE.search(before) and _MINE_FIRST.search(text, end))
    return Phone(number, start, end, denied, bool(first))
