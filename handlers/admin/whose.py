"""不归我们: whom a resident may turn to instead, to be tapped, with the telephones of this community."""

from __future__ import annotations

from casework.addressees import ADDRESSEES, phone_of
from handlers.admin.desk import Desk
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD
from handlers.kit.outgoing import Button


def whose_rows(desk: Desk, request_id: int) -> list[list[Button]]:
    """The usual addressees, three a row."""
    taps = [
        button(desk.texts, f"whose-{code}", TriageCD(action="whose", id=request_id, value=code))
        for code in ADDRESSEES
    ]
    return [taps[n : n + 3] for n in range(0, len(taps), 3)]


def whose_words(desk: Desk, code: str) -> str:
    """What the resident is told: who it is, and the number; where none is known, the duty phone helps."""
    if code not in ADDRESSEES:
        return ""
    community = desk.context.community
    phone = phone_of(code, community.policy.addressees)
    name = desk.texts.plain(f"whose-name-{code}")
    if phone:
        return desk.texts.plain("whose-with-phone", name=name, phone=phone)
    return desk.texts.plain("whose-ask-duty", name=name, phone=community.duty_phone)
