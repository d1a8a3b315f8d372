"""How sheets look: a frozen head in calm green, readable widths; text that stays text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HEAD_FILL = "1F6F5C"
#: Excel's own limit of a cell is 32,767 characters.
_CELL_LIMIT = 32_000


def head_row(sheet: Any, widths: Sequence[int]) -> None:
    """Style row 1 of a normal sheet and set the widths of its columns."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for n, width in enumerate(widths, start=1):
        cell = sheet.cell(1, n)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=HEAD_FILL)
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"


def storable(text: str) -> str:
    """The text without characters that XML forbids, no longer than a cell may be."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean if len(clean) <= _CELL_LIMIT else clean[:_CELL_LIMIT] + "…"


def keep_as_text(cell: Any, text: str) -> None:
    """Write words of people: a leading = must never become a formula on somebody's computer."""
    cell.value = storable(text)
    cell.data_type = "s"
    cell.number_format = "@"
