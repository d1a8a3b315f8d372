"""Each report as a picture with the way to the lists behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.books.figures import ELSEWHERE, Axis, Part, Tally
from casework.books.rates import RateKind, Rates
from casework.permissions import Actor
from casework.use_cases.figures import BreakDown, CrossFigures, RateOrganisations
from handlers.admin.stats.codes import View
from handlers.admin.stats.names import UNITS, Names, columns, unit_of
from handlers.drawings import Drawing, HeatMap, Ranking, RateTable, Row, Trend
from handlers.kit.buttons import button
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup, Texts

#: Rows that fit a picture one can read on a phone, buttons that fit under it.
_MOST_ROWS, _MOST_BUTTONS, _HOTTEST = 15, 8, 4


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture to be drawn, its caption and its buttons."""

    drawing: Drawing
    caption: Markup
    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of one view, for whoever may read reports."""

    context: Context
    actor: Actor
    names: Names
    view: View

    @property
    def _texts(self) -> Texts:
        return self.context.texts

    async def hang(self, what: str) -> Hung:
        """trend (or day, week, month), heat, rates, or an axis. Raises NotFound."""
        if what in ("trend", *UNITS):
            return await self._trend(unit_of(self.view.span) if what == "trend" else what)
        if what == "heat":
            return await self._heat()
        return await self._rates() if what == "rates" else await self._ranking(Axis(what))

    def _head(self, section: str) -> tuple[str, str, str]:
        return self.names.title(self.view), self.view.span.dates(self._texts), section

    def _hung(self, drawing: Drawing, section: str, keyboard: Sequence[Sequence[Button]]) -> Hung:
        title, dates, section = self._head(section)
        caption = self._texts("stats-caption", title=title, dates=dates, section=section)
        return Hung(drawing, caption, [list(row) for row in keyboard if row])

    @property
    def _legend(self) -> tuple[str, str, str]:
        plain = self._texts.plain
        return plain("chart-received"), plain("chart-confirmed"), plain("chart-late")

    @property
    def _nothing(self) -> str:
        return self._texts.plain("stats-nothing")

    def _rows_button(self, part: str) -> Button:
        return button(self._texts, "stats-rows", self.view.press("rows", part))

    async def _trend(self, unit: str) -> Hung:
        by_day = await self.context.cases(BreakDown)(self.actor, Axis.DAY, self.view.asked)
        points = columns(self._texts, self.view.span, by_day, unit)
        rows = tuple(_row(column.label, column.tally) for column in points)
        section = self._texts.plain(f"chart-by-{unit}")
        units = [
            button(self._texts, f"stats-unit-{u}", self.view.press("by", u))
            for u in UNITS
            if u != unit and len(columns(self._texts, self.view.span, by_day, u)) > 1
        ]
        every = sum((column.tally for column in points), Tally())
        lists = [
            button(self._texts, f"stats-part-{part}", self.view.press("list", part), count=count)
            for part, count in ((Part.ALL, every.total), (Part.LATE, every.late))
            if count
        ]
        drawing = Trend(*self._head(section), rows, self._legend, self._nothing)
        return self._hung(drawing, section, [lists, [self._rows_button(unit)], units])

    async def _ranking(self, axis: Axis) -> Hung:
        counted = await self.context.cases(BreakDown)(self.actor, axis, self.view.asked)
        found = self.names.ordered(axis, counted)
        shown = found[:_MOST_ROWS]
        more = len(found) - len(shown)
        section = self._texts.plain(f"chart-which-{axis}")
        drawing = Ranking(
            *self._head(section),
            tuple(_row(name, tally) for _, name, tally in shown),
            self._legend,
            self._texts.plain("chart-late"),
            self._texts.plain("chart-more", count=more) if more else "",
            self._nothing,
        )
        entries = [self._entry(axis, key, name, tally.total) for key, name, tally in found[:_MOST_BUTTONS]]
        return self._hung(drawing, section, [*_pairs(entries), [self._rows_button(axis)]])

    def _entry(self, axis: Axis, key: str, name: str, count: int) -> Button:
        press = self.view.narrowed(axis, key).press("list", Part.ALL)
        return button(self._texts, "stats-entry", press, name=name, count=count)

    async def _heat(self) -> Hung:
        crossed = await self.context.cases(CrossFigures)(self.actor, self.view.asked)
        groups = list(self.context.community.catalogue.groups)
        places = [str(n) for n in range(len(self.context.community.compounds))]
        places += [ELSEWHERE] if any(place == ELSEWHERE for place, _ in crossed) else []
        name = self.names.of_key
        section = self._texts.plain("chart-heat")
        drawing = HeatMap(
            *self._head(section),
            tuple(name(Axis.GROUP, group) for group in groups),
            tuple(name(Axis.COMPOUND, place) for place in places),
            tuple(tuple(crossed.get((place, group), 0) for group in groups) for place in places),
            self._texts.plain("chart-sum"),
            self._nothing,
        )
        hottest = sorted(crossed.items(), key=lambda cell: (-cell[1], cell[0]))[:_HOTTEST]
        cells = [
            button(
                self._texts,
                "stats-cell",
                self.view.narrowed(Axis.COMPOUND, place).narrowed(Axis.GROUP, group).press("list", Part.ALL),
                place=name(Axis.COMPOUND, place),
                group=name(Axis.GROUP, group),
                count=count,
            )
            for (place, group), count in hottest
        ]
        rows = [
            button(
                self._texts,
                "stats-place",
                self.view.narrowed(Axis.COMPOUND, place).press("rows", Axis.GROUP),
                place=name(Axis.COMPOUND, place),
            )
            for place in places
            if any(crossed.get((place, group)) for group in groups)
        ]
        return self._hung(drawing, section, [*([cell] for cell in cells), *_pairs(rows)])

    async def _rates(self) -> Hung:
        rated = await self.context.cases(RateOrganisations)(self.actor, self.view.asked)
        found = ordered_rates(self.names, rated)
        shown = found[:_MOST_ROWS]
        more = len(found) - len(shown)
        section = self._texts.plain("chart-rates-of")
        drawing = RateTable(
            *self._head(section),
            tuple(self._texts.plain(f"stats-rate-{kind}") for kind in RateKind),
            tuple(name for _, name, _ in shown),
            tuple(
                tuple((rates.of(kind).numerator, rates.of(kind).denominator) for kind in RateKind)
                for _, _, rates in shown
            ),
            self._texts.plain("chart-more", count=more) if more else "",
            self._nothing,
        )
        entries = [
            button(self._texts, "stats-name", self._of(organisation_id).press("show"), name=name)
            for organisation_id, name, _ in found[:_MOST_BUTTONS]
        ]
        return self._hung(drawing, section, [*_pairs(entries), [self._rows_button("rates")]])

    def _of(self, organisation_id: int) -> View:
        return self.view.narrowed(Axis.ORGANISATION, str(organisation_id))


def ordered_rates(names: Names, rated: dict[int, Rates]) -> list[tuple[int, str, Rates]]:
    """(organisation id, name, rates), those with most to tell first."""

    def known(rates: Rates) -> int:
        return sum(rates.of(kind).denominator for kind in RateKind)

    rows = [(i, names.of_key(Axis.ORGANISATION, str(i)), rates) for i, rates in rated.items()]
    return sorted((row for row in rows if known(row[2])), key=lambda row: (-known(row[2]), row[1]))


def _row(name: str, tally: Tally) -> Row:
    return name, tally.total, tally.confirmed, tally.late


def _pairs(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
