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
_DIGIT = frozenset("0123456789")
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


class Places(NamedTuple):
    """Where in the text the features of a `Found` stand, in the same order: n-grams by their middle."""

    characters: list[int]
    words: list[int]
    bare: list[int]


def simplify(text: str) -> str:
    """Lower case, every number as one 0: the model must not learn somebody's room."""
    if len(text) > MAX_FEATURE_CHARACTERS:
        half = MAX_FEATURE_CHARACTERS // 2
        text = f"{text[:half]} {text[-half:]}"
    return _DIGITS.sub("0", text.lower())


def origins(text: str, simple: str) -> Sequence[int]:
    """Where in `text` each character of `simplify(text)` comes from; always rising."""
    half = MAX_FEATURE_CHARACTERS // 2
    if len(text) > MAX_FEATURE_CHARACTERS:
        kept = [*range(half), half, *range(len(text) - half, len(text))]
    elif len(text) == len(simple):
        return range(len(text))
    else:
        kept = list(range(len(text)))
    gap = half if len(text) > MAX_FEATURE_CHARACTERS else -1
    found: list[int] = []
    before = False
    for number, place in enumerate(kept):
        digit = number != gap and text[place] in _DIGIT
        if not (digit and before):
            found += [place] * len(text[place].lower())
        before = digit
    # Should a character be told by several, what is left over stands at the end.
    return [*found, *[len(text) - 1] * (len(simple) - len(found))]


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


def character_places(text: str) -> list[int]:
    """The places of what `character_features` finds."""
    places: list[int] = []
    for match in _SEGMENT.finditer(text):
        start, end = match.span()
        for length in range(1, min(LONGEST_NGRAM, end - start) + 1):
            middle = (length - 1) // 2
            places += range(start + middle, end - length + 1 + middle)
    return [*places, 0, *[len(text) - 1] * (2 if "?" in text else 1)] if places else []


def word_features(words: Sequence[str]) -> list[str]:
    """Words and pairs of neighbouring words, told from character n-grams by a leading mark."""
    return [WORD + w for w in words] + [f"{WORD}{a}_{b}" for a, b in pairwise(words)]


def find(text: str, dictionary: Words, *, normalised: bool = False) -> Found:
    """The features of a message, whose words are those of `dictionary`."""
    plain = simplify(text if normalised else normalise(text))
    bare = [w for w in dictionary.cut(plain) if _speaks(w)]
    return Found(character_features(plain), word_features(bare), bare)


def locate(simple: str, dictionary: Words) -> tuple[Found, Places]:
    """The features of a simplified text, and their places in it."""
    bare, starts, at = [], [], 0
    for word in dictionary.cut(simple):
        if _speaks(word):
            bare.append(word)
            starts.append(at)
        at += len(word)
    found = Found(character_features(simple), word_features(bare), bare)
    return found, Places(character_places(simple), starts + starts[1:], starts)


def _speaks(word: str) -> bool:
    return bool(word.strip()) and (len(word) > 1 or word.isalnum())
