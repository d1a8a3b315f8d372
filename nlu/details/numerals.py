# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Chinese numerals to numbers: 五零一 → "501", 二十三 → 23, 十二 → 12, 幺三八 → "138"."""

from __future__ import annotations

DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "幺": 1, "壹": 1, "二": 2, "两": 2, "俩": 2, "贰": 2, "三": 3, "仨": 3, "叁": 3,
    "四": 4, "肆": 4, "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})

NUMERAL = "0-9零〇一幺二两三四五六七八九十百廿卅"
"""The characters of a number, for a regular expression's brackets."""


def digits(text: str) -> str:
    """Read `text` figure by figure: 五零一 → "501". Other characters are dropped."""
    return "".join(str(DIGITS[c]) if c in DIGITS else c for c in text if c in DIGITS or c.isdigit())


def number(text: str) -> int | None:
    """Read `text` as one number: 23, 二十三, 三零一, 一百零五. None where it is none."""
    text = text.strip().translate(_TENS)
    if text.isdecimal():
        return int(text[:9])
    if not text or any(c not in DIGITS and c not in UNITS for c in text):
        return None
    if not any(c in UNITS for c in text):
        return int(digits(text)[:9])
    total = current = 0
    for character in text:
        if character in UNITS:
            total += (current or 1) * UNITS[character] if not (current == 0 and total) else UNITS[character]
            current = 0
        else:
            current = DIGITS[character]
    return total + current
