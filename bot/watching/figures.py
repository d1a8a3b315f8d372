"""The community's own figures for a scrape: asked of the database seldom, whoever asks and how often."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot import errors

if TYPE_CHECKING:
    from bot.frame import Frame
    from storage.database import Database
    from storage.repositories.gauges import Glance

log = logging.getLogger(__name__)

#: Seconds that a look counts as new: the short one, and the walk over all requests.
KEEP_GLANCE = 5.0
KEEP_STATUSES = 60.0
_LONGEST = 5.0


@dataclass(slots=True)
class Figures:
    """What the database said last. `glance` is None while it cannot be asked."""

    db: Database
    frame: Frame
    glance: Glance | None = None
    statuses: dict[str, int] = field(default_factory=dict)
    #: The community's time at the glance, and how late timers and schedules were then.
    at: datetime | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _glanced: float = float("-inf")
    _counted: float = float("-inf")

    async def renew(self) -> None:
        """Ask anew what is older than it may be. Never raises: a database that is away is a figure too."""
        async with self._asking:
            try:
                async with asyncio.timeout(_LONGEST):
                    await self._ask()
            except Exception as error:  # noqa: BLE001 - the page must be answered all the same
                log.warning("the figures cannot be asked for: %s", errors.trace(error))
                self.glance = None

    async def _ask(self) -> None:
        now = time.monotonic()
        if self.glance is not None and now - self._glanced < KEEP_GLANCE:
            return
        async with self.db.transaction(self.frame.community.id, read_only=True) as uow:
            self.at = self.frame.clock.now()
            self.glance = await uow.gauges.glance(self.at)
            self._glanced = now
            if now - self._counted >= KEEP_STATUSES:
                self.statuses = await uow.gauges.by_status()
                self._counted = now

    def age(self, since: datetime | None) -> float:
        """Seconds from then to the glance; 0 for none."""
        return max(0.0, (self.at - since).total_seconds()) if since and self.at else 0.0
