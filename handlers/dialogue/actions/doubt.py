"""Where the reader is unsure the resident chooses; facts without a need are kept for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from casework.entities import Address
from casework.lessons import Reading
from handlers.dialogue.actions.base import CaseAction, Tap, Turn, tap_menu, text_of
from handlers.dialogue.actions.needs import detail_line, named, recall_place, replace_need, say_understood
from handlers.dialogue.either import pair_of
from handlers.dialogue.needs import DETAIL_SLOTS, new_need
from handlers.dialogue.state import Step

#: So many items are offered when the reader is unsure.
CHOICES = 3
_COVERS_SHOWN = 24


class RepeatChoices(CaseAction):
    """The same items again."""

    action_name = "action_repeat_choices"

    async def act(self, turn: Turn) -> None:
        """Nothing changes."""
        offer_choices(turn)


class OfferChoices(CaseAction):
    """Below the threshold: one of two, or the best three items to tap; none of them, or a human."""

    action_name = "action_offer_choices"

    async def act(self, turn: Turn) -> None:
        """The words are kept for whichever is chosen; so are the facts in them."""
        doubt = turn.slot("doubt") or {}
        ranking = [(r["name"], r["confidence"]) for r in turn.message.get("intent_ranking", [])]
        pair = pair_of(ranking)
        ranked = list(pair or [name for name, _ in ranking[:CHOICES]])
        if not set(ranked) & set(doubt.get("choices", ranked)):
            # Something else altogether: what was said before does not belong to it.
            doubt = {"tries": doubt["tries"]}
        words = [w for w in (doubt.get("words"), turn.text) if w]
        masked = [w for w in (doubt.get("masked"), turn.masked) if w]
        chances = [chance for _, chance in ranking] + [0.0, 0.0]
        turn.set(
            doubt={
                "lead": chances[0] >= 0.35 and chances[0] >= 2 * chances[1],
                "words": "\n".join(words),
                "masked": "\n".join(masked),
                "choices": ranked or doubt.get("choices", []),
                "either": pair is not None,
                "tries": int(doubt.get("tries", -1)) + 1,
            },
            **turn.said(),
        )
        turn.open_form(Step.CHOOSE)
        offer_choices(turn)


def offer_choices(turn: Turn) -> None:
    """The question with its buttons."""
    choices = turn.slot("doubt")["choices"]
    if turn.slot("doubt").get("either"):
        one, other = choices
        rows = [[turn.tap(f"{item}-not-{rest}", "item", item)] for item, rest in ((one, other), (other, one))]
        turn.say(f"either-{one}-{other}", [*rows, *_ways_out(turn)])
        return
    lines = {"lines": [_described(turn, n, code) for n, code in enumerate(choices, start=1)]}
    turn.say("which-of-these", [*_item_taps(turn, choices), *_ways_out(turn)], items=lines)


def _described(turn: Turn, n: int, code: str) -> dict[str, Any]:
    covers = turn.scope.community.catalogue.item(code).covers
    shown = _first_few(covers)
    more = text_of("and-more", things=shown) if shown != covers else shown
    return text_of("choice", n=n, item={"item_name": code}, covers=more)


def _first_few(covers: str) -> str:
    """As many things as fit, each of them whole."""
    kept = ""
    for thing in covers.split("、"):
        if kept and len(kept) + len(thing) > _COVERS_SHOWN:
            break
        kept = f"{kept}、{thing}" if kept else thing
    return kept


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
        choices = doubt.get("choices", [])
        said = doubt.get("words", "")
        need = new_need(code, said, doubt.get("masked", ""), choices, read=_read(doubt), whole=said)
        turn.set(doubt=None)
        if needs:
            replace_need(turn, [need])
            return
        turn.set(needs=named(turn, [need]), focus=None, tries=None)
        recall_place(turn)
        turn.open_form(Step.FORM)
        say_understood(turn)


def _read(doubt: dict[str, Any]) -> Reading | None:
    """What the reader thought of first; where two were asked by rule, the words are right for either."""
    if not doubt.get("choices") or doubt.get("either"):
        return None
    first, *others = doubt["choices"]
    return Reading(doubt["masked"], first, others[0] if others else "")


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
        if "address" in said and turn.slot("address"):
            said["address"] = asdict(Address(**turn.slot("address")).merged_with(Address(**said["address"])))
        turn.set(**said)
        known = {name: turn.slot(name) for name in DETAIL_SLOTS if turn.slot(name) is not None}
        doubt = turn.slot("doubt")
        if doubt:
            turn.say("details-kept-in-doubt")
        else:
            turn.say("details-kept", what={"lines": [detail_line(k, v) for k, v in known.items()]})
