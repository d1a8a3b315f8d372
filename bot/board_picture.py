"""A sheet to hang up: big numbers, rates and tables from top to bottom, wide enough for a phone."""

from __future__ import annotations

from bot.chart_picture import GREEN, INK, LINE, MARGIN, SOFT, WIDTH, Page, page_of, png
from bot.report_pictures import fit
from handlers.drawings import Board, BoardTable

_TITLE, _SECTION, _LABEL, _SMALL, _BIG = 52, 38, 31, 27, 76
_HEAD, _FIGURES, _GAP, _ROW, _RATE, _FOOT = 200, 190, 122, 56, 84, 56
_INNER = WIDTH - 2 * MARGIN
_GROUND = "#F3F7F5"


def picture(board: Board) -> bytes:
    """The sheet as a PNG, 1080 pixels wide."""
    height = _HEAD + _FIGURES + _FOOT
    height += _GAP + _RATE * len(board.rates) if board.rates else 0
    height += sum(_GAP + _ROW * (1 + max(1, len(rows))) for _, _, _, rows in board.tables)
    page = page_of(height)
    page.text(MARGIN, 96, fit(board.title, _TITLE, _INNER), _TITLE, INK)
    page.text(MARGIN, 156, board.subtitle, _LABEL, SOFT)
    top = _figures(page, board, _HEAD)
    if board.rates:
        top = _rates(page, board, _section(page, board.rates_title, top))
    for table in board.tables:
        top = _table(page, table, board.nothing, _section(page, table[0], top))
    return png(page)


def _section(page: Page, title: str, top: float) -> float:
    page.bar(MARGIN, top + 22, _INNER, 2, LINE)
    page.text(MARGIN, top + 88, title, _SECTION, INK)
    return top + _GAP


def _figures(page: Page, board: Board, top: float) -> float:
    step = _INNER / max(1, len(board.figures))
    for n, (number, label) in enumerate(board.figures):
        page.text(MARGIN + n * step, top + 84, number, _BIG, GREEN)
        page.text(MARGIN + n * step, top + 136, fit(label, _LABEL, step - 10), _LABEL, SOFT)
    return top + _FIGURES


def _rates(page: Page, board: Board, top: float) -> float:
    for n, (label, part, whole) in enumerate(board.rates):
        y = top + n * _RATE
        page.text(MARGIN, y + 34, label, _LABEL, INK)
        share = f"{100 * part // whole}%" if whole else "—"
        page.text(WIDTH - MARGIN, y + 34, share, _SECTION, GREEN if whole else SOFT, "right")
        page.text(WIDTH - MARGIN - 120, y + 34, f"{part} / {whole}", _SMALL, SOFT, "right")
        page.bar(MARGIN, y + 50, _INNER, 12, LINE)
        if part and whole:
            page.bar(MARGIN, y + 50, max(12.0, _INNER * min(1.0, part / whole)), 12, GREEN)
    return top + _RATE * len(board.rates)


def _table(page: Page, table: BoardTable, nothing: str, top: float) -> float:
    """Heads in grey, every second row on a ground; what does not fit into its column is cut."""
    _, heads, widths, rows = table
    lefts = [MARGIN + _INNER * sum(widths[:n]) / 100 for n in range(len(widths))]
    rooms = [_INNER * width / 100 - 16 for width in widths]
    for left, room, head in zip(lefts, rooms, heads, strict=True):
        page.text(left, top + 34, fit(head, _SMALL, room), _SMALL, SOFT)
    top += _ROW
    if not rows:
        page.text(MARGIN, top + 36, nothing, _LABEL, SOFT)
        return top + _ROW
    for n, cells in enumerate(rows):
        if n % 2 == 0:
            page.bar(MARGIN - 12, top, _INNER + 24, _ROW - 4, _GROUND)
        for left, room, cell in zip(lefts, rooms, cells, strict=True):
            page.text(left, top + 37, fit(cell, _LABEL, room), _LABEL, INK)
        top += _ROW
    return top
