"""What somebody typed to find a request, as conditions on its columns or on what those hide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Row, Text, select, type_coerce

from storage.tables import requests
from storage.types import storable

_r = requests.c
_LONGEST = 60
_MOST_WORDS = 6
_DIGITS = re.compile(r"\+?[\d\-]+")
_PLACE = re.compile(
    r"(?P<compound>\D*?)(?P<building>\d+)\s*(?:号楼|号院|栋|幢|座|楼|#)(?:(?P<unit>\d+)单元)?(?P<room>\d+)?室?"
)
_SHORTEST_EXACT = 6
_SHORTEST_PHONE_TAIL = 4
_NUMBER_TAIL = 4
_OPEN = ("id", "number", "item", "compound", "building")
_SEALED = ("description", "summary", "place", "unit", "room", "phone")
#: What words are looked for in; sealed columns come as they are stored.
SEEN = select(*[_r[name] for name in _OPEN], *[type_coerce(_r[name], Text).label(name) for name in _SEALED])


class Seen:
    """A stored row in which words are looked for. A column is unsealed when it is first asked for."""

    __slots__ = ("_dialect", "_open", "row")

    def __init__(self, row: Row[Any], dialect: Dialect) -> None:
        self.row = row
        self._dialect = dialect
        self._open: dict[str, str] = {}

    def text(self, name: str) -> str:
        """A sealed column in the clear."""
        if name not in self._open:
            opened = _r[name].type.process_result_value(self.row._mapping[name], self._dialect)  # type: ignore[attr-defined]
            self._open[name] = opened or ""
        return self._open[name]

    def holds(self, name: str, lower: str) -> bool:
        """Whether a sealed column holds the words, given in lower case."""
        return lower in self.text(name).lower()


Test = Callable[[Seen], bool]


def clean(text: str) -> str:
    """Half-width digits and letters, nothing a database cannot hold."""
    return storable("".join(_half_width(c) for c in text)).strip()


def number_or_phone(text: str) -> tuple[ColumnElement[bool], list[str]] | None:
    """For digits: the condition of a number that begins so (year and month at least), and phones to try."""
    word = clean(text[:_LONGEST]).replace(" ", "")
    digits = word.lstrip("+").replace("-", "")
    if not _DIGITS.fullmatch(word) or len(digits) < _SHORTEST_EXACT:
        return None
    start = f"{digits[:8]}-{digits[8:]}" if len(digits) > 8 else digits
    phones = [digits, digits[2:]] if digits.startswith("86") else [digits]
    # ":" comes after every digit and the hyphen.
    return (_r.number >= start) & (_r.number < f"{start}:"), phones


def anywhere(text: str) -> list[Test]:
    """One test a word, all of which must be passed; empty for an empty text."""
    found = clean(text[: _LONGEST * _MOST_WORDS]).split()
    return [_word(word[:_LONGEST]) for word in found[:_MOST_WORDS]]


def _half_width(character: str) -> str:
    code = ord(character)
    return " " if code == 0x3000 else chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character


def _word(word: str) -> Test:
    if _DIGITS.fullmatch(word):
        return _by_digits(word)
    lower = word.lower()
    place = _PLACE.fullmatch(word)

    def test(seen: Seen) -> bool:
        row = seen.row
        return (
            row.item == lower
            or lower in row.compound.lower()
            or row.building == word
            or (place is not None and _at(seen, place))
            or seen.holds("description", lower)
            or seen.holds("summary", lower)
            or seen.holds("place", lower)
        )

    return test


def _by_digits(word: str) -> Test:
    digits = word.lstrip("+").replace("-", "")
    tail = f"-{digits:0>4}" if 0 < len(digits) <= _NUMBER_TAIL else None
    is_long = len(digits) >= _SHORTEST_PHONE_TAIL

    def test(seen: Seen) -> bool:
        row = seen.row
        if row.building == word or (tail is not None and row.number.endswith(tail)):
            return True
        return is_long and (seen.text("phone").endswith(digits) or digits in seen.text("description"))

    return test


def _at(seen: Seen, place: re.Match[str]) -> bool:
    """`8号楼` is kept as building `8`; a compound before it narrows it down, as do unit and room after it."""
    row = seen.row
    return (
        row.building == place["building"]
        and place["compound"].lower() in row.compound.lower()
        and place["unit"] in (None, seen.text("unit"))
        and place["room"] in (None, seen.text("room"))
    )
