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
# A second need must ask for something itself, or tell a fault; who lives alone or is ill only explains.
_ASKS = re.compile(
    "想(?!不)|要(?!是|么|不[是然])|帮|请(?!假)|求|找|借|能不能|能不|能否|可以|可不可|[吗么呗不没]$|有没有|怎么|咋|哪|几点|什么时候|啥时候|多少|报名|申请|需要|安排|派|麻烦|希望|来(?:个|人|修|剪|看|教|给)|给(?:我|她|他|娃|孩|老|爸|妈)|(?:修|换|送|教|陪|买|取|清|学|打|理|领|办|剪|接|洗)(?:一下|一|个|点|下)|"
    "(?:修|换|送|教|陪|搬|清|拆|管)[一-鿿]{0,3}$"
)
_FAULT = re.compile(
    "坏|漏|渗|堵|不亮|不通|不灵|不响|不热|不动|不转|不制|打不开|关不|跳闸|裂|松了|臭|脏|吵|闹|噪|霉|锈|掉(?:下|皮|了)|没[电水气]|黑|乱|占|挡|堆|太多|满了|老鼠|蟑螂|没人(?:管|修|收|接|看|做|送|陪)|丢了|走丢|不见|拖欠|欠[^,]{0,3}(?:工资|钱)|骗|飞线|没退|不退|不肯|扣|快没"
)
_EXPLAINS = re.compile(
    "(?:一个人|独自|单独|自己)(?:住|在家|过)|独居|空巢|腿脚|腿不|走不动|出不了门|下不了[床楼]|眼睛|眼花|耳朵|耳背|瘫|残疾|住院|出院|手术|中风|生病|有病|病了|退休|下岗|在外[地面]|上班|出差|打工|加班|没空|[0-9一二三四五六七八九十]+多?岁|去世|走了|怀孕|轮椅|我是|害得|所以|因为|主要是|别是|不是"
)
_SAID = re.compile(
    "(?:物业|他们|[他她]|师傅|邻居|公司|医生|朋友|同事|儿子|女儿|人家)[^,]{0,5}(?:说|讲|让|不管)"
)
# A clause that neither asks nor explains weighs less: it must stand out more to be a need of its own.
_NEUTRAL = 0.8
_SHORTEST, _MOST, _MOST_NEEDS = 3, 12, 4
Chances = NDArray[np.float64]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What speaks of one item (its place among the items), with its probability and the clauses' spans."""

    item: int
    chance: float
    spans: tuple[Span, ...]


def clauses(text: str) -> list[Span]:
    """Spans of the message between punctuation and connectives; crumbs stay with what follows."""
    cuts = [match.span() for match in _CUT.finditer(text)]
    pieces: list[Span] = []
    begin, size, at = None, 0, 0
    for start, end in [*cuts, (len(text), len(text))]:
        begin = at if begin is None and start > at else begin
        size += start - at
        if begin is not None and size >= _SHORTEST:
            pieces.append((begin, start))
            begin, size = None, 0
        at = end
    if begin is not None:
        # Crumbs at the end belong to what was said before.
        pieces = [*pieces[:-1], (pieces[-1][0] if pieces else begin, len(text.rstrip(" ,.;!?:")))]
    if len(pieces) > _MOST:
        pieces = [*pieces[: _MOST - 1], (pieces[_MOST - 1][0], pieces[-1][1])]
    return pieces


def split(text: str, whole: Chances, chance_of: Callable[[str], Chances], limits: Thresholds) -> list[Part]:
    """The needs in the order they are told; empty where the message is all about one.

    `whole` gives the message's item probabilities (summing to 1), `chance_of` a clause's (their sum being how likely
    it wants anything). Beginning with the message's likeliest item,
    items are added as long as some clauses are told so much better by another item that it pays its price:
    `switch`, less where the whole message speaks for it too.
    """
    spans = clauses(text)
    pieces = [text[start:end] for start, end in spans]
    gain_of = np.array([_weight(p, limits) for p in pieces])
    if len(pieces) < 2 or not gain_of.any():
        return []
    # What only explains is not asked for its item.
    silent = np.zeros_like(whole)
    told = np.stack([chance_of(p) if weight else silent for p, weight in zip(pieces, gain_of, strict=True)])
    told = np.log(np.maximum(told, 1e-4))
    price = limits.switch - limits.whole * np.log(np.maximum(whole, 1e-4))
    chosen = [int(np.argmax(whole))]
    covered = np.maximum(told[:, chosen[0]], limits.background)
    while len(chosen) < _MOST_NEEDS:
        gains = (np.maximum(0.0, told - covered[:, None]) * gain_of[:, None]).sum(axis=0) - price
        best = int(np.argmax(gains))
        if gains[best] <= 0 or float(np.exp(told[gain_of > 0, best].max())) < limits.need:
            break
        chosen.append(best)
        covered = np.maximum(covered, told[:, best])
    return _parts(chosen, told, gain_of, spans) if len(chosen) > 1 else []


def _weight(piece: str, limits: Thresholds) -> float:
    """How much a clause counts for another need than the first: nothing where it only explains."""
    if _SAID.search(piece) or (_EXPLAINS.search(piece) and not _ASKS.search(piece)):
        return 0.0
    if not _ASKS.search(piece) and not _FAULT.search(piece):
        return _NEUTRAL
    return 1.0 + limits.connective if _STARTS.match(piece) else 1.0


def _parts(
    chosen: Sequence[int], told: NDArray[np.float64], weights: NDArray[np.float64], spans: Sequence[Span]
) -> list[Part]:
    """Give every clause to the item it tells best, and what only explains to what it stands before."""
    asking = [place for place, weight in enumerate(weights) if weight]
    owner: list[int] = []
    for place in range(len(spans)):
        speaks = next((p for p in asking if p >= place), asking[-1])
        owner.append(chosen[int(np.argmax(told[speaks, list(chosen)]))])
    parts = []
    for item in dict.fromkeys(owner):
        mine = [place for place, owned in enumerate(owner) if owned == item]
        chance = float(np.exp(told[mine, item].max()))
        parts.append(Part(item, chance, _joined(mine, spans)))
    return parts


def _joined(places: Sequence[int], spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of these clauses, neighbours as one."""
    found: list[Span] = []
    for before, place in zip([None, *places], places, strict=False):
        start, end = spans[place]
        if before is not None and before == place - 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
