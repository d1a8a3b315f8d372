"""What somebody typed to find a request, as conditions on its columns."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, or_

from storage.tables import NOTHING, requests
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


def clean(text: str) -> str:
    """Half-width digits and letters, nothing a database cannot hold."""
    return storable("".join(_half_width(c) for c in text)).strip()


def exact(text: str) -> list[tuple[ColumnElement[bool], ColumnElement[Any]]]:
    """For digits: a number or its beginning (year and month at least), a phone. To be tried in turn.

    Pairs of a condition and the column that orders what it finds. Each of them alone is answered by
    an index in that order (numbers are in the order of filing); joined by OR they would not be.
    """
    word = clean(text[:_LONGEST]).replace(" ", "")
    digits = word.lstrip("+").replace("-", "")
    if not _DIGITS.fullmatch(word) or len(digits) < _SHORTEST_EXACT:
        return []
    start = f"{digits[:8]}-{digits[8:]}" if len(digits) > 8 else digits
    phones = [digits, digits[2:]] if digits.startswith("86") else [digits]
    # ":" comes after every digit and the hyphen.
    by_number = (_r.number >= start) & (_r.number < f"{start}:")
    by_phone = [(_r.phone != NOTHING) & (_r.phone == phone) for phone in phones]
    return [(by_number, _r.number), *((condition, _r.id) for condition in by_phone)]


def anywhere(text: str) -> list[ColumnElement[bool]]:
    """One condition a word, all of which must hold; empty for an empty text."""
    found = clean(text[: _LONGEST * _MOST_WORDS]).split()
    return [_word(word[:_LONGEST]) for word in found[:_MOST_WORDS]]


def _half_width(character: str) -> str:
    code = ord(character)
    return " " if code == 0x3000 else chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character


def _word(word: str) -> ColumnElement[bool]:
    if _DIGITS.fullmatch(word):
        return or_(*_by_digits(word))
    choices = [
        _r.item == word.lower(),
        _r.description.icontains(word, autoescape=True),
        _r.summary.icontains(word, autoescape=True),
        _r.compound.icontains(word, autoescape=True),
        _r.place.icontains(word, autoescape=True),
        _r.building == word,
    ]
    place = _PLACE.fullmatch(word)
    if place:
        choices.append(_at(place))
    return or_(*choices)


def _by_digits(word: str) -> list[ColumnElement[bool]]:
    digits = word.lstrip("+").replace("-", "")
    choices: list[ColumnElement[bool]] = [_r.building == word]
    if 0 < len(digits) <= _NUMBER_TAIL:
        choices.append(_r.number.endswith(f"-{digits:0>4}"))
    if len(digits) >= _SHORTEST_PHONE_TAIL:
        choices += [_r.phone.endswith(digits), _r.description.contains(digits)]
    return choices


def _at(place: re.Match[str]) -> ColumnElement[bool]:
    """`8号楼` is kept as building `8`; a compound before it narrows it down, as do unit and room after it."""
    at = _r.building == place["building"]
    if place["compound"]:
        at &= _r.compound.icontains(place["compound"], autoescape=True)
    if place["unit"]:
        at &= _r.unit == place["unit"]
    if place["room"]:
        at &= _r.room == place["room"]
    return at
