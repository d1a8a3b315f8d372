"""Turns normalised text into the strings a linear model counts: character n-grams and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nlu.normalise import normalise
from nlu.words import Words

_SEGMENT = re.compile(r"[\w]+")
_DIGITS = re.compile(r"[0-9]+")
_LATIN = re.compile(r"[a-z]{2,}")
LONGEST_NGRAM = 4
MAX_FEATURE_CHARACTERS = 400
"""A long letter is decided by its first and last 200 characters."""


WORD = "#"
"""Marks the features that are words."""


class Found(NamedTuple):
    """What is counted of a message (`characters`, `words`), and its `bare` words, which carry meaning."""

    characters: list[str]
    words: list[str]
    bare: list[str]


def simplify(text: str) -> str:
    """Lower case, every number as one 0: the model must not learn somebody's room."""
    if len(text) > MAX_FEATURE_CHARACTERS:
        half = MAX_FEATURE_CHARACTERS // 2
        text = f"{text[:half]} {text[-half:]}"
    return _DIGITS.sub("0", text.lower())


def character_features(text: str) -> list[str]:
    """All n-grams (1..4) inside the pieces between punctuation, with the message's edges marked."""
    found: list[str] = []
    for piece in _SEGMENT.findall(text):
        size = len(piece)
        found += piece
        for length in range(2, min(LONGEST_NGRAM, size) + 1):
            found += [piece[i : i + length] for i in range(size - length + 1)]
    if found:
        found += ["^" + text[:2], text.rstrip("?!.,")[-2:] + "$"]
        if "?" in text:
            found.append("?$")
    return found


def word_features(words: Sequence[str]) -> list[str]:
    """Words and pairs of neighbouring words, told from character n-grams by a leading mark."""
    return [WORD + w for w in words] + [f"{WORD}{a}_{b}" for a, b in pairwise(words)]


def find(text: str, dictionary: Words, *, normalised: bool = False) -> Found:
    """The features of a message, whose words are those of `dictionary`."""
    plain = simplify(text if normalised else normalise(text))
    bare = [w for w in dictionary.cut(plain) if w.strip() and (len(w) > 1 or w.isalnum())]
    return Found(character_features(plain), word_features(bare), bare)
