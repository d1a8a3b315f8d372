"""The ledgers in words: filters, lines of a page, and how far something is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from casework.books.calls import CallOutcome
from casework.books.ledgers import Book, LedgerFilter, ProblemKind, Rectification, RectificationState
from casework.catalogue import Community
from casework.reports import RequestFilter
from casework.statuses import BEFORE_WORK, CLOSED, IN_WORK, RequestStatus
from casework.use_cases.ledger_views import NeedRow, ProblemLine, RectificationLine
from handlers.admin.steps import WorkerCards
from handlers.kit.callbacks import LedgerCD
from handlers.kit.context import Context
from handlers.kit.texts import Markup, Texts

BOOKS = {"n": Book.NEEDS, "p": Book.PROBLEMS, "r": Book.RECTIFICATIONS}
#: Where a request stands, coarse enough for buttons.
NEED_STATES: dict[str, frozenset[RequestStatus]] = {
    "wait": BEFORE_WORK,
    "work": IN_WORK,
    "done": frozenset({RequestStatus.DONE}),
    "again": frozenset({RequestStatus.REOPEN_REQUESTED}),
    "sure": frozenset({RequestStatus.CONFIRMED}),
    "over": CLOSED - {RequestStatus.CONFIRMED},
}
STATES = {"n": tuple(NEED_STATES), "p": ("open", "closed"), "r": ("open", "check", "closed")}
#: Kinds of problems by what buttons carry.
KINDS = {kind.value[:8]: kind for kind in ProblemKind}
_SHORT = 30


def state_of(texts: Texts, entry: Rectification, now: datetime) -> str:
    """How far it is."""
    late = entry.state is RectificationState.OPEN and entry.due_at < now
    return texts.plain(f"rectify-state-{'late' if late else entry.state.value}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a button asks for, against this community. Codes that are not known count as no filter."""

    pressed: LedgerCD
    community: Community

    @property
    def book(self) -> Book:
        """Which ledger."""
        return BOOKS.get(self.pressed.book, Book.NEEDS)

    @property
    def code(self) -> str:
        """The ledger's letter."""
        return self.pressed.book if self.pressed.book in BOOKS else "n"

    @property
    def month(self) -> tuple[int, int] | None:
        """Year and month; None for all."""
        year, month = divmod(self.pressed.month, 100)
        return (year, month) if 2000 <= year <= 2999 and 1 <= month <= 12 else None

    @property
    def state(self) -> str:
        """The code of where it stands; empty for all."""
        return self.pressed.state if self.pressed.state in STATES[self.code] else ""

    @property
    def compound(self) -> str | None:
        """The compound's name."""
        place = self.pressed.place
        return self.community.compounds[place - 1] if 1 <= place <= len(self.community.compounds) else None

    @property
    def kind(self) -> str:
        """A catalogue group's code (needs) or a kind of problem; empty for all."""
        known = self.community.catalogue.groups if self.code == "n" else KINDS
        return self.pressed.kind if self.pressed.kind in known else ""

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The month's first moment and the next one's."""
        if self.month is None:
            return None, None
        (year, month), zone = self.month, ZoneInfo(self.community.timezone)
        following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
        return datetime(year, month, 1, tzinfo=zone), following

    def requests(self) -> RequestFilter:
        """For the ledger of needs."""
        since, until = self.span()
        items = frozenset(i.code for i in self.community.catalogue.in_group(self.kind)) if self.kind else None
        return RequestFilter(
            since=since,
            until=until,
            statuses=NEED_STATES.get(self.state),
            organisation_id=self.pressed.org or None,
            items=items,
            compound=self.compound,
        )

    def entries(self) -> LedgerFilter:
        """For the other two."""
        since, until = self.span()
        return LedgerFilter(
            since=since,
            until=until,
            kind=KINDS.get(self.kind),
            open={"open": True, "closed": False}.get(self.state),
            state=RectificationState.REPORTED if self.state == "check" else None,
            organisation_id=self.pressed.org or None,
            compound=self.compound,
        )

    def month_name(self, texts: Texts) -> str:
        """Such as 2026年11月."""
        if self.month is None:
            return texts.plain("ledger-all-months")
        return texts.plain("ledger-month", year=self.month[0], month=self.month[1])

    def kinds(self, texts: Texts) -> list[tuple[int | str, str]]:
        """What can be chosen from: groups of needs, kinds of problems."""
        if self.code == "n":
            return list(self.community.catalogue.groups.items())
        return [(short, texts.plain(f"problem-{kind}")) for short, kind in KINDS.items()]

    def names(self, texts: Texts, organisation: str) -> dict[str, str]:
        """What each filter is set to, in words; of those that are set."""
        kind = ""
        if self.kind:
            named = self.code != "n"
            known = self.community.catalogue.groups
            kind = texts.plain(f"problem-{KINDS[self.kind]}") if named else known[self.kind]
        found = {
            "state": texts.plain(f"ledger-state-{self.code}-{self.state}") if self.state else "",
            "kind": kind,
            "org": organisation if self.pressed.org else "",
            "place": self.compound or "",
        }
        return {name: value for name, value in found.items() if value}


class LedgerLines:
    """The lines of a page."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.texts = context.texts
        self.cards = WorkerCards(context.texts, context.community, "admin")

    def need(self, row: NeedRow) -> Markup:
        """A request, and its marks from the other ledgers."""
        texts = self.texts
        organisation = row.organisation
        held = texts.plain("ledger-organisation", name=organisation.name) if organisation else ""
        return texts(
            "ledger-need-line",
            line=self.cards.line(row.request, self.context.now),
            organisation=held,
            marks=self._marks(row),
        )

    def call(self, row: NeedRow) -> str:
        """Whether its resident is to be rung up, or could not be reached; empty otherwise."""
        if row.call is None or row.request.status not in (RequestStatus.DONE, RequestStatus.CONFIRMED):
            return ""
        if row.call.outcome is None:
            return self.texts.plain("ledger-call-waits")
        unreachable = row.call.outcome is CallOutcome.UNREACHABLE
        return self.texts.plain("call-outcome-unreachable") if unreachable else ""

    def _marks(self, row: NeedRow) -> str:
        call = self.call(row)
        rung = self.texts.plain("ledger-mark-call", state=call) if call else ""
        return rung + self._trouble(row)

    def _trouble(self, row: NeedRow) -> str:
        open_ = [self.kind(p.kind) for p in row.problems if p.closed_at is None]
        mark = self.texts.plain("ledger-mark-problem", kinds="、".join(open_)) if open_ else ""
        if row.rectifications:
            state = state_of(self.texts, row.rectifications[-1], self.context.now)
            mark += self.texts.plain("ledger-mark-rectify", state=state)
        return mark

    def problem(self, line: ProblemLine) -> Markup:
        """What went wrong, with which request, and whether it is over."""
        problem, request = line.row.problem, line.row.request
        state = ""
        if problem.closed_at:
            state = self.texts.plain("ledger-problem-closed")
        elif line.rectifications:
            how = state_of(self.texts, line.rectifications[-1], self.context.now)
            state = self.texts.plain("ledger-problem-rectified", state=how)
        return self.texts(
            "ledger-problem-line",
            id=problem.id,
            kind=self.kind(problem.kind),
            about=request.number if request else problem.words[:_SHORT],
            when=self.cards.when(problem.at, self.context.now),
            state=state,
        )

    def rectification(self, line: RectificationLine) -> Markup:
        """What is put right, by whom, by when, and how far it is."""
        entry = line.row.rectification
        return self.texts(
            "ledger-rectify-line",
            id=entry.id,
            task=entry.task[:_SHORT],
            who=self.who(line),
            when=self.cards.when(entry.due_at, self.context.now),
            state=state_of(self.texts, entry, self.context.now),
        )

    def who(self, line: RectificationLine) -> str:
        """Whoever has to put it right."""
        if line.organisation:
            return line.organisation.name
        return (line.owner.name if line.owner else "") or self.texts.plain("announce-worker")

    def kind(self, kind: ProblemKind) -> str:
        """A kind of problem in words."""
        return self.texts.plain(f"problem-{kind}")
