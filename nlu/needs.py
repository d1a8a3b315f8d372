"""Finds the several needs of one message: what its stretches say, weighed as training learned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlu.clauses import Span, clauses, counts_off, manner, within
from nlu.model import Floats
from nlu.reading import Reading

FEATURES = 24
"""How many numbers are weighed of a candidate."""
_CANDIDATES, _MOST_NEEDS = 5, 4
# A clause of so many characters may hold two needs without a mark between them.
_LONG = 12
_MOST_STRETCHES = 160
# Nothing is less likely than this (log-probability).
_FLOOR = -9.2
# A stretch cut out of a clause is a little less sure than the clause itself.
_CUT_OUT = 0.3
_LOUD = -0.7
# What no stretch makes likelier than this is not wanted.
_QUIET = -2.5
# The second item's log-probability in the whole message, below which one clause, or several, tell one need.
_ALONE, _SURELY_ONE = -6.0, -8.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item (its column) that a stretch of the message speaks for, and what is weighed of it."""

    item: int
    span: Span
    chance: float
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What speaks of one item (its column), with its probability and its spans in the normalised message."""

    item: int
    chance: float
    spans: tuple[Span, ...]


def split(reading: Reading, least: float) -> list[Part]:
    """The needs in the order they are told; empty where the message is all about one.

    `least` is the probability from which another item is a need of its own.
    """
    found = candidates(reading)
    if not found:
        return []
    weights = reading.model.needs
    chances = 1 / (1 + np.exp(-(np.array([c.features for c in found]) @ weights[:-1] + weights[-1])))
    chosen: list[Candidate] = []
    for place in np.argsort(-chances):
        candidate = found[place]
        if chances[place] < least or len(chosen) >= _MOST_NEEDS - 1:
            break
        if all(apart(candidate.span, other.span) for other in chosen):
            chosen.append(candidate)
    return _parts(reading, chosen) if chosen else []


def apart(one: Span, other: Span) -> bool:
    """Whether two spans share nothing."""
    return one[1] <= other[0] or other[1] <= one[0]


def candidates(reading: Reading) -> list[Candidate]:
    """What the message might want beside the item that it is most about."""
    text, many = reading.simple, len(reading.model.items)
    pieces = clauses(text)
    long = [p for p in pieces if p[1] - p[0] >= _LONG]
    if len(pieces) < 2 and not long:
        return []
    # Where the whole message hardly speaks of a second item, its stretches need no look.
    second = float(np.partition(reading.whole[:many], -2)[-2])
    if second < (_ALONE if len(pieces) < 2 else _SURELY_ONE):
        return []
    plain = [*pieces, *((a[0], b[1]) for a, b in pairwise(pieces))]
    starts = reading.spans.starts.tolist()
    cut_out = [span for piece in long for span in within(piece, starts)]
    stretches = [*plain, *cut_out[: _MOST_STRETCHES - len(plain)]]
    said = np.maximum(reading.spans.chances(stretches, reading.boosts), _FLOOR)
    return list(_Weighing(reading, pieces, stretches, len(plain), said).candidates(many))


class _Weighing:
    """All that is weighed of the stretches of one message: spans, and log-probabilities (spans × intents)."""

    def __init__(
        self, reading: Reading, pieces: Sequence[Span], stretches: Sequence[Span], whole: int, said: Floats
    ) -> None:
        self._reading, self._pieces, self._stretches, self._said = reading, pieces, stretches, said
        self._begin, self._end = np.array(stretches).T
        self._is_cut = np.arange(len(stretches)) >= whole
        text = reading.simple
        self._ways = [manner(text[begin:end]) for begin, end in pieces]
        # Who lives alone or is ill only explains: that is no need, and no sign of one.
        self._speaks = np.array(
            [
                any(
                    not way.only_explains and not apart(piece, stretch)
                    for piece, way in zip(pieces, self._ways, strict=True)
                )
                for stretch in stretches
            ]
        )

    def candidates(self, many: int) -> Iterable[Candidate]:
        """The likeliest items but the message's own, each with its likeliest stretch."""
        message = np.maximum(self._reading.whole, _FLOOR)
        top = int(np.argmax(self._reading.items))
        surest = self._said[:, :many] - _CUT_OUT * self._is_cut[:, None]
        surest[~self._speaks] = _FLOOR
        places = surest.argmax(axis=0)
        best = surest[places, np.arange(many)]
        several = float(counts_off(self._reading.simple))
        loud = float((best > _LOUD).sum())
        likeliest = [
            int(item) for item in np.argsort(-best)[: _CANDIDATES + 1] if item != top and best[item] > _QUIET
        ]
        for item in likeliest[:_CANDIDATES]:
            place = int(places[item])
            told = (
                float(message[item]),
                float(best[item]),
                float(message[top]),
                float((message[:many] > message[item]).sum()),
                float(self._reading.model.alike[item, top]),
                several,
                loud,
            )
            features = (*told, *self._of_stretch(place, item, top, many), *self._of_words(place))
            chance = float(np.exp(self._said[place, item]))
            yield Candidate(item, self._stretches[place], chance, features)

    def _of_stretch(self, place: int, item: int, top: int, many: int) -> tuple[float, ...]:
        """What the stretch says, beside what the rest of the message says."""
        items = self._said[:, :many]
        elsewhere = (self._end <= self._begin[place]) | (self._begin >= self._end[place])
        elsewhere &= self._speaks
        rest = items[elsewhere].max(axis=0) if elsewhere.any() else np.full(many, _FLOOR)
        rivals = np.delete(items[place], item)
        return (
            float(items[place, top]),
            float(rest[top]),
            float(items[place, item] - rivals.max()),
            float(rest[item]),
            float(rest.max()),
            float(self._said[place, many:].max()),
        )

    def _of_words(self, place: int) -> tuple[float, ...]:
        """How the stretch and its clause speak, and how much of the message they are."""
        text = self._reading.simple
        begin, end = self._stretches[place]
        way = next(
            (way for (a, b), way in zip(self._pieces, self._ways, strict=True) if a <= begin < b),
            self._ways[-1],
        )
        return (
            float(way.asks),
            float(way.fault),
            float(way.said),
            float(way.goes_on),
            float(manner(text[begin:end]).asks),
            float(len(self._pieces)),
            float(np.log(end - begin)),
            float(np.log(len(text))),
            (end - begin) / len(text),
            float(self._is_cut[place]),
            begin / len(text),
        )


def _parts(reading: Reading, chosen: Sequence[Candidate]) -> list[Part]:
    """Give every piece of the message to the need that it tells best."""
    pieces = _cut(clauses(reading.simple), [c.span for c in chosen])
    said = reading.spans.chances(pieces, reading.boosts)
    columns = [int(np.argmax(reading.items)), *(c.item for c in chosen)]
    owners = [columns[int(np.argmax(row[columns]))] for row in said]
    for candidate in chosen:
        for place, piece in enumerate(pieces):
            if candidate.span[0] <= piece[0] and piece[1] <= candidate.span[1]:
                owners[place] = candidate.item
    sure = {c.item: c.chance for c in chosen}
    parts = []
    for item in dict.fromkeys([*owners, *columns]):
        mine = [place for place, owner in enumerate(owners) if owner == item]
        told = [float(np.exp(said[place, item])) for place in mine]
        chance = max([sure.get(item, 0.0), *told])
        parts.append(Part(item, chance, _originals(reading, [pieces[place] for place in mine] or pieces)))
    return parts


def _cut(pieces: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """The clauses, cut where a need begins or ends within one."""
    edges = {edge for span in spans for edge in span}
    found = []
    for begin, end in pieces:
        inner = sorted(edge for edge in edges if begin < edge < end)
        found += list(zip([begin, *inner], [*inner, end], strict=True))
    return found


def _originals(reading: Reading, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in the normalised message, neighbours as one."""
    at: NDArray[np.intp] = np.array([*reading.origins, len(reading.plain)])
    joined: list[Span] = []
    for begin, end in spans:
        if joined and not reading.simple[joined[-1][1] : begin].strip(" ,.;!?:、"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple((int(at[begin]), int(at[end])) for begin, end in joined)
