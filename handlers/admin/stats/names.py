"""What groups, organisations, places and days are called in reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.books.figures import ELSEWHERE, NOBODY, Axis, Slice, Tally
from casework.catalogue import Community
from casework.errors import NotFound
from handlers.admin.spans import Span
from handlers.admin.stats.codes import View
from handlers.kit.context import Context
from handlers.kit.texts import Texts

#: With more days than fit a phone's width, columns stand for weeks, and then for months.
_MOST_DAYS, _MOST_WEEKS = 35, 240
UNITS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Names:
    """`organisations` are names by id."""

    texts: Texts
    community: Community
    organisations: Mapping[int, str]

    @classmethod
    async def of(cls, context: Context) -> Names:
        """With the organisations as they are called now."""
        known = {o.id: o.name for o in await context.uow.organisations.all()}
        return cls(context.texts, context.community, known)

    def of_key(self, axis: Axis, key: str) -> str:
        """The name of a key. Raises NotFound."""
        match axis:
            case Axis.GROUP if key in self.community.catalogue.groups:
                return self.community.catalogue.groups[key]
            case Axis.ITEM:
                return self.community.catalogue.item(key).name
            case Axis.ORGANISATION if key == NOBODY:
                return self.texts.plain("stats-nobody")
            case Axis.ORGANISATION if key.isdecimal() and int(key) in self.organisations:
                return self.organisations[int(key)]
            case Axis.COMPOUND if key == ELSEWHERE:
                return self.texts.plain("stats-elsewhere")
            case Axis.COMPOUND:
                return _at(self.community.compounds, key)
            case Axis.CATEGORY if not key.isdecimal():
                return key
            case Axis.CATEGORY:
                return _at(self.community.categories, key)
        raise NotFound(what=axis.value, id=key)

    def of_cut(self, cut: Slice) -> str:
        """Such as 老有所依 · 丰和家园; empty for everything. Raises NotFound."""
        return " · ".join(self.of_key(axis, key) for axis, key in cut.keys)

    def title(self, view: View) -> str:
        """Whose report, of what, over which days."""
        cut = self.of_cut(view.cut)
        return self.texts.plain(
            "stats-title-of" if cut else "stats-title",
            community=self.community.short_name,
            cut=cut,
            span=view.span.name(self.texts),
        )

    def ordered(self, axis: Axis, counted: Mapping[str, Tally]) -> list[tuple[str, str, Tally]]:
        """(key, name, counts), most first, then by name; what is no organisation or place comes last."""
        rows = [(key, self.of_key(axis, key), tally) for key, tally in counted.items() if tally.total]
        rest = {Axis.ORGANISATION: NOBODY, Axis.COMPOUND: ELSEWHERE}.get(axis)
        return sorted(rows, key=lambda row: (row[0] == rest, -row[2].total, row[1]))


def _at(names: tuple[str, ...], key: str) -> str:
    if key.isdecimal() and int(key) < len(names):
        return names[int(key)]
    raise NotFound(what="position", id=key)


def unit_of(span: Span) -> str:
    """Whether its columns stand for days, weeks or months."""
    days = (span.last - span.first).days + 1
    return "day" if days <= _MOST_DAYS else "week" if days <= _MOST_WEEKS else "month"


@dataclass(frozen=True, slots=True)
class Column:
    """One stretch of days with its counts."""

    label: str
    first: date
    last: date
    tally: Tally


def columns(texts: Texts, span: Span, by_day: Mapping[str, Tally], unit: str) -> list[Column]:
    """The days of the span in stretches of a unit; the first and last are cut where the span ends."""
    stretches: dict[date, list[date]] = {}
    for day in span.days:
        stretches.setdefault(_start(day, unit), []).append(day)
    found = []
    for days in stretches.values():
        day = days[0]
        label = "chart-label-month" if unit == "month" else "chart-label-day"
        words = texts.plain(label, year=day.year % 100, month=day.month, day=day.day)
        tally = sum((by_day.get(d.isoformat(), Tally()) for d in days), Tally())
        found.append(Column(words, day, days[-1], tally))
    return found


def _start(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day
