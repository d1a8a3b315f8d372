"""JSON from outside, made so that it can surely be kept: too deep, too long a number, no number at all.

Python's own reader gives up on them with errors that have nothing to do with the other updates in the same
answer. An update that cannot be read is kept as a stub, which the worker puts to the dead letters; its
number is acknowledged, so that it is not sent again for ever before all that come after it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

#: The messenger's deepest update has some twenty levels.
DEEPEST = 100
_LARGEST_ID = 2**63 - 1
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,19})(?![\d.eE])')
#: What an update is no more than, once it could not be read.
STUB = "unreadable"


class Unreadable(ValueError):
    """The text is no JSON that could be kept."""


def read(body: bytes) -> Any:
    """The document. Raises Unreadable, also for what Python alone would take (NaN) or choke on."""
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None


def read_update(body: bytes) -> dict[str, Any] | None:
    """One update, or its stub; None for what is no update."""
    try:
        update = read(body)
    except Unreadable:
        return _stub(body) if body.lstrip()[:1] == b"{" and _is_whole(body) else None
    return keepable(update)


def read_updates(body: bytes) -> list[Any]:
    """The updates of an answer that as a whole is unreadable: each for itself, or as its stub."""
    found = (read_update(part) for part in _elements(body))
    return [update for update in found if update is not None]


def keepable(update: Any) -> dict[str, Any] | None:
    """The update, as a stub if it is too deep; None without a number by which it could be kept."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not 0 <= number <= _LARGEST_ID:
        return None
    return update if _shallow(update, DEEPEST) else {"update_id": number, "message": STUB}


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _shallow(value: Any, levels: int) -> bool:
    if levels == 0:
        return False
    for part in value.values() if isinstance(value, dict) else value:
        if part.__class__ in (dict, list) and not _shallow(part, levels - 1):
            return False
    return True


def _stub(element: bytes) -> dict[str, Any] | None:
    found = _ID.search(b"".join(_outermost(element)))
    number = int(found[1]) if found else -1
    return {"update_id": number, "message": STUB} if 0 <= number <= _LARGEST_ID else None


def _outermost(element: bytes) -> Iterator[bytes]:
    """What stands in the element itself, not in what it holds."""
    depth, since = 0, 0
    for token in _TOKEN.finditer(element):
        if token[0][:1] == b'"':
            continue
        if depth == 1:
            yield element[since : token.start()]
        depth += 1 if token[0] in (b"{", b"[") else -1
        since = token.end()


def _is_whole(body: bytes) -> bool:
    """Whether every bracket is closed: what was cut off comes again."""
    depth = 0
    for token in _TOKEN.finditer(body):
        depth += (token[0] in (b"{", b"[")) - (token[0] in (b"}", b"]"))
    return depth == 0


def _elements(body: bytes) -> Iterator[bytes]:
    """The objects within the one list of an answer: `{"ok":true,"result":[{…},{…}]}`."""
    depth, since = 0, 0
    for token in _TOKEN.finditer(body):
        if token[0] in (b"{", b"["):
            depth += 1
            if depth == 3:
                since = token.start()
        elif token[0] in (b"}", b"]"):
            if depth == 3:
                yield body[since : token.end()]
            depth -= 1
