"""rasa-sdk's executor with our actions, made when first needed: importing rasa-sdk takes half a second."""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from handlers.dialogue.scope import ambient
from handlers.dialogue.state import FORM

if TYPE_CHECKING:
    from rasa_sdk.executor import ActionExecutor

#: What Rasa would know as the domain: the form's slots are ours to choose (`required_slots`).
DOMAIN: dict[str, Any] = {"forms": {FORM: {"required_slots": []}}, "slots": {}}


@cache
def executor() -> ActionExecutor:
    """The executor; actions find their transaction in the ambient scope. May be called early, to warm up."""
    _import_rasa_lightly()
    from rasa_sdk.executor import ActionExecutor

    from handlers.dialogue.actions import make_actions

    made = ActionExecutor()
    for action in make_actions(ambient):
        made.register_action(action)
    return made


def _import_rasa_lightly() -> None:
    """Import rasa-sdk without the web server of its own action server, of which it needs one name in a hint.

    Once it is imported the server, sanic, is there again for whoever wants it.
    """
    if "rasa_sdk" in sys.modules or "sanic" in sys.modules:
        return
    place_holder: Any = ModuleType("sanic")
    place_holder.Sanic = object
    sys.modules["sanic"] = place_holder
    try:
        import rasa_sdk  # noqa: F401
    finally:
        del sys.modules["sanic"]


async def run(action: str, tracker: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Run one action on a tracker. Returns its events and the `custom` parts of its responses."""
    call = {"next_action": action, "sender_id": tracker["sender_id"], "tracker": tracker, "domain": DOMAIN}
    result = await executor().run(call)
    if result is None:
        return [], []
    return result.events, [r["custom"] for r in result.responses if r["custom"]]
