"""Where in the writer's text each fact stands, for programs that expect entities as Rasa gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nlu.details.numerals import digits, number
from nlu.normalise import Plain, align, normalise
from nlu.understanding import Details

_HAN = "零〇一幺二两三四五六七八九十百"
_NUMBER = re.compile(rf"[0-9]+|[{_HAN}]+|[A-Za-z甲乙丙丁戊]")
_PHONE = re.compile(r"[+(]?[0-9零〇一幺二两三四五六七八九](?:[- .,)]?[0-9零〇一幺二两三四五六七八九]){6,}")
_AGE = re.compile(rf"(?P<age>[0-9]+|[{_HAN}]+)(?=[ ]*(?:周)?岁)")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entity:
    """A fact of `Details` by its field's name, its value, and the stretch of the original that tells it."""

    entity: str
    value: str | int
    start: int
    end: int


def find_entities(text: str, told: Details) -> list[Entity]:
    """In the order of the text. What is told without words of its own (a misheard name) is left out."""
    plain = align(text)
    found = [
        Entity(name, value, *plain.span(*span))
        for name, value, span in _spans(plain, told)
        if span is not None
    ]
    return sorted(found, key=lambda entity: (entity.start, entity.end))


def _spans(plain: Plain, told: Details) -> Iterator[tuple[str, str | int, Span | None]]:
    text = plain.text
    phone = _phone(text, told.phone)
    if told.phone:
        yield "phone", told.phone, phone
    if phone:
        # Its digits are no door.
        text = f"{text[: phone[0]]}{' ' * (phone[1] - phone[0])}{text[phone[1] :]}"
    at = 0
    for name in ("building", "unit", "room"):
        value: str = getattr(told, name)
        if value:
            span = _numbered(text, value, at) or _numbered(text, value, 0)
            at = span[1] if span else at
            yield name, value, span
    if told.compound:
        yield "compound", told.compound, _literally(text, normalise(told.compound))
    for words in filter(None, told.place.split("，")):
        yield "place", words, _literally(text, words)
    if told.time:
        yield "time", told.time.start or told.time.expr, _literally(plain.text, told.time.expr)
    if told.recipient:
        yield "recipient", told.recipient, _literally(text, normalise(told.recipient))
    if told.age is not None:
        yield "age", told.age, _aged(text, str(told.age))


def _literally(text: str, words: str) -> Span | None:
    at = text.find(words)
    return (at, at + len(words)) if words and at >= 0 else None


def _phone(text: str, value: str) -> Span | None:
    wanted = re.sub("[^0-9]", "", value)
    for match in _PHONE.finditer(text) if wanted else ():
        said = digits(re.sub(r"[-+ .,()]", "", match.group()))
        if said.endswith(wanted):
            return match.span()
    return None


def _numbered(text: str, value: str, begin: int) -> Span | None:
    return _first(text, begin, _NUMBER, lambda words: _says(words, value))


def _aged(text: str, value: str) -> Span | None:
    return _first(text, 0, _AGE, lambda words: _says(words, value)) or _numbered(text, value, 0)


def _first(text: str, begin: int, pattern: re.Pattern[str], fits: Callable[[str], bool]) -> Span | None:
    return next((m.span() for m in pattern.finditer(text, begin) if fits(m.group())), None)


def _says(words: str, value: str) -> bool:
    """Whether these words say a value of Details: as digits, as a number, or as a letter."""
    return value in (words.upper(), digits(words), str(number(words)))
