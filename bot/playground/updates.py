"""Updates on their way to the bot: numbered, and kept until acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from bot.playground.errors import Json, conflict

_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class Waybill:
    """One update and what became of it. Times are real Unix seconds."""

    update: Json
    created_at: float
    handed_over: list[float] = field(default_factory=list)
    acknowledged_at: float | None = None

    @property
    def id(self) -> int:
        return int(self.update["update_id"])

    def shown(self) -> Json:
        return {**asdict(self), "acknowledged": self.acknowledged_at is not None}

    def hand_over(self) -> None:
        """It is on its way to the bot, perhaps not for the first time."""
        self.handed_over.append(time.time())


class UpdateQueue:
    """The queue of one bot. Ids start at the real time in seconds, so that they grow across restarts."""

    def __init__(self, next_id: int = 0) -> None:
        self.next_id = max(next_id, int(time.time()))
        self.history: list[Waybill] = []
        self.pending: dict[int, Waybill] = {}
        self.allowed: list[str] = []
        self.last_poll: float | None = None
        self.on_taken: Callable[[list[Waybill]], None] | None = None
        self._wake = asyncio.Event()
        self._poll: object | None = None

    @property
    def polled(self) -> bool:
        """Whether a long poll is waiting right now."""
        return self._poll is not None

    def add(self, kind: str, content: Json) -> int | None:
        """Queue an update; its id, or None when the bot did not ask for this kind."""
        if (self.allowed and kind not in self.allowed) or (not self.allowed and kind in _NOT_BY_DEFAULT):
            return None
        waybill = Waybill({"update_id": self.next_id, kind: content}, time.time())
        self.next_id += 1
        self.history.append(waybill)
        self.pending[waybill.id] = waybill
        self.wake()
        return waybill.id

    def wake(self) -> None:
        """Let everything that waits look again."""
        self._wake.set()
        self._wake = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until something is queued or `wake` is called."""
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return

    def acknowledge(self, ids: Iterable[int]) -> None:
        """The bot has these; they will not be handed over again."""
        taken = [waybill for one in list(ids) if (waybill := self.pending.pop(one, None)) is not None]
        for waybill in taken:
            waybill.acknowledged_at = time.time()
        if taken and self.on_taken is not None:
            self.on_taken(taken)

    def hand_over(self, limit: int) -> list[Json]:
        """The oldest pending updates, marked as handed over."""
        taken = list(self.pending.values())[:limit]
        for waybill in taken:
            waybill.hand_over()
        return [waybill.update for waybill in taken]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """One getUpdates. A second poll ends the first with 409; `wake` ends it with what there is."""
        self._forget(offset)
        self.last_poll = time.monotonic()
        me = object()
        if self._poll is not None:
            self._poll = me
            self.wake()
            await asyncio.sleep(0)
        self._poll = me
        try:
            if not self.pending and seconds > 0:
                await self.wait(seconds)
            if self._poll is not me:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            return self.hand_over(limit)
        finally:
            self.last_poll = time.monotonic()
            if self._poll is me:
                self._poll = None

    def drop_pending(self) -> None:
        self.acknowledge(self.pending)

    def _forget(self, offset: int) -> None:
        if offset > 0:
            self.acknowledge(one for one in self.pending if one < offset)
        elif offset < 0:
            self.acknowledge(list(self.pending)[:offset])
