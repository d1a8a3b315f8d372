"""The card, its submission, and the ways out of a form: never mind, or a human."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casework.entities import Address, Details, Request
from casework.use_cases.filing import AskForHuman, FileRequests, GiveConsent, RememberDetails
from casework.use_cases.leads import Attachment
from casework.use_cases.residents import AddResidentNote
from handlers.dialogue.actions.base import CaseAction, Turn, tap_menu, text_of
from handlers.dialogue.actions.form import items_in_hand
from handlers.dialogue.actions.needs import detail_line
from handlers.dialogue.needs import as_slots, details_of, drafts, missing
from handlers.dialogue.state import Step
from nlu import doors


class ShowCard(CaseAction):
    """All that will be filed, to be looked over."""

    action_name = "action_show_card"

    async def act(self, turn: Turn) -> None:
        """The first time it also says how data is kept; 提交 agrees to it."""
        turn.open_form(Step.CARD)
        turn.set(focus=None, tries=None)
        buttons = [[turn.tap("submit", "submit")], [turn.tap("other", "other"), turn.tap("cancel", "cancel")]]
        turn.say("card-to-submit", buttons, body={"lines": _card(turn)}, tail=await _tail(turn))


def _card(turn: Turn) -> list[dict[str, Any]]:
    lines = []
    needs = turn.slot("needs", [])
    for need in needs:
        lines.append(text_of("card-need", item={"item": need["item"]}))
        if need["words"]:
            lines.append(text_of("card-need-words", words="；".join(need["words"])[:300]))
        if len(needs) > 1:
            lines += _facts(as_slots(details_of(turn.slots, need)))
    if len(needs) == 1:
        lines += _facts(as_slots(details_of(turn.slots, needs[0])))
    if "contact" in turn.slot("without", []):
        lines.append(text_of("card-no-phone"))
    if turn.slot("files"):
        lines.append(text_of("card-files", count=len(turn.slot("files"))))
    return lines


def _facts(slots: dict[str, Any]) -> list[dict[str, Any]]:
    return [detail_line(name, value) for name, value in slots.items() if name != "age"]


async def _tail(turn: Turn) -> dict[str, Any]:
    lines = [text_of("card-how-to-change")]
    reason = await turn.scope.cases.uow.community.intake_paused()
    if reason is not None:
        lines.append(text_of("card-intake-paused", reason=reason))
    if turn.scope.person.consented_at is None:
        lines.append(text_of("card-consent"))
    return {"lines": lines}


class AskWhatIsWrong(CaseAction):
    """「不对」 and nothing more."""

    action_name = "action_ask_what_is_wrong"

    async def act(self, turn: Turn) -> None:
        """The card stays open; a word about what is wrong is enough."""
        turn.open_form(Step.CARD)
        turn.say(
            "what-is-wrong",
            [[turn.tap("other", "other"), turn.tap("cancel", "cancel")], [turn.tap("back", "keep")]],
        )


async def submit(turn: Turn, *, sure: bool) -> None:
    """File what is in hand and forget it."""
    cases, actor = turn.scope.cases, turn.scope.actor
    ready = drafts(turn.slots, turn.scope.community, sure=sure, explain=turn.scope.explain)
    await cases(GiveConsent)(actor)
    filed: list[Request] = await cases(FileRequests)(actor, ready)
    for file in turn.slot("files", []):
        attached = Attachment(file["id"], file["kind"])
        await cases(AddResidentNote)(actor, filed[0].id, file["caption"], attached)
    await remember(turn, ready[0].details)
    turn.forget_need()


async def remember(turn: Turn, said: Details) -> None:
    """Keep address and phone to be offered next time; a landing without a door does not displace a home."""
    saved, lives = turn.scope.person.saved, said.address
    if lives.place and not lives.room and not doors.tells_door(lives.place):
        # A lamp by the gate is nobody's home.
        said = replace(said, address=replace(lives, place=""))
    if (saved.address.room and not lives.room) or not said.address.building:
        said = replace(said, address=Address())
    if said.address or said.phone:
        await turn.scope.cases(RememberDetails)(turn.scope.actor, saved.merged_with(said))


class HandOver(CaseAction):
    """Twice not understood: a human takes over, with all that is known."""

    action_name = "action_hand_over"

    async def act(self, turn: Turn) -> None:
        """Filed for triage when the resident has agreed to filing before; else 提交 is offered for it."""
        needs = turn.slot("needs", [])
        doubt = turn.slot("doubt") or {}
        words = "\n".join(
            [*(w for n in needs for w in n["words"]), *filter(None, [doubt.get("words"), turn.text])]
        )
        await turn.scope.cases(AskForHuman)(turn.scope.actor, words)
        turn.say("handed-over", phone=turn.scope.community.duty_phone)
        call_duty(turn)
        if not needs:
            turn.forget_need()
            return
        turn.set(
            without=sorted({*turn.slot("without", []), *missing(turn.slots, turn.scope.community)}),
            tries=None,
        )
        if turn.scope.person.consented_at is not None:
            await submit(turn, sure=False)
            return
        turn.set(needs=[{**n, "sure": False} for n in needs])
        turn.open_form(Step.CARD)
        turn.say(
            "card-for-human",
            [[turn.tap("submit", "submit")], [turn.tap("cancel", "cancel")]],
            body={"lines": _card(turn)},
            tail=await _tail(turn),
        )


def call_duty(turn: Turn) -> None:
    """The duty phone as a card to tap, if the community has one."""
    if turn.scope.community.duty_phone:
        turn.call(turn.scope.community.duty_phone, "duty-name", community=turn.scope.community.short_name)


class AskStop(CaseAction):
    """「算了」: asked once, because what was told would be lost."""

    action_name = "action_ask_stop"

    async def act(self, turn: Turn) -> None:
        """Remembers where the form stood."""
        if turn.slot("step") != Step.STOP:
            turn.set(back=turn.slot("step"))
        turn.open_form(Step.STOP)
        turn.say(
            "ask-stop", [[turn.tap("stop-yes", "stop"), turn.tap("go-on", "keep")]], items=items_in_hand(turn)
        )


class StopForm(CaseAction):
    """Dropped: nothing was filed."""

    action_name = "action_stop_form"

    async def act(self, turn: Turn) -> None:
        """Says so, and how to come back."""
        turn.forget_need()
        turn.say("stopped", [[tap_menu("all-services")]])


class DropNeed(CaseAction):
    """The resident has left the question and speaks of something else."""

    action_name = "action_drop_need"

    async def act(self, turn: Turn) -> None:
        """Nothing is said about it."""
        turn.forget_need()


class GoOn(CaseAction):
    """Not dropped after all."""

    action_name = "action_go_on"

    async def act(self, turn: Turn) -> None:
        """The open question or the card comes again."""
        turn.set(held=None, back=None)
        turn.open_form(Step.FORM)
        turn.say("going-on")
