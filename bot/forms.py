"""Writes ledgers as sheets in a process of its own: a large one must hold up nobody else."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot import child

if TYPE_CHECKING:
    from handlers.forms import Form

#: The longest one took 14 s beside other work.
_TIMEOUT = 120


class ChildForms:
    """A FormWriter, one form at a time."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()

    async def write(self, form: Form) -> bytes:
        """An xlsx. Raises RuntimeError when the child fails, TimeoutError when it takes too long."""
        given = json.dumps(asdict(form)).encode()
        async with self._one_at_a_time:
            return await child.run("bot.forms", given, seconds=_TIMEOUT)


def main() -> None:
    """Read a form as JSON, write its xlsx."""
    from handlers.admin.sheets.forms import write_form
    from handlers.forms import Form

    document = json.load(sys.stdin)
    for name in ("columns", "rows"):
        document[name] = tuple(tuple(cells) for cells in document[name])
    sys.stdout.buffer.write(write_form(Form(**document)))


if __name__ == "__main__":
    main()
