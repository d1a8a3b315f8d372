"""Measures what corrections teach: misread messages of the checkout's tests, every second one taught once.

    python -m bench.learning

Trains one model with them (minutes); prints what became of the taught ones, of the others, and of all else.
"""

from __future__ import annotations

from nlu import comparing, corpus, lessons, training, versions
from nlu.comparing import intent_of
from nlu.corpus import Example
from nlu.reader import Reader
from nlu.scoring import Label


def main() -> None:
    """Print both halves, then the figures that changed."""
    before = Reader(versions.ready())
    tests = comparing.read_tests(comparing.CHECKOUT)
    wrong = [
        _as_lesson(label)
        for label in tests["rows"]
        if intent_of(before, label["text"]) not in (_intent(label), *label.get("also", []))
    ]
    taught, others = wrong[::2], wrong[1::2]
    messages = corpus.load()
    after = Reader(training.fit(lessons.joined(messages, taught), corpus.fingerprint()))
    print(f"{len(tests['rows'])} messages, {len(wrong)} misread, {len(taught)} taught")
    print(f"taught: {sum(_right(after, e) for e in taught)} of {len(taught)} right")
    print(f"others: {sum(_right(after, e) for e in others)} of {len(others)} right")
    for name, asked in (("nlu/data/compare", comparing.read_tests([comparing.CARRIED])), ("checkout", tests)):
        old, new = (comparing.measure(reader, asked) for reader in (before, after))
        for figure, value in old.items():
            print(f"{name} {figure}: {value} → {new[figure]}")


def _intent(label: Label) -> str:
    return str(label["item"] if label["act"] == "request" else label["act"])


def _as_lesson(label: Label) -> Example:
    return Example(lessons.clean(label["text"]), _intent(label), lessons.VOICE, comparing.CARRIED, 0)


def _right(reader: Reader, example: Example) -> bool:
    return intent_of(reader, example.text) == example.label


if __name__ == "__main__":
    main()
