"""An Understanding as JSON, the shape that `parse` and other programs read."""

from __future__ import annotations

from typing import Any

from nlu.understanding import Understanding


def as_json(read: Understanding) -> dict[str, Any]:
    """The answer for one message, without an id."""
    told = read.details
    slots: dict[str, Any] = {
        "phone": told.phone,
        "address": {
            "compound": told.compound,
            "building": told.building,
            "unit": told.unit,
            "room": told.room,
        },
        "recipient": told.recipient,
        "age": told.age,
    }
    if told.time:
        slots["time"] = {"expr": told.time.expr, "start": told.time.start}
    return {
        "act": read.act,
        "act_confidence": read.act_confidence,
        "needs": [{"item": n.item, "confidence": n.confidence, "text": n.text} for n in read.needs],
        "ranking": [{"item": r.item, "confidence": r.confidence} for r in read.ranking],
        "decision": read.decision.value,
        "urgent": read.urgent,
        "hotlines": list(read.hotlines),
        "slots": slots,
    }
