"""Writes Rasa's training messages (nlu.yml) from the reader's own: services, dialogue acts, emergencies.

usage: python deploy/rasa/training_data.py [--each N] > deploy/rasa/data/nlu.yml

Look-alikes of emergencies and calm answers teach the reader of urgency alone; to Rasa they would be intents
that nobody speaks in, so they stay out. `--each` takes N messages an intent, of every voice in turn.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from nlu import corpus


def messages(root: Path = corpus.DATA) -> dict[str, list[corpus.Example]]:
    """The training messages by Rasa's intent."""
    found: dict[str, list[corpus.Example]] = defaultdict(list)
    every = corpus.load(root)
    for example in (*every.items, *every.acts, *every.emergencies):
        if example.label not in (corpus.LOOKALIKE, corpus.ANSWER):
            found[example.label].append(example)
    return found


def sample(examples: Iterable[corpus.Example], most: int) -> list[corpus.Example]:
    """The same messages each time: one of every voice in turn, in an order that tells nothing."""
    voices: dict[str, list[corpus.Example]] = defaultdict(list)
    for example in sorted(examples, key=lambda e: sha256(e.text.encode()).hexdigest()):
        voices[example.voice].append(example)
    taken: list[corpus.Example] = []
    while len(taken) < most and any(voices.values()):
        taken += [voices[voice].pop() for voice in sorted(voices) if voices[voice]]
    return taken[:most]


def as_yaml(chosen: dict[str, list[corpus.Example]]) -> str:
    """Rasa's YAML of these messages."""
    lines = ['version: "3.1"', "nlu:"]
    for intent, examples in sorted(chosen.items()):
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {example.text}" for example in examples)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, metavar="N", help="messages an intent (default: all)")
    options = parser.parse_args()
    found = messages()
    if options.each:
        found = {intent: sample(examples, options.each) for intent, examples in found.items()}
    sys.stdout.write(as_yaml(found))


if __name__ == "__main__":
    main()
