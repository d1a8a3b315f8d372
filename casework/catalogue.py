"""The service menu: groups, items, what each item must know, and where each community files it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casework.errors import NotFound
from casework.giving.solving import GREEDY, Solver
from casework.policy import Policy
from casework.promises.calendar import WEEKDAYS, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Item:
    """One service. `slots` are the fields it needs; `categories` maps a scheme to its category name.

    The slot "door" is unit and room: what is done at the resident's home cannot be found without them.

    `covers` says to residents what it is for, `hint` what to tell us; `boundary` is for who sorts requests.
    """

    code: str
    group: str
    group_name: str
    name: str
    covers: str
    boundary: str
    slots: tuple[str, ...]
    categories: Mapping[str, str]
    emoji: str = ""
    hint: str = ""


class Catalogue:
    """All items, by code and by group, in the menu's order."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.code: item for item in items}
        self.groups: dict[str, str] = {i.group: i.group_name for i in self._items.values()}

    def __contains__(self, code: object) -> bool:
        return code in self._items

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def item(self, code: str) -> Item:
        """The item with this code. Raises NotFound."""
        try:
            return self._items[code]
        except KeyError:
            raise NotFound(what="item", id=code) from None

    def in_group(self, group: str) -> list[Item]:
        """The items of one group, in the menu's order; empty for an unknown group."""
        return [i for i in self._items.values() if i.group == group]


@dataclass(frozen=True, slots=True)
class Community:
    """One community's profile: its name, classification, places and promises."""

    id: str
    name: str
    short_name: str
    scheme: str
    categories: tuple[str, ...]
    compounds: tuple[str, ...]
    duty_phone: str
    duty_hours: str
    timezone: str
    catalogue: Catalogue
    policy: Policy = field(default_factory=Policy)
    calendar: WorkingCalendar = WEEKDAYS
    solver: Solver = GREEDY

    def category_of(self, item: str) -> str:
        """The category of an item in this community's own classification."""
        return self.catalogue.item(item).categories[self.scheme]

    def required_slots(self, item: str) -> tuple[str, ...]:
        """The fields an item cannot be filed without, in the order they are asked."""
        return self.catalogue.item(item).slots

    def at_home(self, item: str) -> bool:
        """Whether somebody comes to the resident's own door for it."""
        return "door" in self.required_slots(item)
