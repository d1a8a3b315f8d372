"""The ledgers as forms to print, and the file that is made of one when its turn to be sent has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from casework.books.ledgers import Book, RectificationState
from casework.permissions import Actor
from casework.statuses import IN_WORK, RequestStatus
from casework.use_cases.ledger_views import (
    ListNeeds,
    NeedRow,
    ProblemLine,
    ReadNeeds,
    ReadProblems,
    ReadRectifications,
    RectificationLine,
)
from handlers.admin.ledger_words import LedgerLines, Wanted, state_of
from handlers.admin.stats.pictures import asked_by
from handlers.forms import Cell, Form
from handlers.kit.callbacks import LedgerCD
from handlers.kit.context import Context
from handlers.ports import Delivery

#: Nobody prints more; `/export` and the command line give everything.
MOST_ROWS = 20_000
_AT_ONCE = 500

#: ledger → column → width
COLUMNS: dict[Book, dict[str, int]] = {
    Book.NEEDS: {
        "no": 5,
        "number": 15,
        "filed": 16,
        "resident": 9,
        "phone": 13,
        "place": 20,
        "item": 13,
        "words": 32,
        "organisation": 18,
        "status": 14,
        "done": 16,
        "stars": 7,
        "problems": 14,
        "rectified": 12,
    },
    Book.PROBLEMS: {
        "no": 5,
        "id": 8,
        "at": 16,
        "kind": 16,
        "number": 15,
        "item": 14,
        "organisation": 20,
        "words": 34,
        "rectified": 16,
        "closed": 16,
        "closing": 28,
    },
    Book.RECTIFICATIONS: {
        "no": 5,
        "id": 8,
        "problem": 8,
        "kind": 16,
        "number": 15,
        "task": 34,
        "who": 18,
        "due": 16,
        "evidence": 30,
        "reported": 16,
        "checker": 10,
        "result": 20,
    },
}
_HEADS = {Book.NEEDS: "need", Book.PROBLEMS: "problem", Book.RECTIFICATIONS: "rectify"}


class TooMany(Exception):
    """More than one sheet holds."""


class LedgerForms:
    """Makes forms for one reader."""

    def __init__(self, context: Context, actor: Actor, wanted: Wanted) -> None:
        self.context = context
        self.actor = actor
        self.wanted = wanted
        self.texts = context.texts
        self.words = LedgerLines(context)
        self._zone = ZoneInfo(context.community.timezone)

    async def form(self) -> tuple[Form, int]:
        """The whole ledger and how many entries it has. Raises TooMany."""
        book, texts = self.wanted.book, self.texts
        rows, total = await self._rows()
        organisation = await self.context.uow.organisations.get(self.wanted.pressed.org)
        names = self.wanted.names(texts, organisation.name if organisation else "")
        filters = "".join(f"　{name}" for name in names.values())
        today = self.context.now.astimezone(self._zone)
        head = _HEADS[book]
        form = Form(
            title=f"{self.context.community.name}{texts.plain(f'ledger-title-{book}')}",
            unit=texts.plain("form-unit", community=self.context.community.name),
            span=texts.plain("form-span", month=self.wanted.month_name(texts), filters=filters),
            date=texts.plain("form-date", year=today.year, month=today.month, day=today.day),
            columns=tuple((texts.plain(f"form-{head}-{name}"), w) for name, w in COLUMNS[book].items()),
            rows=tuple((n, *cells) for n, cells in enumerate(rows, start=1)),
            total_label=texts.plain("form-total"),
            total=texts.plain(f"form-total-{book}", total=len(rows), **total),
            sign=texts.plain("form-sign"),
            page=texts.plain("form-page"),
        )
        return form, len(rows)

    async def _rows(self) -> tuple[list[tuple[Cell, ...]], dict[str, int]]:
        if self.wanted.book is Book.NEEDS:
            return await self._needs()
        rows: list[tuple[Cell, ...]] = []
        open_ = 0
        while True:
            lines = await self._lines(len(rows))
            rows += [self._cells(line) for line in lines]
            open_ += sum(_is_open(line) for line in lines)
            if len(rows) > MOST_ROWS:
                raise TooMany
            if len(lines) < _AT_ONCE:
                # On paper the oldest comes first.
                rows.reverse()
                return rows, {"open": open_, "closed": len(rows) - open_}

    async def _lines(self, offset: int) -> Sequence[ProblemLine | RectificationLine]:
        entries, cases = self.wanted.entries(), self.context.cases
        if self.wanted.book is Book.PROBLEMS:
            return (await cases(ReadProblems)(self.actor, entries, _AT_ONCE, offset))[0]
        return (await cases(ReadRectifications)(self.actor, entries, _AT_ONCE, offset))[0]

    def _cells(self, line: ProblemLine | RectificationLine) -> tuple[Cell, ...]:
        return self._problem(line) if isinstance(line, ProblemLine) else self._rectification(line)

    async def _needs(self) -> tuple[list[tuple[Cell, ...]], dict[str, int]]:
        wanted = self.wanted.requests()
        _, counts = await self.context.cases(ReadNeeds)(self.actor, wanted, 1)
        if sum(counts.values()) > MOST_ROWS:
            raise TooMany
        rows: list[tuple[Cell, ...]] = []
        problems = 0
        async for page in await self.context.cases(ListNeeds)(self.actor, wanted):
            rows += [self._need(row) for row in page]
            problems += sum(bool(row.problems) for row in page)
        work = sum(counts.get(s.value, 0) for s in IN_WORK)
        return rows, {
            "solved": counts.get(RequestStatus.CONFIRMED.value, 0),
            "work": work,
            "problems": problems,
        }

    def _need(self, row: NeedRow) -> tuple[Cell, ...]:
        request, cards = row.request, self.words.cards
        return (
            request.number,
            self._when(request.created_at),
            row.resident.name if row.resident else "",
            request.details.phone,
            cards.address(request.details.address),
            self._item(request.item),
            request.description,
            row.organisation.name if row.organisation else "",
            f"{cards.word('status', request.status)} {self.words.call(row)}".strip(),
            self._when(request.done_at),
            row.rating.stars if row.rating else None,
            "、".join(self.words.kind(p.kind) for p in row.problems),
            self._state(row.rectifications),
        )

    def _problem(self, line: ProblemLine) -> tuple[Cell, ...]:
        problem, request = line.row.problem, line.row.request
        return (
            problem.id,
            self._when(problem.at),
            self.words.kind(problem.kind),
            request.number if request else "",
            self._item(request.item) if request else "",
            line.organisation.name if line.organisation else "",
            problem.words,
            self._state(line.rectifications),
            self._when(problem.closed_at),
            problem.closing,
        )

    def _rectification(self, line: RectificationLine) -> tuple[Cell, ...]:
        entry, request = line.row.rectification, line.row.request
        result = state_of(self.texts, entry, self.context.now)
        return (
            entry.id,
            entry.problem_id,
            self.words.kind(line.row.problem.kind),
            request.number if request else "",
            entry.task,
            self.words.who(line),
            self._when(entry.due_at),
            entry.evidence or (self.texts.plain("rectify-photo") if entry.photo else ""),
            self._when(entry.reported_at),
            line.checker.name if line.checker else "",
            f"{result} {entry.check_words}".strip(),
        )

    def _when(self, moment: datetime | None) -> str:
        return moment.astimezone(self._zone).strftime("%Y-%m-%d %H:%M") if moment else ""

    def _item(self, code: str) -> str:
        return self.context.community.catalogue.item(code).name

    def _state(self, entries: Sequence[Any]) -> str:
        return state_of(self.texts, entries[-1], self.context.now) if entries else ""


def _is_open(line: ProblemLine | RectificationLine) -> bool:
    if isinstance(line, ProblemLine):
        return line.row.problem.closed_at is None
    return line.row.rectification.state is not RectificationState.CLOSED


async def ledger(payload: dict[str, Any], context: Context) -> Delivery:
    """The sheet that a worker asked for; one too big becomes a sentence."""
    if context.forms is None:
        raise RuntimeError("nobody here writes forms")
    wanted = Wanted(LedgerCD.unpack(payload["wanted"]), context.community)
    chat = {"chat_id": payload["chat_id"]}
    try:
        form, count = await LedgerForms(context, asked_by(payload, context), wanted).form()
    except TooMany:
        return Delivery("SendMessage", {**chat, "text": context.texts.plain("ledger-too-big")})
    content = await context.forms.write(form)
    title, month = context.texts.plain(f"ledger-title-{wanted.book}"), wanted.month_name(context.texts)
    community = context.community.short_name
    name = context.texts.plain("ledger-file", community=community, title=title, month=month)
    caption = context.texts.plain("ledger-caption", title=title, month=month, count=count)
    return Delivery("SendDocument", {**chat, "caption": caption}, ("document", name, content))
