"""The counts of a span as sentences and as what a chart needs."""

from __future__ import annotations

from collections import Counter
from datetime import date

from casework.catalogue import Community
from casework.reports import Statistics
from handlers.admin.spans import Span
from handlers.kit.texts import Markup, Texts
from handlers.ports import Chart

_MOST_ORGANISATIONS = 5
#: With more days than fit a phone's width, bars stand for weeks, and then for months.
_MOST_DAYS, _MOST_WEEKS = 35, 240


class Figures:
    """Words and pictures for one report. `names` are organisations by id."""

    def __init__(
        self, texts: Texts, community: Community, span: Span, counts: Statistics, names: dict[int, str]
    ) -> None:
        self.texts = texts
        self.community = community
        self.span = span
        self.counts = counts
        self.names = names

    @property
    def title(self) -> str:
        """Whose report, over which days."""
        return self.texts.plain(
            "stats-title", community=self.community.short_name, span=self.span.name(self.texts)
        )

    def groups(self) -> list[tuple[str, int]]:
        """The twelve groups that had any, most first."""
        catalogue = self.community.catalogue
        found: Counter[str] = Counter()
        for code, count in self.counts.by_item.items():
            found[catalogue.item(code).group_name] += count
        return found.most_common()

    def rates(self) -> list[tuple[str, int, int]]:
        """(name, numerator, denominator)"""
        c = self.counts
        return [
            (self.texts.plain("stats-rate-answered"), c.answered_in_time, c.dispatched),
            (self.texts.plain("stats-rate-solved"), c.solved, c.asked),
            (self.texts.plain("stats-rate-satisfied"), c.satisfied, c.rated),
        ]

    def text(self) -> Markup:
        """The report in words."""
        c, texts = self.counts, self.texts
        lines: list[str] = [texts("stats-head", title=self.title, dates=self.span.dates(texts))]
        if not c.total:
            return Markup("\n".join([*lines, texts("stats-nothing")]))
        lines.append(texts("stats-counts", total=c.total, urgent=c.urgent, late=c.late))
        lines.append("")
        for name, part, whole in self.rates():
            share = f"{round(100 * part / whole)}%" if whole else "—"
            lines.append(texts("stats-rate", name=name, share=share, part=part, whole=whole))
        if c.rated:
            lines.append(texts("stats-stars", stars=f"{c.stars_sum / c.rated:.1f}", count=c.rated))
        if c.hours:
            lines.append(texts("stats-hours", hours=f"{c.hours:g}"))
        lines += self._top("stats-groups", self.groups())
        lines += self._top("stats-categories", Counter(c.by_category).most_common())
        by_name = Counter({self.names.get(i, ""): n for i, n in c.by_organisation.items()})
        lines += self._top("stats-organisations", by_name.most_common(_MOST_ORGANISATIONS))
        return Markup("\n".join(lines))

    def _top(self, key: str, counted: list[tuple[str, int]]) -> list[str]:
        if not counted:
            return []
        entries = [self.texts.plain("stats-entry", name=n, count=c) for n, c in counted]
        return ["", self.texts(key, entries="、".join(entries))]

    def chart(self) -> Chart:
        """The report as a picture."""
        c, texts = self.counts, self.texts
        stars = f"{c.stars_sum / c.rated:.1f}" if c.rated else "—"
        figures = (("total", c.total), ("urgent", c.urgent), ("late", c.late), ("stars", stars))
        title, bars = self._bars()
        return Chart(
            title=self.title,
            subtitle=self.span.dates(texts),
            figures=tuple((str(n), texts.plain(f"chart-{name}")) for name, n in figures),
            days_title=title,
            days=tuple(bars),
            groups_title=texts.plain("chart-groups"),
            groups=tuple(self.groups()),
            rates_title=texts.plain("chart-rates"),
            rates=tuple(self.rates()),
            nothing=texts.plain("stats-nothing"),
        )

    def _bars(self) -> tuple[str, list[tuple[str, int]]]:
        days = self.span.days
        if len(days) <= _MOST_DAYS:
            unit, starts = "day", {d: d for d in days}
        elif len(days) <= _MOST_WEEKS:
            unit, starts = "week", {d: date.fromordinal(d.toordinal() - d.weekday()) for d in days}
        else:
            unit, starts = "month", {d: d.replace(day=1) for d in days}
        counted = dict.fromkeys(starts.values(), 0)
        for day, start in starts.items():
            counted[start] += self.counts.by_day.get(day.isoformat(), 0)
        label = "chart-label-month" if unit == "month" else "chart-label-day"
        bars = [
            (self.texts.plain(label, year=d.year % 100, month=d.month, day=d.day), n)
            for d, n in counted.items()
        ]
        return self.texts.plain(f"chart-by-{unit}"), bars
