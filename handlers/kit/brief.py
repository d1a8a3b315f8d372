"""A request in a few words that everybody may see; knows nothing of the messenger."""

from __future__ import annotations

import re

from casework.entities import Request

_WORDS_SHOWN = 60
_CLAUSES = re.compile(r"[,;.\n\uff0c\u3002\uff1b\u3001]+")
#: Should one have been overlooked.
_LONG_NUMBER = re.compile(r"[0-9-]{3,}")


def brief(request: Request, most: int = _WORDS_SHOWN) -> str:
    """The words that everybody may see, cut short; what was blacked out goes with its clause."""
    pieces = [p for p in _CLAUSES.split(request.summary) if p and "**" not in p]
    words = _LONG_NUMBER.sub("…", "\uff0c".join(pieces))
    return words if len(words) <= most else f"{words[:most]}…"
