"""Asked whether a need is on file already: yes and follow it, no and file it, or something in between."""

from __future__ import annotations

from collections.abc import Sequence

from casework.entities import Request
from handlers.dialogue import words
from handlers.dialogue.heard import Heard
from handlers.dialogue.policy.in_form import in_form
from handlers.dialogue.policy.plans import INTERRUPTING, OF_ACT, RESUME, Plan, plan
from handlers.dialogue.state import Dialogue


def same_asked(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """「跟着它」, 「另外报」; whoever corrects a fact sees the card again."""
    asked = (dialogue.get("same") or {}).get("id")
    if words.other_thing(heard.plain) or words.denies(heard.plain):
        return plan(heard, "action_file_anyway", value=asked)
    if words.agrees(heard.plain) or (words.joins(heard.plain) and not heard.slots):
        return plan(heard, "action_follow_same", value=asked)
    if words.stops(heard.plain):
        return plan(heard, "action_ask_stop")
    if heard.slots or heard.understood.needs:
        return in_form(heard, dialogue, mine)
    if heard.act in INTERRUPTING:
        return plan(heard, OF_ACT[heard.act], RESUME)
    return plan(heard, "action_repeat_same")
