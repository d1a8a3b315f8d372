"""What a decision is: actions in order, and the tables from dialogue acts to actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.dialogue.heard import Heard

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
#: What answers a message of which nothing was understood.
LOST = frozenset({"action_noise", "action_not_understood"})
#: Acts that are answered in the middle of a form, which then goes on.
INTERRUPTING = frozenset(
    {"status", "urge", "menu", "human", "greet", "thanks", "government", "chitchat", "advert", "abuse"}
)
#: Acts about something filed before.
OF_FILED = frozenset({"status", "urge", "cancel", "change", "complaint"})
#: Acts that are no answer to an organisation's question.
NO_ANSWER = ("status", "urge", "cancel", "menu", "human", "government", "advert", "abuse")


@dataclass(frozen=True, slots=True)
class Plan:
    """Actions in order; `heard` is what they are called with."""

    heard: Heard
    actions: tuple[str, ...]


def plan(heard: Heard, *actions: str, **changes: Any) -> Plan:
    return Plan(heard.with_(**changes) if changes else heard, actions)


def wordings(needs: Sequence[dict[str, Any]]) -> list[str]:
    return ["".join(n["words"]) + n["item_name"] for n in needs]
