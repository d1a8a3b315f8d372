"""What the model and the rules say of one normalised message, before anything is decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlu import features
from nlu.features import Found, Places
from nlu.model import Floats, Model, Rows, Scores
from nlu.settings import Rule
from nlu.spans import Boost, Spans

# A rule of this name asks which of two items is meant, whatever the model believes.
VAGUE = "vague"
_BOTH = (0.5, 0.48)


@dataclass(frozen=True)
class Reading:
    """One normalised message as the model saw it: its `simple` text, the features and their places in it.

    `items` are the probabilities of the items (summing to 1), `request` that any of them is wanted; `heard`
    tells of each rule where its words stand in `plain`, its intent's column and its boost.
    """

    model: Model
    plain: str
    simple: str
    found: Found
    places: Places
    rows: Rows
    scores: Scores
    items: NDArray[np.float64]
    request: float
    heard: tuple[tuple[tuple[int, int], int, float], ...]
    vague: bool
    why: tuple[str, ...]

    @cached_property
    def spans(self) -> Spans:
        """The stretches of the message, to be scored one by one."""
        return Spans(self.model, self.found, self.places, self.rows)

    @cached_property
    def origins(self) -> Sequence[int]:
        """Where in `plain` each character of `simple` comes from."""
        return features.origins(self.plain, self.simple)

    @property
    def boosts(self) -> list[Boost]:
        """The rules, by where their words stand in `simple`."""
        at = self.origins
        return [
            Boost(bisect_left(at, start), bisect_left(at, end), column, boost)
            for (start, end), column, boost in self.heard
        ]

    @property
    def joint(self) -> NDArray[np.float64]:
        """The probability that it is a request, and for this item."""
        return self.items * self.request

    @cached_property
    def whole(self) -> Floats:
        """Log-probabilities of all intents for the whole message."""
        return np.log(np.maximum(self.scores.intents, 1e-9))


def read(model: Model, rules: Sequence[Rule], plain: str) -> Reading:
    """Read one normalised message."""
    simple = features.simplify(plain)
    found, places = features.locate(simple, model.words)
    weights: dict[str, float] = {}
    heard: list[tuple[tuple[int, int], int, float]] = []
    between: tuple[str, ...] = ()
    why = []
    for rule in rules:
        matched = rule.find(plain)
        if matched is None:
            continue
        words = matched.group()[:12]
        if rule.name == VAGUE and model.place.keys() >= set(rule.between):
            between = rule.between
            weights |= dict.fromkeys(between, rule.boost)
            why.append(f"rule:{VAGUE} {words}")
        elif rule.name in model.place:
            weights[rule.name] = weights.get(rule.name, 0.0) + rule.boost
            heard.append((matched.span(), model.place[rule.name], rule.boost))
            why.append(f"rule:{rule.name}={rule.boost:+.0f} {words}")
    rows = model.look_up(found)
    scores = model.score(found, weights, rows)
    items = scores.intents[: len(model.items)].astype(np.float64)
    request = float(items.sum())
    items /= max(request, 1e-9)
    if between:
        items *= (1 - sum(_BOTH)) / max(float(items.sum()), 1e-9)
        items[[model.place[item] for item in between]] = _BOTH
    return Reading(
        model,
        plain,
        simple,
        found,
        places,
        rows,
        scores,
        items,
        request,
        tuple(heard),
        bool(between),
        tuple(why),
    )
