"""A human, and what is for a worker yet no request: volunteers, proposals, new organisations."""

from __future__ import annotations

from casework.promises.quiet import quiet_until
from casework.use_cases.filing import AskForHuman, RaiseVoice
from handlers.dialogue.actions.base import CaseAction, Turn
from handlers.dialogue.actions.filing import call_duty
from handlers.dialogue.state import Step

#: A proposal shorter than this says that there is one, not what it is.
_TELLING = 14


class AskHuman(CaseAction):
    """「转人工」: the duty phone to tap, and the workers are told."""

    action_name = "action_ask_human"

    async def act(self, turn: Turn) -> None:
        """A form that is open stays open."""
        needs = turn.slot("needs", [])
        words = (
            turn.text
            or "\n".join(w for n in needs for w in n["words"])
            or (turn.slot("doubt") or {}).get("words", "")
        )
        await turn.scope.cases(AskForHuman)(turn.scope.actor, words)
        community = turn.scope.community
        words = {"hours": community.duty_hours, "phone": community.duty_phone}
        if quiet_until(community, turn.scope.now) is None:
            turn.say("human-is-told", **words)
        else:
            morning = f"{community.policy.quiet.end:%H:%M}"
            turn.say("human-is-told-at-night", morning=morning, **words)
        call_duty(turn)


class TakeVoice(CaseAction):
    """An offer to help, a proposal, a new organisation: asks for the one thing missing, then passes it on."""

    action_name = "action_raise_voice"

    async def act(self, turn: Turn) -> None:
        """Words first, when there are hardly any; else the phone, when none is known."""
        phone = turn.said().get("contact") or turn.slot("contact")
        kind = turn.act
        if kind == "proposal" and len(turn.text) < _TELLING:
            ask = "words"
        elif not phone and kind != "proposal":
            ask = "contact"
        else:
            await _raise(turn, kind, turn.text, phone or "")
            return
        turn.ask(Step.VOICE, kind=kind, text=turn.text, ask=ask)
        saved = turn.scope.person.saved.phone
        rows = [[turn.tap("saved-phone", "voice_saved", phone=saved)]] if saved and ask == "contact" else []
        if ask == "contact":
            rows.append([turn.tap("no-phone", "voice_skip")])
        turn.say(f"{kind}-ask-{ask}", rows)


class SendVoice(CaseAction):
    """The missing thing came, or will not come."""

    action_name = "action_send_voice"

    async def act(self, turn: Turn) -> None:
        """`value` "saved" takes the kept phone, "skip" none."""
        pending = turn.answered()
        phone = turn.said().get("contact") or ""
        if turn.one("value") == "saved":
            phone = turn.scope.person.saved.phone
        more = turn.text if turn.text and turn.text != phone and turn.act not in ("request", "deny") else ""
        if pending.get("ask") == "words":
            more = turn.text
        await _raise(turn, pending["kind"], "\n".join(filter(None, [pending["text"], more])), phone)


async def _raise(turn: Turn, kind: str, words: str, phone: str) -> None:
    await turn.scope.cases(RaiseVoice)(turn.scope.actor, kind, words, phone)
    turn.say(f"{kind}-noted")
