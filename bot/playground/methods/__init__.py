"""The Bot-API methods that the playground speaks, by their names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.calls import Call
from bot.playground.methods import about, callbacks, editing, forwarding, media, receiving, sending
from bot.playground.world import World

Method = Callable[[World, Call], Any | Awaitable[Any]]

_MODULES = (about, callbacks, editing, forwarding, media, receiving, sending)

METHODS: dict[str, Method] = {name: method for module in _MODULES for name, method in module.METHODS.items()}

LIMITED = frozenset(
    name
    for name in METHODS
    if name.startswith(("send", "copy", "forward", "edit")) and name != "sendChatAction"
)
"""Methods that count against the rate limits."""
