"""Why the reader understood a message as it did: words, rules, rivals, thresholds, alarm, needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlu import features
from nlu.explanation import (
    REQUEST,
    VAGUE,
    Candidate,
    Check,
    Danger,
    Explanation,
    Part,
    Rival,
    Spoke,
    Word,
)
from nlu.heat import HeatMap, Warm, strongest
from nlu.normalise import Plain, align
from nlu.understanding import Understanding

if TYPE_CHECKING:
    from nlu.model import Model, Scores
    from nlu.settings import Rule, Thresholds
    from nlu.urgency import Alarm

__all__ = ["Explainer", "Explanation", "Seen"]

_MANY, _FEW, _CANDIDATES = 5, 3, 5
# A word that weighs less than this part of the heaviest one did not decide.
_LEAST = 0.12
# Words of danger are worth telling with so many log-odds, where the alarm was so near.
_ALARMING, _NEAR = 0.5, 4.0
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader found on its way: the message, what of it was weighed, scores, alarm and answer."""

    read: Understanding
    aligned: Plain
    plain: str
    scores: Scores
    items: NDArray[np.float64]
    request: float
    alarm: Alarm


class Explainer:
    """Tells why; made by a reader from its own parts."""

    def __init__(
        self, model: Model, limits: Thresholds, rules: Sequence[Rule], dangers: Sequence[Rule]
    ) -> None:
        self.model = model
        self.limits = limits
        self._rules = rules
        self._dangers = dangers

    def explain(self, seen: Seen) -> Explanation:
        """Everything about one message."""
        read, model = seen.read, self.model
        chosen = read.ranking[0].item if read.act == REQUEST else read.act
        weighed = _Weighed(model, seen.plain)
        if len(read.needs) > 1:
            parts = tuple(self._part(n.item, n.confidence, n.text) for n in read.needs)
        else:
            chance = read.ranking[0].confidence if read.act == REQUEST else read.act_confidence
            rules = self._spoke(self._rules, seen.plain)
            parts = (weighed.part(chosen, chance, seen.aligned, rules),)
        chances = self._chances(seen)
        likely = sorted(chances, key=lambda intent: -chances[intent])[:_CANDIDATES]
        return Explanation(
            text=read.text,
            act=read.act,
            act_chance=read.act_confidence,
            decision=read.decision.value,
            parts=parts,
            candidates=tuple(Candidate(intent, chances[intent]) for intent in likely),
            rival=self._rival(seen, weighed, chances, chosen),
            checks=tuple(self._checks(seen)),
            danger=self._danger(seen),
        )

    def _chances(self, seen: Seen) -> dict[str, float]:
        """How likely everything is: the acts, and the items, which an emergency ranks anew."""
        joint = seen.items * seen.request
        items = dict(zip(self.model.items, map(float, joint), strict=True))
        if seen.read.urgent:
            items |= {r.item: r.confidence * seen.request for r in seen.read.ranking}
        acts = seen.scores.intents[len(self.model.items) :]
        return {**items, **dict(zip(self.model.acts, map(float, acts), strict=True))}

    def _part(self, intent: str, chance: float, text: str) -> Part:
        aligned = align(text)
        rules = [r for r in self._spoke(self._rules, aligned.text) if r.name == intent]
        return _Weighed(self.model, aligned.text).part(intent, chance, aligned, rules)

    def _rival(self, seen: Seen, weighed: _Weighed, chances: dict[str, float], chosen: str) -> Rival:
        """The likeliest of what was not chosen."""
        taken = {chosen, *(need.item for need in seen.read.needs)}
        second = max((i for i in chances if i not in taken), key=lambda intent: chances[intent])
        pulled = strongest((w for w in weighed.between(second, chosen) if w.weight > 0), _FEW, 0.3)
        words = tuple(weighed.words(seen.aligned, warm) for warm in pulled)
        return Rival(second, chances[second], chances[chosen] / max(chances[second], 1e-6), words)

    def _checks(self, seen: Seen) -> list[Check]:
        """The questions of the decision in their order."""
        read, limits = seen.read, self.limits
        if read.urgent:
            return []
        if read.act != REQUEST:
            return [Check("ask_request", seen.request, limits.ask_request)]
        found = [Check("file_request", seen.request, limits.file_request)]
        vague = any(spoke.name == VAGUE for spoke in self._spoke(self._rules, seen.plain))
        if vague:
            found.append(Check("clear", 0.0, 1.0))
        if len(read.needs) > 1:
            found += [Check("file_item", n.confidence, limits.file_item) for n in read.needs]
            return found
        first, second = read.ranking[:2]
        if read.needs and read.needs[0].item != first.item:
            found.append(Check("one_item", 0.0, 1.0))
        found.append(Check("file_item", first.confidence, limits.file_item))
        ratio = first.confidence / max(second.confidence, 1e-4)
        found.append(Check("file_lead", ratio, limits.file_lead))
        return found

    def _danger(self, seen: Seen) -> Danger:
        alarm, text = seen.alarm, seen.aligned.text
        weighed = _Weighed(self.model, text)
        column = len(self.model.intents)
        warm = weighed.map.spans(weighed.parts[:, column])
        near = alarm.score > alarm.limit - _NEAR
        loud = [w for w in warm if near and w.weight >= _ALARMING]
        total = sum(w.weight for w in loud) or 1.0
        return Danger(
            urgent=alarm.urgent,
            score=alarm.score,
            limit=alarm.limit,
            hotlines=alarm.hotlines,
            rules=tuple(self._spoke(self._dangers, text)),
            words=tuple(
                Word(weighed.words(seen.aligned, w), w.weight / total) for w in strongest(loud, _FEW, 0.3)
            ),
        )

    def _spoke(self, rules: Iterable[Rule], plain: str) -> list[Spoke]:
        heard = ((rule, rule.matches(plain)) for rule in rules)
        return [Spoke(rule.name, rule.boost, words[:20]) for rule, words in heard if words is not None]


class _Weighed:
    """One normalised text with what each of its features adds to each column, in log-odds."""

    def __init__(self, model: Model, plain: str) -> None:
        self.model = model
        found = features.find(plain, model.words, normalised=True)
        names, parts = model.contributions(found)
        self.parts: Floats = parts * model.temperature
        self.map = HeatMap(plain, names, model.words)
        # Whatever is no word and no bias is the meaning of the sentence as a whole.
        whole = (model.columns(found) - model.bias) * model.temperature
        self._meaning: Floats = whole - self.parts.sum(axis=0)

    def part(self, intent: str, chance: float, aligned: Plain, rules: Sequence[Spoke]) -> Part:
        """Why it was taken for this and not for just anything."""
        column, many = self.model.place[intent], len(self.model.intents)
        own = self.parts[:, column] - self.parts[:, :many].mean(axis=1)
        warm = self._by_words(aligned, self.map.spans(own))
        meaning = float(self._meaning[column] - self._meaning[:many].mean()) + self.map.lost(own)
        boosts = sum(abs(r.boost) for r in rules if r.name in (intent, VAGUE))
        total = sum(abs(w.weight) for w in warm) + abs(meaning) + boosts or 1.0
        pro = strongest((w for w in warm if w.weight > 0), _MANY, _LEAST)
        contra = [
            w
            for w in strongest((w for w in warm if w.weight < 0), _FEW, _LEAST)
            if not pro or -w.weight >= _LEAST * pro[0].weight
        ]
        words = tuple(Word(self.words(aligned, w), w.weight / total) for w in [*pro, *contra])
        return Part(intent, chance, aligned.original, words, meaning / total, tuple(rules))

    def _by_words(self, aligned: Plain, warm: Sequence[Warm]) -> list[Warm]:
        """What is said twice is told once, with all that it adds."""
        found: dict[str, Warm] = {}
        for one in warm:
            words = self.words(aligned, one)
            first = found.get(words)
            weight = one.weight + (first.weight if first else 0.0)
            found[words] = Warm(*((first.start, first.end) if first else (one.start, one.end)), weight)
        return list(found.values())

    def between(self, one: str, other: str) -> list[Warm]:
        """The words by what they add to `one` more than to `other`."""
        place = self.model.place
        return self.map.spans(self.parts[:, place[one]] - self.parts[:, place[other]])

    def words(self, aligned: Plain, warm: Warm) -> str:
        """What the writer wrote there; the text weighed may begin after a greeting."""
        shift = len(aligned.text) - len(self.map.text)
        return aligned.words(warm.start + shift, warm.end + shift)
