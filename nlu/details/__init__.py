"""Reads the facts in a message: phone, address, time, for whom, how old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from nlu.details import address, compound, moment, person, phone
from nlu.details.place import read_place
from nlu.normalise import normalise
from nlu.understanding import Details

Expected = Literal["address", "door", "contact", "time", "recipient"]

__all__ = ["Expected", "read_details"]


def read_details(
    text: str, now: datetime, compounds: Sequence[str] = (), expected: Expected | None = None
) -> Details:
    """The facts in `text`, a message or an answer. `expected`: what was asked, so that 「501」 is a room."""
    return read_normalised(normalise(text), now, compound.known(compounds), expected)


def read_normalised(
    text: str, now: datetime, compounds: Sequence[compound.Known], expected: Expected | None = None
) -> Details:
    """As `read_details`, for text that went through `normalise` already."""
    phones = phone.find_phones(text)
    rest = _blank(text, [(p.start, p.end) for p in phones])
    home = expected in ("address", "door")
    places = address.find_places(rest, expected=home, door=expected == "door")
    places, name = _settle(rest, places, compounds)
    place = address.join(places)
    numbered, rest = rest, _blank(rest, [(p.start, p.end) for p in places])
    return Details(
        phone=phone.choose(phones),
        compound=name,
        building=place.building,
        unit=place.unit,
        room=place.room,
        place=read_place(
            numbered,
            rest.replace(name, " " * len(name)) if name else rest,
            [p.end for p in places if not p.denied],
            expected=home,
            door=expected == "door",
        ),
        time=moment.read_moment(rest, now, expected=expected == "time"),
        recipient=person.read_recipient(rest),
        age=person.read_age(rest),
    )


def _settle(
    text: str, places: list[address.Place], compounds: Sequence[compound.Known]
) -> tuple[list[address.Place], str]:
    """Name the compound, and drop 「41号」 that no street or compound stands before."""
    first = next((p.start for p in places if not p.denied), None)
    name = compound.find(text, first, compounds)
    kept = [
        p for p in places if not p.vague or (name and name in text[max(0, p.start - len(name) - 2) : p.start])
    ]
    lane = text.find(name) if name else -1
    if lane >= 0:
        # 「东风巷14号院」: the number belongs to the lane's name.
        kept = [p for p in kept if not (lane <= p.start and p.end <= lane + len(name))]
    if name and not kept and first is not None and not any(c.name == name for c in compounds):
        name = ""
    return kept, name


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
