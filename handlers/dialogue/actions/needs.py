"""Needs are taken in hand, added, corrected, dropped."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from handlers.dialogue.actions.base import CaseAction, Turn, text_of
from handlers.dialogue.actions.form import items_in_hand
from handlers.dialogue.needs import position_of
from handlers.dialogue.state import Step


def named(turn: Turn, needs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Needs with their item's name, by which a resident may speak of them later."""
    catalogue = turn.scope.community.catalogue
    return [{**n, "item_name": catalogue.item(n["item"]).name} for n in needs]


class TakeNeeds(CaseAction):
    """A need was understood: say so and open the form."""

    action_name = "action_take_needs"

    async def act(self, turn: Turn) -> None:
        """What was said before about the doubt joins the words."""
        needs = named(turn, turn.all("need"))
        doubt = turn.slot("doubt") or {}
        about_this = needs and needs[0]["item"] in doubt.get("choices", [])
        earlier = doubt.get("words", "") if about_this else ""
        for need in needs[:1]:
            if earlier and earlier not in "".join(need["words"]):
                need["words"].insert(0, earlier)
                need["masked"].insert(0, doubt["masked"])
        turn.set(needs=needs, focus=None, doubt=None, tries=None, held=None)
        recall_place(turn)
        turn.open_form(Step.FORM)
        say_understood(turn)


def recall_place(turn: Turn) -> None:
    """「还是上次那个地址」: the kept address is taken, and the card shows it."""
    from nlu import about_filed
    from nlu.normalise import normalise

    saved = turn.scope.person.saved.address
    said = normalise(",".join(w for need in turn.slot("needs", []) for w in need["words"]))
    if saved and not turn.slot("address") and about_filed.place_as_before(said):
        turn.set(address=asdict(saved))


def say_understood(turn: Turn) -> None:
    """Names what was understood."""
    needs = turn.slot("needs", [])
    if len(needs) == 1:
        turn.say("understood", item={"item": needs[0]["item"]})
    else:
        turn.say(
            "understood-several", items={"lines": [text_of("bullet", it={"item": n["item"]}) for n in needs]}
        )


class AddNeeds(CaseAction):
    """One more need beside those in hand; it shares their details."""

    action_name = "action_add_needs"

    async def act(self, turn: Turn) -> None:
        """Facts of this message belong to the new ones."""
        add(turn, turn.all("need"))


class AddHeld(CaseAction):
    """Both: what was in hand and what came in between."""

    action_name = "action_add_held"

    async def act(self, turn: Turn) -> None:
        """Takes what was held back."""
        held = turn.slot("held", [])
        turn.set(held=None)
        add(turn, held)


def add(turn: Turn, new: list[dict[str, Any]]) -> None:
    """Put needs beside those in hand, each item once."""
    needs = list(turn.slot("needs", []))
    fresh = [n for n in named(turn, new) if position_of(needs, n["item"]) is None]
    turn.set(needs=[*needs, *fresh], focus=list(range(len(needs), len(needs) + len(fresh))), tries=None)
    turn.open_form(Step.FORM)
    for need in fresh:
        turn.say("one-more", item={"item": need["item"]})


class ReplaceNeed(CaseAction):
    """It was understood wrongly: the words stay, the item changes."""

    action_name = "action_replace_need"

    async def act(self, turn: Turn) -> None:
        """The need that was meant; of several in hand, the one it was mistaken for, else the last."""
        replace_need(turn, turn.all("need"))


class SwitchToHeld(CaseAction):
    """The other need instead of the one in hand."""

    action_name = "action_switch_to_held"

    async def act(self, turn: Turn) -> None:
        """What was in hand is dropped; its facts stay."""
        held = turn.slot("held", [])
        turn.set(needs=named(turn, held), held=None, focus=None, tries=None)
        turn.open_form(Step.FORM)
        say_understood(turn)


def replace_need(turn: Turn, new: list[dict[str, Any]]) -> None:
    """Put the new needs in the place of the one they correct."""
    needs = list(turn.slot("needs", []))
    new = named(turn, new)
    at = next(
        (n for n, old in enumerate(needs) for want in new if want["item"] in old["ranked"]), len(needs) - 1
    )
    old = needs[at]
    new[0]["words"] = [*old["words"], *(w for w in new[0]["words"] if w not in old["words"])]
    new[0]["masked"] = [*old["masked"], *(w for w in new[0]["masked"] if w not in old["masked"])]
    new[0]["own"] = old["own"]
    # The first words were read as the first item, whatever was chosen or said since.
    new[0]["read"] = old.get("read") or new[0].get("read")
    new[0]["whole"] = old.get("whole") or new[0].get("whole")
    new[0]["ranked"] = [*new[0]["ranked"], old["item"]]
    rest = [n for n in new[1:] if position_of(needs, n["item"]) is None]
    turn.set(needs=[*needs[:at], new[0], *rest, *needs[at + 1 :]], focus=None, tries=None)
    turn.open_form(Step.FORM)
    turn.say("corrected", item={"item": new[0]["item"]})


class WithdrawNeed(CaseAction):
    """One of several needs is dropped."""

    action_name = "action_withdraw_need"

    async def act(self, turn: Turn) -> None:
        """`value` is its position."""
        needs = list(turn.slot("needs", []))
        at = int(turn.one("value"))
        if not 0 <= at < len(needs) or len(needs) == 1:
            return
        dropped = needs.pop(at)
        if len(needs) == 1:
            own = needs[0]["own"]
            turn.set(**own)
            needs = [{**needs[0], "own": {}}]
        turn.set(needs=needs, focus=None, tries=None)
        turn.say("withdrawn", item={"item_name": dropped["item"]})


class KeepOnly(CaseAction):
    """Of several needs just one."""

    action_name = "action_keep_only"

    async def act(self, turn: Turn) -> None:
        """`value` is its position; the others are dropped with a word."""
        needs = turn.slot("needs", [])
        kept = needs[int(turn.one("value"))]
        turn.set(**kept["own"])
        turn.set(needs=[{**kept, "own": {}}], focus=None)
        for need in needs:
            if need is not kept:
                turn.say("withdrawn", item={"item_name": need["item"]})


class AskSwitch(CaseAction):
    """Another need in the middle, and unclear whether instead or beside."""

    action_name = "action_ask_switch"

    async def act(self, turn: Turn) -> None:
        """Keeps it until the resident has said."""
        held = named(turn, turn.all("need"))
        turn.set(held=held)
        turn.open_form(Step.SWITCH)
        ask_switch(turn)


def ask_switch(turn: Turn) -> None:
    """The question which of the two, or both."""
    held = turn.slot("held", [])
    turn.say(
        "ask-switch",
        [
            [turn.tap("first-this", "keep"), turn.tap("rather-that", "item", held[0]["item"])],
            [turn.tap("both", "both")],
        ],
        now=items_in_hand(turn),
        new={"item_name": held[0]["item"]},
    )


class RepeatSwitch(CaseAction):
    """The same question again."""

    action_name = "action_repeat_switch"

    async def act(self, turn: Turn) -> None:
        """Nothing changes."""
        ask_switch(turn)


def detail_line(slot: str, value: Any) -> dict[str, Any]:
    """One fact as a line of the card, for a nested argument."""
    return text_of(f"detail-{slot}", value=shown(slot, value))


def shown(slot: str, value: Any) -> Any:
    """A slot's value as people read it."""
    if slot == "address":
        return {"address": value}
    return value["expr"] if slot == "time" else value
