"""The request form: facts go into slots, and what is still missing is asked, one question at a time."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet

from casework.entities import Address
from handlers.dialogue.actions.base import CaseAction, Tap, Turn, text_of
from handlers.dialogue.needs import asked_for, door_wanted, missing
from handlers.dialogue.places import joined
from handlers.dialogue.scope import Scopes
from handlers.dialogue.state import FORM, Step
from nlu import doors

#: After this hour nobody comes the same afternoon.
_LATE_HOUR = 16
TIMES = ("today-pm", "tomorrow-am", "tomorrow-pm", "any")
PEOPLE = ("self", "mother", "father", "spouse", "child")


class ValidateRequestForm(FormValidationAction):
    """Takes facts in and names the next slot to ask for."""

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes

    def name(self) -> str:
        """Rasa's name."""
        return f"validate_{FORM}"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: Any, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """What the needs in hand must know, and what else the message tells."""
        async with self.scopes(tracker.sender_id) as scope:
            wanted = asked_for(tracker.slots, scope.community)
        told = [e["entity"] for e in tracker.latest_message.get("entities", [])]
        return list(dict.fromkeys([*wanted, *(t for t in told if t in _EXTRACTED)]))

    async def next_requested_slot(self, dispatcher: Any, tracker: Tracker, domain: dict[str, Any]) -> Any:
        """The first slot that some need still lacks; several needs may know it each for itself."""
        async with self.scopes(tracker.sender_id) as scope:
            lacking = missing(tracker.slots, scope.community)
        return SlotSet("requested_slot", lacking[0] if lacking else None)

    def extract_address(self, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """From the message."""
        return _told(tracker, "address")

    def extract_contact(self, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """From the message."""
        return _told(tracker, "contact")

    def extract_time(self, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """From the message."""
        return _told(tracker, "time")

    def extract_recipient(self, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """From the message."""
        return _told(tracker, "recipient")

    def extract_age(self, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """From the message."""
        return _told(tracker, "age")

    def validate_address(self, value: Any, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """Said anew, parts join what was known."""
        return _put(tracker, "address", value)

    def validate_contact(self, value: Any, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """The last number counts."""
        return _put(tracker, "contact", value)

    def validate_time(self, value: Any, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """The last time counts."""
        return _put(tracker, "time", value)

    def validate_recipient(
        self, value: Any, dispatcher: Any, tracker: Tracker, domain: Any
    ) -> dict[str, Any]:
        """The last person counts."""
        return _put(tracker, "recipient", value)

    def validate_age(self, value: Any, dispatcher: Any, tracker: Tracker, domain: Any) -> dict[str, Any]:
        """The last age counts."""
        return _put(tracker, "age", value)


_EXTRACTED = ("address", "contact", "time", "recipient", "age")
#: While several needs are in hand, these belong to the one that the message speaks of.
_OF_ONE = ("address", "time", "recipient", "age")


def _told(tracker: Tracker, name: str) -> dict[str, Any]:
    """The fact with what the slot held before: rasa-sdk overwrites the slot before it is validated."""
    values = [e["value"] for e in tracker.latest_message.get("entities", []) if e["entity"] == name]
    return {name: {"told": values[-1], "before": tracker.slots.get(name)}} if values else {}


def _put(tracker: Tracker, name: str, value: Any) -> dict[str, Any]:
    """Where a fact goes: to all needs, or to those the message speaks of when they are some of several."""
    told, before = value["told"], value["before"]
    needs = [dict(need, own=dict(need["own"])) for need in tracker.slots.get("needs") or []]
    focus = _focus(tracker)
    done = {"tries": None, "without": _still_without(tracker, name, value)}
    if told == before:
        # Nothing new, as 「8号楼」 to the question for the door: it was no answer.
        done.pop("tries")
    if name in _OF_ONE and 0 < len(focus) < len(needs) and (before is not None or name == "time"):
        for n in focus:
            own = needs[n]["own"]
            if name == "address" and not told["building"]:
                # A piece of an address: it belongs to the building that is known.
                own[name] = _joined(tracker, name, own.get(name) or before, told)
                continue
            own[name] = _joined(tracker, name, own.get(name), told)
            if name == "address":
                # Another door is usually another person's.
                own.setdefault("recipient", "")
        return {**done, name: before, "needs": needs}
    for need in needs:
        need["own"].pop(name, None)
    return {**done, name: _joined(tracker, name, before, told), "needs": needs}


def _still_without(tracker: Tracker, name: str, value: Any) -> list[str] | None:
    without = {*(tracker.slots.get("without") or ())} - {name}
    if name == "address":
        told, before = Address(**value["told"]), Address(**(value["before"] or {}))
        if told.building and before.building and told.building != before.building:
            without -= {"unit", "door"}
        if doors.without_units(told.compound):
            without |= {"unit"}
        if doors.tells_door(told.place):
            without |= {"door"}
    return sorted(without) or None


def _focus(tracker: Tracker) -> list[int]:
    chosen = [e["value"] for e in tracker.latest_message.get("entities", []) if e["entity"] == "value"]
    if chosen and isinstance(chosen[0], dict) and "focus" in chosen[0]:
        return list(chosen[0]["focus"])
    return list(tracker.slots.get("focus") or [])


def _joined(tracker: Tracker, name: str, before: Any, told: Any) -> Any:
    if name != "address" or not before:
        return told
    text = str(tracker.latest_message.get("text"))
    return asdict(joined(Address(**before), Address(**told), text))


class AskSlot(CaseAction):
    """Asks for one slot, with an example and with buttons where tapping is easier."""

    slot: str

    def name(self) -> str:
        """Rasa's name, such as action_ask_request_form_time."""
        return f"action_ask_{FORM}_{self.slot}"

    async def act(self, turn: Turn) -> None:
        """One question; who was asked before is asked in other words."""
        turn.open_form(Step.FORM)
        turn.set(focus=None)
        again = "-again" if turn.slot("tries") else ""
        self.ask(turn, again)

    def ask(self, turn: Turn, again: str) -> None:
        """The question with its buttons; `again` ends the key where it is asked in other words."""
        turn.say(f"ask-{self.slot}{again}", self.buttons(turn))

    def buttons(self, turn: Turn) -> list[list[Tap]]:
        """What can be tapped instead of writing."""
        raise NotImplementedError


class AskAddress(AskSlot):
    """Where to come."""

    slot = "address"

    def ask(self, turn: Turn, again: str) -> None:
        """Not for the door where nobody comes home; not for what is told already."""
        community, needs = turn.scope.community, turn.slot("needs", [])
        known = turn.slot("address")
        if known and not again:
            turn.say("ask-address-rest", self.buttons(turn), known={"address": known})
            return
        outside = "" if any(community.at_home(n["item"]) for n in needs) else "-outside"
        turn.say(f"ask-address{outside}{again}", self.buttons(turn))

    def buttons(self, turn: Turn) -> list[list[Tap]]:
        """The kept address, to be taken or not."""
        saved = turn.scope.person.saved.address
        turn.set(offered_saved=True if saved else None)
        address = {"address": _flat(saved)}
        return [[turn.tap("saved-address", "saved", "address", address=address)]] if saved else []


class AskDoor(AskSlot):
    """Unit and room of a home whose building is known."""

    slot = "door"

    def ask(self, turn: Turn, again: str) -> None:
        """Only for what is missing, and of that need alone whose home it is."""
        wanted = door_wanted(turn.slots, turn.scope.community)
        if wanted is None:
            return
        n, address, lacks = wanted
        turn.set(door_lacks=list(lacks), focus=[n] if len(turn.slot("needs", [])) > 1 else None)
        known = replace(address, place="") if address.building else address
        key = f"ask-door{again}" if again else f"ask-door-{'-'.join(lacks)}"
        turn.say(key, self.buttons(turn), known={"address": _flat(known)})

    def buttons(self, turn: Turn) -> list[list[Tap]]:
        """The ways out."""
        row = [turn.tap("no-door", "skip", "door")]
        return [[turn.tap("no-unit", "skip", "unit"), *row] if "unit" in turn.slot("door_lacks", []) else row]


class AskContact(AskSlot):
    """Whom to ring."""

    slot = "contact"

    def buttons(self, turn: Turn) -> list[list[Tap]]:
        """The kept number; leaving none becomes a button once it was refused to say."""
        saved = turn.scope.person.saved.phone
        turn.set(offered_saved=True if saved else None)
        rows = [[turn.tap("saved-phone", "saved", "contact", phone=saved)]] if saved else []
        return [*rows, [turn.tap("no-phone", "skip", "contact")]] if turn.slot("tries") else rows


class AskTime(AskSlot):
    """When to come."""

    slot = "time"

    def buttons(self, turn: Turn) -> list[list[Tap]]:
        """The next half days, or any time."""
        late = turn.scope.local_now.hour >= _LATE_HOUR
        taps = [turn.tap(f"time-{t}", "words", f"time-{t}") for t in TIMES if not (late and t == "today-pm")]
        return [taps[i : i + 2] for i in range(0, len(taps), 2)]


class AskRecipient(AskSlot):
    """For whom it is."""

    slot = "recipient"

    def buttons(self, turn: Turn) -> list[list[Tap]]:
        """The nearest people; whoever it is need not be told."""
        taps = [turn.tap(f"for-{p}", "words", f"for-{p}") for p in PEOPLE]
        return [taps[:3], [*taps[3:], turn.tap("skip", "skip", "recipient")]]


class AskAgain(CaseAction):
    """That was no answer: the question in other words."""

    action_name = "action_ask_again"

    async def act(self, turn: Turn) -> None:
        """Counted; the second time a human is called instead."""
        turn.set(tries=int(turn.slot("tries", 0)) + 1)
        turn.say("not-an-answer")


class TimeOver(CaseAction):
    """The time that was named is past: 「今天下午」 in the evening."""

    action_name = "action_time_over"

    async def act(self, turn: Turn) -> None:
        """The question comes again; it was understood, so nothing is counted."""
        turn.say("time-over", over=turn.one("over"))


class DoWithout(CaseAction):
    """The resident would rather not tell, or cannot: said why it is asked, and on we go."""

    action_name = "action_do_without"

    async def act(self, turn: Turn) -> None:
        """The slot is not asked for again."""
        slot = str(turn.one("value") or turn.slot("requested_slot"))
        turn.set(without=sorted({*turn.slot("without", []), slot}), tries=None)
        if slot == "time":
            turn.set(time={"expr": "", "start": ""})
        no_phone = slot == "door" and not turn.slot("contact") and "contact" in turn.slot("without", [])
        turn.say("without-door-and-phone" if no_phone else f"without-{slot}")


class UseSaved(CaseAction):
    """The kept address or phone, because the resident said so."""

    action_name = "action_use_saved"

    async def act(self, turn: Turn) -> None:
        """Nothing happens when nothing is kept any more; the question comes again."""
        saved = turn.scope.person.saved
        if turn.one("value") == "address" and saved.address:
            turn.set(address=_flat(saved.address), tries=None)
            if saved.address.room and not saved.address.unit:
                # It was found there before.
                turn.set(without=sorted({*turn.slot("without", []), "unit"}))
        if turn.one("value") == "contact" and saved.phone:
            turn.set(contact=saved.phone, tries=None)


class AddWords(CaseAction):
    """More about the need in hand."""

    action_name = "action_add_words"

    async def act(self, turn: Turn) -> None:
        """Joins the description."""
        add_words(turn)
        turn.say("words-added")


class KeepWords(CaseAction):
    """An answer that says more than was asked: kept for whoever comes."""

    action_name = "action_keep_words"

    async def act(self, turn: Turn) -> None:
        """Nothing is said about it; the card shows the words."""
        add_words(turn)


def add_words(turn: Turn) -> None:
    """Put the message into the description of the needs in hand; a repeat adds nothing."""
    needs = [dict(n) for n in turn.slot("needs", [])]
    for need in needs[-1:]:
        if turn.text not in need["words"]:
            need["words"] = [*need["words"], turn.text]
            need["masked"] = [*need["masked"], turn.masked]
    turn.set(needs=needs)


class WhatIsOpen(CaseAction):
    """Before the open question is repeated: what is being done."""

    action_name = "action_back_to"

    async def act(self, turn: Turn) -> None:
        """Names the needs in hand."""
        turn.say("back-to", items=items_in_hand(turn))


def items_in_hand(turn: Turn) -> dict[str, Any]:
    """The names of the needs in hand as a nested argument."""
    names = [{"item_name": n["item"]} for n in turn.slot("needs", [])]
    return names[0] if len(names) == 1 else text_of("two-items", one=names[0], other=names[-1])


def _flat(address: Address) -> dict[str, str]:
    return asdict(address)
