"""Reads tables that people send, in a process of its own: a hostile file must hold up nobody else.

Whoever made the file decides how long reading takes and how much memory it wants, within the limits of
handlers.admin.sheets.opening; the child has limits of its own on top, and is killed when time is up.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import resource
import sys
from dataclasses import asdict

from bot import child
from casework.catalogue import Community
from handlers.admin.sheets import Problem, SheetResult, read_organisations
from handlers.admin.sheets.opening import MAX_FILE
from handlers.admin.sheets.packing import pack, unpack

#: The worst file within the limits took 5 s to read, the fullest honest one 2 s.
_SECONDS = 30
_MEMORY = 1 << 30


class ChildSheets:
    """Reads lists of organisations of one community, one at a time."""

    def __init__(self, community: Community, seconds: float = _SECONDS) -> None:
        self._community = community
        self._seconds = seconds
        self._one_at_a_time = asyncio.Lock()

    async def read(self, content: bytes) -> SheetResult:
        """The organisations or the problems; a file that breaks or outlasts the child is broken."""
        if len(content) > MAX_FILE:
            return SheetResult(problems=(Problem("too-big"),))
        given = pickle.dumps((self._community, content))
        try:
            async with self._one_at_a_time:
                answer = json.loads(await child.run("bot.sheets", given, seconds=self._seconds))
        except (RuntimeError, TimeoutError):
            return SheetResult(problems=(Problem("broken"),))
        problems = tuple(Problem(**problem) for problem in answer["problems"])
        return SheetResult(tuple(unpack(answer["organisations"], self._community.id)), problems)


def main() -> None:
    """Read a community and a file, write what was found as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    community, content = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by our own parent
    result = read_organisations(content, community)
    found = {
        "problems": [asdict(problem) for problem in result.problems],
        "organisations": pack(list(result.organisations)),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
