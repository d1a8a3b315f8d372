"""Finds faults of the training messages: unknown codes, repeats, thin files, copies of the test set."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu import corpus
from nlu.corpus import Corpus, CorpusError, Example
from nlu.features import simplify
from nlu.normalise import normalise

ITEM_MINIMUM, ACT_MINIMUM, SEVERAL_MINIMUM = 200, 150, 400
EMERGENCY_MINIMUM = {corpus.EMERGENCY: 500, corpus.LOOKALIKE: 400}
NEAR_COPY = 92.0
"""Two messages this much alike (rapidfuzz ratio, 0..100) are one message."""
_SHORT = 8
VOICES = frozenset({"elder", "young", "formal", "hotline", "boundary", "tricky", "short", "several"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of a training file."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


def lint(
    root: Path, known_items: Collection[str], known_acts: Collection[str], held_out: Path | None = None
) -> list[Complaint]:
    """All faults of the training files below `root`; `held_out` is the folder of the test sets."""
    try:
        messages = corpus.load(root)
    except CorpusError as error:
        return [Complaint(error.path, error.line, error.reason)]
    wanted = ((messages.items, known_items, ITEM_MINIMUM), (messages.acts, known_acts, ACT_MINIMUM))
    found = [c for part, codes, least in wanted for c in _codes(root, part, codes, least)]
    found += _emergencies(root, messages)
    found += _several(root, messages, known_items)
    found += _repeats(messages)
    if held_out and held_out.is_dir():
        found += _copies(messages, list(held_out_texts(held_out)))
    return found


def held_out_texts(folder: Path) -> Iterator[str]:
    """The single messages of the test sets below the folder."""
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if "text" in told:
                yield told["text"]


def _codes(
    root: Path, examples: Sequence[Example], codes: Collection[str], least: int
) -> Iterator[Complaint]:
    counts = Counter(e.label for e in examples)
    for example in {e.path: e for e in reversed(examples)}.values():
        if example.label not in codes:
            yield Complaint(example.path, example.line, f"unknown code '{example.label}'")
    for example in examples:
        if example.path.stem != example.label:
            yield Complaint(example.path, example.line, f"'{example.label}' stands in a file of another name")
        if example.voice not in VOICES:
            yield Complaint(example.path, example.line, f"unknown voice '{example.voice}'")
    for code in sorted(codes):
        if counts[code] < least:
            yield Complaint(root, 1, f"'{code}' has {counts[code]} messages; at least {least} are needed")


def _emergencies(root: Path, messages: Corpus) -> Iterator[Complaint]:
    counts = Counter(e.label for e in messages.emergencies)
    for label, least in EMERGENCY_MINIMUM.items():
        if counts[label] < least:
            yield Complaint(root, 1, f"'{label}' has {counts[label]} messages; at least {least} are needed")
    for example in messages.emergencies:
        for hotline in example.hotlines:
            if hotline not in {"120", "119", "110", "12356"}:
                yield Complaint(example.path, example.line, f"unknown hotline '{hotline}'")


def _several(root: Path, messages: Corpus, codes: Collection[str]) -> Iterator[Complaint]:
    if len(messages.needs) < SEVERAL_MINIMUM:
        many = len(messages.needs)
        yield Complaint(root, 1, f"{many} messages of several needs; at least {SEVERAL_MINIMUM} are needed")
    for example in messages.needs:
        for code in example.label.split(corpus.AND):
            if code not in codes:
                yield Complaint(example.path, example.line, f"unknown code '{code}'")


def plain(text: str) -> str:
    """The words alone, by which two messages are compared."""
    return "".join(c for c in simplify(normalise(text)) if c.isalnum())


def _repeats(messages: Iterable[Example]) -> Iterator[Complaint]:
    seen: dict[str, Example] = {}
    for example in messages:
        plain = normalise(example.text) or example.text
        first = seen.setdefault(plain, example)
        if first is not example and not (
            first.label == corpus.LOOKALIKE or example.label == corpus.LOOKALIKE
        ):
            yield Complaint(example.path, example.line, f"the same message as {first.path.name}:{first.line}")


def _copies(messages: Iterable[Example], texts: Sequence[str]) -> Iterator[Complaint]:
    from rapidfuzz import fuzz, process

    examples = [e for e in messages if len(plain(e.text)) >= _SHORT]
    tests = [p for p in map(plain, texts) if len(p) >= _SHORT]
    if not tests:
        return
    alike = process.cdist(
        [plain(e.text) for e in examples], tests, scorer=fuzz.ratio, score_cutoff=NEAR_COPY, workers=2
    )
    for example, best in zip(examples, alike.max(axis=1), strict=True):
        if best:
            yield Complaint(example.path, example.line, "nearly a message of the test set")
