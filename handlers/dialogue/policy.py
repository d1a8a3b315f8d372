"""Which actions come next, from what was heard and what is open. Pure: no I/O, no state of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.entities import Request
from casework.statuses import RequestStatus
from handlers.dialogue import words
from handlers.dialogue.heard import Heard, needs_of
from handlers.dialogue.needs import position_of
from handlers.dialogue.state import Dialogue, Step
from nlu.understanding import Decision, Need

#: Validate the form, then ask for what is missing or show the card.
CONTINUE = "continue"
#: Say again in short what was asked, when something is open.
RESUME = "resume"

#: Dialogue act → action, where no question of the bot's is open.
OF_ACT = {
    "status": "action_answer_status",
    "urge": "action_urge",
    "cancel": "action_cancel_request",
    "change": "action_change_request",
    "complaint": "action_complain",
    "praise": "action_praise",
    "menu": "action_menu",
    "human": "action_ask_human",
    "volunteer": "action_raise_voice",
    "proposal": "action_raise_voice",
    "start_org": "action_raise_voice",
    "greet": "action_greet",
    "thanks": "action_thank",
    "affirm": "action_nothing_open",
    "deny": "action_nothing_open",
    "government": "action_government",
    "chitchat": "action_chat",
    "advert": "action_advert",
    "abuse": "action_abuse",
    "noise": "action_noise",
}
#: Acts that are answered in the middle of a form, which then goes on.
INTERRUPTING = frozenset(
    {"status", "urge", "menu", "human", "greet", "thanks", "government", "chitchat", "advert", "abuse"}
)
#: Acts about something filed before.
_OF_FILED = frozenset({"status", "urge", "cancel", "change", "complaint"})
#: Acts that are no answer to an organisation's question.
_NO_ANSWER = ("status", "urge", "cancel", "menu", "human", "government", "advert", "abuse")


@dataclass(frozen=True, slots=True)
class Plan:
    """Actions in order; `heard` is what they are called with."""

    heard: Heard
    actions: tuple[str, ...]


def decide(heard: Heard, dialogue: Dialogue, mine: Sequence[Request], now: datetime) -> Plan:
    """What to do about a message. `mine` are the resident's requests, newest first."""
    if heard.understood.urgent and not _false_alarm(heard, dialogue, now):
        return _plan(heard, "action_raise_emergency")
    emergency = dialogue.emergency(now)
    if emergency:
        plan = _in_emergency(heard, dialogue, emergency)
        if plan:
            return plan
    if heard.about is not None and dialogue.step != Step.NOTE:
        own_act = (
            OF_ACT[heard.act] if heard.sure_of("urge", "cancel", "change", "status") else "action_take_note"
        )
        return _plan(heard, own_act, RESUME)
    step = _STEPS.get(dialogue.step or "")
    return step(heard, dialogue, mine) if step else _idle(heard, dialogue, mine)


def _plan(heard: Heard, *actions: str, **changes: Any) -> Plan:
    return Plan(heard.with_(**changes) if changes else heard, actions)


def _false_alarm(heard: Heard, dialogue: Dialogue, now: datetime) -> bool:
    return dialogue.emergency(now) is not None and words.false_alarm(heard.plain)


def _in_emergency(heard: Heard, dialogue: Dialogue, emergency: dict[str, Any]) -> Plan | None:
    if emergency.get("over_asked") and (words.agrees(heard.plain) or words.false_alarm(heard.plain)):
        return _plan(heard, "action_cancel_emergency", RESUME)
    if words.false_alarm(heard.plain):
        return _plan(heard, "action_ask_emergency_over")
    clearly_else = heard.sure_of(*_NO_ANSWER, "greet", "thanks", "change") or (
        heard.understood.decision is Decision.FILE and heard.understood.act == "request" and not heard.slots
    )
    if (emergency.get("ask") or dialogue.step is None) and not clearly_else:
        return _plan(heard, "action_update_emergency", RESUME)
    return None


def _idle(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    waiting = [r for r in mine if r.status is RequestStatus.WAITING_RESIDENT]
    if waiting and not _clearly_else(heard, waiting[0]):
        return _plan(heard, "action_answer_question", value=waiting[0].id)
    if words.solved(heard.plain) and any(r.status is RequestStatus.DONE for r in mine):
        return _plan(heard, "action_confirm_solved")
    if (
        words.unsolved(heard.plain)
        and any(r.status in _FINISHED for r in mine)
        and not heard.understood.needs
    ):
        return _plan(heard, "action_complain")
    found = heard.understood
    if heard.slots and heard.beside <= 2 and not (mine and found.act == "change"):
        return _plan(heard, "action_keep_details")
    if mine and words.asks_progress(heard.plain):
        return _plan(heard, "action_answer_status")
    if found.act == "request" and found.decision is Decision.FILE and found.needs:
        return _plan(heard, "action_take_needs", CONTINUE, needs=tuple(needs_of(found, heard.text)))
    if found.act == "request" and found.decision is Decision.ASK:
        return _plan(heard, "action_offer_choices")
    if found.act in _OF_FILED and not mine and found.ranking and found.ranking[0].confidence >= 0.35:
        # Who has filed nothing can have nothing changed or hurried: it is a need after all.
        return _new_after_all(heard)
    if found.act in OF_ACT:
        return _plan(heard, OF_ACT[found.act])
    return _plan(heard, "action_keep_details" if heard.slots else "action_not_understood")


def _new_after_all(heard: Heard) -> Plan:
    best = heard.understood.ranking[0]
    if best.confidence < 0.75:
        return _plan(heard, "action_offer_choices")
    need = Need(best.item, best.confidence, heard.text)
    taken = tuple(needs_of(heard.understood, heard.text, [need]))
    return _plan(heard, "action_take_needs", CONTINUE, needs=taken)


_FINISHED = frozenset({RequestStatus.DONE, RequestStatus.CONFIRMED, RequestStatus.REOPEN_REQUESTED})


def _clearly_else(heard: Heard, waiting: Request) -> bool:
    found = heard.understood
    if found.act == "request" and found.decision is Decision.FILE and found.needs:
        return all(n.item != waiting.item and n.confidence >= 0.75 for n in found.needs)
    return found.act in _NO_ANSWER and found.act_confidence >= 0.75


def _in_form(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """The form or its card is open."""
    on_card = dialogue.step == Step.CARD
    if on_card and words.agrees(heard.plain) and not heard.changes(dialogue):
        return _submitting(heard, dialogue)
    if words.stops(heard.plain) and not heard.sure_of("status", "human"):
        return _stopping(heard, dialogue)
    if words.asks_progress(heard.plain) and not heard.slots:
        return _plan(heard, "action_answer_status", RESUME)
    for plan in (_unwilling(heard, dialogue), _needs_heard(heard, dialogue), _facts_heard(heard, dialogue)):
        if plan:
            return plan
    if heard.sure_of(*INTERRUPTING):
        return _plan(heard, OF_ACT[heard.act], RESUME)
    if on_card:
        if words.denies(heard.plain):
            return _plan(heard, "action_ask_what_is_wrong")
        if heard.act in ("noise", "deny", "affirm"):
            return _plan(heard, "action_show_card")
        return _plan(heard, "action_add_words", CONTINUE)
    if heard.act in INTERRUPTING:
        return _plan(heard, OF_ACT[heard.act], RESUME)
    refined = _read_with_the_need(heard, dialogue)
    if refined:
        return refined
    return _plan(heard, "action_hand_over" if dialogue.get("tries") else "action_ask_again")


def _submitting(heard: Heard, dialogue: Dialogue) -> Plan:
    """Yes to the card; 「嗯就送饭」 says yes to one of several."""
    only = words.only(heard.plain) if len(dialogue.needs) > 1 else None
    kept = words.named_by(only, _wordings(dialogue.needs)) if only and "都" not in heard.plain else None
    if kept is not None:
        return _plan(heard, "action_keep_only", "action_submit_requests", value=kept)
    return _plan(heard, "action_submit_requests")


def _wordings(needs: Sequence[dict[str, Any]]) -> list[str]:
    return ["".join(n["words"]) + n["item_name"] for n in needs]


def _stopping(heard: Heard, dialogue: Dialogue) -> Plan:
    """Never mind: one of several needs, or everything."""
    needs = dialogue.needs
    if len(needs) > 1 and not words.all_of_them(heard.plain):
        named = words.named_by(heard.plain, _wordings(needs))
        if named is None:
            ranked = [r.item for r in heard.understood.ranking]
            named = next((p for item in ranked if (p := position_of(needs, item)) is not None), None)
        if named is not None:
            return _plan(heard, "action_withdraw_need", CONTINUE, value=named)
    fresh = _fresh(heard, dialogue)
    if fresh and words.corrects(heard.plain):
        return _plan(heard, "action_replace_need", CONTINUE, needs=tuple(fresh))
    return _plan(heard, "action_ask_stop")


def _unwilling(heard: Heard, dialogue: Dialogue) -> Plan | None:
    """Would rather not tell, cannot tell, or the same as last time."""
    asked = dialogue.get("requested_slot")
    if words.keeps_phone(heard.plain, asked=asked == "contact") and "contact" not in heard.slots:
        return _plan(heard, "action_do_without", CONTINUE, value="contact")
    if asked == "address" and words.keeps_address(heard.plain, asked=True) and "address" not in heard.slots:
        return _plan(heard, "action_do_without", CONTINUE, value="address")
    if asked in ("address", "contact") and asked not in heard.slots:
        same = words.same_as_saved(heard.plain) or words.agrees(heard.plain)
        if same and dialogue.get("offered_saved"):
            return _plan(heard, "action_use_saved", CONTINUE, value=asked)
    if asked and words.skips(heard.plain):
        return _plan(heard, "action_do_without", CONTINUE, value=asked)
    return None


def _fresh(heard: Heard, dialogue: Dialogue) -> list[dict[str, Any]]:
    """Needs that are not in hand yet; an answer to the open question is not searched for needs."""
    found = heard.understood
    marked = words.corrects(heard.plain) or words.adds(heard.plain)
    asked = dialogue.get("requested_slot")
    most = 12 if asked in heard.slots else 8
    answers = heard.slots and heard.beside <= most
    answers = answers or (asked == "address" and words.place_in_words(heard.plain))
    if not found.needs or (answers and not marked) or (found.act != "request" and not marked):
        return []
    floor = 0.35 if marked else 0.6
    fresh = [n for n in found.needs if n.confidence >= floor and position_of(dialogue.needs, n.item) is None]
    return needs_of(found, heard.text, fresh) if fresh else []


def _needs_heard(heard: Heard, dialogue: Dialogue) -> Plan | None:
    fresh = _fresh(heard, dialogue)
    if not fresh:
        return None
    kept = any(position_of(dialogue.needs, n.item) is not None for n in heard.understood.needs)
    if words.adds(heard.plain) or (kept and len(heard.understood.needs) > 1):
        return _plan(heard, "action_add_needs", CONTINUE, needs=tuple(fresh))
    suspected = any(n["item"] in need["ranked"] for n in fresh for need in dialogue.needs)
    if words.corrects(heard.plain) or heard.edited or suspected:
        return _plan(heard, "action_replace_need", CONTINUE, needs=tuple(fresh))
    if heard.understood.decision is Decision.FILE and heard.understood.needs[0].confidence >= 0.85:
        return _plan(heard, "action_add_needs", CONTINUE, needs=tuple(fresh))
    return _plan(heard, "action_ask_switch", needs=tuple(fresh))


def _facts_heard(heard: Heard, dialogue: Dialogue) -> Plan | None:
    if heard.slots and (heard.changes(dialogue) or dialogue.get("requested_slot") in heard.slots):
        in_hand = [n.item for n in heard.understood.needs if position_of(dialogue.needs, n.item) is not None]
        several = len(dialogue.needs) > 1
        named = words.named_by(heard.plain, _wordings(dialogue.needs)) if several else None
        if named is None and several and len(in_hand) == 1:
            named = position_of(dialogue.needs, in_hand[0])
        return _plan(heard, CONTINUE, value=None if named is None else {"focus": [named]})
    same = any(position_of(dialogue.needs, n.item) is not None for n in heard.understood.needs)
    if same and heard.act == "request":
        return _plan(heard, "action_add_words", CONTINUE)
    return None


def _read_with_the_need(heard: Heard, dialogue: Dialogue) -> Plan | None:
    """A scrap like 「楼道的,二楼拐角」 read together with what it belongs to."""
    if (
        len(dialogue.needs) != 1
        or not 2 <= len(heard.plain) <= 40
        or heard.act in ("noise", "affirm", "deny")
    ):
        if dialogue.get("requested_slot") == "address" and words.place_in_words(heard.plain):
            return _plan(heard, "action_take_place", CONTINUE)
        return None
    need = dialogue.needs[0]
    both = heard.again(f"{need['words'][0] if need['words'] else ''},{heard.text}")
    if both.needs and both.needs[0].item != need["item"] and both.needs[0].item in need["ranked"]:
        joined = needs_of(both, both.text, both.needs[:1])
        return _plan(heard, "action_replace_need", CONTINUE, needs=tuple(joined))
    if dialogue.get("requested_slot") == "address" and words.place_in_words(heard.plain):
        return _plan(heard, "action_take_place", CONTINUE)
    return None


def _stop_asked(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    if words.goes_on(heard.plain) or (words.denies(heard.plain) and not words.stops(heard.plain)):
        return _plan(heard, "action_go_on", CONTINUE)
    if words.agrees(heard.plain) or words.stops(heard.plain) or heard.act in ("affirm", "cancel", "thanks"):
        return _plan(heard, "action_stop_form")
    if heard.slots:
        return _plan(heard, "action_go_on", CONTINUE)
    fresh = _fresh(heard, dialogue)
    if fresh:
        return _plan(heard, "action_replace_need", CONTINUE, needs=tuple(fresh))
    if heard.act in INTERRUPTING:
        return _plan(heard, OF_ACT[heard.act], RESUME)
    return _plan(heard, "action_ask_stop")


def _choosing(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Three items were offered, or other words were asked for."""
    doubt = dialogue.get("doubt") or {}
    choices = doubt.get("choices") or []
    picked = words.ordinal(heard.plain)
    if dialogue.step == Step.CHOOSE and picked and picked <= len(choices):
        return _plan(heard, "action_pick_item", CONTINUE, value=choices[picked - 1])
    if words.stops(heard.plain) or (heard.sure_of("thanks", "cancel") and not heard.understood.needs):
        return _plan(heard, "action_stop_form")
    answers = heard.slots and heard.beside <= 8
    if dialogue.step == Step.CHOOSE and (words.agrees(heard.plain) or (answers and doubt.get("lead"))):
        # The card still shows what was taken, and can be corrected.
        return _plan(heard, "action_pick_item", CONTINUE, value=choices[0])
    if answers:
        return _plan(heard, "action_keep_details", RESUME)
    found = heard.understood
    if found.act == "request" and found.decision is Decision.FILE and found.needs:
        return _plan(heard, "action_take_needs", CONTINUE, needs=tuple(needs_of(found, heard.text)))
    if heard.act in INTERRUPTING and heard.sure_of(heard.act):
        return _plan(heard, OF_ACT[heard.act], RESUME)
    both = heard.again(f"{doubt.get('words', '')},{heard.text}")
    likely = both.needs or ()
    if likely and (both.decision is Decision.FILE or likely[0].item in choices):
        taken = tuple(needs_of(both, both.text))
        return _plan(heard, "action_take_needs", CONTINUE, needs=taken)
    if doubt.get("tries", 0) >= 1 or dialogue.step == Step.REWORD:
        return _plan(heard, "action_hand_over")
    return _plan(heard, "action_offer_choices")


def _switching(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked whether to finish this first or take the other."""
    if words.all_of_them(heard.plain) or "都" in heard.plain or words.adds(heard.plain):
        return _plan(heard, "action_add_held", CONTINUE)
    held = dialogue.get("held") or []
    named = words.named_by(heard.plain, _wordings([*dialogue.needs, *held]))
    if "换" in heard.plain or (named is not None and named >= len(dialogue.needs)):
        return _plan(heard, "action_switch_to_held", CONTINUE)
    return _plan(heard, "action_go_on", CONTINUE)


def _voicing(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked for the one thing missing of something that is no request."""
    found = heard.understood
    pending = dialogue.get("pending") or {}
    if words.stops(heard.plain):
        return _plan(heard, "action_forget_question", "action_thank", RESUME)
    if (
        found.act == "request"
        and found.decision is Decision.FILE
        and not heard.slots
        and pending["ask"] == "contact"
    ):
        return _plan(
            heard,
            "action_send_voice",
            "action_take_needs",
            CONTINUE,
            needs=tuple(needs_of(found, heard.text)),
        )
    if heard.act in ("status", "human", "menu") and heard.sure_of(heard.act) and not heard.slots:
        return _plan(heard, "action_send_voice", OF_ACT[heard.act], RESUME)
    return _plan(heard, "action_send_voice", RESUME)


def _picking(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked which request was meant."""
    pending = dialogue.get("pending") or {}
    ids: list[int] = pending.get("ids") or []
    picked = words.ordinal(heard.plain)
    if picked and picked <= len(ids):
        return _plan(heard, "action_pick_request", RESUME, value=ids[picked - 1])
    texts = {r.id: r.description for r in mine}
    named = words.named_by(heard.plain, [texts.get(i, "") for i in ids])
    if named is not None and len(heard.plain) <= 20:
        return _plan(heard, "action_pick_request", RESUME, value=ids[named])
    if words.stops(heard.plain):
        return _plan(heard, "action_forget_question", "action_thank", RESUME)
    return _after_forgetting(heard, dialogue, mine)


def _cancelling(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked whether to cancel a filed request."""
    pending = dialogue.get("pending") or {}
    if words.agrees(heard.plain) or words.stops(heard.plain) or heard.act == "cancel":
        return _plan(heard, "action_cancel_confirmed", RESUME, value=pending["ids"][0])
    if words.denies(heard.plain) or words.goes_on(heard.plain):
        return _plan(heard, "action_keep_request", RESUME)
    return _after_forgetting(heard, dialogue, mine)


def _after_forgetting(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    back = (dialogue.get("pending") or {}).get("back")
    plan = (_STEPS[back] if back else _idle)(heard, dialogue, mine)
    return Plan(plan.heard, ("action_forget_question", *plan.actions))


def _noting(heard: Heard, dialogue: Dialogue, mine: Sequence[Request]) -> Plan:
    """Asked for words about a filed request."""
    if words.stops(heard.plain):
        return _plan(heard, "action_forget_question", "action_thank", RESUME)
    if heard.sure_of("status", "urge", "human", "menu", "cancel"):
        return _after_forgetting(heard, dialogue, mine)
    return _plan(heard, "action_take_note", RESUME)


_STEPS = {
    Step.FORM: _in_form,
    Step.CARD: _in_form,
    Step.STOP: _stop_asked,
    Step.CHOOSE: _choosing,
    Step.REWORD: _choosing,
    Step.SWITCH: _switching,
    Step.VOICE: _voicing,
    Step.PICK: _picking,
    Step.CANCEL: _cancelling,
    Step.NOTE: _noting,
}
