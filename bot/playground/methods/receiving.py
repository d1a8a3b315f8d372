"""How the bot gets its updates: getUpdates and the webhook settings."""

from __future__ import annotations

import re
import time

from bot.playground.address import url_is_loopback
from bot.playground.calls import Call
from bot.playground.errors import Json, bad_request, conflict
from bot.playground.world import Hook, World

_LONGEST_POLL = 50


async def get_updates(world: World, call: Call) -> list[Json]:
    if world.hook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    if (allowed := call.get("allowed_updates")) is not None:
        world.queue.allowed = [str(one) for one in allowed]
    seconds = min(max(0, int(call.get("timeout", 0))), _LONGEST_POLL)
    limit = min(max(1, int(call.get("limit", 100))), 100)
    world.queue.last_poll = time.monotonic()
    world.watch_bot()
    return await world.queue.poll(int(call.get("offset", 0)), limit, seconds)


def set_webhook(world: World, call: Call) -> bool:
    url, secret = str(call.get("url", "")), str(call.get("secret_token", ""))
    if not url:
        return delete_webhook(world, call)
    if not url_is_loopback(url):
        raise bad_request("bad webhook: the playground delivers to this machine only")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    if (allowed := call.get("allowed_updates")) is not None:
        world.queue.allowed = [str(one) for one in allowed]
    if call.get("drop_pending_updates"):
        world.queue.drop_pending()
    world.hook = Hook(url, secret, int(call.get("max_connections", 40)))
    world.queue.wake()
    world.watch_bot()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    if call.get("drop_pending_updates"):
        world.queue.drop_pending()
    world.hook = Hook()
    world.queue.wake()
    world.watch_bot()
    return True


def get_webhook_info(world: World, call: Call) -> Json:
    return world.hook.wire(len(world.queue.pending), world.queue.allowed)


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
