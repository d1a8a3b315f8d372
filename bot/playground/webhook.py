"""Pushing updates to the bot's webhook, again and again until it answers 2xx.

Chats are served side by side and each in its order, unless the order, the answers or the single delivery
are what a test wants to disturb.
"""

from __future__ import annotations

import asyncio
import random

import aiohttp

from bot.playground.errors import Json
from bot.playground.updates import Waybill
from bot.playground.world import World

_LONGEST_PAUSE = 5.0
_FIRST_PAUSE = 0.2


async def deliver_forever(world: World) -> None:
    """Deliver while a webhook is set; runs until cancelled."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        carrier = Carrier(world, session)
        try:
            while True:
                carrier.set_out()
                await world.queue.wait(30)
        finally:
            carrier.stop()


class Carrier:
    """Carries what is pending, at most as many at once as the bot allows."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        self._world = world
        self._session = session
        self._on_the_way: dict[int, asyncio.Task[None]] = {}
        self._again: set[asyncio.Task[None]] = set()
        #: Chats whose next update has to wait for the one on the way.
        self._busy: dict[int, int] = {}
        self._dice = random.Random(0)  # noqa: S311 - nothing secret hangs on it

    def set_out(self) -> None:
        """Begin with every pending update whose turn it is."""
        hook = self._world.hook
        if not hook.url:
            return
        for waybill in list(self._world.queue.pending.values()):
            if len(self._on_the_way) >= hook.connections:
                return
            chat = _chat_of(waybill.update)
            if waybill.id not in self._on_the_way and chat not in self._busy:
                self._busy[chat] = waybill.id
                self._on_the_way[waybill.id] = asyncio.create_task(self._carry(waybill, chat))

    def stop(self) -> None:
        for task in (*self._on_the_way.values(), *self._again):
            task.cancel()

    async def _carry(self, waybill: Waybill, chat: int) -> None:
        disorder = self._world.disorder
        try:
            if self._dice.random() < disorder.late:
                # Later ones of its chat overtake it.
                self._busy.pop(chat, None)
                self._world.queue.wake()
                disorder.done["late"] += 1
                await asyncio.sleep(self._dice.uniform(0.1, disorder.seconds))
            pause = _FIRST_PAUSE
            while waybill.id in self._world.queue.pending and self._world.hook.url:
                if await self._deliver(waybill):
                    self._world.queue.acknowledge([waybill.id])
                    self._perhaps_once_more(waybill)
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)
        finally:
            self._on_the_way.pop(waybill.id, None)
            if self._busy.get(chat) == waybill.id:
                del self._busy[chat]
            self._world.queue.wake()

    async def _deliver(self, waybill: Waybill) -> bool:
        world, hook = self._world, self._world.hook
        waybill.hand_over()
        error = await self._post(waybill.update)
        if error is None and self._dice.random() < world.disorder.unheard:
            world.disorder.done["unheard"] += 1
            error = "Read timeout expired"
        if error is None:
            hook.last_error = None
        else:
            hook.last_error, hook.last_error_at = error, world.clock.now()
        world.watch_bot()
        return error is None

    async def _post(self, update: Json) -> str | None:
        """One call; returns what went wrong."""
        headers = {"X-Playground-Clock": str(self._world.clock.offset)}
        if self._world.hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._world.hook.secret
        try:
            async with self._session.post(self._world.hook.url, json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError):
            return "Connection refused"

    def _perhaps_once_more(self, waybill: Waybill) -> None:
        disorder = self._world.disorder
        if self._dice.random() >= disorder.twice:
            return

        async def once_more() -> None:
            await asyncio.sleep(self._dice.uniform(0, disorder.seconds))
            disorder.done["twice"] += 1
            await self._post(waybill.update)

        task = asyncio.create_task(once_more())
        self._again.add(task)
        task.add_done_callback(self._again.discard)


def _chat_of(update: Json) -> int:
    """The chat whose order it belongs to; 0 for what belongs to none."""
    for content in update.values():
        if isinstance(content, dict):
            holder = content if "chat" in content else content.get("message", {})
            return int(holder.get("chat", {}).get("id", 0))
    return 0
