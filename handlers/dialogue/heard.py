"""A message as heard in this dialogue: what the reader says, and facts that only the question makes clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from casework.entities import Address, Details
from casework.lessons import Reading
from handlers.dialogue import words
from handlers.dialogue.needs import as_slots, details_of, new_need
from handlers.dialogue.state import Dialogue, Step
from nlu import doors, instead
from nlu.understanding import Decision, Need, Understanding
from nlu.understanding import Details as Facts

#: What is kept of an overlong message.
WORDS_KEPT = 2000
#: An item this likely may be what was meant, when the resident corrects us.
_POSSIBLE = 0.02
_PIECE = 8
#: With more words beside it, a time that is past tells a story: 「昨天下午就开始漏了」.
_BESIDE_TIME = 4
_SLOTS = frozenset({"address", "door", "contact", "time", "recipient"})


class Explained(Protocol):
    """What the reader tells of why."""

    def as_json(self) -> dict[str, Any]:
        """To be kept."""


class Reader(Protocol):
    """The part of nlu.reader.Reader that the dialogue uses."""

    def understand(self, text: str, now: datetime) -> Understanding:
        """`now` is local time."""

    def explain(self, text: str, now: datetime) -> Explained:
        """Why `understand` answers as it does."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`plain` is normalised, `slots` are the facts as slot values, `again` reads other words.

    `about` is the id of the request that a message replies to, `value` what a button carried, `over` the
    words of a time that is past, where one to come was asked for. `asked` are the ids of filed requests
    about which an organisation waits for an answer, with its question.
    """

    text: str
    plain: str
    understood: Understanding
    slots: dict[str, Any]
    again: Callable[[str], Understanding]
    edited: bool = False
    value: Any = None
    about: int | None = None
    needs: tuple[dict[str, Any], ...] = field(default=())
    over: str = ""
    asked: Mapping[int, str] = field(default_factory=dict)

    @property
    def act(self) -> str:
        """The dialogue act."""
        return self.understood.act

    @property
    def beside(self) -> int:
        """How many characters say something else than the facts."""
        return len(self.beside_facts)

    @property
    def beside_facts(self) -> str:
        """The words that say something else than the facts."""
        plain = self.beside_place
        for fact in (self.slots.get("time", {}).get("expr"), self.slots.get("recipient")):
            plain = plain.replace(fact, "") if fact else plain
        return words.beside_facts(plain)

    @property
    def beside_place(self) -> str:
        """The words without the place that they tell."""
        plain = self.plain
        for piece in self.slots.get("address", {}).get("place", "").split("，"):
            plain = plain.replace(piece, "") if piece else plain
        return plain

    def answers(self, asked: str | None) -> bool:
        """Whether it tells what was asked for; unit and room are told as an address."""
        return ("address" if asked == "door" else asked) in self.slots

    def sure_of(self, *acts: str) -> bool:
        """Whether it is one of these acts and hardly anything else."""
        return self.act in acts and self.understood.act_confidence >= 0.5

    def with_(self, **changes: Any) -> Heard:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def changes(self, dialogue: Dialogue) -> bool:
        """Whether it says any fact that was not known yet."""
        known = details_of(dialogue.slots)
        said = details_from(self.slots)
        return any(
            known != known.merged_with(said)
            for known in ([details_of(dialogue.slots, n) for n in dialogue.needs] or [known])
        )

    def message(self) -> dict[str, Any]:
        """As Rasa's latest_message."""
        found = self.understood
        entities = [{"entity": name, "value": value} for name, value in self.slots.items()]
        entities += [{"entity": "need", "value": need} for need in self.needs]
        if self.value is not None:
            entities.append({"entity": "value", "value": self.value})
        if self.about is not None:
            entities.append({"entity": "about", "value": self.about})
        if self.over:
            entities.append({"entity": "over", "value": self.over})
        return {
            "text": self.text,
            "intent": {"name": found.act, "confidence": found.act_confidence},
            "intent_ranking": [{"name": r.item, "confidence": r.confidence} for r in found.ranking[:5]],
            "entities": entities,
            "metadata": {"masked": found.masked, "urgent": found.urgent, "hotlines": list(found.hotlines)},
        }


def pressed(value: Any = None) -> Heard:
    """A button instead of words."""
    nothing = Understanding("", "", "press", 1.0, (), (), Decision.DECLINE)
    return Heard("", "", nothing, {}, lambda _: nothing, value=value)


def listen(
    reader: Reader,
    text: str,
    now: datetime,
    compounds: Sequence[str],
    dialogue: Dialogue,
    oneself: str,
    at_home: Callable[[str], bool],
    *,
    edited: bool = False,
    about: int | None = None,
) -> Heard:
    """Read a message in its place in the dialogue.

    `oneself` is the word for a service to the writer, `at_home` tells which items are done at their home.
    """
    from nlu.normalise import normalise

    text = text.strip()[:WORDS_KEPT]
    found = reader.understand(text, now)
    plain = normalise(text)
    facts = _facts(plain, found, now, compounds, dialogue)
    asked = _asked(dialogue)
    corrected = words.corrects(plain) and (bool(dialogue.get("address")) or _of_filed(found, dialogue))
    told = instead.told(plain)
    if told:
        facts = _corrected(facts, told.right, now, compounds)
    if not corrected and not _where_it_is(facts, found, asked, dialogue, at_home):
        facts = replace(facts, place="")
    slots = as_slots(details_from_facts(facts))
    if "time" not in slots and (asked == "time" or dialogue.needs):
        whenever = words.whenever(plain, asked=asked == "time")
        if whenever:
            slots["time"] = {"expr": whenever if slots else text[:30], "start": ""}
    if "recipient" not in slots and (
        (asked == "recipient" and words.oneself(plain)) or words.speaks_of_oneself(plain)
    ):
        slots["recipient"] = oneself
    return Heard(
        text,
        plain,
        found,
        slots,
        lambda other: reader.understand(other, now),
        edited,
        about=about,
        over=_over(plain, now) if asked == "time" and "time" not in slots else "",
    )


def _of_filed(found: Understanding, dialogue: Dialogue) -> bool:
    """With nothing in hand, 「不对，是西门口」 can only be about what is filed."""
    return not dialogue.needs and found.act in ("deny", "noise", "affirm", "chitchat")


def _corrected(facts: Facts, right: str, now: datetime, compounds: Sequence[str]) -> Facts:
    """Of 「不是西门，是东门」 the part that is right."""
    from nlu.details import read_details

    said = read_details(right, now, compounds, expected="address")
    if any((said.building, said.unit, said.room, said.place)):
        facts = replace(
            facts,
            compound=said.compound or facts.compound,
            building=said.building,
            unit=said.unit,
            room=said.room,
            place=said.place,
        )
    return replace(
        facts,
        phone=said.phone or facts.phone,
        time=said.time or facts.time,
        recipient=said.recipient or facts.recipient,
    )


def _over(plain: str, now: datetime) -> str:
    from nlu.details.moment import read_over

    over = read_over(plain, now)
    return over if len(plain) - len(over) <= _BESIDE_TIME else ""


def needs_of(found: Understanding, text: str, items: Sequence[Need] | None = None) -> list[dict[str, Any]]:
    """The needs that the reader found, ready to be taken in hand."""
    chosen = found.needs if items is None else items
    ranked = [r.item for r in found.ranking[:5] if r.confidence >= _POSSIBLE]
    if len(chosen) == 1:
        item = chosen[0].item
        read = Reading(found.masked, item, next((r for r in ranked if r != item), ""))
        return [new_need(item, text, found.masked, ranked, read=read, whole=found.text)]
    chosen = sorted(chosen, key=lambda n: found.text.find(n.text) if n.text else 0)
    return [_one_of_several(need, found, text) for need in chosen]


def _one_of_several(need: Need, found: Understanding, text: str) -> dict[str, Any]:
    if need.text and need.text in found.masked:
        read = Reading(need.text, need.item)
        return new_need(need.item, need.text, need.text, read=read, whole=found.text)
    return new_need(need.item, need.text or text, found.masked, whole=found.text)


def share_out(heard: Heard) -> Heard:
    """Of several needs the one that speaks of a person is for that person: 灯泡坏了,还有我爸要人陪诊."""
    recipient = heard.slots.get("recipient")
    owners = [n for n in heard.needs if recipient and recipient in "".join(n["words"])]
    if len(heard.needs) < 2 or len(owners) != 1:
        return heard
    needs = tuple({**n, "own": {"recipient": recipient}} if n is owners[0] else n for n in heard.needs)
    slots = {name: value for name, value in heard.slots.items() if name != "recipient"}
    return heard.with_(needs=needs, slots=slots)


def details_from(slots: dict[str, Any]) -> Details:
    """Slot values as casework's details."""
    return details_of(slots)


def details_from_facts(facts: Facts) -> Details:
    """The reader's facts as casework's details."""
    return Details(
        address=Address(facts.compound, facts.building, facts.unit, facts.room, facts.place),
        phone=facts.phone,
        time_expr=facts.time.expr if facts.time else "",
        time_start=facts.time.start if facts.time else "",
        recipient=facts.recipient,
        age=facts.age,
    )


def _asked(dialogue: Dialogue) -> str | None:
    """Which fact the last question was about."""
    emergency = dialogue.get("emergency") or {}
    if emergency.get("ask"):
        return str(emergency["ask"])
    pending = dialogue.get("pending") or {}
    if pending.get("ask") == "contact":
        return "contact"
    requested: str | None = dialogue.get("requested_slot")
    return requested if requested in _SLOTS else None


def _completed(plain: str, dialogue: Dialogue) -> str:
    requested = dialogue.get("requested_slot")
    if requested == "address":
        return doors.as_building(plain)
    only_unit = requested == "door" and dialogue.get("door_lacks") == ["unit"]
    return doors.as_unit(plain) if only_unit else plain


def _where_it_is(
    facts: Facts,
    found: Understanding,
    asked: str | None,
    dialogue: Dialogue,
    at_home: Callable[[str], bool],
) -> bool:
    """Whether words for a place tell where the need is; in 去菜市场对面买菜 and small talk they do not."""
    if asked in ("address", "door") or facts.building or facts.unit or facts.room:
        return True
    if found.act == "change":
        return True
    if found.act != "request" or not found.needs:
        return False
    doubtful = dialogue.step in (Step.CHOOSE, Step.REWORD) and found.decision is not Decision.FILE
    return not doubtful and not any(at_home(need.item) for need in found.needs)


def _facts(
    plain: str, found: Understanding, now: datetime, compounds: Sequence[str], dialogue: Dialogue
) -> Facts:
    """The reader's facts, with those that need the question: 「501」 is a room when the address was asked."""
    from nlu.details import read_details

    facts = found.details
    expected = _asked(dialogue)
    if not expected and words.corrects(plain) and dialogue.get("address") and not facts.phone:
        expected = "address"
    if expected is None and not dialogue.needs and dialogue.get("address") and not facts.phone:
        # Told in pieces before the need: 8栋 / 2单元 / 501.
        expected = "address" if len(plain) <= _PIECE else None
    if expected is None:
        return facts
    told = read_details(_completed(plain, dialogue), now, compounds, expected=expected)  # type: ignore[arg-type]
    if expected == "door" and (told.unit or told.room):
        # 「2-501」 is unit and room here, not a building.
        facts = replace(facts, building="", unit="", room="")
    return Facts(
        phone=told.phone or facts.phone,
        compound=told.compound or facts.compound,
        building=told.building or facts.building,
        unit=told.unit or facts.unit,
        room=told.room or facts.room,
        place=told.place or facts.place,
        time=told.time or facts.time,
        recipient=told.recipient or facts.recipient,
        age=facts.age if told.age is None else told.age,
    )
