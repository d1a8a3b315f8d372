"""A call of Rasa's as our dialogue hears it: Rasa decides what is meant, our reader adds facts and danger."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.dialogue.heard import Reader
from handlers.dialogue.state import Dialogue
from nlu.understanding import Decision, Need, Ranked, Understanding

FALLBACK = "nlu_fallback"
PRESS = "press_"


def dialogue_of(tracker: dict[str, Any], person_id: int) -> Dialogue:
    """Rasa's tracker as the dialogue's own; what Rasa holds as None is not set."""
    slots = {name: value for name, value in (tracker.get("slots") or {}).items() if value is not None}
    loop = (tracker.get("active_loop") or {}).get("name")
    state = {"slots": slots, "active_loop": {"name": loop} if loop else {}}
    return Dialogue({"dialogue": state}, person_id)


def this_turn(tracker: dict[str, Any]) -> list[dict[str, Any]]:
    """What has happened since the resident's last words."""
    events: list[dict[str, Any]] = tracker.get("events") or []
    last = max((n for n, event in enumerate(events) if event.get("event") == "user"), default=-1)
    return events[last + 1 :]


@dataclass(frozen=True, slots=True)
class Press:
    """A button: `kind` is dialogue or request, the rest as its callback data had it."""

    kind: str
    action: str
    turn: int
    value: str


def press_of(message: dict[str, Any]) -> Press | None:
    """The button behind the message, if it was one. What is no number counts for no card (turn -1)."""
    intent = str((message.get("intent") or {}).get("name") or "")
    if not intent.startswith(PRESS):
        return None
    told = {e["entity"]: str(e["value"]) for e in message.get("entities") or [] if "value" in e}
    kind, action = "dialogue", intent.removeprefix(PRESS)
    if action.startswith("request_"):
        kind, action = "request", action.removeprefix("request_")
    turn = told.get("turn", "")
    return Press(
        kind, action, int(turn) if turn.isdecimal() and len(turn) < 19 else -1, told.get("value", "")
    )


class RasasEar:
    """A reader for one message whose meaning Rasa has told; facts, masking and danger are the reader's."""

    def __init__(self, reader: Reader, message: dict[str, Any], items: Container[str]) -> None:
        self._reader: Any = reader
        self._message = message
        self._items = items

    def understand(self, text: str, now: datetime) -> Understanding:
        """What our reader found, with Rasa's intent and ranking."""
        found: Understanding = self._reader.understand(text, now)
        intent = self._message.get("intent") or {}
        name, confidence = str(intent.get("name") or FALLBACK), float(intent.get("confidence") or 0.0)
        ranking = tuple(
            Ranked(one["name"], float(one["confidence"]))
            for one in self._message.get("intent_ranking") or []
            if one.get("name") in self._items
        )
        act, decision, needs = name, Decision.DECLINE, ()  # type: tuple[str, Decision, tuple[Need, ...]]
        if name in self._items:
            act, decision, needs = "request", Decision.FILE, (Need(name, confidence, found.text),)
        elif name == FALLBACK:
            act, decision = "request", Decision.ASK
        return replace(
            found,
            act=act,
            act_confidence=confidence,
            decision=decision,
            needs=needs,
            ranking=ranking or found.ranking,
        )

    def explain(self, text: str, now: datetime) -> Any:
        """Why our reader would understand it as it does."""
        return self._reader.explain(text, now)
