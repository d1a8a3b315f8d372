"""When somebody is there: reads such words as `周一至周五 9:00-17:00，周六 9:00-12:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WORDS = {
    "工作日": frozenset(range(5)),
    "周末": frozenset({5, 6}),
    "双休日": frozenset({5, 6}),
    "每天": frozenset(range(7)),
    "每日": frozenset(range(7)),
    "全天": frozenset(range(7)),
}
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")
_RANGE = re.compile(r"([一二三四五六日天])-([一二三四五六日天])")
_LAST = time(23, 59, 59)
#: Spellings that mean the same; what they become is what is read.
_SAME = (
    ("：", ":"),
    ("点半", ":30"),
    ("至", "-"),
    ("到", "-"),
    ("～", "-"),
    ("~", "-"),
    ("—", "-"),
    ("–", "-"),
    ("－", "-"),
    ("星期", "周"),
    ("礼拜", "周"),
    ("24小时", "0:00-24:00"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """On these days of the week (0 is Monday), from `start` until before `end`, local time."""

    days: frozenset[int]
    start: time
    end: time


def parse_hours(text: str) -> tuple[Opening, ...] | None:
    """The openings in the words; empty for no words, None for words that cannot be read."""
    words = "".join(text.split())
    for said, meant in _SAME:
        words = words.replace(said, meant)
    words = re.sub(r"点(?=\d\d)", ":", words).replace("点", ":00")
    openings: list[Opening] = []
    days: frozenset[int] = frozenset()
    for part in re.split(r"[，,；;。]|(?<=\d)、(?=\D)", words):
        if not part:
            continue
        named, rest = _days(part)
        rest = rest.removesuffix("全天")
        days = named or days or frozenset(range(7))
        spans = list(_SPAN.finditer(rest))
        if _SPAN.sub("", rest).strip("和及、") or not (spans or named):
            return None
        for span in spans:
            opening = _opening(days, span)
            if opening is None:
                return None
            openings.append(opening)
        if not spans:
            openings.append(Opening(days, time(0), _LAST))
    return tuple(openings)


def _days(part: str) -> tuple[frozenset[int], str]:
    """The days that are named, and what is left of the words."""
    for word, days in _WORDS.items():
        if part.startswith(word):
            return days, part.removeprefix(word)
    if not part.startswith("周"):
        return frozenset(), part
    head = re.match(r"[周一二三四五六日天\-和及、]*", part)
    spoken = head.group() if head else ""
    # 周一9:00 must not lose the dash of its hours.
    spoken = spoken.rstrip("-")
    bare = spoken.replace("周", "")
    found: set[int] = set()
    for first, last in _RANGE.findall(bare):
        a, b = _DAYS[first], _DAYS[last]
        found |= set(range(a, b + 1)) if a <= b else set(range(a, 7)) | set(range(b + 1))
    found |= {_DAYS[c] for c in _RANGE.sub("", bare) if c in _DAYS}
    return frozenset(found), part[len(spoken) :]


def _opening(days: frozenset[int], span: re.Match[str]) -> Opening | None:
    numbers = [int(n or 0) for n in span.groups()]
    if numbers[0] > 23 or numbers[2] > 24 or numbers[1] > 59 or numbers[3] > 59:
        return None
    start = time(numbers[0], numbers[1])
    end = _LAST if numbers[2] == 24 else time(numbers[2], numbers[3])
    return Opening(days, start, end) if start < end else None


def open_at(openings: tuple[Opening, ...], moment: datetime) -> bool:
    """Whether somebody is there at this local moment."""
    return any(moment.weekday() in o.days and o.start <= moment.time() < o.end for o in openings)


def open_on(openings: tuple[Opening, ...], moment: datetime) -> bool:
    """Whether somebody is there at any hour of this local day."""
    return any(moment.weekday() in o.days for o in openings)
