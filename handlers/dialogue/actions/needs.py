"""Needs are taken in hand, added, corrected, dropped; where the reader is unsure, the resident chooses."""

from __future__ import annotations

from typing import Any

from handlers.dialogue.actions.base import CaseAction, Tap, Turn, tap_menu, text_of
from handlers.dialogue.actions.form import items_in_hand
from handlers.dialogue.needs import new_need, position_of
from handlers.dialogue.state import Step

#: So many items are offered when the reader is unsure.
CHOICES = 3


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
        earlier = doubt.get("words", "")
        for need in needs[:1]:
            if earlier and earlier not in "".join(need["words"]):
                need["words"].insert(0, earlier)
                need["masked"].insert(0, doubt["masked"])
        turn.set(needs=needs, focus=None, doubt=None, tries=None, held=None)
        turn.open_form(Step.FORM)
        say_understood(turn)


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


class RepeatChoices(CaseAction):
    """The same three items again."""

    action_name = "action_repeat_choices"

    async def act(self, turn: Turn) -> None:
        """Nothing changes."""
        offer_choices(turn)


class OfferChoices(CaseAction):
    """Below the threshold: the best three items to tap, none of them, or a human."""

    action_name = "action_offer_choices"

    async def act(self, turn: Turn) -> None:
        """The words are kept for whichever is chosen; so are the facts in them."""
        doubt = turn.slot("doubt") or {}
        ranked = [r["name"] for r in turn.message.get("intent_ranking", [])][:CHOICES]
        words = [w for w in (doubt.get("words"), turn.text) if w]
        masked = [w for w in (doubt.get("masked"), turn.masked) if w]
        chances = [r["confidence"] for r in turn.message.get("intent_ranking", [])] + [0.0, 0.0]
        turn.set(
            doubt={
                "lead": chances[0] >= 0.35 and chances[0] >= 2 * chances[1],
                "words": "\n".join(words),
                "masked": "\n".join(masked),
                "choices": ranked or doubt.get("choices", []),
                "tries": int(doubt.get("tries", -1)) + 1,
            },
            **turn.said(),
        )
        turn.open_form(Step.CHOOSE)
        offer_choices(turn)


def offer_choices(turn: Turn) -> None:
    """The question with its buttons."""
    choices = turn.slot("doubt")["choices"]
    lines = {"lines": [_described(turn, n, code) for n, code in enumerate(choices, start=1)]}
    turn.say("which-of-these", [*_item_taps(turn, choices), *_ways_out(turn)], items=lines)


def _described(turn: Turn, n: int, code: str) -> dict[str, Any]:
    covers = turn.scope.community.catalogue.item(code).covers
    return text_of("choice", n=n, item={"item_name": code}, covers=covers[:24])


def _item_taps(turn: Turn, codes: list[str]) -> list[list[Tap]]:
    return [[turn.tap("item", "item", code, item={"item_name": code})] for code in codes]


def _ways_out(turn: Turn) -> list[list[Tap]]:
    return [[turn.tap("none-of-these", "other"), turn.tap("human", "human")]]


class PickItem(CaseAction):
    """An item was tapped: in doubt, after 换一项, or from the menu."""

    action_name = "action_pick_item"

    async def act(self, turn: Turn) -> None:
        """`value` is the item's code."""
        code = str(turn.one("value"))
        turn.scope.community.catalogue.item(code)
        doubt = turn.slot("doubt") or {}
        needs = turn.slot("needs", [])
        need = new_need(code, doubt.get("words", ""), doubt.get("masked", ""), doubt.get("choices", []))
        turn.set(doubt=None)
        if needs:
            replace_need(turn, [need])
            return
        turn.set(needs=named(turn, [need]), focus=None, tries=None)
        turn.open_form(Step.FORM)
        say_understood(turn)


class AskReword(CaseAction):
    """None of the three: please say it in other words."""

    action_name = "action_ask_reword"

    async def act(self, turn: Turn) -> None:
        """The next try that fails goes to a human."""
        turn.open_form(Step.REWORD)
        turn.say("say-it-otherwise", [[turn.tap("human", "human"), tap_menu("all-services")]])


class OfferOtherItems(CaseAction):
    """「换一项」 on the card: what else it could be."""

    action_name = "action_offer_other_items"

    async def act(self, turn: Turn) -> None:
        """With several needs in hand, each can be dropped."""
        needs = turn.slot("needs", [])
        if len(needs) > 1:
            rows = [
                [turn.tap("drop-item", "drop", n, item={"item_name": d["item"]})] for n, d in enumerate(needs)
            ]
            turn.say("which-to-drop", [*rows, [turn.tap("back", "keep")]])
            return
        others = needs[0]["ranked"][:CHOICES] or _neighbours(turn, needs[0]["item"])
        rows = _item_taps(turn, others)
        turn.say(
            "what-else",
            [*rows, [tap_menu("all-services"), turn.tap("back", "keep")], [turn.tap("human", "human")]],
        )


def _neighbours(turn: Turn, code: str) -> list[str]:
    catalogue = turn.scope.community.catalogue
    return [i.code for i in catalogue.in_group(catalogue.item(code).group) if i.code != code][:CHOICES]


class KeepDetails(CaseAction):
    """Facts before the need: kept, so that they are not asked for again."""

    action_name = "action_keep_details"

    async def act(self, turn: Turn) -> None:
        """Asks what it is about unless something is open."""
        said = turn.said()
        turn.set(**said)
        doubt = turn.slot("doubt")
        if doubt:
            turn.say("details-kept-in-doubt")
        else:
            turn.say("details-kept", what={"lines": [detail_line(k, v) for k, v in said.items()]})


def detail_line(slot: str, value: Any) -> dict[str, Any]:
    """One fact as a line of the card, for a nested argument."""
    return text_of(f"detail-{slot}", value=shown(slot, value))


def shown(slot: str, value: Any) -> Any:
    """A slot's value as people read it."""
    if slot == "address":
        return {"address": value}
    return value["expr"] if slot == "time" else value
