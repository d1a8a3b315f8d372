"""Whose words weighed how much: what features add is spread over their characters, then told as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.features import WORD, origins, simplify
from nlu.words import Words

Heat = NDArray[Any]
Span = tuple[int, int]
_DIGITS = re.compile("[0-9]+")
_LONGEST = 6
# Two neighbours are told as one where so much of the lesser one's weight stands in features across both.
_TOGETHER = 0.5


@dataclass(frozen=True, slots=True)
class Warm:
    """A stretch `text[start:end]` of a normalised message, and its weight in log-odds."""

    start: int
    end: int
    weight: float


class HeatMap:
    """The characters of one normalised message, over which any column's weights can be spread."""

    def __init__(self, text: str, names: Sequence[str], dictionary: Words) -> None:
        self.text = text
        self._simple = simplify(text)
        self._origins = _stretches(text, self._simple)
        words = list(_placed(dictionary.cut(self._simple)))
        self._words = [(a, b) for a, b in words if self._simple[a:b].strip() and _speaks(self._simple[a:b])]
        # Punctuation inside a feature has no weight of its own.
        self._spoken = np.zeros(len(self._simple))
        for start, end in self._words:
            self._spoken[start:end] = 1
        self._places = [list(self._of(name)) for name in names]

    def spans(self, parts: Heat) -> list[Warm]:
        """The words with what they add, as they stand; `parts` is what each feature adds."""
        heat = np.zeros(len(self._simple))
        across = np.zeros(len(self._simple) + 1)
        for places, part in zip(self._places, parts, strict=True):
            for start, end in places:
                loud = self._spoken[start:end]
                heat[start:end] += loud * (part / len(places) / max(1, loud.sum()))
                across[start + 1 : end] += part / len(places)
        return [self._original(warm) for warm in self._joined(heat, across)]

    def lost(self, parts: Heat) -> float:
        """What those features add that stand nowhere in the text."""
        return float(sum(part for places, part in zip(self._places, parts, strict=True) if not places))

    def _joined(self, heat: Heat, across: Heat) -> list[Warm]:
        found: list[Warm] = []
        for start, end in self._words:
            warm = Warm(start, end, float(heat[start:end].sum()))
            before = found[-1] if found else None
            if before and before.end == start and self._belong(before, warm, float(across[start])):
                found[-1] = Warm(before.start, end, before.weight + warm.weight)
            else:
                found.append(warm)
        return found

    def _belong(self, before: Warm, after: Warm, across: float) -> bool:
        if after.end - before.start > _LONGEST or before.weight * after.weight <= 0:
            return False
        least = min(abs(before.weight), abs(after.weight))
        return across * after.weight > 0 and abs(across) >= _TOGETHER * least

    def _of(self, name: str) -> Iterator[Span]:
        """Where a feature stands in the simplified text."""
        text = self._simple
        if name.startswith(WORD) and len(name) > 1:
            first, pair, second = name[1:].partition("_")
            for n, (start, end) in enumerate(self._words):
                if text[start:end] != first:
                    continue
                if not pair:
                    yield start, end
                elif n + 1 < len(self._words):
                    begin, stop = self._words[n + 1]
                    if text[begin:stop] == second:
                        yield start, stop
        elif len(name) > 1 and name[0] == "^":
            at = text.find(name[1:])
            if at >= 0:
                yield at, at + len(name) - 1
        elif len(name) > 1 and name[-1] == "$":
            at = text.rfind(name[:-1])
            if at >= 0:
                yield at, at + len(name) - 1
        else:
            at = text.find(name)
            while at >= 0:
                yield at, at + len(name)
                at = text.find(name, at + 1)

    def _original(self, warm: Warm) -> Warm:
        start = self._origins[warm.start][0]
        return Warm(start, max(start + 1, self._origins[warm.end - 1][1]), warm.weight)


def strongest(warm: Iterable[Warm], many: int, least: float) -> list[Warm]:
    """The heaviest, heaviest first; what weighs less than `least` of the heaviest is not worth telling."""
    ordered = sorted(warm, key=lambda w: -abs(w.weight))
    return [w for w in ordered[:many] if abs(w.weight) >= least * abs(ordered[0].weight)]


def _speaks(word: str) -> bool:
    return len(word) > 1 or word.isalnum()


def _placed(words: Iterable[str]) -> Iterator[Span]:
    at = 0
    for word in words:
        yield at, at + len(word)
        at += len(word)


def _stretches(text: str, simple: str) -> list[Span]:
    """For every simplified character, the stretch of `text` it stands for: a number is one character."""
    found = []
    for start in origins(text, simple):
        digits = _DIGITS.match(text, start)
        found.append((start, digits.end() if digits else start + 1))
    return found
