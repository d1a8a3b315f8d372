"""The results of a round as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from casework.catalogue import Community
from casework.entities import Organisation
from casework.judging.evaluation import Grade, Party, Result, Round
from handlers.drawings import Board, BoardTable
from handlers.judging.words import grade_words
from handlers.kit.texts import Texts

#: More rows would be a picture that nobody can read on a phone.
_MOST_ROWS = 30


def results_board(
    texts: Texts, community: Community, shown: Round, entries: Sequence[tuple[Organisation, Result]]
) -> Board:
    """How many have which grade, and the ranked ones in their order."""
    ranked = [(o, r) for o, r in entries if r.rank is not None]
    grades = Counter(result.grade for _, result in ranked)
    heads = ("rank", "organisation", *(party.value for party in Party), "total-points", "grade")
    table: BoardTable = (
        texts.plain("judging-board-ranking"),
        tuple(texts.plain(f"judging-board-{head}") for head in heads),
        (9, 37, 11, 11, 11, 12, 9),
        tuple(_row(texts, organisation, result) for organisation, result in ranked[:_MOST_ROWS]),
    )
    figures = [(str(len(ranked)), texts.plain("judging-board-ranked"))]
    figures += [(str(grades[grade]), grade_words(texts, grade)) for grade in Grade]
    return Board(
        title=shown.title,
        subtitle=texts.plain("judging-board-of", community=community.short_name),
        figures=tuple(figures),
        rates_title="",
        rates=(),
        tables=(table,),
        nothing=texts.plain("judging-board-nobody"),
    )


def _row(texts: Texts, organisation: Organisation, result: Result) -> tuple[str, ...]:
    points = (result.points.get(party.value) for party in Party)
    shown = ("—" if value is None else f"{value:g}" for value in points)
    total = "—" if result.total is None else f"{result.total:g}"
    return str(result.rank), organisation.name, *shown, total, grade_words(texts, result.grade)
