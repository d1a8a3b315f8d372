"""Whether the program lives, and whether work may be sent to it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot import errors
from bot.watching.sight import Sight

if TYPE_CHECKING:
    from bot.frame import Frame
    from storage.database import Database

#: A loop turns every second or two; one update may take a minute, and a pause after faults half of one.
MOST_STILL = 150.0
#: Seconds: how long the database may take to answer, and how long its answer counts.
_PATIENCE = 3.0
_KEEP = 1.0


def still(sight: Sight) -> list[str]:
    """The loops that have not turned for too long; empty while all is well."""
    now = sight.now()
    return sorted(loop for loop, at in sight.turns.items() if now - at > MOST_STILL)


@dataclass(slots=True)
class Readiness:
    """Looks at what an update needs. Each answer is `ok` or what is missing, in one word."""

    db: Database
    frame: Frame
    _database: str = ""
    _looked: float = float("-inf")
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> dict[str, str]:
        """What was looked at → `ok`, or why no work should come here."""
        sight = self.frame.sight
        return {
            "running": "draining" if sight.draining else "ok" if sight.turns else "starting",
            "database": await self._ask(),
            "model": "ok" if self.frame.seat.ready.is_set() else "loading",
        }

    async def _ask(self) -> str:
        async with self._looking:
            if time.monotonic() - self._looked >= _KEEP:
                try:
                    async with asyncio.timeout(_PATIENCE):
                        self._database = "ok" if await self.db.is_current() else "schema"
                except Exception as error:  # noqa: BLE001 - whatever it is, the database does not serve
                    self._database = errors.trace(error).split(" ", 1)[0]
                self._looked = time.monotonic()
            return self._database
