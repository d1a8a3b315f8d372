"""Reads a filled list of organisations: every cell is checked, and one wrong cell keeps all rows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casework.catalogue import Community
from casework.entities import Organisation
from handlers.admin.sheets.cells import CellError, CellReader
from handlers.admin.sheets.columns import COLUMNS, Column, heading, same, tidy
from handlers.admin.sheets.opening import Refused, open_workbook
from handlers.kit.texts import Texts, default_texts

MAX_ROWS = 5_000
#: A person mends a screenful at a time; reading stops when there is far more.
MAX_PROBLEMS = 200
_HEADING_WITHIN = 10
_MAX_COLUMNS = 40
#: The last row Excel knows; a forged row number must not make us count for ever.
_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `row` as Excel counts; `column` as headed; `code` names a text, `facts` fill it."""

    code: str
    row: int | None = None
    column: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetResult:
    """The organisations (ids 0), or the problems; never both."""

    organisations: tuple[Organisation, ...] = ()
    problems: tuple[Problem, ...] = ()


def describe(problem: Problem, texts: Texts | None = None) -> str:
    """The problem as a plain sentence that says where."""
    texts = texts or default_texts()
    words = texts.plain(f"sheet-problem-{problem.code}", **problem.facts)
    if problem.row is None:
        return words
    if not problem.column:
        return texts.plain("sheet-at-row", row=problem.row, words=words)
    return texts.plain("sheet-at-cell", row=problem.row, column=problem.column, words=words)


def read_organisations(content: bytes, community: Community, texts: Texts | None = None) -> SheetResult:
    """The organisations of an xlsx file of at most 5 MB and 5,000 rows. Never raises for a bad file."""
    texts = texts or default_texts()
    try:
        book, merged = open_workbook(content)
    except Refused as refused:
        return SheetResult(problems=(Problem(refused.code),))
    try:
        return _Reading(community, texts).of(book, merged)
    except Exception:  # noqa: BLE001 - a sheet's XML is parsed only now, and breaks in as many ways
        return SheetResult(problems=(Problem("broken"),))
    finally:
        book.close()


class _Reading:
    """One pass over one file."""

    def __init__(self, community: Community, texts: Texts) -> None:
        self.community = community
        self.texts = texts
        self.cells = CellReader(community, texts)
        self.problems: list[Problem] = []
        self.found: list[Organisation] = []
        self.seen: dict[str, int] = {}

    def of(self, book: Any, merged: list[list[tuple[int, int]]]) -> SheetResult:
        for sheet, spans in zip(book.worksheets, merged, strict=True):
            sheet.reset_dimensions()
            top = self._heading_row(sheet)
            if top:
                self._merged(spans, top)
                self._rows(sheet, top)
                break
        else:
            return SheetResult(problems=(Problem("wrong-sheet", facts={"wanted": self._wanted()}),))
        if not self.found and not self.problems:
            self.problems.append(Problem("empty"))
        if self.problems:
            return SheetResult(problems=tuple(self.problems))
        return SheetResult(tuple(self.found))

    def _wanted(self) -> str:
        return "、".join(heading(self.texts, c) for c in COLUMNS if c.required)

    def _heading_row(self, sheet: Any) -> int | None:
        wanted = {same(heading(self.texts, c)) for c in COLUMNS if c.required}
        for n, row in enumerate(sheet.iter_rows(max_row=_HEADING_WITHIN, max_col=_MAX_COLUMNS), start=1):
            if wanted <= {_head(cell.value) for cell in row}:
                return n
        return None

    def _merged(self, spans: list[tuple[int, int]], top: int) -> None:
        for first, last in spans[:MAX_PROBLEMS]:
            if last >= top:
                self.problems.append(Problem("merged", max(first, top)))

    def _columns(self, row: Any, top: int) -> dict[int, Column]:
        known = {same(heading(self.texts, c)): c for c in COLUMNS}
        columns: dict[int, Column] = {}
        for n, cell in enumerate(row):
            head = _head(cell.value)
            if not head:
                continue
            column = known.get(head)
            if column is None:
                self.problems.append(Problem("unknown-column", top, facts={"value": tidy(cell.value)[:20]}))
            elif column in columns.values():
                self.problems.append(Problem("double-column", top, heading(self.texts, column)))
            else:
                columns[n] = column
        return columns

    def _rows(self, sheet: Any, top: int) -> None:
        rows: Iterator[Any] = sheet.iter_rows(min_row=top, max_col=_MAX_COLUMNS)
        columns = self._columns(next(rows), top)
        count = 0
        for number, row in enumerate(rows, start=top + 1):
            cells = {c: row[n] for n, c in columns.items() if n < len(row)}
            if number > _LAST_ROW:
                self.problems.append(Problem("broken"))
                return
            if not any(cell.value is not None and str(cell.value).strip() for cell in cells.values()):
                continue
            count += 1
            if count > MAX_ROWS:
                self.problems.append(Problem("too-many-rows", facts={"limit": str(MAX_ROWS)}))
                return
            if len(self.problems) >= MAX_PROBLEMS:
                self.problems.append(Problem("more"))
                return
            self._row(number, cells)

    def _row(self, number: int, cells: dict[Column, Any]) -> None:
        values: dict[str, Any] = {}
        wrong = False
        for column in COLUMNS:
            try:
                values[column.field] = self.cells.read(column, cells.get(column))
            except CellError as error:
                wrong = True
                head = heading(self.texts, column)
                self.problems.append(Problem(error.code, number, head, error.facts))
        name = values.get("name", "")
        if name:
            first = self.seen.setdefault(same(name), number)
            if first != number:
                wrong = True
                head = heading(self.texts, COLUMNS[0])
                self.problems.append(Problem("double-name", number, head, {"first": str(first)}))
        if not wrong:
            self.found.append(Organisation(id=0, community_id=self.community.id, **values))


def _head(value: object) -> str:
    # Headings of required columns may carry a star.
    return same(tidy(value)).rstrip("*") if value is not None else ""
