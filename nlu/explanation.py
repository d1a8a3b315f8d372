"""What an explanation tells: words, rules, rivals, thresholds, alarm and needs of one message."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: The act of a message that wants something, and the rule that asks which of two it is.
REQUEST, VAGUE = "request", "vague"


@dataclass(frozen=True, slots=True)
class Word:
    """Words of the writer and their part (-1..1) of all that spoke for (above 0) and against."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Spoke:
    """A rule that spoke: its name, what it adds in log-odds (0: only a hotline), the words it heard."""

    name: str
    boost: float
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item or act with the probability (0..1) that it is meant."""

    intent: str
    chance: float


@dataclass(frozen=True, slots=True)
class Check:
    """One threshold: `value` had to reach `limit`.

    `name` is one of thresholds.yml, or `clear` (no rule asks which of two), `one_item` (its only need is
    what the whole message is about).
    """

    name: str
    value: float
    limit: float

    @property
    def passed(self) -> bool:
        """Which side it fell on."""
        return self.value >= self.limit


@dataclass(frozen=True, slots=True)
class Part:
    """One need, or the whole message: what it was taken for, and why.

    `meaning` is what the sentence as a whole said beside its words, with a part (-1..1) like theirs.
    """

    intent: str
    chance: float
    text: str
    words: tuple[Word, ...]
    meaning: float
    rules: tuple[Spoke, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """What came second: how many times less likely, and the words that speak more for it."""

    intent: str
    chance: float
    times: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """What did or did not raise the alarm: `score` (log-odds) had to exceed `limit`."""

    urgent: bool
    score: float
    limit: float
    hotlines: tuple[str, ...]
    rules: tuple[Spoke, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of it. `parts` holds one part a need, the main one first, or one for the whole message."""

    text: str
    act: str
    act_chance: float
    decision: str
    parts: tuple[Part, ...]
    candidates: tuple[Candidate, ...]
    rival: Rival
    checks: tuple[Check, ...]
    danger: Danger

    def as_json(self) -> dict[str, Any]:
        """For programs, and to be kept."""
        told = asdict(self)
        for check, kept in zip(self.checks, told["checks"], strict=True):
            kept["passed"] = check.passed
        rounded: dict[str, Any] = _rounded(told)
        return rounded


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(v) for key, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list | tuple) else value
