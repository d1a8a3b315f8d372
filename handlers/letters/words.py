"""A weekly letter in words, with its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.figures import Axis, Part, Tally, folded
from casework.books.letters import Letter, Week
from casework.books.rates import RateKind
from handlers.admin.spans import between
from handlers.admin.stats.codes import View
from handlers.admin.stats.names import Names
from handlers.kit.buttons import button
from handlers.kit.callbacks import LetterCD, PageCD, WorkCD
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup, Texts

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Written:
    """One letter; `organisation_id` None: to workers about all."""

    names: Names
    letter: Letter
    week: Week
    organisation_id: int | None

    @property
    def _texts(self) -> Texts:
        return self.names.texts

    @property
    def view(self) -> View:
        """The week as a report."""
        view = View(between(self.week.monday, self.week.sunday, self.names.community.timezone))
        if self.organisation_id is None:
            return view
        return view.narrowed(Axis.ORGANISATION, str(self.organisation_id))

    @property
    def about(self) -> str:
        """Whom it is about."""
        if self.organisation_id is None:
            return self.names.community.short_name
        return self.names.of_key(Axis.ORGANISATION, str(self.organisation_id))

    def groups(self) -> dict[str, Tally]:
        """The counts by group."""
        return folded(self.names.community, Axis.GROUP, self.letter.by_item)

    def text(self) -> Markup:
        """The letter; short enough to stand under a picture."""
        letter, texts = self.letter, self._texts
        head = texts("letter-head", about=self.about, dates=self.view.span.dates(texts))
        if letter.quiet:
            return Markup(f"{head}\n\n{texts('letter-quiet')}")
        whose = "all" if self.organisation_id is None else "own"
        tally, effort = letter.report.tally, letter.report.effort
        lines: list[str] = [
            head,
            "",
            texts(
                f"letter-counts-{whose}",
                total=tally.total,
                before=letter.before.tally.total,
                sure=tally.confirmed,
                late=tally.late,
            ),
            *map(self._rate, RateKind),
        ]
        if effort.hours:
            lines.append(texts("stats-hours", hours=f"{effort.hours:g}"))
        if self.organisation_id is None:
            lines += self._most()
        lines += ["", self._standing(whose)]
        return Markup("\n".join(lines))

    def _rate(self, kind: RateKind) -> Markup:
        rate, before = self.letter.report.rates.of(kind), self.letter.before.rates.of(kind)
        return self._texts(
            "letter-rate",
            name=self._texts.plain(f"stats-rate-{kind}"),
            share=rate.percent,
            part=rate.numerator,
            whole=rate.denominator,
            before=before.percent,
        )

    def _most(self) -> list[Markup]:
        organisations = {str(i): tally for i, tally in self.letter.by_organisation.items()}
        found = []
        for axis, counted in ((Axis.GROUP, self.groups()), (Axis.ORGANISATION, organisations)):
            rows = self.names.ordered(axis, counted)[:_MOST_NAMED]
            entries = [self._texts.plain("stats-entry", name=name, count=t.total) for _, name, t in rows]
            if entries:
                found.append(self._texts(f"stats-top-{axis}", entries="、".join(entries)))
        return found

    def _standing(self, whose: str) -> Markup:
        letter, texts = self.letter, self._texts
        if not letter.open:
            return texts(f"letter-none-{whose}")
        return texts("letter-open-late" if letter.late else "letter-open", open=letter.open, late=letter.late)

    def keyboard(self) -> Keyboard:
        """The lists behind the numbers, what is open, and no more letters."""
        rows = self._for_workers() if self.organisation_id is None else self._for_leads()
        stop = button(self._texts, "letter-stop", LetterCD(action="stop"))
        return [*(row for row in rows if row), [stop]]

    def _for_workers(self) -> list[list[Button]]:
        if self.letter.quiet:
            return []
        numbers = button(self._texts, "letter-numbers", self.view.press("show"))
        rates = button(self._texts, "stats-by-rates", self.view.press("by", "rates"))
        late = button(self._texts, "admin-late", PageCD(list="late", page=0))
        return [[numbers, rates], [late] if self.letter.late else []]

    def _for_leads(self) -> list[list[Button]]:
        tally = self.letter.report.tally
        first = self.week.monday.toordinal()
        lists = [
            button(
                self._texts,
                f"stats-part-{part}",
                LetterCD(action="list", id=self.organisation_id or 0, first=first, part=part),
                count=count,
            )
            for part, count in (
                (Part.ALL, tally.total),
                (Part.LATE, tally.late),
                (Part.CONFIRMED, tally.confirmed),
            )
            if count
        ]
        tasks = button(self._texts, "lead-tasks", WorkCD(action="list", id=0))
        return [lists, [tasks] if self.letter.open else []]
