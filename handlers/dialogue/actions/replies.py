"""Short answers that change nothing."""

from __future__ import annotations

from casework.conduct import Offence
from casework.use_cases.conduct import NoteOffence
from handlers.dialogue.actions.base import CaseAction, Tap, Turn, tap_menu
from handlers.dialogue.actions.filing import call_duty
from handlers.dialogue.scope import Scopes

#: From the third message in a row that says nothing, a human is offered first.
_LOST_MOST = 3


class Lost(CaseAction):
    """Not understood: other words each time, an example, at last a human."""

    def __init__(self, scopes: Scopes, name: str) -> None:
        super().__init__(scopes)
        self.action_name = name  # type: ignore[misc]

    async def act(self, turn: Turn) -> None:
        """Counted until something is understood."""
        lost = min(int(turn.slot("lost", 0)) + 1, _LOST_MOST)
        turn.set(lost=lost)
        human = turn.tap("human", "human")
        rows = (
            [[human], [tap_menu("all-services")]]
            if lost == _LOST_MOST
            else [[tap_menu("all-services"), human]]
        )
        turn.say(f"reply-lost-{lost}", rows, phone=turn.scope.community.duty_phone)
        if lost == _LOST_MOST:
            call_duty(turn)


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


class Offended(Reply):
    """An advert or an insult: answered once kindly, then with a warning; workers hear of it in the end."""

    def __init__(self, scopes: Scopes, name: str, text: str, kind: Offence, *ways: str) -> None:
        super().__init__(scopes, name, text, *ways)
        self._kind = kind

    async def act(self, turn: Turn) -> None:
        """Counted by day; what is wanted beside it is still heard."""
        times = await turn.scope.cases(NoteOffence)(turn.scope.actor, self._kind)
        await super().act(turn)
        if times >= turn.scope.community.policy.conduct.offences > 0:
            turn.say("conduct-warning")


def replies(scopes: Scopes) -> list[CaseAction]:
    """All short answers."""
    return [
        Reply(scopes, "action_greet", "reply-greet", "menu", "human"),
        Reply(scopes, "action_thank", "reply-thanks"),
        Reply(scopes, "action_menu", "reply-menu", "menu", "human"),
        Reply(scopes, "action_government", "reply-government", "human"),
        Reply(scopes, "action_chat", "reply-chat", "menu"),
        Reply(scopes, "action_tell_who", "reply-who", "menu", "human"),
        Offended(scopes, "action_advert", "reply-advert", Offence.ADVERT),
        Offended(scopes, "action_abuse", "reply-abuse", Offence.ABUSE, "human"),
        Lost(scopes, "action_noise"),
        Lost(scopes, "action_not_understood"),
        Reply(scopes, "action_nothing_open", "nothing-open", "menu"),
        Reply(scopes, "action_old_button", "old-button"),
        Reply(scopes, "action_old_button_nothing_open", "old-button-nothing-open", "menu"),
        Reply(scopes, "action_almost", "almost"),
        Reply(scopes, "action_noted", "words-added"),
        Reply(scopes, "action_remind", "left-open"),
    ]
