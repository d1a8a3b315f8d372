"""Another question is open: which item, whether to stop, which request, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casework.entities import Request
from handlers.dialogue import words
from handlers.dialogue.heard import Heard, needs_of
from handlers.dialogue.policy.idle import idle
from handlers.dialogue.policy.in_form import fresh_needs, in_form
from handlers.dialogue.policy.plans import CONTINUE, INTERRUPTING, OF_ACT, RESUME, Plan, plan, wordings
from handlers.dialogue.state import Dialogue, Step
from nlu.understanding import Decision

#: Where the first of two is about the own home, and the other about all.
_OF_THE_HOME = frozenset({"hom_electric", "hom_plumbing"})
_SHORT_ANSWER = 10


def stop_asked(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    if words.goes_on(heard.plain) or (words.denies(heard.plain) and not words.stops(heard.plain)):
        return plan(heard, "action_go_on", CONTINUE)
    if words.agrees(heard.plain) or words.stops(heard.plain) or heard.act in ("affirm", "cancel", "thanks"):
        return plan(heard, "action_stop_form")
    if heard.slots:
        return plan(heard, "action_go_on", CONTINUE)
    fresh = fresh_needs(heard, dialogue)
    if fresh:
        return plan(heard, "action_replace_need", CONTINUE, needs=tuple(fresh))
    if heard.act in INTERRUPTING:
        return plan(heard, OF_ACT[heard.act], RESUME)
    return plan(heard, "action_ask_stop")


def choosing(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Two or three items were offered, or other words were asked for."""
    doubt = dialogue.get("doubt") or {}
    choices = doubt.get("choices") or []
    picked = words.ordinal(heard.plain)
    if dialogue.step == Step.CHOOSE and picked and picked <= len(choices):
        return plan(heard, "action_pick_item", CONTINUE, value=choices[picked - 1])
    if words.stops(heard.plain) or (heard.sure_of("cancel") and not heard.understood.needs):
        return plan(heard, "action_stop_form")
    if heard.sure_of("thanks", "praise", "volunteer") and not heard.understood.needs:
        return plan(heard, "action_drop_need", OF_ACT[heard.act])
    found = heard.understood
    clear = found.act == "request" and found.decision is Decision.FILE and bool(found.needs)
    answers = heard.slots and heard.beside <= (3 if clear else 8)
    if doubt.get("either"):
        chosen = _which_of_two(heard, doubt)
        if chosen:
            return chosen
    elif dialogue.step == Step.CHOOSE and (words.agrees(heard.plain) or (answers and doubt.get("lead"))):
        # The card still shows what was taken, and can be corrected.
        return plan(heard, "action_pick_item", CONTINUE, value=choices[0])
    if answers:
        return plan(heard, "action_keep_details", RESUME)
    if clear:
        return plan(heard, "action_take_needs", CONTINUE, needs=tuple(needs_of(found, heard.text)))
    if heard.act in INTERRUPTING and heard.sure_of(heard.act):
        return plan(heard, OF_ACT[heard.act], RESUME)
    both = heard.again(f"{doubt.get('words', '')},{heard.text}")
    likely = both.needs or ()
    if likely and (both.decision is Decision.FILE or likely[0].item in choices):
        taken = tuple(needs_of(both, both.text))
        return plan(heard, "action_take_needs", CONTINUE, needs=taken)
    if doubt.get("tries", 0) >= 1 or dialogue.step == Step.REWORD:
        return plan(heard, "action_hand_over")
    return plan(heard, "action_offer_choices")


def _which_of_two(heard: Heard, doubt: dict[str, Any]) -> Plan | None:
    """「楼道的」 read together with 「灯坏了」; a yes to two things says nothing."""
    if words.agrees(heard.plain, beside=0):
        return plan(heard, "action_repeat_choices")
    own = words.own_home(heard.plain) if len(heard.plain) <= _SHORT_ANSWER else None
    if own is not None and doubt["choices"][0] in _OF_THE_HOME:
        return plan(heard, "action_pick_item", CONTINUE, value=doubt["choices"][0 if own else 1])
    both = heard.again(f"{doubt['words']},{heard.text}")
    if both.decision is Decision.FILE and both.needs and both.needs[0].item in doubt["choices"]:
        return plan(heard, "action_take_needs", CONTINUE, needs=tuple(needs_of(both, both.text)))
    return None


def switching(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked whether to finish this first or take the other."""
    if words.both(heard.plain) or words.adds(heard.plain):
        return plan(heard, "action_add_held", CONTINUE)
    held = dialogue.get("held") or []
    named = words.named_by(heard.plain, wordings([*dialogue.needs, *held]))
    if words.rather(heard.plain) or (named is not None and named >= len(dialogue.needs)):
        return plan(heard, "action_switch_to_held", CONTINUE)
    return plan(heard, "action_go_on", CONTINUE)


def voicing(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked for the one thing missing of something that is no request."""
    found = heard.understood
    pending = dialogue.get("pending") or {}
    if words.stops(heard.plain):
        return plan(heard, "action_forget_question", "action_thank", RESUME)
    if (
        found.act == "request"
        and found.decision is Decision.FILE
        and not heard.slots
        and pending["ask"] == "contact"
    ):
        return plan(
            heard,
            "action_send_voice",
            "action_take_needs",
            CONTINUE,
            needs=tuple(needs_of(found, heard.text)),
        )
    if heard.act in ("status", "human", "menu") and heard.sure_of(heard.act) and not heard.slots:
        return plan(heard, "action_send_voice", OF_ACT[heard.act], RESUME)
    return plan(heard, "action_send_voice", RESUME)


def picking(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked which request was meant."""
    pending = dialogue.get("pending") or {}
    ids: list[int] = pending.get("ids") or []
    picked = words.ordinal(heard.plain)
    if picked and picked <= len(ids):
        return plan(heard, "action_pick_request", RESUME, value=ids[picked - 1])
    if pending.get("kind") != "cancel" and len(heard.plain) <= _SHORT_ANSWER and words.all_meant(heard.plain):
        return plan(heard, "action_pick_request", RESUME, value=0)
    known = {r.id: r for r in mine}
    named = words.named_by(heard.plain, [known[i].description if i in known else "" for i in ids])
    if named is not None and len(heard.plain) <= 20 and not _another_need(heard, known.get(ids[named])):
        return plan(heard, "action_pick_request", RESUME, value=ids[named])
    if words.stops(heard.plain):
        return plan(heard, "action_forget_question", "action_thank", RESUME)
    return _after_forgetting(heard, dialogue, mine)


def _another_need(heard: Heard, named: Request | None) -> bool:
    """Whether the words tell a need of their own, and do not only name the one that was filed."""
    found = heard.understood
    if found.act != "request" or found.decision is not Decision.FILE or named is None:
        return False
    return bool(heard.slots) or all(need.item != named.item for need in found.needs)


def cancelling(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked whether to cancel a filed request."""
    pending = dialogue.get("pending") or {}
    if words.agrees(heard.plain) or words.stops(heard.plain) or heard.act == "cancel":
        return plan(heard, "action_cancel_confirmed", RESUME, value=pending["ids"][0])
    if words.denies(heard.plain) or words.goes_on(heard.plain):
        return plan(heard, "action_keep_request", RESUME)
    return _after_forgetting(heard, dialogue, mine)


def noting(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked for words about a filed request."""
    if words.stops(heard.plain):
        return plan(heard, "action_forget_question", "action_thank", RESUME)
    if heard.sure_of("status", "urge", "human", "menu", "cancel"):
        return _after_forgetting(heard, dialogue, mine)
    return plan(heard, "action_take_note", RESUME)


def _after_forgetting(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    back = (dialogue.get("pending") or {}).get("back")
    chosen = (in_form if back else idle)(heard, dialogue, mine)
    return Plan(chosen.heard, ("action_forget_question", *chosen.actions))
