"""What all actions share: a scope for use cases, slots in, events and text keys out.

A response's `custom` is {"text": key, "args": {…}, "buttons": [[tap…]…]} or {"call": {"phone", "name"}}.
An argument may be nested: see handlers.dialogue.render.
"""

from __future__ import annotations

from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from casework.entities import Request
from handlers.dialogue.scope import Scope, Scopes
from handlers.dialogue.state import FORM, OF_THE_NEED

Tap = dict[str, Any]


class Turn:
    """One call of an action: what it reads and what it leaves."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, scope: Scope) -> None:
        self._dispatcher = dispatcher
        self._tracker = tracker
        self.scope = scope
        self.events: list[dict[str, Any]] = []
        self._serial: int | None = None

    @property
    def slots(self) -> dict[str, Any]:
        """The slots as they stand in this call."""
        slots: dict[str, Any] = self._tracker.slots
        return slots

    def slot(self, name: str, default: Any = None) -> Any:
        """A slot's value; the default also for one that is None."""
        value = self.slots.get(name)
        return default if value is None else value

    def set(self, **values: Any) -> None:
        """Set slots; None unsets."""
        for name, value in values.items():
            self.slots[name] = value
            self.events.append(SlotSet(name, value))

    def forget_need(self) -> None:
        """Drop everything that belongs to the need in hand."""
        self.set(**dict.fromkeys(OF_THE_NEED))
        self.events.append(ActiveLoop(None))

    def open_form(self, step: str) -> None:
        """The form is active; `step` is what is being asked."""
        self.events.append(ActiveLoop(FORM))
        self.set(step=step)

    def ask(self, step: str, **pending: Any) -> None:
        """Ask about something beside a form; what is open comes back after the answer."""
        back = self.slot("step") if self.slot("needs") else None
        self.set(pending={**pending, "back": back}, step=step)

    def answered(self) -> dict[str, Any]:
        """The question beside the form is over; returns what it was about."""
        pending: dict[str, Any] = self.slot("pending", {})
        self.set(pending=None, step=pending.get("back"))
        return pending

    @property
    def text(self) -> str:
        """What the resident wrote."""
        return str(self._tracker.latest_message.get("text") or "")

    @property
    def masked(self) -> str:
        """The same without phone, door and names."""
        return str((self._tracker.latest_message.get("metadata") or {}).get("masked") or "")

    @property
    def act(self) -> str:
        """The dialogue act of the message."""
        return str(self._tracker.latest_message["intent"]["name"])

    @property
    def message(self) -> dict[str, Any]:
        """Rasa's latest_message."""
        message: dict[str, Any] = self._tracker.latest_message
        return message

    def all(self, entity: str) -> list[Any]:
        """The values of an entity in the message."""
        return [e["value"] for e in self.message.get("entities", []) if e["entity"] == entity]

    def one(self, entity: str) -> Any:
        """The first value of an entity, or None."""
        return next(iter(self.all(entity)), None)

    def said(self) -> dict[str, Any]:
        """The facts in the message, by slot."""
        from handlers.dialogue.needs import DETAIL_SLOTS

        return {
            e["entity"]: e["value"] for e in self.message.get("entities", []) if e["entity"] in DETAIL_SLOTS
        }

    def say(self, key: str, buttons: list[list[Tap]] | None = None, **args: Any) -> None:
        """Answer with a text and buttons below it."""
        self._dispatcher.utter_message(json_message={"text": key, "args": args, "buttons": buttons or []})

    def call(self, phone: str, name_key: str, **args: Any) -> None:
        """Answer with a number to tap."""
        self._dispatcher.utter_message(
            json_message={"call": {"phone": phone, "name": name_key, "args": args}}
        )

    def tap(self, word: str, action: str, value: Any = "", **args: Any) -> Tap:
        """A button of the dialogue with the text `button-<word>`, good until other buttons are shown."""
        if self._serial is None:
            self._serial = int(self.slot("turn", 0)) + 1
            self.set(turn=self._serial)
        return {
            "word": f"button-{word}",
            "args": args,
            "kind": "dialogue",
            "data": {"action": action, "turn": self._serial, "value": str(value)},
        }


def tap_request(word: str, action: str, request: Request, **args: Any) -> Tap:
    """A button about one's own request."""
    return {
        "word": f"button-{word}",
        "args": args,
        "kind": "request",
        "data": {"action": action, "id": request.id},
    }


def tap_menu(word: str, action: str = "top", code: str = "") -> Tap:
    """A button into the service menu."""
    return {"word": f"button-{word}", "args": {}, "kind": "menu", "data": {"action": action, "code": code}}


def line_of(request: Request) -> dict[str, Any]:
    """A request as one line of text, for a nested argument."""
    return {
        "line": {
            "number": request.number,
            "item": request.item,
            "status": request.status.value,
            "urgent": request.urgent,
            "at": request.created_at.isoformat(),
        }
    }


def text_of(key: str, **args: Any) -> dict[str, Any]:
    """A text as a nested argument."""
    return {"text": key, "args": args}


class CaseAction(Action):
    """An adapter between slots and one use case. `action_name` is Rasa's name for it."""

    action_name: ClassVar[str]

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes

    def name(self) -> str:
        """Rasa's name."""
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by the executor."""
        async with self.scopes(tracker.sender_id) as scope:
            turn = Turn(dispatcher, tracker, scope)
            await self.act(turn)
            return turn.events

    async def act(self, turn: Turn) -> None:
        """What the action does."""
        raise NotImplementedError
