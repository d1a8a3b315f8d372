# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Brings a message into one form, once: width, script, invisible characters, repeats, emoji."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

MAX_CHARACTERS = 2000
"""Beyond this a message is cut: nobody needs more to say what is wrong, and the work stays bounded."""

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U000e0000-\U000e01ef]"
)
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff]+"
)
_SPACES = re.compile(r"\s+")
_REPEATED_MARK = re.compile(r"([^\w\s])\1+")
# Digits are left alone: 13800000000 and 幺三八零零零零 are numbers, not shouting.
_REPEATED_CHARACTER = re.compile(r"([^\W\d零〇一二三四五六七八九幺])\1{3,}")
_PUNCTUATION = str.maketrans({
    "。": ".", "、": ",", "﹐": ",", "﹑": ",", "「": '"', "」": '"', "『": '"', "』": '"', "《": '"', "》": '"', "“": '"',
    "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "−": "-", "―": "-", "‐": "-", "‑": "-", "〜": "~", "【": "(", "】": ")",
    "〔": "(", "〕": ")", "[": "(", "]": ")", "{": "(", "}": ")", "|": ",", "﹣": "-", "·": " ", "•": " ", "\t": " ", "\n": ".",
    "喺": "在", "嘅": "的", "冇": "没", "唔": "不", "佢": "他", "哋": "们", "睇": "看", "嘢": "东西", "咗": "了",
})  # fmt: skip


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Return `text` in half width, Simplified characters, without noise; at most MAX_CHARACTERS long."""
    text = _INVISIBLE.sub("", text[: MAX_CHARACTERS * 2])
    text = unicodedata.normalize("NFKC", text)[:MAX_CHARACTERS].translate(_PUNCTUATION)
    text = _EMOJI.sub(" ", _INVISIBLE.sub("", text))
    if not text.isascii():
        text = _converter().convert(text)
    text = _REPEATED_MARK.sub(r"\1", text)
    text = _REPEATED_CHARACTER.sub(r"\1\1\1", text)
    return _SPACES.sub(" ", text).strip()
