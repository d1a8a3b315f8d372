"""Short answers that change nothing."""

from __future__ import annotations

from handlers.dialogue.actions.base import CaseAction, Tap, Turn, tap_menu
from handlers.dialogue.actions.filing import call_duty
from handlers.dialogue.scope import Scopes


class Reply(CaseAction):
    """One text, with the given ways on: menu, human, call."""

    def __init__(self, scopes: Scopes, name: str, text: str, *ways: str) -> None:
        super().__init__(scopes)
        self.action_name = name  # type: ignore[misc]
        self._text = text
        self._ways = ways

    async def act(self, turn: Turn) -> None:
        """Says it; inside a form without buttons of its own, so that the form's stay the last."""
        row: list[Tap] = []
        if "menu" in self._ways:
            row.append(tap_menu("all-services"))
        if "human" in self._ways:
            row.append(turn.tap("human", "human"))
        turn.say(self._text, [row] if row and not turn.slot("step") else None)
        if "call" in self._ways:
            call_duty(turn)


def replies(scopes: Scopes) -> list[Reply]:
    """All short answers."""
    return [
        Reply(scopes, "action_greet", "reply-greet", "menu", "human"),
        Reply(scopes, "action_thank", "reply-thanks"),
        Reply(scopes, "action_menu", "reply-menu", "menu", "human"),
        Reply(scopes, "action_government", "reply-government", "human"),
        Reply(scopes, "action_chat", "reply-chat", "menu"),
        Reply(scopes, "action_tell_who", "reply-who", "menu", "human"),
        Reply(scopes, "action_advert", "reply-advert"),
        Reply(scopes, "action_abuse", "reply-abuse", "human"),
        Reply(scopes, "action_noise", "reply-noise", "menu", "human"),
        Reply(scopes, "action_not_understood", "reply-not-understood", "menu", "human"),
        Reply(scopes, "action_nothing_open", "nothing-open", "menu"),
        Reply(scopes, "action_old_button", "old-button"),
        Reply(scopes, "action_old_button_nothing_open", "old-button-nothing-open", "menu"),
        Reply(scopes, "action_almost", "almost"),
        Reply(scopes, "action_noted", "words-added"),
        Reply(scopes, "action_remind", "left-open"),
    ]
