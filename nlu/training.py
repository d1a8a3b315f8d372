"""Trains the reader from the messages in nlu/data with scikit-learn and writes NumPy arrays."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from nlu import corpus, features, settings, training_needs, urgency, vectors, words
from nlu.corpus import Corpus, Example
from nlu.model import HOTLINES, Floats, Model, ModelError
from nlu.normalise import normalise
from nlu.words import Words

Progress = Callable[[str, float], None]
"""Called with a short Chinese word for the step and the part done (0..1)."""

C_INTENT, C_URGENT = 0.5, 8.0
FOLDS = 3
EVERY = 7
"""Of so many messages of one item, one teaches what a single need looks like."""
# How much a message teaches about urgency: emergencies most, everyday talk least.
_EVERYDAY = 0.2
_WEIGHTS = {corpus.EMERGENCY: 6.0, corpus.LOOKALIKE: 2.0, corpus.ANSWER: 0.5}


def model_folder() -> Path:
    """Where the model lives: LINYING_DATA_DIR/model, or ./data/model."""
    return Path(os.environ.get("LINYING_DATA_DIR") or "data") / "model"


def train(folder: Path | None = None, *, data: Path = corpus.DATA, progress: Progress | None = None) -> Model:
    """Train, save and return. Raises CorpusError naming file and line before anything is replaced."""
    model = fit(corpus.load(data), corpus.fingerprint(data), progress)
    model.save(folder or model_folder())
    return model


def ready(folder: Path | None = None, *, data: Path = corpus.DATA, progress: Progress | None = None) -> Model:
    """The saved model where it fits code and data; otherwise a newly trained one."""
    folder = folder or model_folder()
    try:
        model = Model.load(folder)
    except ModelError:
        return train(folder, data=data, progress=progress)
    if model.data == corpus.fingerprint(data):
        return model
    return train(folder, data=data, progress=progress)


@dataclass(frozen=True)
class _Matrix:
    """TF-IDF of all messages (two blocks, each row of length one), the pooled word vectors behind them."""

    names: tuple[str, ...]
    idf: Floats
    values: Any
    words: Words


def fit(messages: Corpus, data: str, progress: Progress | None = None) -> Model:
    """Fit intents, urgency and hotlines on `messages`; nothing is written. `data` is their fingerprint."""
    from sklearn.svm import LinearSVC

    tell = progress or (lambda _step, _done: None)
    tell("读取例句", 0.0)
    intents = [*messages.items, *messages.acts]
    matrix = _vectorise([*intents, *messages.emergencies], tell)
    labels = np.array([e.label for e in intents])
    items, acts = (tuple(sorted({e.label for e in part})) for part in (messages.items, messages.acts))
    order = {label: place for place, label in enumerate(items + acts)}
    target = np.array([order[label] for label in labels])
    rows = matrix.values[: len(intents)]
    tell("学习诉求", 0.35)
    classifier = LinearSVC(C=C_INTENT, random_state=0).fit(rows, target)
    tell("校准把握", 0.5)
    folds = _folds(rows, target, tell)
    temperature = _temperature(folds, target)
    tell("学习紧急情况", 0.85)
    urgent = _urgent(messages, matrix)

    def model(of: Any, needs: Floats) -> Model:
        found = np.hstack([of.coef_.T, *(u.coef_.T for u in urgent)]).astype(np.float32)
        return Model(
            data=data,
            items=items,
            acts=acts,
            temperature=temperature,
            features=matrix.names,
            idf=matrix.idf,
            weights=found[: len(matrix.names)].astype(np.float16),
            meaning=found[len(matrix.names) :],
            bias=np.concatenate([of.intercept_, *(u.intercept_ for u in urgent)]).astype(np.float32),
            words=matrix.words,
            alike=_alike(found[:, : len(items)]),
            needs=needs,
        )

    nothing = np.zeros(0, dtype=np.float32)
    learned = model(classifier, nothing)
    tell("学习几件事", 0.95)
    strangers = (
        (
            model(fold.classifier, nothing),
            [intents[i] for i in fold.unseen if i < len(messages.items)][::EVERY],
        )
        for fold in folds
    )
    needs = training_needs.fit(messages.needs, learned, strangers, settings.read_rules(settings.INTENTS))
    tell("完成", 1.0)
    return replace(learned, needs=needs)


def _alike(columns: Any) -> Floats:
    """How near the items' columns are to each other (cosine)."""
    units = columns / np.maximum(np.linalg.norm(columns, axis=0), 1e-9)
    return np.asarray(units.T @ units, dtype=np.float32)


def _vectorise(examples: Sequence[Example], tell: Progress) -> _Matrix:
    import scipy.sparse
    from sklearn.feature_extraction.text import TfidfVectorizer

    dictionary = words.freeze()
    found = []
    for place, example in enumerate(examples):
        found.append(features.find(example.text, dictionary))
        if place % 500 == 0:
            tell("拆分词语", 0.05 + 0.2 * place / len(examples))
    parts, names, idf = [], [], []
    for block in ([f.characters for f in found], [f.words for f in found]):
        vectoriser = TfidfVectorizer(analyzer=lambda features: features, min_df=2, sublinear_tf=True)
        parts.append(vectoriser.fit_transform(block))
        names += list(map(str, vectoriser.get_feature_names_out()))
        idf.append(vectoriser.idf_)
    tell("查词义", 0.27)
    weights = np.concatenate(idf).astype(np.float32)
    rarest = float(weights.max(initial=1.0))
    idf_of = dict(zip(names, weights.tolist(), strict=True))
    meanings = [vectors.pool(f.bare, [idf_of.get(features.WORD + w, rarest) for w in f.bare]) for f in found]
    return _Matrix(
        tuple(names),
        weights,
        scipy.sparse.hstack([*parts, scipy.sparse.csr_matrix(np.stack(meanings))]).tocsr(),
        dictionary,
    )


@dataclass(frozen=True)
class _Fold:
    """A classifier, the messages that it has not learned from, and what it says of them."""

    classifier: Any
    unseen: Any
    margins: Any


def _folds(rows: Any, target: Any, tell: Progress) -> list[_Fold]:
    from sklearn.model_selection import StratifiedKFold
    from sklearn.svm import LinearSVC

    found = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, target)
    for number, (known, unseen) in enumerate(folds):
        classifier = LinearSVC(C=C_INTENT, random_state=0).fit(rows[known], target[known])
        found.append(_Fold(classifier, unseen, classifier.decision_function(rows[unseen])))
        tell("校准把握", 0.5 + 0.3 * (number + 1) / FOLDS)
    return found


def _temperature(folds: Sequence[_Fold], target: Any) -> float:
    """The factor that turns margins into honest probabilities, from folds the classifier has not seen."""
    margins = np.concatenate([fold.margins for fold in folds])
    wanted = target[np.concatenate([fold.unseen for fold in folds])]
    picked = np.arange(len(wanted))

    def loss(factor: float) -> float:
        scaled = margins * factor
        top = scaled.max(axis=1)
        return float(
            np.mean(top + np.log(np.exp(scaled - top[:, None]).sum(axis=1)) - scaled[picked, wanted])
        )

    return min((step / 4 for step in range(4, 60)), key=loss)


def _urgent(messages: Corpus, matrix: _Matrix) -> list[Any]:
    """Classifiers of urgency (against look-alikes and everyday talk) and of each hotline."""
    from sklearn.linear_model import LogisticRegression

    everyday = [*messages.items, *messages.acts]
    alarms = [e.label == corpus.EMERGENCY for e in messages.emergencies]
    start = len(everyday)
    dangers = [r for r in settings.read_rules(settings.DANGERS) if r.boost > 0]
    # Messages for risky items that speak of danger may be emergencies: they must not teach what is none.
    calm = [
        i
        for i, e in enumerate(everyday)
        if e.label not in urgency.RISKY_ITEMS
        or not any(r.matches(normalise(e.text)) is not None for r in dangers)
    ]
    rows = calm + list(range(start, start + len(alarms)))
    weights = [_EVERYDAY] * len(calm) + [_WEIGHTS[e.label] for e in messages.emergencies]
    target = [False] * len(calm) + alarms
    found = [
        LogisticRegression(C=C_URGENT, max_iter=400).fit(matrix.values[rows], target, sample_weight=weights)
    ]
    only = [start + i for i, alarm in enumerate(alarms) if alarm]
    emergencies = [e for e in messages.emergencies if e.label == corpus.EMERGENCY]
    for hotline in HOTLINES:
        wanted = [hotline in e.hotlines for e in emergencies]
        found.append(
            LogisticRegression(C=C_URGENT, class_weight="balanced", max_iter=400).fit(
                matrix.values[only], wanted
            )
        )
    return found
