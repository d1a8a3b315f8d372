"""The form or its card is open: answers, corrections, more needs, and what comes in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casework.entities import Request
from handlers.dialogue import words
from handlers.dialogue.heard import Heard, needs_of
from handlers.dialogue.needs import position_of
from handlers.dialogue.policy.plans import CONTINUE, INTERRUPTING, OF_ACT, RESUME, Plan, plan, wordings
from handlers.dialogue.state import Dialogue, Step
from nlu import doors, instead
from nlu.understanding import Decision


def in_form(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """The form or its card is open."""
    on_card = dialogue.step == Step.CARD
    if on_card and words.agrees(heard.plain) and not heard.changes(dialogue):
        return _submitting(heard, dialogue)
    if words.stops(heard.plain) and not heard.sure_of("status", "human"):
        return _stopping(heard, dialogue)
    if words.asks_progress(heard.plain) and not heard.slots:
        return plan(heard, "action_answer_status", RESUME)
    if words.asks_who(heard.plain) and heard.act != "human" and not heard.slots:
        return plan(heard, "action_tell_who", RESUME)
    for chosen in (_unwilling(heard, dialogue), _needs_heard(heard, dialogue), _facts_heard(heard, dialogue)):
        if chosen:
            return chosen
    if heard.over:
        return plan(heard, "action_time_over", CONTINUE)
    if heard.sure_of(*INTERRUPTING):
        return plan(heard, OF_ACT[heard.act], RESUME)
    if on_card:
        if words.denies(heard.plain):
            return plan(heard, "action_ask_what_is_wrong")
        empty = heard.act in ("noise", "deny", "affirm") and not (
            words.corrects(heard.plain) or instead.explains(heard.plain)
        )
        if empty or (heard.slots and heard.beside <= 2):
            return plan(heard, "action_show_card")
        return plan(heard, "action_add_words", CONTINUE)
    if heard.act in INTERRUPTING:
        return plan(heard, OF_ACT[heard.act], RESUME)
    if words.agrees(heard.plain):
        return plan(heard, "action_almost", CONTINUE)
    refined = _read_with_the_need(heard, dialogue)
    if refined:
        return refined
    if instead.explains(heard.plain):
        return plan(heard, "action_add_words", CONTINUE)
    if dialogue.get("tries"):
        return plan(heard, "action_hand_over")
    return plan(heard, "action_ask_again", CONTINUE)


def _submitting(heard: Heard, dialogue: Dialogue) -> Plan:
    """Yes to the card; 「嗯就送饭」 says yes to one of several."""
    only = words.only(heard.plain) if len(dialogue.needs) > 1 else None
    kept = words.named_by(only, wordings(dialogue.needs)) if only and not words.both(heard.plain) else None
    if kept is not None:
        return plan(heard, "action_keep_only", "action_submit_requests", value=kept)
    return plan(heard, "action_submit_requests")


def _stopping(heard: Heard, dialogue: Dialogue) -> Plan:
    """Never mind: one of several needs, or everything."""
    needs = dialogue.needs
    if len(needs) > 1 and not words.all_of_them(heard.plain):
        named = words.named_by(heard.plain, wordings(needs))
        if named is None:
            ranked = [r.item for r in heard.understood.ranking]
            named = next((p for item in ranked if (p := position_of(needs, item)) is not None), None)
        if named is not None:
            return plan(heard, "action_withdraw_need", CONTINUE, value=named)
    fresh = fresh_needs(heard, dialogue)
    if fresh and words.corrects(heard.plain):
        return plan(heard, "action_replace_need", CONTINUE, needs=tuple(fresh))
    return plan(heard, "action_ask_stop")


def _unwilling(heard: Heard, dialogue: Dialogue) -> Plan | None:
    """Would rather not tell, cannot tell, or the same as last time."""
    asked = dialogue.get("requested_slot")
    if words.keeps_phone(heard.plain, asked=asked == "contact") and "contact" not in heard.slots:
        return plan(heard, "action_do_without", CONTINUE, value="contact")
    if asked == "contact" and "contact" not in heard.slots and instead.this_phone(heard.plain):
        kept = "action_use_saved" if dialogue.get("offered_saved") else "action_this_phone"
        return plan(heard, kept, *((CONTINUE,) if dialogue.get("offered_saved") else ()), value="contact")
    if not dialogue.get("contact") and "contact" not in heard.slots and instead.this_phone(heard.plain):
        return plan(heard, "action_this_phone", CONTINUE)
    if asked in ("address", "door") and "address" not in heard.slots:
        later = asked == "door" and doors.tells_later(heard.plain)
        if later or doors.keeps_address(heard.plain, asked=True):
            return plan(heard, "action_do_without", CONTINUE, value=asked)
    if asked == "door":
        lacks = dialogue.get("door_lacks") or []
        if "building" in lacks and doors.no_number(heard.plain):
            return plan(heard, "action_do_without", CONTINUE, value="door")
        if "unit" in lacks and doors.no_unit(heard.plain, only_unit_asked=lacks == ["unit"]):
            return plan(heard, "action_do_without", CONTINUE, value="unit")
    if asked in ("address", "contact") and asked not in heard.slots:
        same = words.same_as_saved(heard.plain) or words.agrees(heard.plain)
        if same and dialogue.get("offered_saved"):
            return plan(heard, "action_use_saved", CONTINUE, value=asked)
    if asked and words.skips(heard.plain):
        return plan(heard, "action_do_without", CONTINUE, value=asked)
    return None


def fresh_needs(heard: Heard, dialogue: Dialogue) -> list[dict[str, Any]]:
    """Needs that are not in hand yet; an answer to the open question is not searched for needs."""
    found = heard.understood
    marked = words.corrects(heard.plain) or words.adds(heard.plain)
    asked = dialogue.get("requested_slot")
    most = 12 if heard.answers(asked) else 8
    answers = heard.slots and heard.beside <= most
    answers = answers or (asked in ("address", "door") and doors.somewhere(heard.plain))
    # 「不对，是南门口路灯旁边」 corrects the place; the lamp in it is no need.
    only_facts = heard.slots and heard.beside <= 4
    if not found.needs or only_facts or (answers and not marked) or (found.act != "request" and not marked):
        return []
    unclear = found.decision is not Decision.FILE
    floor = 0.35 if marked else 0.8 if unclear else 0.6
    fresh = [n for n in found.needs if n.confidence >= floor and position_of(dialogue.needs, n.item) is None]
    return needs_of(found, heard.text, fresh) if fresh else []


def _needs_heard(heard: Heard, dialogue: Dialogue) -> Plan | None:
    fresh = fresh_needs(heard, dialogue)
    if not fresh:
        return None
    kept = any(position_of(dialogue.needs, n.item) is not None for n in heard.understood.needs)
    if words.adds(heard.plain) or (kept and len(heard.understood.needs) > 1):
        return plan(heard, "action_add_needs", CONTINUE, needs=tuple(fresh))
    suspected = any(n["item"] in need["ranked"] for n in fresh for need in dialogue.needs)
    if words.corrects(heard.plain) or heard.edited or suspected:
        return plan(heard, "action_replace_need", CONTINUE, needs=tuple(fresh))
    if heard.understood.decision is Decision.FILE and heard.understood.needs[0].confidence >= 0.85:
        return plan(heard, "action_add_needs", CONTINUE, needs=tuple(fresh))
    return plan(heard, "action_ask_switch", needs=tuple(fresh))


def _facts_heard(heard: Heard, dialogue: Dialogue) -> Plan | None:
    asked = dialogue.get("requested_slot")
    # The building again is no answer to the question for the door.
    if heard.slots and (heard.changes(dialogue) or (asked != "door" and heard.answers(asked))):
        in_hand = [n.item for n in heard.understood.needs if position_of(dialogue.needs, n.item) is not None]
        # Unit and room alone belong to the home that was asked about, whatever words they share.
        of_door = asked == "door" and not heard.slots.get("address", {}).get("building")
        several = len(dialogue.needs) > 1 and not of_door
        # The 明 of 明天 speaks of no lamp (照明), the 楼 of an address of no corridor.
        named = words.named_by(heard.beside_facts, wordings(dialogue.needs)) if several else None
        if named is None and several and len(in_hand) == 1:
            named = position_of(dialogue.needs, in_hand[0])
        focus = None if named is None else {"focus": [named]}
        # 「就在三楼拐角」 beside the number helps whoever comes to find it.
        further = "address" in heard.slots and doors.tells_where(heard.beside_place)
        more = ("action_keep_words",) if further else ()
        beside = not more and dialogue.step == Step.FORM and not heard.answers(asked)
        noted = ("action_noted",) if beside and asked else ()
        return plan(heard, *more, *noted, CONTINUE, value=focus)
    same = any(position_of(dialogue.needs, n.item) is not None for n in heard.understood.needs)
    if same and heard.act == "request":
        return plan(heard, "action_add_words", CONTINUE)
    return None


def _read_with_the_need(heard: Heard, dialogue: Dialogue) -> Plan | None:
    """A scrap like 「楼道的,二楼拐角」 read together with what it belongs to."""
    if (
        len(dialogue.needs) != 1
        or not 2 <= len(heard.plain) <= 40
        or heard.act in ("noise", "affirm", "deny")
    ):
        return None
    need = dialogue.needs[0]
    both = heard.again(f"{need['words'][0] if need['words'] else ''},{heard.text}")
    if both.needs and both.needs[0].item != need["item"] and both.needs[0].item in need["ranked"]:
        joined = needs_of(both, both.text, both.needs[:1])
        return plan(heard, "action_replace_need", CONTINUE, needs=tuple(joined))
    return None
