"""What the dialogue remembers of a chat: Rasa's tracker as a JSON document, with named access."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

FORM = "request_form"
#: After this a left form is picked up with a reminder; after DROP_AFTER it is dropped quietly.
REMIND_AFTER = timedelta(hours=2)
DROP_AFTER = timedelta(hours=24)
#: Later messages of the same emergency join the first request for so long.
EMERGENCY_LASTS = timedelta(minutes=30)
_EVENTS_KEPT = 20

#: Slots that belong to the need in hand; the others (turn, emergency) outlive it.
OF_THE_NEED = (
    "needs",
    "focus",
    "address",
    "contact",
    "time",
    "recipient",
    "age",
    "without",
    "tries",
    "step",
    "back",
    "doubt",
    "held",
    "offered_saved",
    "pending",
    "files",
    "requested_slot",
    "door_lacks",
    "same",
)


class Step:
    """What the bot has asked last: values of the slot `step`; none when nothing is open."""

    FORM = "form"
    CARD = "card"
    CHOOSE = "choose"
    REWORD = "reword"
    STOP = "stop"
    SWITCH = "switch"
    VOICE = "voice"
    PICK = "pick"
    CANCEL = "cancel"
    NOTE = "note"
    SAME = "same"


class Dialogue:
    """The tracker of one chat. Changes go into the document that was given."""

    def __init__(self, document: dict[str, Any], sender_id: int) -> None:
        self._state: dict[str, Any] = document.setdefault("dialogue", {})
        self.sender_id = sender_id

    @property
    def slots(self) -> dict[str, Any]:
        """Rasa's slots; one that is not set is absent."""
        slots: dict[str, Any] = self._state.setdefault("slots", {})
        return slots

    def get(self, name: str, default: Any = None) -> Any:
        """A slot's value."""
        return self.slots.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Set a slot; None unsets it."""
        self.apply([{"event": "slot", "name": name, "value": value}])

    @property
    def step(self) -> str | None:
        """What was asked last, a value of Step."""
        step: str | None = self.slots.get("step")
        return step

    @property
    def needs(self) -> list[dict[str, Any]]:
        """The needs in hand (see handlers.dialogue.needs)."""
        return list(self.slots.get("needs") or [])

    @property
    def turn(self) -> int:
        """The serial of the buttons shown last."""
        return int(self.slots.get("turn") or 0)

    def apply(self, events: list[dict[str, Any]]) -> None:
        """Take in what an action returned."""
        for event in events:
            if event["event"] == "slot":
                if event["value"] is None:
                    self.slots.pop(event["name"], None)
                else:
                    self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self._state["active_loop"] = {"name": event["name"]} if event["name"] else {}
        kept = [*self._state.get("events", []), *events]
        self._state["events"] = kept[-_EVENTS_KEPT:]

    def hear(self, text: str) -> None:
        """Note that the resident wrote or pressed something."""
        self.apply([{"event": "user", "text": text[:200]}])

    def did(self, action: str) -> None:
        """Note which action has run."""
        self._state["latest_action_name"] = action

    def tracker(self, latest_message: dict[str, Any]) -> dict[str, Any]:
        """The tracker in the shape that actions are called with; ends with the user's event."""
        return {
            "sender_id": str(self.sender_id),
            "slots": dict(self.slots),
            "latest_message": latest_message,
            "events": [*self._state.get("events", []), {"event": "user", "text": latest_message["text"]}],
            "active_loop": dict(self._state.get("active_loop") or {}),
            "latest_action_name": self._state.get("latest_action_name"),
            "paused": False,
        }

    def forget_need(self) -> None:
        """Drop the need in hand with all that was said about it."""
        for name in OF_THE_NEED:
            self.slots.pop(name, None)
        self._state.update(active_loop={}, events=[], latest_action_name=None)

    def touch(self, now: datetime) -> timedelta:
        """Note the time; returns how long nothing was heard."""
        before = self._state.get("touched_at")
        self._state["touched_at"] = now.isoformat()
        return now - datetime.fromisoformat(before) if before else timedelta()

    def emergency(self, now: datetime) -> dict[str, Any] | None:
        """The emergency that later messages may still belong to: id, at, hotlines, ask."""
        emergency: dict[str, Any] | None = self.slots.get("emergency")
        if emergency and now - datetime.fromisoformat(emergency["at"]) <= EMERGENCY_LASTS:
            return emergency
        return None
