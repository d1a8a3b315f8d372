"""Hours and heads as people write them: 3.5, 两个半小时, 四十分钟, 六个人."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[零一二三四五六七八九十百两俩仨]+")


def amount(text: str) -> float | None:
    """The first number in the text, with 半 and minutes counted in; None when there is none.

    A half hour is 0.5, and so are 30 minutes.
    """
    text = unicodedata.normalize("NFKC", text)
    found = _NUMBER.search(text)
    if found is None:
        return 0.5 if "半" in text else None
    value = float(found.group()) if found.group()[0].isdigit() else float(_chinese(found.group()))
    rest = text[found.end() :]
    if re.match(r"\s*(分钟|分|min)", rest):
        return round(value / 60, 2)
    return value + 0.5 if re.match(r"\s*(个|小时|点)?半", rest) else value


def _chinese(numeral: str) -> int:
    """A numeral up to 999 in Chinese characters."""
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += max(1, digit) * (10 if character == "十" else 100)
            digit = 0
    return total + digit
