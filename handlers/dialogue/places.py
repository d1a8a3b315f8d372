"""How an address goes on when more is said of it: more about the same place, or another one."""

from __future__ import annotations

from dataclasses import replace

from casework.entities import Address
from handlers.dialogue import words
from nlu import doors, instead


def joined(known: Address, said: Address, text: str) -> Address:
    """The whole address. `text` is normalised: 「改成西门口」 names another place, 「西门进」 does not."""
    if not known or not said:
        return said or known
    if not (words.corrects(text) or instead.elsewhere(text)):
        return known.merged_with(said)
    if said.place:
        known = replace(known, place="")
    outside = said == Address(compound=said.compound, place=said.place) and not doors.inside(said.place)
    if outside or (said.building and not known.building):
        # 「不是我家，是南门口」: not a spot within the building that was told before.
        known = Address(compound=known.compound)
    return known.merged_with(said)
