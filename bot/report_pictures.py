"""Reports as pictures: the course of time, rankings, where there is how much of what, rates side by side."""

from __future__ import annotations

from bot.chart_picture import GREEN, INK, LINE, MARGIN, PALE, SOFT, WIDTH, Page, labelled, page_of, png, wide
from handlers.drawings import HeatMap, Ranking, RateTable, Row, Trend

RED, AMBER, WHITE = "#B4544A", "#C98A2B", "#FFFFFF"
_TITLE, _SECTION, _LABEL, _SMALL = 52, 38, 33, 27
_HEAD, _GAP, _FOOT, _LEGEND = 190, 118, 56, 64
_INNER = WIDTH - 2 * MARGIN


def head(page: Page, title: str, subtitle: str, section: str) -> float:
    """Title, days and the first section; returns where its contents begin."""
    page.text(MARGIN, 92, fit(title, _TITLE, _INNER), _TITLE, INK)
    page.text(MARGIN, 150, subtitle, _LABEL, SOFT)
    page.bar(MARGIN, _HEAD + 16, _INNER, 2, LINE)
    page.text(MARGIN, _HEAD + 80, section, _SECTION, INK)
    return _HEAD + _GAP


def fit(words: str, size: float, room: float) -> str:
    """The words, cut where they would not fit into so many pixels."""

    if wide(words, size) <= room:
        return words
    while words and wide(words, size) + size > room:
        words = words[:-1]
    return f"{words}…"


def legend(page: Page, names: tuple[str, str, str], top: float) -> float:
    """What the three colours mean."""
    x = float(MARGIN)
    for name, colour in zip(names, (PALE, GREEN, RED), strict=True):
        page.bar(x, top + 6, 28, 28, colour)
        page.text(x + 40, top + 31, name, _SMALL, SOFT)
        x += 40 + _SMALL * len(name) + 44
    return top + _LEGEND


def nothing_yet(title: str, subtitle: str, section: str, nothing: str) -> bytes:
    """A page that says so."""
    page = page_of(_HEAD + _GAP + 60 + _FOOT)
    top = head(page, title, subtitle, section)
    page.text(MARGIN, top + 38, nothing, _LABEL, SOFT)
    return png(page)


_TALL, _DAY_FOOT = 520, 70
#: With so many columns or fewer each carries its number.
_FEW = 12


def trend(chart: Trend) -> bytes:
    """Columns over time: all of them, the confirmed ones within them, the late ones as a narrow red bar."""
    if not any(point[1] for point in chart.points):
        return nothing_yet(chart.title, chart.subtitle, chart.section, chart.nothing)
    page = page_of(_HEAD + _GAP + _LEGEND + 50 + _TALL + _DAY_FOOT + _FOOT)
    top = legend(page, chart.legend, head(page, chart.title, chart.subtitle, chart.section)) + 50
    step_up = _step(max(point[1] for point in chart.points))
    most = step_up * -(-max(point[1] for point in chart.points) // step_up)
    floor, axis = top + _TALL, wide(str(most), _SMALL) + 28
    for n in range(most // step_up + 1):
        y = floor - _TALL * n * step_up / most
        page.bar(MARGIN + axis, y - 1, _INNER - axis, 2, LINE)
        page.text(MARGIN + axis - 14, y + 9, str(n * step_up), _SMALL, SOFT, "right")
    _columns(page, chart.points, floor, most, MARGIN + axis)
    return png(page)


def _step(most: int) -> int:
    """A round distance between lines so that there are about four of them."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 50000):
        if most / step <= 5:
            return step
    return -(-most // 5)


def _columns(page: Page, points: tuple[Row, ...], floor: float, most: int, left: float) -> None:
    step = (WIDTH - MARGIN - left) / len(points)
    few = len(points) <= _FEW
    named = labelled([point[0] for point in points], _SMALL, step, _FEW if few else 8)
    numbered = few and wide(str(most), _SMALL) + 8 < step
    thick = min(72.0, step * 0.7)
    peak = max(range(len(points)), key=lambda n: points[n][1])
    for n, (label, total, sure, late) in enumerate(points):
        middle = left + (n + 0.5) * step
        for count, colour in ((total, PALE), (sure, GREEN)):
            if count:
                tall = _TALL * count / most
                page.bar(middle - thick / 2, floor - tall, thick, tall, colour)
        if late:
            # A narrow bar on the same floor, so that its height can be read as the others'.
            tall, narrow = max(4.0, _TALL * late / most), thick / 3
            page.bar(middle + thick / 2 - narrow, floor - tall, narrow, tall, RED)
        if total and (numbered or n == peak):
            page.text(middle, floor - _TALL * total / most - 14, str(total), _SMALL, INK, "center")
        if n in named:
            page.text(middle, floor + 46, label, _SMALL, SOFT, "center")


_ROW, _NAME = 66, 300


def ranking(chart: Ranking) -> bytes:
    """Bars, longest first: all of them, the confirmed ones within them, the late ones in words beside."""
    if not chart.rows:
        return nothing_yet(chart.title, chart.subtitle, chart.section, chart.nothing)
    more = 60 if chart.more else 0
    page = page_of(_HEAD + _GAP + _LEGEND + 16 + _ROW * len(chart.rows) + more + _FOOT)
    top = legend(page, chart.legend, head(page, chart.title, chart.subtitle, chart.section)) + 16
    most = max(row[1] for row in chart.rows) or 1
    left, room = MARGIN + _NAME, _INNER - _NAME - 240
    for n, (label, total, sure, late) in enumerate(chart.rows):
        y = top + n * _ROW
        page.text(MARGIN, y + 37, fit(label, _LABEL, _NAME - 20), _LABEL, INK)
        long = max(6.0, room * total / most) if total else 0.0
        if total:
            page.bar(left, y + 8, long, 38, PALE)
        if sure:
            page.bar(left, y + 8, max(6.0, room * sure / most), 38, GREEN)
        page.text(left + long + 16, y + 38, str(total), _LABEL, INK)
        if late:
            page.text(WIDTH - MARGIN, y + 37, f"{chart.late_label} {late}", _SMALL, RED, "right")
    if chart.more:
        page.text(MARGIN, top + len(chart.rows) * _ROW + 40, chart.more, _SMALL, SOFT)
    return png(page)


_CELL, _COLUMN_HEAD, _PLACE = 64, 96, 190
_COOL, _HOT = (0xF3, 0xF7, 0xF5), (0x12, 0x5A, 0x48)


def heat_map(chart: HeatMap) -> bytes:
    """A table whose cells are the darker the more there is; sums to the right and below."""
    if not any(any(row) for row in chart.counts):
        return nothing_yet(chart.title, chart.subtitle, chart.section, chart.nothing)
    page = page_of(_HEAD + _GAP + _COLUMN_HEAD + _CELL * (len(chart.rows) + 1) + 20 + _FOOT)
    top = head(page, chart.title, chart.subtitle, chart.section) + _COLUMN_HEAD
    across = (_INNER - _PLACE - 84) / len(chart.columns)
    most = max(max(row) for row in chart.counts)
    for n, name in enumerate(chart.columns):
        half = -(-len(name) // 2)
        x = MARGIN + _PLACE + (n + 0.5) * across
        page.text(x, top - 50, name[:half], _SMALL - 3, SOFT, "center")
        page.text(x, top - 18, name[half:], _SMALL - 3, SOFT, "center")
    page.text(WIDTH - MARGIN, top - 18, chart.sum_label, _SMALL - 3, SOFT, "right")
    for m, (place, counts) in enumerate(zip(chart.rows, chart.counts, strict=True)):
        y = top + m * _CELL
        page.text(MARGIN, y + 42, fit(place, _SMALL + 2, _PLACE - 14), _SMALL + 2, INK)
        for n, count in enumerate(counts):
            _cell(page, MARGIN + _PLACE + n * across, y, across, count, most)
        page.text(WIDTH - MARGIN, y + 43, short(sum(counts)), _SMALL + 4, INK, "right")
    y = top + len(chart.rows) * _CELL + 14
    page.text(MARGIN, y + 38, chart.sum_label, _SMALL + 2, SOFT)
    for n, column in enumerate(zip(*chart.counts, strict=True)):
        words = short(sum(column))
        x = MARGIN + _PLACE + (n + 0.5) * across
        page.text(x, y + 38, words, _within(words, across), INK, "center")
    whole = sum(map(sum, chart.counts))
    page.text(WIDTH - MARGIN, y + 38, short(whole), _SMALL + 2, GREEN, "right")
    return png(page)


def short(count: int) -> str:
    """The count, from ten thousand on in 万, for narrow columns."""
    return str(count) if count < 10_000 else f"{count / 10_000:.1f}万"


def _within(words: str, across: float) -> float:
    """The size at which the words fit into a column."""
    return min(float(_SMALL), (across - 12) * _SMALL / wide(words, _SMALL))


def _cell(page: Page, x: float, y: float, across: float, count: int, most: int) -> None:
    heat = (count / most) ** 0.6 if count else 0.0
    shade = "#" + "".join(f"{round(a + (b - a) * heat):02X}" for a, b in zip(_COOL, _HOT, strict=True))
    page.bar(x + 2, y + 2, across - 4, _CELL - 4, shade)
    if count:
        words = short(count)
        size = _within(words, across)
        page.text(x + across / 2, y + 42, words, size, WHITE if heat > 0.6 else INK, "center")


_ORGANISATION = 92
#: Below these shares a bar is red, or amber.
_POOR, _MIDDLING = 0.6, 0.8


def rate_table(chart: RateTable) -> bytes:
    """An organisation a line, its rates as bars with numerator and denominator."""
    if not chart.rows:
        return nothing_yet(chart.title, chart.subtitle, chart.section, chart.nothing)
    more = 60 if chart.more else 0
    page = page_of(_HEAD + _GAP + 50 + _ORGANISATION * len(chart.rows) + more + _FOOT)
    top = head(page, chart.title, chart.subtitle, chart.section) + 50
    name_room = 290
    across = (_INNER - name_room) / len(chart.columns)
    for n, column in enumerate(chart.columns):
        page.text(MARGIN + name_room + n * across, top - 14, column, _SMALL, SOFT)
    for m, (name, shares) in enumerate(zip(chart.rows, chart.rates, strict=True)):
        y = top + m * _ORGANISATION
        page.bar(MARGIN, y, _INNER, 2, LINE)
        page.text(MARGIN, y + 54, fit(name, _LABEL - 3, name_room - 20), _LABEL - 3, INK)
        for n, (part, whole) in enumerate(shares):
            _share(page, MARGIN + name_room + n * across, y, across - 30, part, whole)
    if chart.more:
        page.text(MARGIN, top + len(chart.rows) * _ORGANISATION + 42, chart.more, _SMALL, SOFT)
    return png(page)


def _share(page: Page, x: float, y: float, across: float, part: int, whole: int) -> None:
    if not whole:
        page.text(x, y + 48, "—", _LABEL, SOFT)
        return
    share = part / whole
    colour = RED if share < _POOR else AMBER if share < _MIDDLING else GREEN
    page.text(x, y + 46, f"{round(100 * share)}%", _LABEL, INK)
    page.text(x + across, y + 45, f"{part}/{whole}", _SMALL - 3, SOFT, "right")
    page.bar(x, y + 62, across, 12, LINE)
    if part:
        page.bar(x, y + 62, max(10.0, across * min(1.0, share)), 12, colour)
