"""The sound of characters without tone, with the mix-ups of dialect and voice input folded together."""

from __future__ import annotations

import os
import re
from functools import cache

_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_HAN = re.compile("[一-鿿]")


def syllables(text: str) -> list[str]:
    """One sound a Chinese character; other characters stand for themselves."""
    return [_sound(c) if _HAN.match(c) else c for c in text if not c.isspace()]


@cache
def _sound(character: str) -> str:
    # Only single characters are asked for; the dictionary of phrases would take 40 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, lazy_pinyin

    sound = lazy_pinyin(character, style=Style.NORMAL)[0]
    for wide, narrow in _FOLDS:
        if sound.startswith(wide):
            sound = narrow + sound[2:]
    if sound.endswith("ng") and sound[-3] in "ie":
        sound = sound[:-1]
    return sound
