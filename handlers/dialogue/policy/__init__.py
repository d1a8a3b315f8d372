"""Which actions come next, from what was heard and what is open. Pure: no I/O, no state of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casework.entities import Request
from handlers.dialogue import words
from handlers.dialogue.heard import Heard
from handlers.dialogue.own_data_words import OwnData, asked_of_own_data
from handlers.dialogue.policy import questions, same
from handlers.dialogue.policy.idle import idle
from handlers.dialogue.policy.in_form import in_form
from handlers.dialogue.policy.plans import CONTINUE, LOST, NO_ANSWER, OF_ACT, RESUME, Plan, plan
from handlers.dialogue.state import Dialogue, Step
from nlu import doors
from nlu.understanding import Decision

__all__ = ["CONTINUE", "LOST", "RESUME", "Plan", "decide", "in_danger"]


def decide(heard: Heard, dialogue: Dialogue, mine: Sequence[Request], now: datetime) -> Plan:
    """What to do about a message. `mine` are the resident's requests, newest first."""
    danger = in_danger(heard, dialogue, now)
    if danger:
        return danger
    own = asked_of_own_data(heard.plain)
    if own is not None:
        return plan(heard, _OF_OWN_DATA[own], RESUME)
    if heard.about is not None and dialogue.step != Step.NOTE:
        return plan(heard, _on_filed(heard), RESUME)
    step = _STEPS.get(dialogue.step or "")
    return step(heard, dialogue, mine) if step else idle(heard, dialogue, mine)


def in_danger(heard: Heard, dialogue: Dialogue, now: datetime) -> Plan | None:
    """What danger to life asks for, whoever else decides what is done; None where there is none."""
    if heard.understood.urgent and not _harmless(heard, dialogue, now):
        return plan(heard, "action_raise_emergency")
    emergency = dialogue.emergency(now)
    return _in_emergency(heard, dialogue, emergency) if emergency else None


def _on_filed(heard: Heard) -> str:
    """What a reply to a message about a request asks for; mere words are a note."""
    if heard.act == "change" and not heard.slots and not words.names_only_what_to_change(heard.plain):
        return "action_take_note"
    return OF_ACT[heard.act] if heard.sure_of("urge", "cancel", "change", "status") else "action_take_note"


_OF_OWN_DATA = {
    OwnData.SEE: "action_privacy",
    OwnData.EXPORT: "action_export_own_data",
    OwnData.ERASE: "action_ask_erase",
}
_OTHER_THINGS = (*(act for act in NO_ANSWER if act != "urge"), "greet", "thanks", "change")


def _harmless(heard: Heard, dialogue: Dialogue, now: datetime) -> bool:
    if words.will_not_leave_phone(heard.plain) or words.only_stops(heard.plain):
        return True
    return dialogue.emergency(now) is not None and words.false_alarm(heard.plain)


def _in_emergency(heard: Heard, dialogue: Dialogue, emergency: dict[str, Any]) -> Plan | None:
    if emergency.get("over_asked") and (words.agrees(heard.plain) or words.false_alarm(heard.plain)):
        return plan(heard, "action_cancel_emergency", RESUME)
    if words.false_alarm(heard.plain):
        return plan(heard, "action_ask_emergency_over")
    # 「快点来」 is for the helpers; it also brings back what they still need to know.
    clearly_else = heard.sure_of(*_OTHER_THINGS) or (
        heard.understood.decision is Decision.FILE and heard.understood.act == "request" and not heard.slots
    )
    asked = emergency.get("ask")
    answers = asked and (_will_not_tell(heard) or not {"address", "contact"}.isdisjoint(heard.slots))
    if answers or ((asked or dialogue.step is None) and not clearly_else):
        return plan(heard, "action_update_emergency", RESUME)
    return None


def _will_not_tell(heard: Heard) -> bool:
    plain = heard.plain
    return (
        words.keeps_phone(plain, asked=True) or doors.keeps_address(plain, asked=True) or words.skips(plain)
    )


_STEPS = {
    Step.FORM: in_form,
    Step.CARD: in_form,
    Step.STOP: questions.stop_asked,
    Step.CHOOSE: questions.choosing,
    Step.REWORD: questions.choosing,
    Step.SWITCH: questions.switching,
    Step.VOICE: questions.voicing,
    Step.PICK: questions.picking,
    Step.CANCEL: questions.cancelling,
    Step.NOTE: questions.noting,
    Step.SAME: same.same_asked,
}
