# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Finds the phone number a resident wants to be called at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.details.numerals import digits

_CHINESE = "零〇一幺二两三四五六七八九"
_MOBILE = re.compile(
    rf"(?<![0-9{_CHINESE}])(?:(?:\+?86|0086)[- ]?)?"
    rf"(1[3-9]\d(?:[- .,]?\d){{8}}|[一幺1][ ]?[三四五六七八九3-9](?:[ ,-]?[{_CHINESE}0-9]){{9}})(?![0-9{_CHINESE}])"
)
_SPACED_MOBILE = re.compile(r"(?<!\d)1 [3-9](?: \d){9}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d-])(0(?:10|2\d|[3-9]\d\d))[- )]{0,2}([2-9]\d{2,3}[- ]?\d{4})(?!\d)")
# 单号, 工号 and the like carry digits that only look like a phone.
_NOT_A_PHONE = re.compile(
    r"(?:单号|编号|订单|卡号|证号|账号|帐号|读数|尾号|QQ|qq)[是为:：a-zA-Z ]{0,4}$|[a-zA-Z]$"
)
_FOREIGN = re.compile(
    r"(?:他们|你们|物业|骗子|对方|陌生|显示|打来|自称)[的]?(?:电话|号码|座机|手机)?[是:来 ]{0,3}$"
)
_DENIED = re.compile(r"(?:不是|不要打|别打|不对|错的是|原来是|以前是|换掉)[^,.;0-9]{0,6}$")
_STRANGE_AFTER = re.compile(
    r"^[^,.;]{0,4}(?:是(?:社区|你们|物业|哪里|谁|什么|骗子|诈骗)|是不是(?:社区|你们|骗子)|这个号(?:码)?(?:是|老))"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and where it stands in the text."""

    number: str
    start: int
    end: int
    denied: bool = False


def find_phones(text: str) -> list[Phone]:
    """All phone numbers in normalised text, in order; `denied` ones are not the resident's."""
    found: list[Phone] = []
    for match in _SPACED_MOBILE.finditer(text):
        found.append(_phone(text, match.group().replace(" ", ""), match.start(), match.end()))
    for match in _MOBILE.finditer(text):
        found.append(_phone(text, digits(match.group(1)), match.start(), match.end()))
    for match in _LANDLINE.finditer(text):
        number = f"{match[1]}-{re.sub('[- ]', '', match[2])}"
        if len(number) >= 11:
            found.append(_phone(text, number, match.start(), match.end()))
    found.sort(key=lambda p: p.start)
    return [p for i, p in enumerate(found) if not i or p.start >= found[i - 1].end]


def choose(phones: list[Phone]) -> str:
    """The number to call: the last one that is not denied, or empty."""
    return next((p.number for p in reversed(phones) if not p.denied), "")


def _phone(text: str, number: str, start: int, end: int) -> Phone:
    before, after = text[max(0, start - 14) : start], text[end : end + 14]
    denied = any(p.search(before) for p in (_DENIED, _NOT_A_PHONE, _FOREIGN)) or bool(
        _STRANGE_AFTER.search(after)
    )
    return Phone(number, start, end, denied)
