"""What the reader thought of, as a picture: candidates with their chances, and the words for and against."""

from __future__ import annotations

from bot.chart_picture import GREEN, INK, LINE, MARGIN, PALE, SOFT, WIDTH, Page, page_of, png
from handlers.ports import Bars

_RED = "#B4544A"
_HEAD, _GAP, _ROW, _FOOT = 190, 118, 66, 60
_LABEL, _SECTION, _TITLE, _SMALL = 33, 38, 52, 29
_LABEL_WIDE = 340
_MOST = 6


def picture(bars: Bars) -> bytes:
    """The picture as a PNG, 1080 pixels wide."""
    candidates, words = bars.candidates[:_MOST], bars.words[:_MOST]
    height = _HEAD + _GAP + _ROW * len(candidates) + 60 + _FOOT
    height += _GAP + _ROW * len(words) if words else 0
    page = page_of(height)
    page.text(MARGIN, 92, bars.title, _TITLE, INK)
    page.text(MARGIN, 150, bars.subtitle, _LABEL, SOFT)
    top = _candidates(page, bars, candidates, _section(page, bars.candidates_title, _HEAD))
    if words:
        _words(page, words, _section(page, bars.words_title, top))
    return png(page)


def _section(page: Page, title: str, top: float) -> float:
    page.bar(MARGIN, top + 16, WIDTH - 2 * MARGIN, 2, LINE)
    page.text(MARGIN, top + 80, title, _SECTION, INK)
    return top + _GAP


def _candidates(page: Page, bars: Bars, rows: tuple[tuple[str, int], ...], top: float) -> float:
    """Bars to scale from 0 to 100 %, with the threshold as a line through them."""
    left, room = MARGIN + _LABEL_WIDE, WIDTH - 2 * MARGIN - _LABEL_WIDE - 110
    for n, (label, percent) in enumerate(rows):
        y = top + n * _ROW
        page.text(MARGIN, y + 38, label, _LABEL, INK)
        page.bar(left, y + 8, max(4.0, room * percent / 100), 40, GREEN if n == 0 else PALE)
        page.text(left + max(4.0, room * percent / 100) + 16, y + 40, f"{percent}%", _LABEL, INK)
    foot = top + _ROW * len(rows)
    if bars.limit:
        x = left + room * bars.limit / 100
        page.bar(x, top - 6, 3, foot - top + 10, _RED)
        page.text(x, foot + 40, bars.limit_label, _SMALL, _RED, "center")
    return foot + 60


def _words(page: Page, rows: tuple[tuple[str, int], ...], top: float) -> None:
    """For in green, against in red, the longest bar for the heaviest."""
    left, room = MARGIN + _LABEL_WIDE, WIDTH - 2 * MARGIN - _LABEL_WIDE - 110
    most = max(abs(percent) for _, percent in rows) or 1
    for n, (label, percent) in enumerate(rows):
        y = top + n * _ROW
        wide = max(4.0, room * abs(percent) / most)
        page.text(MARGIN, y + 38, label, _LABEL, INK)
        page.bar(left, y + 8, wide, 40, _RED if percent < 0 else GREEN)
        page.text(left + wide + 16, y + 40, f"{'−' if percent < 0 else ''}{abs(percent)}%", _LABEL, INK)
