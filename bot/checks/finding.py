"""What was found, in words for whoever keeps the machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. What is not good keeps the bot from working; a `hint` should be mended soon.

    `about` is a word for machines.
    """

    good: bool
    words: str
    about: str = ""
    hint: bool = False

    @property
    def state(self) -> str:
        """`good`, `hint` or `bad`."""
        return "bad" if not self.good else "hint" if self.hint else "good"

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{ {'good': '✓', 'hint': '！', 'bad': '✗'}[self.state] } {self.words}"


def hint(words: str) -> Finding:
    """It works, but not well or not for long."""
    return Finding(True, words, hint=True)
