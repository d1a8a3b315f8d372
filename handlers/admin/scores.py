"""The parts of a match in plain words: what spoke for an organisation and what against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from casework.entities import ScorePart
from handlers.kit.texts import Texts

_GOOD, _POOR = 0.6, 0.4
#: Where the middle lies elsewhere than at one half; what only comes near the item never speaks for it.
_FROM = {"area": (0.9, 0.0), "fit": (0.9, 0.5), "standing": (0.9, 0.2), "hours": (0.9, 0.5)}
#: Parts whose fact is "so many/of so many"; where the second is nothing, nothing is known.
_COUNTED = frozenset({"load", "record", "answer", "solved", "satisfied"})
#: From such a share of what was given out lately it is worth telling.
_MUCH = 40


def percent(score: float) -> str:
    """A score of 0..1 as points of 100."""
    return str(round(100 * score))


def sentence(texts: Texts, part: ScorePart, now: datetime) -> str:
    """One factor with the numbers it was computed from."""
    if part.factor in _COUNTED:
        have, _, of = part.fact.partition("/")
        key = "none" if part.factor != "load" and of == "0" else "some"
        return texts.plain(f"score-{part.factor}-{key}", have=have, of=of)
    if part.factor == "fairness":
        return _fairness(texts, part, now)
    if part.factor == "fee":
        return texts.plain(f"fee-{part.fact}")
    if part.factor == "hours":
        kind = part.fact or "unknown"
        return texts.plain(f"score-hours-{kind}-{'good' if part.value > _GOOD else 'poor'}")
    if part.factor == "standing":
        return texts.plain(f"score-standing-{part.fact}")
    return texts.plain(f"score-{part.factor}-{'good' if part.value > _GOOD else 'poor'}")


def _fairness(texts: Texts, part: ScorePart, now: datetime) -> str:
    last, _, share = part.fact.partition("|")
    if not last:
        return texts.plain("score-fairness-never")
    days = (now - datetime.fromisoformat(last)).days
    words = texts.plain("score-fairness-today" if days < 1 else "score-fairness-days", days=days)
    if share.isdecimal() and int(share) >= _MUCH:
        return texts.plain("score-fairness-much", words=words, share=share)
    return words


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


def behind(parts: Iterable[ScorePart], best: Iterable[ScorePart]) -> list[ScorePart]:
    """The parts by which it fell behind the best one, the one that cost most first."""
    ahead = {p.factor: p for p in best}
    lost = [(_points(ahead[p.factor]) - _points(p), p) for p in parts if p.factor in ahead]
    return [part for points, part in sorted(lost, key=lambda found: -found[0]) if points >= 0.005]


def _points(part: ScorePart) -> float:
    return part.value * part.weight


def weights_in_words(texts: Texts, weights: Mapping[str, float]) -> str:
    """How much each factor counted, of 100, the heaviest first."""
    known = [(f, w) for f, w in weights.items() if w > 0 and texts.has(f"score-name-{f}")]
    known.sort(key=lambda pair: (-pair[1], pair[0]))
    named = (texts.plain(f"score-name-{f}") + f" {100 * w:.3g}" for f, w in known)
    return "，".join(named)
