"""Reports as lists that can be turned: every entry of an axis, and the requests behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.figures import Axis, Part, Tally
from casework.books.rates import RateKind
from casework.errors import NotFound
from casework.use_cases.figures import PAGE, BreakDown, RateOrganisations, TraceFigure
from handlers.admin.cards import list_buttons, list_text
from handlers.admin.desk import Desk
from handlers.admin.pages import cut
from handlers.admin.stats.codes import View, behind_of
from handlers.admin.stats.gallery import ordered_rates
from handlers.admin.stats.names import UNITS, Names, columns
from handlers.kit.buttons import button
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

#: Entries of an axis on one page.
_ENTRIES = 10


@dataclass(frozen=True, slots=True)
class _Entry:
    text: Markup
    button: Button


@dataclass(frozen=True, slots=True)
class Rows:
    """The lists of one view."""

    desk: Desk
    names: Names
    view: View

    async def table(self, part: str, page: int) -> tuple[Markup, Keyboard]:
        """Every entry of an axis, of the days, or the rates of every organisation. Raises NotFound."""
        if part == "rates":
            entries = await self._rates()
        elif part in UNITS:
            entries = await self._columns(part)
        elif part in set(Axis) - {Axis.DAY}:
            entries = await self._entries(Axis(part))
        else:
            raise NotFound(what="axis", id=part)
        shown, page, pages = cut(entries, page, _ENTRIES)
        lines = [self._head(self._section(part)), "", *(entry.text for entry in shown)]
        if not entries:
            lines.append(self.desk.texts("stats-nothing"))
        buttons = [entry.button for entry in shown]
        rows = [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
        return Markup("\n".join(lines)), [*rows, self._turn("table", part, page, page < pages - 1)]

    def _section(self, part: str) -> str:
        plain = self.desk.texts.plain
        if part == "rates":
            return plain("chart-rates-of")
        return plain(f"chart-by-{part}") if part in UNITS else plain(f"chart-which-{part}")

    def _head(self, section: str) -> Markup:
        dates = self.view.span.dates(self.desk.texts)
        return self.desk.texts(
            "stats-list-head", title=self.names.title(self.view), dates=dates, section=section
        )

    def _turn(self, action: str, part: str, page: int, more: bool) -> list[Button]:
        row = []
        if page > 0:
            press = self.view.press(action, part, page - 1)
            row.append(button(self.desk.texts, "admin-previous", press))
        if more:
            row.append(button(self.desk.texts, "stats-further", self.view.press(action, part, page + 1)))
        return row

    def _entry(self, name: str, tally: Tally, view: View) -> _Entry:
        texts = self.desk.texts
        line = texts("stats-row", name=name, total=tally.total, sure=tally.confirmed, late=tally.late)
        press = view.press("list", Part.ALL)
        return _Entry(line, button(texts, "stats-entry", press, name=name, count=tally.total))

    async def _entries(self, axis: Axis) -> list[_Entry]:
        counted = await self.desk.context.cases(BreakDown)(self.desk.actor, axis, self.view.asked)
        return [
            self._entry(name, tally, self.view.narrowed(axis, key))
            for key, name, tally in self.names.ordered(axis, counted)
        ]

    async def _columns(self, unit: str) -> list[_Entry]:
        by_day = await self.desk.context.cases(BreakDown)(self.desk.actor, Axis.DAY, self.view.asked)
        found = columns(self.desk.texts, self.view.span, by_day, unit)
        return [
            self._entry(column.label, column.tally, self.view.on(column.first, column.last))
            for column in reversed(found)
            if column.tally.total
        ]

    async def _rates(self) -> list[_Entry]:
        texts = self.desk.texts
        rated = await self.desk.context.cases(RateOrganisations)(self.desk.actor, self.view.asked)
        entries = []
        for organisation_id, name, rates in ordered_rates(self.names, rated):
            shares = {
                kind.value: f"{rate.numerator}/{rate.denominator}"
                for kind in RateKind
                if (rate := rates.of(kind)) is not None
            }
            press = self.view.narrowed(Axis.ORGANISATION, str(organisation_id)).press("show")
            line = texts("stats-rates-row", name=name, **shares)
            entries.append(_Entry(line, button(texts, "stats-name", press, name=name)))
        return entries

    async def behind(self, part: str, page: int) -> tuple[Markup, Keyboard]:
        """The requests that a number counts. Raises NotFound."""
        texts, what = self.desk.texts, behind_of(part)
        found = await self.desk.context.cases(TraceFigure)(self.desk.actor, self.view.asked, what, page)
        lines = [self._head(texts.plain(f"stats-list-{part}"))]
        if found.requests:
            lines.append(list_text(self.desk.context, found.requests))
        else:
            lines.append(texts("stats-list-nothing"))
        if found.more:
            lines.append(texts("stats-list-page", page=found.page + 1))
        elif found.requests:
            count = found.page * PAGE + len(found.requests)
            lines.append(texts("stats-list-end", count=count))
        if what.rate is RateKind.RESPONSE and self.view.cut.key(Axis.ORGANISATION) is not None:
            lines.append(texts("stats-list-offers"))
        rows: list[list[Button]] = list_buttons(found.requests)
        rows.append(self._turn("listed", part, found.page, found.more))
        rows.append(self._others(part))
        return Markup("\n\n".join(lines)), rows

    def _others(self, part: str) -> list[Button]:
        """The other side of a rate, and the numbers of this cut."""
        texts = self.desk.texts
        row = []
        if part[-1:] in ("0", "1"):
            other = f"{part[:-1]}{1 - int(part[-1])}"
            row.append(button(texts, f"stats-see-{other}", self.view.press("listed", other)))
        return [*row, button(texts, "stats-numbers", self.view.press("show"))]
