"""Word vectors (nlu/data/vectors, see NOTICE.txt): what words mean that no training message contains."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HOME = Path(__file__).parent / "data" / "vectors"
SIZE = 100
POOLED = 2 * SIZE
"""How many numbers stand for a message: the mean and the maximum over its words."""
Floats = NDArray[np.float32]


@cache
def _table() -> tuple[dict[str, int], NDArray[np.int8]]:
    words = (HOME / "words.txt").read_text(encoding="utf-8").split("\n")
    numbers = np.load(HOME / "vectors.npy", allow_pickle=False)
    return {word: row for row, word in enumerate(words) if word}, numbers


@lru_cache(maxsize=1 << 14)
def meaning(word: str) -> tuple[Floats, Floats] | None:
    """Mean and maximum of the unit vectors of a word, or of its longest known pieces; None without any."""
    places, table = _table()
    rows: list[int] = []
    at = 0
    while at < len(word):
        for end in range(len(word), at, -1):
            row = places.get(word[at:end])
            if row is not None:
                rows.append(row)
                at = end
                break
        else:
            at += 1
    if not rows:
        return None
    found = table[rows].astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.mean(axis=0), found.max(axis=0)


def pool(words: Sequence[str], weights: Sequence[float]) -> Floats:
    """The weighted mean and the maximum over the words, each of length one (zeros where no word is known)."""
    known = [
        (*told, w) for word, w in zip(words, weights, strict=True) if (told := meaning(word)) is not None
    ]
    if not known:
        return np.zeros(POOLED, dtype=np.float32)
    means, highest, shares = zip(*known, strict=True)
    mean = np.array(shares, dtype=np.float32) @ np.array(means)
    return np.concatenate([_unit(mean), _unit(np.array(highest).max(axis=0))])


def warm_up() -> None:
    """Load the table now instead of at the first message."""
    _table()


def _unit(vector: Floats) -> Floats:
    length = float(np.sqrt(vector @ vector))
    return vector / np.float32(length) if length else vector
