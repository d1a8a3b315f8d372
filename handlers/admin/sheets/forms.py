"""Writes a ledger in the form an office prints: A4 across, the head on every page, totals, signatures."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from handlers.admin.sheets.styles import keep_as_text, storable
from handlers.forms import Cell, Form

#: Rows of title, unit and head; what is below is repeated on no page.
_HEAD_ROW = 3
_NOT_TEXT = frozenset("=#+-@")


def write_form(form: Form) -> bytes:
    """The form as an xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = storable(form.title)[:31]
    last = len(form.columns)
    _heading(sheet, form, last)
    _columns(sheet, form)
    for n, cells in enumerate(form.rows, start=_HEAD_ROW + 1):
        for column, value in enumerate(cells, start=1):
            _put(sheet.cell(n, column), value)
    _ending(sheet, form, last, _HEAD_ROW + len(form.rows) + 1)
    _for_the_printer(sheet, form, last, _HEAD_ROW + len(form.rows) + 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(sheet: Any, form: Form, last: int) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    _put(sheet.cell(1, 1), form.title, border=False)
    sheet.cell(1, 1).font = Font(bold=True, size=18)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 34
    middle, end = last // 3, last - last // 3
    for first, to, words, side in (
        (1, middle, form.unit, "left"),
        (middle + 1, end, form.span, "center"),
        (end + 1, last, form.date, "right"),
    ):
        sheet.merge_cells(start_row=2, start_column=first, end_row=2, end_column=to)
        _put(sheet.cell(2, first), words, border=False)
        sheet.cell(2, first).alignment = Alignment(horizontal=side, vertical="center")
    sheet.row_dimensions[2].height = 20


def _columns(sheet: Any, form: Form) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for n, (head, width) in enumerate(form.columns, start=1):
        cell = sheet.cell(_HEAD_ROW, n)
        _put(cell, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="E4EFEA")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.row_dimensions[_HEAD_ROW].height = 30
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"


def _ending(sheet: Any, form: Form, last: int, row: int) -> None:
    from openpyxl.styles import Alignment, Font

    _put(sheet.cell(row, 1), form.total_label)
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
    for column in range(2, last + 1):
        sheet.cell(row, column).border = _lines()
    _put(sheet.cell(row, 2), form.total)
    for column in (1, 2):
        sheet.cell(row, column).font = Font(bold=True)
    sheet.merge_cells(start_row=row + 1, start_column=1, end_row=row + 1, end_column=last)
    _put(sheet.cell(row + 1, 1), form.sign, border=False)
    sheet.cell(row + 1, 1).alignment = Alignment(vertical="bottom")
    sheet.row_dimensions[row + 1].height = 36


def _for_the_printer(sheet: Any, form: Form, last: int, rows: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(last)}{rows}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = form.page


def _put(cell: Any, value: Cell, *, border: bool = True) -> None:
    if border:
        cell.border = _lines()
    cell.alignment = _inside(wrap=border)
    if isinstance(value, str) and value[:1] in _NOT_TEXT:
        keep_as_text(cell, value)
    else:
        cell.value = storable(value) if isinstance(value, str) else value


@cache
def _inside(*, wrap: bool) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(vertical="center", wrap_text=wrap)


@cache
def _lines() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="808080")
    return Border(left=thin, right=thin, top=thin, bottom=thin)
