"""Judges a regular expression by its structure: whether some text could make it work without end.

A pattern is read into its positions (each place where it takes one character) and which may follow which.
A loop that can read the same text in two ways doubles its work with every turn; several loops in a row over
the same characters multiply theirs. Look-aheads are taken as always true, which errs on the side of refusal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

#: A repeat of more than this is as good as endless in a message of 2,000 characters.
_ENDLESS = 60
_MESSAGE = 2000
#: So many ways to divide one stretch among the repeats of a pattern are bearable.
_WAYS = 250_000
#: From so many turns on a loop that reads in two ways is too much.
_TURNS = 6
_COPIES = 3
_SAMPLES = (
    "\0\t\n 0359aghzAGZ_-,.:;!?()#/+*'\"²½éß٣१一二三十百的了是在我楼龥鿿，。！0５한\u200b\U0001f600\U00020000"
)

Node = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class _Loop:
    """A repeat: its positions and which follow which, its turns, and in how many ways it can end."""

    places: frozenset[int]
    edges: Counter[tuple[int, int]]
    turns: int
    ways: int


@dataclass(slots=True)
class _Part:
    """A stretch of a pattern: can it be empty, where does it begin and end."""

    empty: bool = True
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


def risk(pattern: str, flags: int = 0) -> str | None:
    """Why `pattern` may work without end on some text, in a few Chinese words; None where it cannot.

    Raises re.error where it is no pattern.
    """
    tree = _parser.parse(pattern, flags)
    automaton = _Automaton(_alphabet(tree))
    automaton.read(tree)
    return automaton.risk()


class _Automaton:
    def __init__(self, alphabet: Sequence[str]) -> None:
        self.alphabet = alphabet
        self.masks: list[int] = []
        self.follow: Counter[tuple[int, int]] = Counter()
        self.loops: list[_Loop] = []
        self.hollow = False

    def risk(self) -> str | None:
        if self.hollow:
            return "反复的部分可以什么都不匹配"
        if any(loop.turns >= _TURNS and self._two_ways(loop) for loop in self.loops):
            return "一个反复的部分对同样的文字有不止一种读法"
        if self._ways() > _WAYS:
            return "几个反复的部分连着，又能匹配同样的字"
        return None

    def read(self, nodes: Iterable[Node]) -> _Part:
        """Add a sequence."""
        whole = _Part()
        for node in nodes:
            whole = self._then(whole, self._node(*node))
        return whole

    def _node(self, kind: Any, told: Any) -> _Part:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            # What a possessive repeat took it never gives back: it has one way.
            return self._repeat(*told, kept=kind is op.POSSESSIVE_REPEAT)
        if kind is op.SUBPATTERN:
            return self.read(told[3])
        if kind is op.ATOMIC_GROUP:
            return self.read(told)
        if kind is op.BRANCH:
            return self._either([self.read(branch) for branch in told[1]])
        if kind is op.GROUPREF_EXISTS:
            return self._either([self.read(branch) if branch else _Part() for branch in told[1:]])
        if kind in (op.ASSERT, op.ASSERT_NOT):
            # What it looks at is read apart: it takes nothing from the text.
            self.read(told[1])
            return _Part()
        if kind is op.AT:
            return _Part()
        self.masks.append(self._mask(kind, told))
        return _Part(False, [len(self.masks) - 1], [len(self.masks) - 1])

    def _either(self, parts: Sequence[_Part]) -> _Part:
        return _Part(
            any(p.empty for p in parts),
            [f for p in parts for f in p.first],
            [x for p in parts for x in p.last],
        )

    def _then(self, one: _Part, other: _Part) -> _Part:
        self.follow.update((p, q) for p in one.last for q in other.first)
        return _Part(
            one.empty and other.empty,
            one.first + (other.first if one.empty else []),
            other.last + (one.last if other.empty else []),
        )

    def _repeat(self, least: int, most: int, body: Sequence[Node], *, kept: bool) -> _Part:
        at = len(self.masks)
        before = Counter(self.follow)
        whole = _Part()
        copies = max(1, min(int(most), max(int(least), 1), _COPIES)) if most else 0
        for turn in range(copies):
            whole = self._then(whole, self._turn(body, may_fail=turn >= least))
        if int(most) <= 1 or not copies:
            return whole
        if int(most) > _ENDLESS and _Automaton(self.alphabet).read(body).empty:
            self.hollow = True
        self.follow.update((p, q) for p in whole.last for q in whole.first)
        if most != least and not kept:
            places = frozenset(range(at, len(self.masks)))
            edges = Counter(
                {e: n - before[e] for e, n in self.follow.items() if e[0] in places and e[1] in places}
            )
            ways = _MESSAGE if int(most) > _ENDLESS else int(most) - int(least) + 1
            self.loops.append(_Loop(places, edges, int(most), ways))
        return _Part(whole.empty or least == 0, whole.first, whole.last)

    def _turn(self, body: Sequence[Node], *, may_fail: bool) -> _Part:
        part = self.read(body)
        return _Part(part.empty or may_fail, part.first, part.last)

    def _mask(self, kind: Any, told: Any) -> int:
        mask = 0
        for place, character in enumerate(self.alphabet):
            if _takes(kind, told, character):
                mask |= 1 << place
        return mask

    def _two_ways(self, loop: _Loop) -> bool:
        """Whether two different walks through a loop read the same text and meet again."""
        if any(many > 1 for many in loop.edges.values()):
            return True
        after: dict[int, list[int]] = {}
        for one, other in loop.edges:
            after.setdefault(one, []).append(other)
        seen: set[tuple[int, int]] = set()
        waiting = [(p, p) for p in loop.places]
        while waiting:
            one, other = waiting.pop()
            for next_one in after.get(one, ()):
                for next_other in after.get(other, ()):
                    if not self.masks[next_one] & self.masks[next_other]:
                        continue
                    if next_one == next_other:
                        if one != other:
                            return True
                        continue
                    pair = (next_one, next_other)
                    if pair not in seen:
                        seen.add(pair)
                        waiting.append(pair)
        return False

    def _ways(self) -> int:
        """In how many ways repeats that follow each other over the same characters divide a stretch."""
        after: dict[int, list[int]] = {}
        for one, other in self.follow:
            after.setdefault(one, []).append(other)
        loops = [loop for loop in self.loops if loop.ways > 2]
        masks = [self._union(loop.places) for loop in loops]
        most = [loop.ways for loop in loops]
        for at in range(len(loops) - 1, -1, -1):
            places = loops[at].places
            reached = self._reach(places, masks[at], after)
            # Only what both can take is divided between them, and only where all between them takes it too.
            beyond = [
                most[i]
                for i, loop in enumerate(loops)
                if min(loop.places) > max(places)
                and loop.places & reached
                and loop.places & self._reach(places, masks[i] & masks[at], after)
            ]
            most[at] = loops[at].ways * max(beyond, default=1)
        return max(most, default=1)

    def _reach(self, start: frozenset[int], mask: int, after: dict[int, list[int]]) -> set[int]:
        seen: set[int] = set()
        waiting = list(start)
        while waiting:
            for place in after.get(waiting.pop(), ()):
                if place not in seen and self.masks[place] & mask:
                    seen.add(place)
                    waiting.append(place)
        return seen - start

    def _union(self, places: Iterable[int]) -> int:
        mask = 0
        for place in places:
            mask |= self.masks[place]
        return mask


def _takes(kind: Any, told: Any, character: str) -> bool:
    if kind is op.LITERAL:
        return chr(told) == character
    if kind is op.NOT_LITERAL:
        return chr(told) != character
    if kind is op.ANY:
        return character != "\n"
    if kind is op.IN:
        negated = told[0][0] is op.NEGATE
        return negated != any(_member(k, t, character) for k, t in told[negated:])
    return True  # what a group took before may be anything


def _member(kind: Any, told: Any, character: str) -> bool:
    if kind is op.RANGE:
        return bool(told[0] <= ord(character) <= told[1])
    if kind is op.CATEGORY:
        return bool(re.match(_CATEGORIES[told], character))
    return _takes(kind, told, character)


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


def _alphabet(tree: Iterable[Node]) -> list[str]:
    """Characters that stand for all: those named, the edges of ranges, and some of every kind."""
    named = {c for value in _numbers(tree) for c in (value - 1, value, value + 1) if 0 <= c <= 0x10FFFF}
    return sorted({*map(chr, named), *_SAMPLES})


def _numbers(nodes: Iterable[Node]) -> Iterator[int]:
    for kind, told in nodes:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield told
        elif kind is op.RANGE:
            yield from told
        elif kind is op.IN:
            yield from _numbers(told)
        elif kind is op.BRANCH:
            for branch in told[1]:
                yield from _numbers(branch)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from _numbers(told[2])
        elif kind is op.SUBPATTERN:
            yield from _numbers(told[3])
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _numbers(told[1])
        elif kind is op.ATOMIC_GROUP:
            yield from _numbers(told)
        elif kind is op.GROUPREF_EXISTS:
            for branch in told[1:]:
                yield from _numbers(branch or ())
