"""Decides whether life is in danger: the model's log-odds plus what the rules say, recall first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.model import HOTLINES, Scores
from nlu.settings import Rule, Thresholds

_RULE_SAYS_HOTLINE = 4.0
RISKY_ITEMS = frozenset(
    [
        "aid_rescue",
        "aid_missing",
        "way_elevator",
        "law_family",
        "law_antifraud",
        "saf_patrol",
        "saf_fire",
        "med_psych",
        "env_pest",
        "hom_electric",
        "eld_visit",
    ]
)
"""Where what is asked for may itself be an emergency."""
# 「在?」 tells the model nothing; a word of danger may be as short as 「着火」.
_SHORTEST_ALONE = 4
# 「在阳台上」 is more likely an answer than a cry for help: so few words without one of danger must be surer.
_FEW_WORDS = 10


@dataclass(frozen=True, slots=True)
class Alarm:
    """Whether it is urgent, whom to call (the likeliest first), and why.

    `score` (log-odds) had to exceed `limit`.
    """

    urgent: bool
    hotlines: tuple[str, ...]
    score: float
    limit: float
    why: tuple[str, ...]


def judge(text: str, scores: Scores, rules: Sequence[Rule], thresholds: Thresholds, quiet: bool) -> Alarm:
    """Weigh rules and model for one normalised message; `quiet`: it asks for nothing, or for what is calm."""
    total = scores.urgent
    why = [f"urgent:model={scores.urgent:+.1f}"]
    told: set[str] = set()
    best = 0.0
    for rule in rules:
        words = rule.matches(text)
        if words is None:
            continue
        why.append(f"urgent:{rule.name}={rule.boost:+.1f} {words[:12]}")
        told.update(rule.hotlines)
        if rule.boost > 0:
            # Two words of danger are not twice the danger.
            total += max(0.0, rule.boost - best)
            best = max(best, rule.boost)
        else:
            total += rule.boost
    if best:
        limit = thresholds.urgent
    else:
        unclear = quiet or len(text) < _FEW_WORDS
        limit = thresholds.urgent_quiet if unclear else thresholds.urgent_alone
    urgent = total > limit and (best > 0 or len(text) >= _SHORTEST_ALONE)
    hotlines = _hotlines(scores, told, thresholds) if urgent else ()
    return Alarm(urgent, hotlines, total, limit, tuple(why))


def _hotlines(scores: Scores, told: set[str], thresholds: Thresholds) -> tuple[str, ...]:
    weighed = {h: s + (_RULE_SAYS_HOTLINE if h in told else 0.0) for h, s in scores.hotlines.items()}
    likeliest = sorted(HOTLINES, key=lambda h: -weighed[h])
    return tuple(h for h in likeliest if h == likeliest[0] or weighed[h] > thresholds.hotline)
