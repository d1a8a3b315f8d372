"""What a button of the dialogue means; an older one means nothing any more."""

from __future__ import annotations

from typing import Literal

from handlers.dialogue.heard import pressed
from handlers.dialogue.policy import CONTINUE, RESUME, Plan
from handlers.dialogue.state import Dialogue, Step

_FORM = frozenset({Step.FORM, Step.CARD})
_ANY = frozenset({Step.FORM, Step.CARD, Step.CHOOSE, Step.REWORD, Step.STOP, Step.SWITCH, None})

#: action → (steps in which it counts, actions to run). `value` is passed to them.
_PLANS: dict[str, tuple[frozenset[str | None], tuple[str, ...]]] = {
    "submit": (frozenset({Step.CARD}), ("action_submit_requests",)),
    "cancel": (_FORM, ("action_ask_stop",)),
    "stop": (frozenset({Step.STOP}), ("action_stop_form",)),
    "keep": (_ANY - {None}, ("action_go_on", CONTINUE)),
    "drop": (_FORM, ("action_withdraw_need", CONTINUE)),
    "both": (frozenset({Step.SWITCH}), ("action_add_held", CONTINUE)),
    "saved": (frozenset({Step.FORM}), ("action_use_saved", CONTINUE)),
    "skip": (frozenset({Step.FORM}), ("action_do_without", CONTINUE)),
    "pick": (frozenset({Step.PICK}), ("action_pick_request",)),
    "forget": (frozenset({Step.CANCEL}), ("action_keep_request",)),
    "voice_saved": (frozenset({Step.VOICE}), ("action_send_voice",)),
    "voice_skip": (frozenset({Step.VOICE}), ("action_send_voice",)),
    "same_yes": (frozenset({Step.SAME}), ("action_follow_same",)),
    "same_no": (frozenset({Step.SAME}), ("action_file_anyway",)),
}
_IN_EMERGENCY = {
    "rescue": ("action_update_emergency", RESUME),
    "over": ("action_cancel_emergency", RESUME),
    "not_over": ("action_emergency_goes_on", RESUME),
}
#: Questions for which of several that may be answered with all of them.
_FOR_ALL = frozenset({"change", "urge", "note", "file"})
_VALUES = {"voice_saved": "saved", "voice_skip": "skip"}
#: What a button of these actions may carry; the values of the others are looked up where they are used.
_CARRIED = {
    "saved": frozenset({"address", "contact"}),
    "rescue": frozenset({"", "address", "contact"}),
    "skip": frozenset({"contact", "recipient", "door", "unit"}),
}


def plan_for(action: str, turn: int, value: str, dialogue: Dialogue) -> Plan | Literal["words"] | None:
    """The plan for a press, "words" when it stands for words of the resident, None when it counts no more."""
    if action == "human":
        # Good for ever: a frightened person may press the oldest button there is.
        return Plan(pressed(), ("action_ask_human", RESUME))
    if action in _IN_EMERGENCY:
        counts = dialogue.get("emergency") and _could_carry(action, value, dialogue)
        return Plan(pressed(value), _IN_EMERGENCY[action]) if counts else None
    if turn != dialogue.turn or not _could_carry(action, value, dialogue):
        return None
    step = dialogue.step
    if action == "words":
        return "words" if step == Step.FORM else None
    if action == "item":
        return _item(value, step)
    if action == "other":
        return Plan(pressed(), ("action_offer_other_items",) if step == Step.CARD else ("action_ask_reword",))
    steps, actions = _PLANS.get(action, (frozenset(), ()))
    return Plan(pressed(_VALUES.get(action, value)), actions) if step in steps else None


def _could_carry(action: str, value: str, dialogue: Dialogue) -> bool:
    """Whether such a button could have been shown; anybody can send any value."""
    if action == "drop":
        return value in map(str, range(len(dialogue.needs)))
    if action == "pick":
        if value == "0":
            return (dialogue.get("pending") or {}).get("kind") in _FOR_ALL
        return value in map(str, (dialogue.get("pending") or {}).get("ids", []))
    if action in ("same_yes", "same_no"):
        return value == str((dialogue.get("same") or {}).get("id", ""))
    if action == "words":
        return value.startswith(("time-", "for-"))
    return action not in _CARRIED or value in _CARRIED[action]


def _item(value: str, step: str | None) -> Plan | None:
    if step == Step.SWITCH:
        return Plan(pressed(), ("action_switch_to_held", CONTINUE))
    if step in (Step.CHOOSE, Step.CARD):
        return Plan(pressed(value), ("action_pick_item", CONTINUE))
    return None
