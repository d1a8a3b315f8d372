# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Brings a message into one form, once: width, script, invisible characters, repeats, emoji."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
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
# Digits are left alone: 13800000000 and 幺三八零零零零 are numbers, not shouting.
_REPEATED = re.compile(
    r"\s+|(?P<mark>[^\w\s])(?P=mark)+|(?P<letter>[^\W\d零〇一二三四五六七八九幺])(?P=letter){3,}"
)
_LETTERS_KEPT = 3
_PUNCTUATION = str.maketrans({
    "。": ".", "、": ",", "﹐": ",", "﹑": ",", "「": '"', "」": '"', "『": '"', "』": '"', "《": '"', "》": '"', "“": '"',
    "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "−": "-", "―": "-", "‐": "-", "‑": "-", "〜": "~", "【": "(", "】": ")",
    "〔": "(", "〕": ")", "[": "(", "]": ")", "{": "(", "}": ")", "|": ",", "﹣": "-", "·": " ", "•": " ", "\t": " ", "\n": ".",
    "喺": "在", "嘅": "的", "冇": "没", "唔": "不", "佢": "他", "哋": "们", "睇": "看", "嘢": "东西", "咗": "了",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """A normalised text; `origins[i]` is the place in `original` of its character i."""

    text: str
    origins: tuple[int, ...]
    original: str

    def words(self, start: int, end: int) -> str:
        """What the writer wrote for `text[start:end]`, which must not be empty."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def written(self, start: int, end: int) -> str:
        """`text[start:end]` in the writer's script, but without what was dropped within it."""
        places = dict.fromkeys(self.origins[start:end])
        return "".join(unicodedata.normalize("NFKC", self.original[place]) for place in places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which must not be empty, stands in the original."""
        return self.origins[start], self.origins[end - 1] + 1


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Return `text` in half width, Simplified characters, without noise; at most MAX_CHARACTERS long."""
    return align(text).text


def align(text: str) -> Plain:
    """As `normalise`, and remembers where every character came from."""
    forms: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text[: MAX_CHARACTERS * 2]):
        form = _form(character)
        forms.append(form)
        origins += [place] * len(form)
    found = "".join(forms)[:MAX_CHARACTERS]
    found = found if found.isascii() else _simplified(found)
    found, kept = _squeeze(found)
    return Plain(found, tuple(origins[place] for place in kept), text)


@lru_cache(maxsize=1 << 14)
def _form(character: str) -> str:
    """One character in its plain form: nothing, one character or a few."""
    if _INVISIBLE.match(character):
        return ""
    form = unicodedata.normalize("NFKC", character).translate(_PUNCTUATION)
    return _EMOJI.sub(" ", _INVISIBLE.sub("", form))


def _simplified(text: str) -> str:
    """Traditional characters as Simplified ones, each in its place."""
    found: str = _converter().convert(text)
    if len(found) == len(text):
        return found
    return "".join(form if len(form := _converter().convert(c)) == 1 else c for c in text)


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Shorten repeats, runs of spaces and the ends; also the places that were kept."""
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _REPEATED.finditer(text):
        start = match.start()
        most = _LETTERS_KEPT if match["letter"] else 1
        pieces += [text[at:start], " " if text[start].isspace() else text[start : start + most]]
        kept += range(at, start + most)
        at = match.end()
    pieces.append(text[at:])
    kept += range(at, len(text))
    found = "".join(pieces)
    left = len(found) - len(found.lstrip())
    found = found.strip()
    return found, kept[left : left + len(found)]
