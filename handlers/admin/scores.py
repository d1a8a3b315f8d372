"""The parts of a match in plain words: what spoke for an organisation and what against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.entities import ScorePart
from handlers.kit.texts import Texts

_GOOD, _POOR = 0.6, 0.4
#: Where the middle lies elsewhere than at one half; what only comes near the item never speaks for it.
_FROM = {"area": (0.9, 0.0), "fit": (0.9, 0.5)}


def percent(score: float) -> str:
    """A score of 0..1 as points of 100."""
    return str(round(100 * score))


def sentence(texts: Texts, part: ScorePart, now: datetime) -> str:
    """One factor with the numbers it was computed from."""
    if part.factor in ("load", "record"):
        have, _, of = part.fact.partition("/")
        key = "none" if part.factor == "record" and of == "0" else "some"
        return texts.plain(f"score-{part.factor}-{key}", have=have, of=of)
    if part.factor == "fairness":
        if not part.fact:
            return texts.plain("score-fairness-never")
        days = (now - datetime.fromisoformat(part.fact)).days
        return texts.plain("score-fairness-today" if days < 1 else "score-fairness-days", days=days)
    if part.factor == "fee":
        return texts.plain(f"fee-{part.fact}")
    return texts.plain(f"score-{part.factor}-{'good' if part.value > _GOOD else 'poor'}")


def for_and_against(texts: Texts, parts: Iterable[ScorePart], now: datetime) -> tuple[list[str], list[str]]:
    """The factors that spoke for it and those against it, heaviest first; what is middling is left out."""
    pro, contra = [], []
    for part in sorted(parts, key=lambda p: -p.weight):
        good, poor = _FROM.get(part.factor, (_GOOD, _POOR))
        if part.value >= good:
            pro.append(sentence(texts, part, now))
        elif part.value <= poor:
            contra.append(sentence(texts, part, now))
    return pro, contra
