"""The sound of characters without tone, with the mix-ups of dialect and voice input folded together."""

from __future__ import annotations

import os
import re
from functools import cache

_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ü", "v"))
_HAN = re.compile("[一-鿿]")
_INITIAL = re.compile("[zcs]h|[b-df-hj-np-tw-z]")


@cache
def sounds(character: str) -> tuple[str, ...]:
    """The sounds of a Chinese character, the commonest first; another character stands for itself."""
    if not _HAN.match(character):
        return (character,)
    return tuple(dict.fromkeys(fold(sound) for sound in _readings(character)))


def spell(text: str) -> str:
    """`text` in Latin letters, as somebody types who has no Chinese keyboard: 锦绣苑 → jinxiuyuan."""
    return fold("".join(_readings(c)[0] if _HAN.match(c) else c for c in text if not c.isspace()))


def fold(letters: str) -> str:
    """Pinyin with the pairs folded together that dialects do not tell apart."""
    letters = letters.lower()
    for wide, narrow in _FOLDS:
        letters = letters.replace(wide, narrow)
    return letters


def alike(one: str, other: str) -> bool:
    """Whether two sounds share their beginning or their end, as those of a slip of the ear do."""
    first, second = _INITIAL.match(one), _INITIAL.match(other)
    begins, starts = first.group() if first else "", second.group() if second else ""
    return begins == starts or one[len(begins) :] == other[len(starts) :]


@cache
def _readings(character: str) -> list[str]:
    # Only single characters are asked for; the dictionary of phrases would take 40 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    return list(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
