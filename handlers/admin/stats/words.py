"""Reports in words, with a button at each number."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.figures import NOBODY, Axis, Part, Report, Tally
from casework.books.rates import Rate, RateKind
from handlers.admin.stats.codes import View, rate_code
from handlers.admin.stats.names import Names
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup, Texts

#: What can be looked at as a picture, in the order of the buttons.
PICTURES = ("trend", "group", "category", "organisation", "compound", "heat", "rates")
SPANS = ("7", "30", "week", "month", "lastmonth", "year")
_MOST_NAMED = 5


def rate_line(texts: Texts, kind: RateKind, rate: Rate) -> Markup:
    """The share with its numerator and denominator."""
    name = texts.plain(f"stats-rate-{kind}")
    return texts("stats-rate", name=name, share=rate.percent, part=rate.numerator, whole=rate.denominator)


@dataclass(frozen=True, slots=True)
class Overview:
    """One report, with its counts along the axes that are told in words."""

    names: Names
    view: View
    report: Report
    by_axis: dict[Axis, dict[str, Tally]]

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.names.texts

    def head(self) -> Markup:
        """Whose numbers, over which days."""
        dates = self.view.span.dates(self.texts)
        return self.texts("stats-head", title=self.names.title(self.view), dates=dates)

    def text(self) -> Markup:
        """The report in words."""
        tally, effort, texts = self.report.tally, self.report.effort, self.texts
        rates = [rate_line(texts, kind, self.report.rates.of(kind)) for kind in RateKind]
        if not tally.total:
            # Who was asked and never took anything has no requests, but has a rate of response.
            known = [line for kind, line in zip(RateKind, rates, strict=True) if self._known(kind)]
            return Markup("\n".join([self.head(), texts("stats-nothing"), *known]))
        lines: list[str] = [
            self.head(),
            texts("stats-counts", total=tally.total, urgent=tally.urgent, late=tally.late),
            texts("stats-standing", open=tally.open, done=tally.done, sure=tally.confirmed),
            "",
            *rates,
        ]
        if effort.rated:
            stars = f"{effort.stars / effort.rated:.1f}"
            lines.append(texts("stats-stars", stars=stars, count=effort.rated))
        if effort.hours:
            lines.append(texts("stats-hours", hours=f"{effort.hours:g}"))
        for axis, counted in self.by_axis.items():
            lines += self._top(axis, counted)
        return Markup("\n".join(lines))

    def _known(self, kind: RateKind) -> bool:
        return self.report.rates.of(kind).share is not None

    def _top(self, axis: Axis, counted: dict[str, Tally]) -> list[str]:
        most = None if axis in (Axis.GROUP, Axis.CATEGORY) else _MOST_NAMED
        named = {key: tally for key, tally in counted.items() if (axis, key) != (Axis.ORGANISATION, NOBODY)}
        rows = self.names.ordered(axis, named)[:most]
        if not rows or self.view.cut.key(axis) is not None:
            return []
        entries = [self.texts.plain("stats-entry", name=name, count=t.total) for _, name, t in rows]
        return ["", self.texts(f"stats-top-{axis}", entries="、".join(entries))]

    def keyboard(self) -> Keyboard:
        """The lists behind the numbers, the pictures, other days, the ledger."""
        rows = [*_threes(self._numbers()), *_threes(self._rates())]
        if self.report.tally.total or any(self._known(kind) for kind in RateKind):
            rows += _threes([self._picture(what) for what in PICTURES])
        spans = [button(self.texts, f"stats-{code}", self.view.press("span", code)) for code in SPANS]
        rows += _threes(spans)
        if not self.view.cut.keys:
            export = DeskCD(action="export", value=self.view.span.code)
            rows.append([button(self.texts, "admin-export-these", export)])
        return rows

    def _numbers(self) -> list[Button]:
        tally = self.report.tally
        counts = {
            Part.ALL: tally.total,
            Part.URGENT: tally.urgent,
            Part.LATE: tally.late,
            Part.OPEN: tally.open,
            Part.DONE: tally.done,
            Part.CONFIRMED: tally.confirmed,
        }
        return [
            button(self.texts, f"stats-part-{part}", self.view.press("list", part), count=count)
            for part, count in counts.items()
            if count
        ]

    def _rates(self) -> list[Button]:
        return [
            button(
                self.texts,
                f"stats-of-{kind}",
                # What was not reached is what one wants to look at, where there is any.
                self.view.press("list", rate_code(kind, counted=rate.numerator == rate.denominator)),
                part=rate.numerator,
                whole=rate.denominator,
            )
            for kind in RateKind
            if (rate := self.report.rates.of(kind)).denominator
        ]

    def _picture(self, what: str) -> Button:
        return button(self.texts, f"stats-by-{what}", self.view.press("by", what))


def _threes(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[n : n + 3] for n in range(0, len(buttons), 3)]
