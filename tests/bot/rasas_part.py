"""Plays Rasa towards the host in a test: keeps the tracker, applies events, remembers what was answered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.rasa.host import Host

_BUTTON = re.compile(r"/(\w+)(\{.*\})?$")


@dataclass
class RasasPart:
    """One conversation. What Rasa's policies would choose is the test's to say."""

    host: Host
    sender: str = "anna"
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    message: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)

    def writes(self, text: str, intent: str, confidence: float = 0.9, **ranked: float) -> None:
        """The resident has written, and Rasa has understood."""
        ranking = [{"name": n, "confidence": c} for n, c in {intent: confidence, **ranked}.items()]
        self._heard(text, intent, ranking, [])

    def presses(self, title: str) -> None:
        """The resident has pressed a button that was shown last."""
        self.sends(next(payload for words, payload in self.buttons.items() if title in words))

    def sends(self, payload: str) -> None:
        """A payload as a button would send it."""
        found = _BUTTON.fullmatch(payload)
        assert found, payload
        told = json.loads(found[2] or "{}")
        entities = [{"entity": name, "value": value} for name, value in told.items()]
        self._heard(payload, found[1], [{"name": found[1], "confidence": 1.0}], entities)

    def _heard(self, text: str, intent: str, ranking: list[Any], entities: list[Any]) -> None:
        self.message = {
            "text": text,
            "intent": {"name": intent, "confidence": ranking[0]["confidence"]},
            "intent_ranking": ranking,
            "entities": entities,
        }
        self.events.append({"event": "user", "text": text})

    async def runs(self, *actions: str) -> str:
        """Rasa calls these actions; returns all that was answered."""
        said = []
        for action in actions:
            tracker = {
                "sender_id": self.sender,
                "slots": dict(self.slots),
                "latest_message": dict(self.message),
                "events": list(self.events),
                "active_loop": {},
            }
            events, responses = await self.host.answer(action, self.sender, tracker)
            self.events += [{"event": "action", "name": action}, *events]
            self.slots.update({e["name"]: e["value"] for e in events if e["event"] == "slot"})
            for response in responses:
                said.append(response["text"])
                if response["buttons"]:
                    self.buttons = {b["title"]: b["payload"] for b in response["buttons"]}
        return "\n".join(said)
