"""What the buttons of reports carry: whole days, a cut through the requests, a part of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.books.figures import Axis, Part, Slice
from casework.books.rates import RateKind
from casework.errors import NotFound
from casework.use_cases.figures import Asked, Behind
from handlers.admin.spans import Span, between
from handlers.kit.callbacks import ReportCD

_LETTERS = {
    Axis.GROUP: "g",
    Axis.ITEM: "i",
    Axis.CATEGORY: "t",
    Axis.ORGANISATION: "o",
    Axis.COMPOUND: "c",
}
_AXES = {letter: axis for axis, letter in _LETTERS.items()}
_RATE = re.compile(r"([a-z]+)([01])", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """What somebody looks at: these days, this cut."""

    span: Span
    cut: Slice = field(default_factory=Slice)

    @property
    def asked(self) -> Asked:
        """As the use cases want it."""
        return Asked(self.span.since, self.span.until, self.cut)

    def narrowed(self, axis: Axis, key: str) -> View:
        """The same days, cut further."""
        return View(self.span, self.cut.narrowed(axis, key))

    def on(self, first: date, last: date) -> View:
        """The same cut on other days."""
        return View(between(first, last, self.span.timezone), self.cut)

    def press(self, action: str, part: str = "", page: int = 0) -> ReportCD:
        """A button that stays with these days, whenever it is pressed."""
        cut = ".".join(f"{_LETTERS[axis]}{key}" for axis, key in self.cut.keys)
        return ReportCD(
            action=action,
            first=self.span.first.toordinal(),
            days=(self.span.last - self.span.first).days + 1,
            cut=cut,
            part=part,
            page=page,
        )


def view_of(pressed: ReportCD, timezone: str) -> View:
    """What a button is about. Raises NotFound for a cut there is not."""
    first = date.fromordinal(pressed.first)
    span = between(first, first + timedelta(days=pressed.days - 1), timezone)
    cut = Slice()
    for code in pressed.cut.split(".") if pressed.cut else ():
        if code[:1] not in _AXES or not code[1:]:
            raise NotFound(what="cut", id=code)
        cut = cut.narrowed(_AXES[code[0]], code[1:])
    return View(span, cut)


def behind_of(code: str) -> Behind:
    """Which requests a number counts. Raises NotFound for a number there is not."""
    if code in set(Part):
        return Behind(Part(code))
    found = _RATE.fullmatch(code)
    if found is None or found[1] not in set(RateKind):
        raise NotFound(what="part", id=code)
    return Behind(None, RateKind(found[1]), found[2] == "1")


def rate_code(kind: RateKind, *, counted: bool) -> str:
    """The code of one side of a rate."""
    return f"{kind.value}{int(counted)}"
