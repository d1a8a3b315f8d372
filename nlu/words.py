"""Cuts text into words as jieba does, from jieba's dictionary frozen into three arrays.

jieba itself keeps half a million Python strings: 70 MB and half a second at every start. Training freezes
its dictionary, with the domain words, into a hash table that is a part of the model.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf, log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from jieba import Tokenizer

DOMAIN_WORDS = Path(__file__).parent / "data" / "words.txt"
_FREQUENCY = 2000
# What jieba looks up in its dictionary; everything else falls into characters.
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
# The hash of a word grows by a character: h = (h ^ character) × factor, in 64 bits. Its highest bits are the
# slot in the table, the 32 below them the tag by which the word is known again.
_BEGIN, _FACTOR, _64_BITS = 0xCBF29CE484222325, 0x9E3779B97F4A7C15, (1 << 64) - 1
_TAG_BITS = 32
# The weight of what is no word, but how a longer word begins.
_PREFIX = -inf


class Unfreezable(Exception):
    """Two words cannot be told apart in the table."""


@dataclass(frozen=True, eq=False)
class Words:
    """A frozen dictionary: slots × tag (0: free), slots × place in `weights`, log-probabilities.

    Linear probing; the number of slots is a power of two. `unknown` is the weight of an unknown character.
    """

    tags: NDArray[np.uint32]
    places: NDArray[np.uint16]
    weights: NDArray[np.float64]
    unknown: float

    def cut(self, text: str) -> list[str]:
        """The words of normalised text. Unknown runs fall into characters: n-grams know them anyway."""
        found: list[str] = []
        for number, piece in enumerate(_BLOCK.split(text)):
            if number % 2:
                self._cut_block(piece, found)
            else:
                found += piece
        return found

    @cached_property
    def _table(self) -> tuple[memoryview, memoryview, list[float], int]:
        """Tags, places, weights as what Python reads fastest, and how far a hash is moved for its slot."""
        shift = 64 - (len(self.tags).bit_length() - 1)
        return self.tags.data, self.places.data, self.weights.tolist(), shift

    def _cut_block(self, block: str, found: list[str]) -> None:
        """The likeliest words of the block, the longer first one where two ways are as likely."""
        ends = self._likeliest(block)
        start, letters = 0, ""
        while start < len(block):
            word = block[start : ends[start]]
            start = ends[start]
            if len(word) == 1 and word.isascii() and word.isalnum():
                letters += word
                continue
            if letters:
                found.append(letters)
                letters = ""
            found.append(word)
        if letters:
            found.append(letters)

    def _likeliest(self, block: str) -> list[int]:
        """Where the word that begins at each place ends, on the likeliest way to the end of the block."""
        tags, places, weights, shift = self._table
        last, low = len(tags) - 1, shift - _TAG_BITS
        codes = list(map(ord, block))
        size = len(codes)
        ways, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            best, stop = _PREFIX, start + 1
            key = _BEGIN
            for end in range(start, size):
                key = ((key ^ codes[end]) * _FACTOR) & _64_BITS
                slot, tag = key >> shift, ((key >> low) & 0xFFFFFFFF) or 1
                while (there := tags[slot]) != tag and there:
                    slot = (slot + 1) & last
                if not there:
                    break
                way = weights[places[slot]] + ways[end + 1]
                if way >= best and way != _PREFIX:
                    best, stop = way, end + 1
            ways[start] = best if best != _PREFIX else self.unknown + ways[start + 1]
            ends[start] = stop
        return ends


def freeze() -> Words:
    """What `Words` needs of jieba's dictionary with the domain words."""
    tokenizer = jieba_with_domain()
    return frozen(tokenizer.FREQ, tokenizer.total)


def jieba_with_domain() -> Tokenizer:
    """A tokenizer of our own with the domain words: the global one stays untouched."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # jieba would load what lies under a well-known name in the folder that all users may write to.
    with TemporaryDirectory() as own:
        tokenizer.tmp_dir = own
        tokenizer.initialize()
    for line in DOMAIN_WORDS.read_text(encoding="utf-8").splitlines():
        for word in line.partition("#")[0].split():
            tokenizer.add_word(word, _FREQUENCY)
    return tokenizer


def frozen(frequencies: dict[str, int], total: int) -> Words:
    """A table of these words; what only begins a longer word has the frequency 0. Raises Unfreezable."""
    bits = max(8, (2 * len(frequencies)).bit_length())
    kinds = sorted(set(frequencies.values()))
    place_of = {frequency: place for place, frequency in enumerate(kinds)}
    weights = [log(frequency) - log(total) if frequency else _PREFIX for frequency in kinds]
    tags, places = [0] * (1 << bits), [0] * (1 << bits)
    for word, key in _keys(frequencies):
        slot, tag = key >> (64 - bits), ((key >> (64 - bits - _TAG_BITS)) & 0xFFFFFFFF) or 1
        while tags[slot]:
            if tags[slot] == tag:
                raise Unfreezable(word)
            slot = (slot + 1) & (len(tags) - 1)
        tags[slot], places[slot] = tag, place_of[frequencies[word]]
    return Words(
        np.array(tags, dtype=np.uint32),
        np.array(places, dtype=np.uint16),
        np.array(weights, dtype=np.float64),
        -log(total),
    )


def _keys(words: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Each word with its hash, those of one length at once."""
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    for length, alike in by_length.items():
        codes: Any = np.frombuffer("".join(alike).encode("utf-32-le"), dtype=np.uint32)
        codes = codes.reshape(len(alike), length).astype(np.uint64)
        keys = np.full(len(alike), _BEGIN, dtype=np.uint64)
        for column in codes.T:
            keys = (keys ^ column) * np.uint64(_FACTOR)
        yield from zip(alike, keys.tolist(), strict=True)
