"""Reports as pictures: all words are ready to be drawn, all numbers are counts."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.ports import Bars, Chart

#: (label, received, confirmed by the resident, late)
Row = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Trend:
    """How many came day by day (week, month), with those of them confirmed and late. `legend` names the
    three in that order."""

    title: str
    subtitle: str
    section: str
    points: tuple[Row, ...]
    legend: tuple[str, str, str]
    nothing: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The same counts for groups, organisations or places, most first. `late_label` stands before a row's
    late ones; `more` tells of rows that are left out (empty: none)."""

    title: str
    subtitle: str
    section: str
    rows: tuple[Row, ...]
    legend: tuple[str, str, str]
    late_label: str
    more: str
    nothing: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How many of each column in each row; `counts` are rows of numbers. `sum_label` heads the sums."""

    title: str
    subtitle: str
    section: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sum_label: str
    nothing: str


#: (numerator, denominator)
Share = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates of several organisations side by side; `rates` are rows of shares, one for each of `columns`."""

    title: str
    subtitle: str
    section: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    rates: tuple[tuple[Share, ...], ...]
    more: str
    nothing: str


#: (title, heads, widths in percent, rows of cells)
BoardTable = tuple[str, tuple[str, ...], tuple[int, ...], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Board:
    """A sheet to hang up: big numbers, rates (label, numerator, denominator; without a title none), tables.
    A table without rows says `nothing`."""

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    rates_title: str
    rates: tuple[tuple[str, int, int], ...]
    tables: tuple[BoardTable, ...]
    nothing: str


Drawing = Chart | Bars | Trend | Ranking | HeatMap | RateTable | Board
