# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Finds the several needs of one message: clauses are labelled by meaning, neighbours with one meaning stay one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.settings import Thresholds

CONNECTIVE = "还有|另外|顺便|顺带|顺手|再一个|再有|再就是|还想|还要|还得|也想|也要|也帮|同时|此外|以及|捎带|一块儿?|对了|再给|再帮|再教|再来"
_CUT = re.compile(rf"[,.;!?:、\s]+|(?=(?:{CONNECTIVE}))")
_STARTS = re.compile(rf"(?:{CONNECTIVE}|再|也|又|还)")
_SHORTEST, _MOST, _MOST_NEEDS = 3, 12, 4
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the message that speaks of one item (its place among the items), with its probability."""

    item: int
    chance: float
    text: str


def clauses(text: str) -> list[str]:
    """Pieces of the message between punctuation and connectives; crumbs stay with what follows."""
    pieces: list[str] = []
    crumb = ""
    for piece in _CUT.split(text):
        crumb += piece
        if len(crumb) >= _SHORTEST:
            pieces.append(crumb)
            crumb = ""
    if crumb and pieces:
        pieces[-1] += crumb
    elif crumb:
        pieces.append(crumb)
    if len(pieces) > _MOST:
        pieces = [*pieces[: _MOST - 1], ",".join(pieces[_MOST - 1 :])]
    return pieces


def split(
    pieces: Sequence[str], whole: Chances, chance_of: Callable[[str], Chances], limits: Thresholds
) -> list[Part]:
    """The needs in the order they are told; empty where there is one need only.

    `whole` gives the message's item probabilities (summing to 1), `chance_of` a clause's (their sum being how likely
    it wants anything). Beginning with the message's likeliest item,
    items are added as long as some clauses are told so much better by another item that it pays its price:
    `switch`, less where the whole message speaks for it too.
    """
    if len(pieces) < 2:
        return []
    told = np.log(np.maximum(np.stack([chance_of(p) for p in pieces]), 1e-4))
    gain_of = np.array([1.0 + limits.connective if _STARTS.match(p) else 1.0 for p in pieces])
    price = limits.switch - limits.whole * np.log(np.maximum(whole, 1e-4))
    chosen = [int(np.argmax(whole))]
    covered = np.maximum(told[:, chosen[0]], limits.background)
    while len(chosen) < _MOST_NEEDS:
        gains = (np.maximum(0.0, told - covered[:, None]) * gain_of[:, None]).sum(axis=0) - price
        best = int(np.argmax(gains))
        if gains[best] <= 0 or float(np.exp(told[:, best].max())) < limits.need:
            break
        chosen.append(best)
        covered = np.maximum(covered, told[:, best])
    return _parts(chosen, told, pieces) if len(chosen) > 1 else []


def _parts(chosen: Sequence[int], told: NDArray[np.float64], pieces: Sequence[str]) -> list[Part]:
    """Give every clause to the item it tells best, and drop an item that is left without one."""
    owner = [chosen[int(np.argmax(row[list(chosen)]))] for row in told]
    parts = []
    for item in dict.fromkeys(owner):
        mine = [place for place, mine in enumerate(owner) if mine == item]
        chance = float(np.exp(told[mine, item].max()))
        parts.append(Part(item, chance, ",".join(pieces[place] for place in mine)))
    return parts if len(parts) > 1 else []
