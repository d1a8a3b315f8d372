"""Fetches updates and keeps them before it acknowledges them, so that no crash can lose one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.backoff import Wake, delay, woken
from bot.clock import SystemClock
from bot.messenger import Messenger, MessengerError, Unanswered
from bot.raw import keepable

if TYPE_CHECKING:
    from storage.replicas import Duty

log = logging.getLogger(__name__)

#: What the bot wants to hear of; `my_chat_member` tells of blocks.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
CLOCK_HEADER = "X-Playground-Clock"

#: A duty that became ours is noticed at once; this is in case it was not (seconds).
_LOOK_EVERY = 5.0

Receive = Callable[[list[dict[str, Any]]], Awaitable[int]]


class Poller:
    """`receive` commits raw updates; only after it returned does the next call acknowledge them."""

    def __init__(
        self,
        messenger: Messenger,
        receive: Receive,
        *,
        clock: SystemClock | None = None,
        wait: int = 25,
        longest_pause: float = 60,
        duty: Duty | None = None,
    ) -> None:
        """`clock` is given when the server is the playground, whose clock is then followed. Of several
        replicas the one with the `duty` fetches."""
        self._messenger = messenger
        self._receive = receive
        self._clock = clock
        self._wait = wait
        self._longest_pause = longest_pause
        self._duty = duty
        self._came_on_duty = Wake()
        if duty is not None:
            duty.on_change = self._came_on_duty.set
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Fetch until cancelled. A webhook of earlier days is taken off first."""
        webhook_gone = False
        while True:
            while self._duty is not None and not self._duty.held:
                await woken(self._came_on_duty, _LOOK_EVERY)
            try:
                if not webhook_gone:
                    await self._messenger.call("DeleteWebhook", {})
                    webhook_gone = True
                await self.fetch()
            except (MessengerError, Unanswered) as error:
                await self._pause(error)
            except Exception as error:  # noqa: BLE001 - nothing was acknowledged, so nothing is lost
                log.error("updates could not be kept: %s", errors.trace(error))
                await self._pause(None)
            else:
                self._recovered()

    async def fetch(self) -> int:
        """One call: returns how many updates were new. Raises MessengerError, Unanswered."""
        payload: dict[str, Any] = {"timeout": self._wait, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            payload["offset"] = self._offset
        answer = await self._messenger.call("GetUpdates", payload, timeout=self._wait + 15)
        if self._clock is not None:
            self._clock.follow(float(answer.headers.get(CLOCK_HEADER, 0)))
        updates = [kept for u in answer.result if (kept := keepable(u)) is not None]
        if not updates:
            return 0
        new = await self._receive(updates)
        self._offset = max(u["update_id"] for u in updates) + 1
        return new

    async def _pause(self, error: MessengerError | Unanswered | None) -> None:
        self._failures += 1
        seconds = delay(self._failures, most=self._longest_pause)
        if isinstance(error, MessengerError) and error.retry_after:
            seconds = error.retry_after
        if error is not None:
            log.warning("no updates: %s; next try in %.0f s", _meaning(error), seconds)
        await asyncio.sleep(seconds)

    def _recovered(self) -> None:
        if self._failures:
            log.info("updates arrive again after %d failures", self._failures)
            self._failures = 0


def _meaning(error: MessengerError | Unanswered) -> str:
    if isinstance(error, Unanswered):
        return f"the messenger cannot be reached ({error})"
    known = {
        401: "the token is not valid (401)",
        404: "the token or the API address is not valid (404)",
        409: "another process fetches with the same token (409)",
    }
    return known.get(error.code, f"the messenger answered {error}")
