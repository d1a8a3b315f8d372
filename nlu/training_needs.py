"""Learns when a message that speaks of several items wants them all: weights for what `nlu.needs` weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from nlu import needs, reading
from nlu.corpus import AND, Example
from nlu.model import Floats, Model
from nlu.normalise import normalise
from nlu.settings import Rule

C_NEEDS = 0.3
# With fewer messages of several needs there is nothing to learn: one message, one need.
_FEWEST = 20
_NEVER = -20.0


def fit(
    several: Sequence[Example],
    model: Model,
    single: Iterable[tuple[Model, Sequence[Example]]],
    rules: Sequence[Rule],
) -> Floats:
    """Weights and bias of a logistic regression.

    `several` tell their items in their labels; `single` are messages of one item with a model that has not
    learned from them, as `model` has not from `several`.
    """
    rows: list[tuple[float, ...]] = []
    wanted: list[bool] = []
    for example in several:
        labels = set(example.label.split(AND))
        _add(rows, wanted, example.text, labels, model, rules)
    if sum(wanted) < _FEWEST:
        return _none()
    for stranger, examples in single:
        for example in examples:
            _add(rows, wanted, example.text, {example.label}, stranger, rules)
    return _regression(np.array(rows), np.array(wanted))


def _add(
    rows: list[tuple[float, ...]],
    wanted: list[bool],
    text: str,
    labels: set[str],
    model: Model,
    rules: Sequence[Rule],
) -> None:
    read = reading.read(model, rules, normalise(text))
    for candidate in needs.candidates(read):
        rows.append(candidate.features)
        # Where the message's own item is heard wrong, the right one is no second need.
        wanted.append(len(labels) > 1 and model.items[candidate.item] in labels)


def _none() -> Floats:
    weights = np.zeros(needs.FEATURES + 1, dtype=np.float32)
    weights[-1] = _NEVER
    return weights


def _regression(rows: Any, wanted: Any) -> Floats:
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    found = LogisticRegression(C=C_NEEDS, max_iter=2000).fit((rows - mean) / spread, wanted)
    weights = found.coef_[0] / spread
    return np.append(weights, found.intercept_[0] - weights @ mean).astype(np.float32)
