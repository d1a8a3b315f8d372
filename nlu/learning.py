"""Learns anew with what workers accepted, and swaps the model only if nothing important got worse."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nlu import comparing, corpus, lessons, versions
from nlu.comparing import Comparison, Tests
from nlu.corpus import Example
from nlu.model import Model, ModelError
from nlu.reader import Reader
from nlu.training import Progress, fit
from nlu.versions import Card


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one training. `version` is the new one, 0 where it was not taken; `left_out` counts
    corrections that are nearly messages of the tests, on which nothing may be trained."""

    at: str
    taken: bool
    version: int
    before: int
    messages: int
    corrections: int
    left_out: int
    comparison: Comparison
    why_no_comparison: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "comparison": self.comparison.document()}

    @staticmethod
    def of(document: dict[str, Any]) -> Outcome:
        """From JSON."""
        return Outcome(**{**document, "comparison": Comparison.of(document["comparison"])})


def last(folder: Path) -> Outcome | None:
    """What became of the last training; None when there was none."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        return Outcome.of(json.loads((folder / versions.LAST).read_text(encoding="utf-8")))
    return None


def learn(
    folder: Path,
    *,
    data: Path = corpus.DATA,
    also: Path | None = None,
    tests: Sequence[Path] | None = None,
    limits: Path | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Train, compare, take or leave. `also` is a file of corrections (by default the one beside the model).

    Raises CorpusError or ModelError in plain Chinese; the model in use is then untouched.
    """
    tell = progress or (lambda _step, _done: None)
    with versions.alone(folder):
        messages = corpus.load(data)
        asked = comparing.read_tests(tests)
        bounds = comparing.read_limits(limits) if limits else comparing.limits_for(folder)
        told = lessons.read(also or lessons.beside(folder), messages)
        taught = without_copies(told, asked)
        model = fit(
            lessons.joined(messages, taught),
            corpus.fingerprint(data),
            lambda step, done: tell(step, 0.85 * done),
        )
        tell("和现在用的比一比", 0.86)
        reader = Reader(model)
        after = comparing.measure(reader, asked, taught)
        tell("和现在用的比一比", 0.93)
        before, why_not = _before(folder, model, asked, taught)
        comparison = comparing.compare(before, after, bounds, asked)
        tell("写下来", 0.98)
        new = Card(
            messages=len(list(messages)),
            corrections=len(taught),
            figures={row.figure: row.after for row in comparison.rows},
            probes=comparing.probes(reader, asked),
        )
        outcome = _take_or_leave(folder, model, new, comparison, len(told) - len(taught), why_not)
        tell("完成", 1.0)
    return outcome


def _before(
    folder: Path, model: Model, asked: Tests, taught: Sequence[Example]
) -> tuple[dict[str, float] | None, str]:
    """The figures of the model in use; None with the reason where it cannot be asked the same."""
    try:
        old = versions.load(versions.in_use(folder))
    except ModelError as error:
        return None, str(error)
    if not set(old.items) <= set(model.items) or not set(old.acts) <= set(model.acts):
        return None, "服务项目变了，和以前的模型没法比。"
    return comparing.measure(Reader(old), asked, taught), ""


def _take_or_leave(
    folder: Path, model: Model, new: Card, comparison: Comparison, left_out: int, why_not: str
) -> Outcome:
    pointer = versions.pointer(folder)
    taken = not comparison.forbidding
    version = versions.keep(folder, model, new) if taken else 0
    outcome = Outcome(
        at=versions.now(),
        taken=taken,
        version=version,
        before=pointer.version if pointer else 0,
        messages=new.messages,
        corrections=new.corrections,
        left_out=left_out,
        comparison=comparison,
        why_no_comparison=why_not,
    )
    # Written before the pointer, so that whoever notices the new model can tell what it is about.
    versions.write(folder / versions.LAST, outcome.document())
    if taken:
        versions.use(folder, version, versions.LEARNED)
    return outcome


def without_copies(told: Sequence[Example], asked: Tests) -> list[Example]:
    """The corrections that are not nearly a message of the tests."""
    from nlu.near import Near

    known = Near([(label["text"], "") for labels in asked.values() for label in labels])
    return [example for example in told if known.find(example.text) is None]
