"""Needs in hand: what was said about each, what is still missing, and how they become drafts.

A need is JSON: item, words and masked (lists), own (details said for this need alone, by slot),
ranked (other items it may be), sure, read (what the reader had said of it first: text, label, runner_up),
whole (the message in which the reader heard it), not_same (ids of filed requests that are something else).
Details for all needs stand in the tracker's slots of the same names:
address {compound, building, unit, room, place}, contact (phone), time {expr, start}, recipient, age.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from casework.catalogue import Community
from casework.entities import Address, Details
from casework.lessons import Reading
from casework.use_cases.filing import Draft, missing_door, missing_fields

#: Why the reader understands a message as it does, in its own JSON.
Explain = Callable[[str], Mapping[str, Any]]
DETAIL_SLOTS = ("address", "contact", "time", "recipient", "age")
#: The order in which an old person would tell it.
ASKING_ORDER = ("address", "door", "time", "recipient", "contact")


def new_need(
    item: str,
    words: str,
    masked: str,
    ranked: Iterable[str] = (),
    *,
    sure: bool = True,
    read: Reading | None = None,
    whole: str = "",
) -> dict[str, Any]:
    """A need just heard of."""
    said = [words] if words else []
    return {
        "item": item,
        "words": said,
        "masked": [masked] if masked else [],
        "own": {},
        "ranked": [r for r in ranked if r != item],
        "sure": sure,
        "read": asdict(read) if read else None,
        "whole": whole,
    }


def details_of(slots: Mapping[str, Any], need: Mapping[str, Any] | None = None) -> Details:
    """All that is known for one need; without a need, what was said for all."""
    own: Mapping[str, Any] = need["own"] if need else {}

    def value(name: str, empty: Any) -> Any:
        found = own[name] if name in own else slots.get(name)
        return empty if found is None else found

    time = value("time", {})
    return Details(
        address=Address(**value("address", {})),
        phone=value("contact", ""),
        time_expr=time.get("expr", ""),
        time_start=time.get("start", ""),
        recipient=value("recipient", ""),
        age=value("age", None),
    )


def as_slots(details: Details) -> dict[str, Any]:
    """Details as slot values; only those that are known."""
    found: dict[str, Any] = {}
    if details.address:
        found["address"] = asdict(details.address)
    if details.phone:
        found["contact"] = details.phone
    if details.time_expr:
        found["time"] = {"expr": details.time_expr, "start": details.time_start}
    if details.recipient:
        found["recipient"] = details.recipient
    if details.age is not None:
        found["age"] = details.age
    return found


def missing(slots: Mapping[str, Any], community: Community) -> list[str]:
    """What must still be asked, in order; what the resident would rather not say is not asked again."""
    wanted: set[str] = set()
    without = slots.get("without") or ()
    for need in slots.get("needs") or []:
        required = community.required_slots(need["item"])
        wanted.update(missing_fields(required, details_of(slots, need), without))
    return [slot for slot in ASKING_ORDER if slot in wanted]


def door_wanted(
    slots: Mapping[str, Any], community: Community
) -> tuple[int, Address, tuple[str, ...]] | None:
    """Which need's home is not fully told (its position), what is known of it, and the parts that lack."""
    without = slots.get("without") or ()
    for n, need in enumerate(slots.get("needs") or []):
        details = details_of(slots, need)
        if "door" in missing_fields(community.required_slots(need["item"]), details, without):
            return n, details.address, missing_door(details.address, without)
    return None


def asked_for(slots: Mapping[str, Any], community: Community) -> list[str]:
    """Every slot that some need in hand requires, in order; the door is told in the address."""
    wanted = {s for need in slots.get("needs") or [] for s in community.required_slots(need["item"])}
    return [slot for slot in ASKING_ORDER if slot in wanted and slot in DETAIL_SLOTS]


def drafts(
    slots: Mapping[str, Any], community: Community, *, sure: bool = True, explain: Explain | None = None
) -> list[Draft]:
    """The needs ready to be filed. Not sure, or without a place to go to: a worker looks first."""
    without = tuple(slots.get("without") or ())
    made = []
    for need in slots.get("needs") or []:
        details = details_of(slots, need)
        unknown = missing_fields(community.required_slots(need["item"]), details)
        lacking = [s for s in without if s in unknown or s == "unit"]
        made.append(
            Draft(
                item=need["item"],
                description="\n".join(need["words"]) or community.catalogue.item(need["item"]).name,
                summary="\n".join(need["masked"]) or community.catalogue.item(need["item"]).name,
                details=details,
                confident=sure and need["sure"] and "address" not in lacking,
                without=tuple(lacking),
                reading=Reading(**need["read"]) if need.get("read") else None,
                told=explain(need["whole"]) if explain and need.get("whole") else None,
                not_same=tuple(need.get("not_same") or ()),
            )
        )
    return made


def position_of(needs: list[dict[str, Any]], item: str) -> int | None:
    """Where the need of this item stands."""
    return next((n for n, need in enumerate(needs) if need["item"] == item), None)
