"""What happens, told at once to every page and script that listens."""

from __future__ import annotations

import asyncio
import contextlib

from bot.playground.errors import Json


class Feed:
    """Fans events out. A listener that falls far behind is cut off and connects anew."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._changed = asyncio.Event()
        self.closed = False

    def publish(self, kind: str, **facts: object) -> None:
        event: Json = {"type": kind, **facts}
        for queue in list(self._listeners):
            if queue.qsize() > 2000:
                self._listeners.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)
        self._changed.set()
        self._changed = asyncio.Event()

    def listen(self) -> asyncio.Queue[Json | None]:
        """A queue of events; None means that the feed has ended."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json | None]) -> None:
        self._listeners.discard(queue)

    async def next_change(self, seconds: float) -> None:
        """Wait until something happens, at most this long."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    def close(self) -> None:
        self.closed = True
        for queue in self._listeners:
            queue.put_nowait(None)
        self._changed.set()
