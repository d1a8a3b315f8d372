# ruff: noqa: E501 - Chinese characters count twice, and a broken pattern is harder to read
"""Cuts a message into clauses, and tells by their words which ask, which tell a fault and which only explain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
CONNECTIVE = "还有|另外|顺便|顺带|顺手|再一个|再有|再就是|还想|还要|还得|也想|也要|也帮|同时|此外|以及|捎带|一块儿?|对了|再给|再帮|再教|再来"
_CUT = re.compile(rf"[,.;!?:、\s]+|(?=(?:{CONNECTIVE}))")
_STARTS = re.compile(rf"(?:{CONNECTIVE}|再|也|又|还)")
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
_COUNTS = re.compile(
    "(?:^|[^0-9])[1-4一二三][.、)]|[两三](?:样|件事|个事)|都(?:要|想|坏|求|给|得)|一[趟次并起]|分别"
)
_SHORTEST, _MOST = 2, 14
# In characters, at least and at most.
_LENGTHS = ((4, 6), (7, 10), (11, 14))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a clause speaks."""

    asks: bool
    fault: bool
    only_explains: bool
    said: bool
    goes_on: bool


def clauses(text: str) -> list[Span]:
    """Spans of a text between punctuation and connectives; crumbs stay with what follows."""
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


def manner(piece: str) -> Manner:
    """How the words of one clause speak."""
    asks = bool(_ASKS.search(piece))
    return Manner(
        asks=asks,
        fault=bool(_FAULT.search(piece)),
        only_explains=not asks and bool(_EXPLAINS.search(piece)),
        said=bool(_SAID.search(piece)),
        goes_on=bool(_STARTS.match(piece)),
    )


def counts_off(text: str) -> bool:
    """Whether the writer counts several things: 1. 2., both, all three."""
    return bool(_COUNTS.search(text))


def within(piece: Span, starts: Sequence[int]) -> list[Span]:
    """Stretches of a long clause from word to word: from each word a short, a middling and a longer one."""
    begin, end = piece
    edges = [*(s for s in starts if begin <= s < end), end]
    found = []
    for number, start in enumerate(edges):
        stops = edges[number + 1 :]
        for least, most in _LENGTHS:
            stop = next((s for s in stops if s - start >= least), None)
            if stop is not None and stop - start <= most:
                found.append((start, stop))
    return found
