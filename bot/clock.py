"""The program's clock: the system's, plus what the playground has moved it forward by."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class SystemClock:
    """Real time plus an offset, which stays zero outside the playground."""

    def __init__(self) -> None:
        self._offset = timedelta()
        #: Set whenever the offset changes, so that who waits for a time looks again.
        self.moved = asyncio.Event()

    def now(self) -> datetime:
        """Timezone-aware UTC."""
        return datetime.now(UTC) + self._offset

    def follow(self, seconds: float) -> None:
        """Run `seconds` ahead of the system's clock from now on."""
        offset = timedelta(seconds=seconds)
        if offset != self._offset:
            self._offset = offset
            self.moved.set()
