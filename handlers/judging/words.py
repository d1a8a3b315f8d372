"""Grades, points, standings, verdicts and months in words."""

from __future__ import annotations

from casework.judging.evaluation import LEAST_RESIDENTS, Grade, Party, Result
from casework.judging.register import Verdict
from casework.statuses import Standing
from handlers.kit.texts import Markup, Texts


def grade_words(texts: Texts, grade: Grade | None) -> str:
    """优, 良, 中, 差, or that there is none."""
    return texts.plain("judging-grade-none" if grade is None else f"judging-grade-{grade}")


def standing_words(texts: Texts, standing: Standing) -> str:
    """Such as 🔴 红榜."""
    return texts.plain(f"judging-mark-{standing}")


def verdict_words(texts: Texts, verdict: Verdict) -> str:
    """What a spot check found."""
    return texts.plain(f"judging-verdict-{verdict}")


def points_words(texts: Texts, result: Result) -> Markup:
    """What each party gave, with the number of forms; what is not counted says why."""
    lines = []
    for party in Party:
        name, voices = texts.plain(f"judging-party-{party}"), result.voices.get(party.value, 0)
        points = result.points.get(party.value)
        if points is not None:
            lines.append(texts("judging-points", party=name, points=f"{points:g}", voices=voices))
        elif voices:
            lines.append(texts("judging-points-few", party=name, voices=voices, least=LEAST_RESIDENTS))
        else:
            lines.append(texts("judging-points-none", party=name))
    return Markup("\n".join(lines))


def month_words(texts: Texts, month: str) -> str:
    """2026年10月 for 2026-10."""
    year, number = month.split("-")
    return texts.plain("judging-month", year=year, month=int(number))


def month_of(value: str) -> str:
    """2026-10 for the 202610 of a button; what is no month stays no month."""
    return f"{value[:4]}-{value[4:]}"
