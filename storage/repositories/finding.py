"""What somebody typed to find a request, as conditions on its columns or on what those hide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Row, Text, select, type_coerce

from storage.sealing import MARK, Keyring
from storage.tables import requests
from storage.types import SealedColumn, storable

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
_COLUMNS = (
    "id",
    "number",
    "item",
    "compound",
    "building",
    "description",
    "summary",
    "place",
    "unit",
    "room",
    "phone",
)
_ID, _NUMBER, _ITEM, _COMPOUND, _BUILDING, _DESCRIPTION, _SUMMARY, _PLACE_WORDS, _UNIT, _ROOM, _PHONE = range(
    11
)
_KINDS = tuple(_r[name].type for name in _COLUMNS)
#: What words are looked for in; sealed columns come as they are stored.
SEEN = select(
    *[
        type_coerce(_r[name], Text).label(name) if isinstance(kind, SealedColumn) else _r[name]
        for name, kind in zip(_COLUMNS, _KINDS, strict=True)
    ]
)


class Seen:
    """A stored row in which words are looked for. A column is opened when it is first asked for."""

    __slots__ = ("_opened", "_ring", "_values")

    def __init__(self, row: Row[Any], ring: Keyring | None) -> None:
        self._values: tuple[Any, ...] = tuple(row)
        self._ring = ring
        self._opened: dict[int, str] = {}

    @property
    def id(self) -> int:
        """The request's id."""
        return int(self._values[_ID])

    def text(self, column: int) -> str:
        """A column in the clear, by its place among `_COLUMNS`. Raises SealingError."""
        stored: str = self._values[column]
        if not stored.startswith(MARK):
            return stored
        opened = self._opened.get(column)
        if opened is None:
            kind = _KINDS[column]
            assert isinstance(kind, SealedColumn)
            opened = self._opened[column] = kind.opened(stored, self._ring)
        return opened


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
        return (
            seen.text(_ITEM) == lower
            or seen.text(_BUILDING) == word
            or lower in seen.text(_COMPOUND).lower()
            or (place is not None and _at(seen, place))
            or lower in seen.text(_DESCRIPTION).lower()
            or lower in seen.text(_SUMMARY).lower()
            or lower in seen.text(_PLACE_WORDS).lower()
        )

    return test


def _by_digits(word: str) -> Test:
    digits = word.lstrip("+").replace("-", "")
    tail = f"-{digits:0>4}" if 0 < len(digits) <= _NUMBER_TAIL else None
    is_long = len(digits) >= _SHORTEST_PHONE_TAIL

    def test(seen: Seen) -> bool:
        if seen.text(_BUILDING) == word or (tail is not None and seen.text(_NUMBER).endswith(tail)):
            return True
        return is_long and (seen.text(_PHONE).endswith(digits) or digits in seen.text(_DESCRIPTION))

    return test


def _at(seen: Seen, place: re.Match[str]) -> bool:
    """`8号楼` is kept as building `8`; a compound before it narrows it down, as do unit and room after it."""
    return (
        seen.text(_BUILDING) == place["building"]
        and place["compound"].lower() in seen.text(_COMPOUND).lower()
        and place["unit"] in (None, seen.text(_UNIT))
        and place["room"] in (None, seen.text(_ROOM))
    )
