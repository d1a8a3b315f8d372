"""answerCallbackQuery."""

from __future__ import annotations

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.world import World

_ANSWER_MAX = 200


def answer_callback_query(world: World, call: Call) -> bool:
    text = str(call.get("text", ""))
    if len(text) > _ANSWER_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    alert = bool(call.get("show_alert", False))
    world.answer_callback(str(call.params["callback_query_id"]), {"text": text, "show_alert": alert})
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
