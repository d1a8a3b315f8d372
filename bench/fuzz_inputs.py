# ruff: noqa: E501 - tables
"""Inputs that nobody expects: mutated messages, any script, controls, surrogates, emoji, figures, and long ones."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "tests" / "data"
LONG = 10_000
LONGEST = 20_000
#: One input in so many is of LONG to LONGEST characters.
LONG_EVERY = 500
#: One input in so many has some hundred to 2,000 characters.
MIDDLING_EVERY = 40

_RANGES = (
    (0x20, 0x7F), (0x00, 0x20), (0x80, 0x250), (0x370, 0x530), (0x590, 0x780), (0x900, 0xE00), (0xE00, 0xF00), (0x1100, 0x1200),
    (0x2000, 0x2070), (0x20D0, 0x2100), (0x2100, 0x2200), (0x2460, 0x2500), (0x3000, 0x3100), (0x3100, 0x3130), (0x3200, 0x3400),
    (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0xD800, 0xE000), (0xE000, 0xE100), (0xF900, 0xFB00), (0xFE00, 0xFE70),
    (0xFF00, 0xFFF0), (0xFFF0, 0x10000), (0x1D400, 0x1D800), (0x1F000, 0x1FB00), (0x20000, 0x2A6E0), (0xE0000, 0xE0200), (0x10FF00, 0x110000),
)  # fmt: skip
_CONTROLS = "\0\b\t\n\r\x1b\x7f\x85\xa0\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u3000\ufe0f\ufeff\ufffd\uffff\ud800\udfff\udc41"
_MARKS = "\u0300\u0301\u0308\u0334\u0489\u064b\u0e47\u20dd\u20e3\u302a\U000e0041"
_EMOJI = ("👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇨🇳", "1️⃣", "❤️", "😡", "🚒", "☎️", "🧓🏻")
_ATOMS = (
    "3栋", "2单元", "501", "十二幢", "甲", "号楼", "-", "#", "138", "0013", "8000", "幺", "洞", "拐", "零", "一", "0512-", "明天", "后天", "周", "星期", "礼拜", "三",
    "月", "号", "点", "半", "上午", "下午", "到", "不是", "是", "不对", "我妈", "我", "奶奶", "八十", "岁", "了", "住", "在", "花园", "小区", "路", "弄", "巷", ",", "。", " ",
    "\n", "着火了", "救命", "没气", "漏水", "坏了", "谢谢", "不用了", "国庆后", "月底", "每", "下", "二〇二六年", "2026-", "/", ":", ".", "[", "(", "*", "\\", "{", "家",
)  # fmt: skip
_UNITS = (
    "水", "a", "1", "一", "3-", "我妈", "明天", "138 ", "水管漏了,", "困在电", "不是", "三号楼", "住", "周一", "1.", "。", "，", "!?", "(", "*", "\u0301", "\u200b", "\ud83d",
    "👨‍👩‍👧‍👦", "한", "ا", "１", "①", "㍿", "ﷺ", "花园", "路弄", "的", "里", "老王", "岁", "到", "点", "13800138000", "13800138000,", "0512-66887700 ", "3栋2单元501 ",
)  # fmt: skip


@cache
def messages() -> tuple[str, ...]:
    """Real messages to be mutated."""
    rows = [*sorted((DATA / "held_out").glob("*.jsonl")), DATA / "details.jsonl"]
    lines = [line for path in rows for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(text for line in lines if isinstance(text := json.loads(line).get("text"), str))


@cache
def figures() -> str:
    """Every character that is a digit or a number somewhere."""
    return "".join(c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c)[0] == "N")


def make(seed: int, number: int) -> str:
    """Input `number` of a run; the same for the same seed."""
    chance = random.Random(seed * 1_000_003 + number)
    if number % LONG_EVERY == 0:
        size = LONG if chance.random() < 0.8 else chance.randint(LONG, LONGEST)
    elif number % MIDDLING_EVERY == 0:
        size = chance.randint(200, 2000)
    else:
        size = chance.randint(0, 60)
    kinds = (_mutated, _mutated, _mutated, _atoms, _atoms, _any, _one_script, _mixed, _repeated, _numbers)
    text = ""
    while len(text) < size:
        text += chance.choice(kinds)(chance, size - len(text)) or " "
        if number % LONG_EVERY and chance.random() < 0.5:
            break
    return text[:size]


def _mutated(chance: random.Random, size: int) -> str:
    text = chance.choice(messages())
    for _ in range(chance.randint(1, 4)):
        at, to = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        change = chance.randrange(7)
        if change == 0:
            text = text[:at] + text[to:]
        elif change == 1:
            text = text[:at] + text[at:to] * chance.randint(2, 4) + text[to:]
        elif change == 2:
            text = text[:at] + chance.choice(messages()) + text[to:]
        elif change == 3:
            text = text[:at] + chance.choice(_CONTROLS + _MARKS) + text[at:]
        elif change == 4:
            text = text[:at] + chance.choice(_EMOJI) + text[to:]
        elif change == 5:
            text = text[:at] + text[at:to][::-1] + text[to:]
        else:
            text = text[:at] + chance.choice(_ATOMS) + text[to:]
    return text[: max(size, 1)]


def _atoms(chance: random.Random, size: int) -> str:
    return "".join(chance.choices(_ATOMS, k=min(max(size // 2, 1), 600)))


def _any(chance: random.Random, size: int) -> str:
    return "".join(chr(chance.randrange(sys.maxunicode + 1)) for _ in range(min(size, 2000)))


def _one_script(chance: random.Random, size: int) -> str:
    low, high = chance.choice(_RANGES)
    return "".join(chr(chance.randrange(low, high)) for _ in range(min(size, 3000)))


def _mixed(chance: random.Random, size: int) -> str:
    sources = (_CONTROLS, _MARKS, _EMOJI, _ATOMS, figures(), "一二三四五六七八九十百零〇幺")
    return "".join(chance.choice(chance.choice(sources)) for _ in range(min(size, 1500)))


def _repeated(chance: random.Random, size: int) -> str:
    unit = "".join(chance.choices(_UNITS, k=chance.choice((1, 1, 1, 2, 3))))
    return unit * (size // len(unit) + 1)


def _numbers(chance: random.Random, size: int) -> str:
    digits = chance.choice(
        (figures(), "0123456789", "零一二三四五六七八九", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "①②③")
    )
    marks = chance.choice(("", "-", " ", ",", "#", "栋", "/", "."))
    return "".join(
        chance.choice(digits) + (marks if chance.random() < 0.3 else "") for _ in range(min(size, 2000))
    )
