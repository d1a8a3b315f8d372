# ruff: noqa: T201 - printing is its job
"""Prints how good the reader is: on held-out messages, and on voices it has not been trained on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from nlu import corpus, scoring, settings, training
from nlu.corpus import Corpus, Example
from nlu.reader import Reader

NOW = datetime.fromisoformat("2026-11-21T10:00")
# Voices that belong together are held out together.
FOLDS = (("elder",), ("young", "short"), ("formal", "hotline"), ("boundary", "tricky"))


def show(held_out: Path, model: Path | None, *, folds: bool) -> None:
    """Print the tables (Markdown) and the wrong answers' codes on standard output."""
    if held_out.is_dir():
        _held_out(Reader.load(model), held_out)
    if folds:
        _folds()


def _held_out(reader: Reader, folder: Path) -> None:
    for path in sorted(folder.glob("*.jsonl")):
        labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        if not labels or "text" not in labels[0]:
            continue
        pairs = [(label, reader.understand(label["text"], NOW)) for label in labels]
        _table(path.stem, scoring.score(path.stem, pairs))
        for label, read in pairs:
            reason = scoring.wrong(path.stem, label, read)
            if reason:
                print(f"- {reason}: {label['text']}")


def _folds() -> None:
    messages = corpus.load()
    limits = settings.read_thresholds()
    for voices in FOLDS:
        known = Corpus(*(tuple(e for e in part if e.voice not in voices) for part in _parts(messages)))
        unseen = [e for e in (*messages.items, *messages.acts) if e.voice in voices]
        reader = Reader(training.fit(known, "fold"), thresholds=limits)
        items = {e.label for e in messages.items}
        pairs = [(_label(e, items), reader.understand(e.text, NOW)) for e in unseen]
        _table("unseen voice: " + ", ".join(voices), scoring.score("rows", pairs))


def _parts(messages: Corpus) -> Iterable[Sequence[Example]]:
    return messages.items, messages.acts, messages.emergencies, messages.needs


def _label(example: Example, items: set[str]) -> scoring.Label:
    wanted = example.label in items
    return {"act": "request" if wanted else example.label, "item": example.label if wanted else ""}


def _table(name: str, figures: scoring.Figures) -> None:
    print(f"\n| {name} | {' | '.join(figures)} |")
    print("|" + "---|" * (len(figures) + 1))
    print(f"| | {' | '.join(str(v) for v in figures.values())} |\n")
