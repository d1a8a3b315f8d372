"""Whether a message is nearly one that is known already, in training or in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu import comparing, corpus
from nlu.linting import NEAR_COPY, plain


@dataclass(frozen=True, slots=True)
class Twin:
    """The message that is nearly the same: its words, its label (empty for one of the tests)."""

    text: str
    label: str

    @property
    def is_test(self) -> bool:
        """Nothing may be trained on it."""
        return not self.label


class Near:
    """Known (text, label) pairs; a message of the tests has an empty label."""

    def __init__(self, known: Sequence[tuple[str, str]]) -> None:
        self._known = list(known)
        self._plain = [plain(text) for text, _ in self._known]

    @classmethod
    def to_all(cls) -> Near:
        """To the training messages and the tests; takes half a second."""
        tests = [label["text"] for labels in comparing.read_tests().values() for label in labels]
        every = [(example.text, example.label) for example in corpus.load()]
        return cls([*((text, "") for text in tests), *every])

    def find(self, text: str) -> Twin | None:
        """The nearest one, where it is near enough to be called the same."""
        from rapidfuzz import fuzz, process

        found = process.extractOne(plain(text), self._plain, scorer=fuzz.ratio, score_cutoff=NEAR_COPY)
        return None if found is None or not plain(text) else Twin(*self._known[found[2]])
