"""Lists of words as regular expressions, made quick: nothing is tried where none of them can begin."""

from __future__ import annotations

import re

_BEGINNING = re.compile(r"(?:\[[^\]]*\](?:\{[0-9],[0-9]\}|\?)?)*.?")


def begins(*alternatives: str) -> str:
    """A lookahead for the characters with which any of `a|[bc]?d|…` can begin, and some more.

    Only for lists of words whose first characters are told: a leading `.` or class with `^` is none.
    """
    firsts: set[str] = set()
    for word in "|".join(alternatives).replace("(?:", "").split("|"):
        found = _BEGINNING.match(word)
        firsts.update(c for c in (found.group() if found else "") if c.isalnum())
        if re.match(r".\?", word):
            firsts.add(word[2:3])
    return f"(?=[{''.join(sorted(firsts))}])"
