"""Scores any stretch of one message by one pass over it.

The model is linear, so what its features say can be summed along the message: the score of a stretch is the
difference of two sums, and a hundred stretches cost little more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlu import vectors
from nlu.features import Found, Places
from nlu.model import Floats, Model, Rows

Span = tuple[int, int]
_LEAST = 1e-9
_PIECE = 12
_Places = NDArray[np.intp]


class Boost(NamedTuple):
    """Where the words of a rule stand, its intent's column, and its log-odds."""

    start: int
    end: int
    column: int
    boost: float


class Spans:
    """One message, whose stretches are told by begin and end in its simplified text."""

    def __init__(self, model: Model, found: Found, places: Places, rows: Rows) -> None:
        self._model = model
        self._many = len(model.intents)
        self._meaning = model.meaning[:, : self._many]
        self._blocks = [
            self._summed(block, at) for block, at in zip(rows, (places.characters, places.words), strict=True)
        ]
        self.starts = np.array(places.bare, dtype=np.intp)
        means, self._highest = self._meanings(found.bare)
        self._meant = np.vstack([np.zeros(vectors.SIZE, dtype=np.float32), np.cumsum(means, axis=0)])

    def chances(self, spans: Sequence[Span], boosts: Sequence[Boost] = ()) -> Floats:
        """Log-probabilities of the intents (spans × intents), each stretch read as if it were a message."""
        model = self._model
        begin, end = np.array(spans, dtype=np.intp).T
        pooled = self._pooled(begin, end)
        raw = np.empty((len(spans), self._many), dtype=np.float32)
        # Small pieces: BLAS would start threads for the whole, and wait for them where the machine is busy.
        for row in range(0, len(spans), _PIECE):
            np.matmul(pooled[row : row + _PIECE], self._meaning, out=raw[row : row + _PIECE])
        raw += model.bias[: self._many]
        for at, sums, squares in self._blocks:
            first, last = np.searchsorted(at, begin), np.searchsorted(at, end)
            length = np.sqrt(np.maximum(squares[last] - squares[first], _LEAST))
            raw += (sums[last] - sums[first]) / length[:, None]
        raw *= np.float32(model.temperature)
        for boost in boosts:
            raw[(begin <= boost.start) & (boost.end <= end), boost.column] += boost.boost
        raw -= raw.max(axis=1, keepdims=True)
        raw -= np.log(np.exp(raw).sum(axis=1, keepdims=True))
        return np.asarray(raw, dtype=np.float32)

    def _summed(self, rows: _Places, places: Sequence[int]) -> tuple[_Places, Floats, Floats]:
        """The places of a block's known features in order, and sums of what they say and of their squares."""
        model = self._model
        known = rows >= 0
        at = np.array(places, dtype=np.intp)[known]
        order = np.argsort(at, kind="stable")
        rows = rows[known][order]
        weights = model.idf[rows]
        sums = np.zeros((len(rows) + 1, self._many), dtype=np.float32)
        np.cumsum(model.weights[rows, : self._many] * weights[:, None], axis=0, out=sums[1:])
        return at[order], sums, np.concatenate([[0.0], np.cumsum(weights * weights)]).astype(np.float32)

    def _meanings(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """The weighted mean and the maximum of each word's vectors (words × SIZE)."""
        means = np.zeros((len(words), vectors.SIZE), dtype=np.float32)
        highest = np.full((len(words), vectors.SIZE), -np.inf, dtype=np.float32)
        for number, (word, weight) in enumerate(zip(words, self._model.weigh(words), strict=True)):
            told = vectors.meaning(word)
            if told is not None:
                means[number] = told[0] * np.float32(weight)
                highest[number] = told[1]
        return means, highest

    def _pooled(self, begin: _Places, end: _Places) -> Floats:
        """What `vectors.pool` gives for the words of each stretch."""
        first, last = np.searchsorted(self.starts, begin), np.searchsorted(self.starts, end)
        return np.hstack([_units(self._meant[last] - self._meant[first]), _units(self._maxima(first, last))])

    def _maxima(self, first: _Places, last: _Places) -> Floats:
        """The highest of the words from `first` to before `last`; zeros where none is known."""
        found = np.full((len(first), vectors.SIZE), -np.inf, dtype=np.float32)
        # Each range is the union of two whose length is a power of two.
        level, width = self._highest, 1
        lengths = last - first
        while len(level):
            mine = np.flatnonzero((lengths >= width) & (lengths < 2 * width))
            found[mine] = np.maximum(level[first[mine]], level[last[mine] - width])
            level, width = np.maximum(level[:-width], level[width:]), 2 * width
        return np.where(np.isfinite(found), found, np.float32(0))


def _units(rows: Floats) -> Floats:
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray(rows / np.maximum(length, _LEAST)[:, None], dtype=np.float32)
