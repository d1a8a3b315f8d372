"""Pushing updates to the bot's webhook, one after the other, again and again until it answers 2xx."""

from __future__ import annotations

import asyncio

import aiohttp

from bot.playground.world import World

_LONGEST_PAUSE = 5.0


async def deliver_forever(world: World) -> None:
    """Deliver while a webhook is set; runs until cancelled."""
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        pause = 0.2
        while True:
            if not world.hook.url or not world.queue.pending:
                await world.queue.wait(30)
                continue
            if await _deliver_next(world, session):
                pause = 0.2
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


async def _deliver_next(world: World, session: aiohttp.ClientSession) -> bool:
    hook = world.hook
    [update] = world.queue.hand_over(1)
    headers = {"X-Playground-Clock": str(world.clock.offset)}
    if hook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
    try:
        async with session.post(hook.url, json=update, headers=headers) as response:
            delivered = 200 <= response.status < 300
            error = f"Wrong response from the webhook: {response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError):
        delivered, error = False, "Connection refused"
    if delivered:
        world.queue.acknowledge([update["update_id"]])
        hook.last_error = None
    else:
        hook.last_error, hook.last_error_at = error, world.clock.now()
    world.watch_bot()
    return delivered
