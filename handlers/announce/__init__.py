"""What happened becomes messages: the only place where one person's act reaches another person."""

from __future__ import annotations

from casework.events import AnyEvent
from handlers.announce import (
    admin,
    awaiting,
    between,
    conduct,
    deadlines,
    emergency,
    giving,
    joint,
    judging,
    keeping,
    lead,
    ledgers,
    resident,
    sameness,
)
from handlers.announce.holding import quietly
from handlers.announce.telling import Handlers, Telling
from handlers.kit.context import Context

#: Who is told, in this order: event class → function.
AUDIENCES: tuple[Handlers, ...] = (
    emergency.HANDLERS,
    resident.HANDLERS,
    lead.HANDLERS,
    admin.HANDLERS,
    deadlines.HANDLERS,
    awaiting.HANDLERS,
    between.HANDLERS,
    ledgers.HANDLERS,
    judging.HANDLERS,
    giving.HANDLERS,
    sameness.HANDLERS,
    joint.HANDLERS,
    keeping.HANDLERS,
    conduct.HANDLERS,
    between.AFTERWARDS,
)


async def announce(context: Context, events: list[AnyEvent]) -> None:
    """Tell everybody concerned; call it before the commit with all events of one transaction.

    Raises KeyError for an event that no audience knows.
    """
    telling = Telling(context, events)
    for event in events:
        handlers = [table[type(event)] for table in AUDIENCES if type(event) in table]
        if not handlers:
            raise KeyError(type(event).__name__)
        speaking = quietly(telling, event)
        for handle in handlers:
            await handle(speaking, event)
