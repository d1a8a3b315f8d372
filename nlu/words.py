"""Cuts text into words with our own jieba tokenizer and domain words; the global jieba stays untouched."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer

DOMAIN_WORDS = Path(__file__).parent / "data" / "words.txt"
_FREQUENCY = 2000


@cache
def _tokenizer() -> Tokenizer:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for line in DOMAIN_WORDS.read_text(encoding="utf-8").splitlines():
        for word in line.partition("#")[0].split():
            tokenizer.add_word(word, _FREQUENCY)
    return tokenizer


def cut(text: str) -> list[str]:
    """The words of normalised text. Unknown runs fall into characters: character n-grams know them anyway."""
    words: list[str] = _tokenizer().lcut(text, HMM=False)
    return words


def warm_up() -> None:
    """Load the dictionary now (about half a second) instead of at the first message."""
    _tokenizer()
