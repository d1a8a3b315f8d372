"""Turns what use cases recorded into messages; worker, timers and sender end their transactions with it."""

from __future__ import annotations

from handlers.kit.context import Context


async def tell(context: Context) -> None:
    """Announce the events of this transaction, until nothing new happens."""
    from handlers.announce import announce

    while events := context.uow.take_events():
        await announce(context, events)
