"""Reads the facts in a message: phone, address, time, for whom, how old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal

from nlu.details import address, compound, moment, person, phone
from nlu.details.hearing import Known, Name, known
from nlu.details.place import read_place
from nlu.normalise import Plain, align
from nlu.understanding import Details

Expected = Literal["address", "door", "contact", "time", "recipient"]

#: So near behind a name, 「41号」 belongs to it.
_NEAR = 2

__all__ = ["Expected", "known", "read_details", "read_plain"]


def read_details(
    text: str, now: datetime, compounds: Sequence[str] = (), expected: Expected | None = None
) -> Details:
    """The facts in `text`, a message or an answer. `expected`: what was asked, so that 「501」 is a room."""
    return read_plain(align(text), now, _prepared(tuple(compounds)), expected)


@lru_cache(maxsize=8)
def _prepared(compounds: tuple[str, ...]) -> Known:
    return known(compounds)


def read_plain(plain: Plain, now: datetime, compounds: Known, expected: Expected | None = None) -> Details:
    """As `read_details`, for text that was normalised already."""
    text = plain.text
    phones = phone.find_phones(text)
    rest = _blank(text, [(p.start, p.end) for p in phones])
    home = expected in ("address", "door")
    places = address.find_places(rest, expected=home, door=expected == "door")
    places, name = _settle(rest, places, compounds)
    place = address.join(places)
    numbered, rest = rest, _blank(rest, [(p.start, p.end) for p in places])
    who = person.find_recipient(rest)
    return Details(
        phone=phone.choose(phones),
        compound=_called(plain, name),
        building=place.building,
        unit=place.unit,
        room=place.room,
        place=read_place(
            numbered,
            _blank(rest, [(name.start, name.end)]) if name else rest,
            [p.end for p in places if not p.denied],
            expected=home,
            door=expected == "door",
        ),
        time=moment.read_moment(rest, now, expected=expected == "time"),
        recipient=plain.written(*who.span()) if who else "",
        age=person.read_age(rest, who),
    )


def _called(plain: Plain, name: Name | None) -> str:
    if name is None:
        return ""
    return name.name if name.known else plain.written(name.start, name.end)


def _settle(
    text: str, places: list[address.Place], compounds: Known
) -> tuple[list[address.Place], Name | None]:
    """Name the compound, and drop 「41号」 that no street or compound stands before."""
    starts = [p.start for p in places if not p.denied]
    name = compound.find(text, starts, compounds)
    if name and not starts and (numbers := address.after_name(text, name.end)):
        return [*places, numbers], name
    kept = [p for p in places if not p.vague or (name and name.end <= p.start <= name.end + _NEAR)]
    if name and not name.known:
        # 「东风巷14号院」: the number belongs to the lane's name.
        inside = [p for p in kept if name.start <= p.start and p.end <= name.end]
        kept = [p for p in kept if p not in inside]
        if starts and not kept and not inside:
            name = None
    return kept, name


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
