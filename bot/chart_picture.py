"""The picture itself: big numbers, days, groups and rates from top to bottom, each number at its bar."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from bot.fonts import chart_font
from handlers.ports import Chart

WIDTH = 1080
_DPI = 200
MARGIN = 64
INK, SOFT, LINE = "#22302C", "#6B7B76", "#E6EAE8"
GREEN, PALE, _GROUND = "#1F7A63", "#A9CFC3", "#FFFFFF"
_TITLE, _SECTION, _LABEL, _SMALL, _BIG = 52, 38, 33, 29, 84
_HEAD, _FIGURES, _DAYS, _ROW, _GAP, _FOOT = 210, 200, 330, 62, 128, 50
_DAY_FOOT = 68
#: With so many days or fewer every bar carries its number.
_FEW_DAYS = 10
_MOST_GROUPS = 12


def picture(chart: Chart) -> bytes:
    """The chart as a PNG."""
    groups = chart.groups[:_MOST_GROUPS]
    height = _HEAD + _FIGURES + _FOOT
    some = any(count for _, count in chart.days)
    height += (_GAP + _DAYS + _DAY_FOOT) if some else 0
    height += _GAP + _ROW * max(1, len(groups)) + _GAP + 84 * len(chart.rates)
    page = page_of(height)
    page.text(MARGIN, 92, chart.title, _TITLE, INK)
    page.text(MARGIN, 156, chart.subtitle, _LABEL, SOFT)
    top = _figures(page, chart, _HEAD)
    if some:
        top = _days(page, chart, _section(page, chart.days_title, top))
    top = _groups(page, groups, chart.nothing, _section(page, chart.groups_title, top))
    _rates(page, chart, _section(page, chart.rates_title, top))
    return png(page)


def page_of(height: int) -> Page:
    """An empty page, `height` pixels high."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=_GROUND)
    FigureCanvasAgg(figure)
    return Page(figure, height)


def png(page: Page) -> bytes:
    """The page as it will be sent."""
    out = io.BytesIO()
    page.figure.savefig(out, format="png", facecolor=_GROUND)
    return out.getvalue()


class Page:
    """A figure measured in pixels from its upper left corner."""

    def __init__(self, figure: Any, height: int) -> None:
        from matplotlib.font_manager import FontProperties

        self.figure = figure
        self.height = height
        self._font = FontProperties(fname=str(chart_font()))

    def text(self, x: float, y: float, words: str, size: float, colour: str, at: str = "left") -> None:
        """`y` is the base line, `size` in pixels."""
        font = self._font.copy()
        font.set_size(size * 72 / _DPI)
        self.figure.text(
            x / WIDTH,
            1 - y / self.height,
            words,
            fontproperties=font,
            color=colour,
            ha=at,
            va="baseline",
            parse_math=False,
        )

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled box with slightly rounded corners; `y` is its upper edge."""
        from matplotlib.patches import FancyBboxPatch

        radius = min(8.0, width / 2, height / 2)
        # Drawn in pixels: the transform of the figure's own dots, y upwards.
        box = FancyBboxPatch(
            (x, self.height - y - height),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={radius}",
            linewidth=0,
            facecolor=colour,
            transform=None,
        )
        self.figure.add_artist(box)


def wide(words: str, size: float) -> float:
    """About how many pixels the words take."""
    return sum(size * (0.58 if ord(c) < 0x2E80 else 1.0) for c in words)


def labelled(labels: Sequence[str], size: float, step: float, most: int) -> set[int]:
    """Which columns get their label, so that they stand clear of each other; the last one always does."""
    room = max((wide(label, size) for label in labels), default=0.0) + 14
    every = max(-(-len(labels) // most), -int(-room // step))
    return {n for n in range(len(labels)) if (len(labels) - 1 - n) % every == 0}


def _section(page: Page, title: str, top: float) -> float:
    page.bar(MARGIN, top + 26, WIDTH - 2 * MARGIN, 2, LINE)
    page.text(MARGIN, top + 92, title, _SECTION, INK)
    return top + _GAP


def _figures(page: Page, chart: Chart, top: float) -> float:
    step = (WIDTH - 2 * MARGIN) / max(1, len(chart.figures))
    for n, (number, label) in enumerate(chart.figures):
        x = MARGIN + n * step
        page.text(x, top + 92, number, min(_BIG, (step - 30) * _BIG / wide(number, _BIG)), GREEN)
        page.text(x, top + 148, label, _LABEL, SOFT)
    return top + _FIGURES


def _days(page: Page, chart: Chart, top: float) -> float:
    most = max(1, *(count for _, count in chart.days))
    step = (WIDTH - 2 * MARGIN) / len(chart.days)
    few = len(chart.days) <= _FEW_DAYS
    named = labelled([label for label, _ in chart.days], _SMALL, step, _FEW_DAYS if few else 8)
    floor, room = top + _DAYS, _DAYS - 60
    peak = max(range(len(chart.days)), key=lambda n: chart.days[n][1])
    for n, (label, count) in enumerate(chart.days):
        middle = MARGIN + (n + 0.5) * step
        tall = room * count / most
        thick = min(84.0, step * 0.68)
        if count:
            page.bar(middle - thick / 2, floor - tall, thick, tall, GREEN if n == peak else PALE)
        if few or n == peak:
            page.text(middle, floor - tall - 14, str(count), _LABEL, INK if count else SOFT, "center")
        if n in named:
            page.text(middle, floor + 44, label, _SMALL, SOFT, "center")
    page.bar(MARGIN, floor, WIDTH - 2 * MARGIN, 2, LINE)
    return floor + _DAY_FOOT


def _groups(page: Page, groups: tuple[tuple[str, int], ...], nothing: str, top: float) -> float:
    if not groups:
        page.text(MARGIN, top + 38, nothing, _LABEL, SOFT)
        return top + _ROW
    most = max(count for _, count in groups)
    left, room = MARGIN + 190, WIDTH - 2 * MARGIN - 190 - 130
    for n, (label, count) in enumerate(groups):
        y = top + n * _ROW
        width = max(6.0, room * count / most)
        page.text(MARGIN, y + 36, label, _LABEL, INK)
        page.bar(left, y + 8, width, 36, GREEN if n == 0 else PALE)
        page.text(left + width + 18, y + 37, str(count), _LABEL, INK)
    return top + len(groups) * _ROW


def _rates(page: Page, chart: Chart, top: float) -> None:
    across = WIDTH - 2 * MARGIN
    for n, (label, part, whole) in enumerate(chart.rates):
        y = top + n * 84
        page.text(MARGIN, y + 34, label, _LABEL, INK)
        share = f"{round(100 * part / whole)}%" if whole else "—"
        page.text(WIDTH - MARGIN, y + 34, share, _SECTION, GREEN if whole else SOFT, "right")
        page.text(WIDTH - MARGIN - 120, y + 34, f"{part} / {whole}", _SMALL, SOFT, "right")
        page.bar(MARGIN, y + 50, across, 12, LINE)
        if part and whole:
            page.bar(MARGIN, y + 50, max(12.0, across * min(1.0, part / whole)), 12, GREEN)
