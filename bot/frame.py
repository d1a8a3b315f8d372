"""What stays the same from update to update, and how one transaction becomes a `Context`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.charts import ChildCharts
from bot.clock import SystemClock
from bot.forms import ChildForms
from bot.watching.sight import Sight, WatchedReader
from casework.catalogue import Community
from handlers.kit.context import Context
from handlers.kit.outgoing import Outgoing
from handlers.kit.texts import Texts
from handlers.ports import Learning

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


class ReaderSeat:
    """Where the reader will be: it loads in a thread while the rest of the program starts."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.reader: Any = None
        #: Which change of the model in use it is (`nlu.versions.Pointer.serial`).
        self.serial = 0

    def seat(self, reader: Any, serial: int = 0) -> None:
        """The reader has come, or another one takes its place between two messages."""
        self.reader = reader
        self.serial = serial
        self.ready.set()


@dataclass(slots=True)
class Frame:
    """One community's program. `username` is known once the messenger has said it."""

    community: Community
    clock: SystemClock
    texts: Texts
    admins: frozenset[int]
    charts: ChildCharts = field(default_factory=ChildCharts)
    seat: ReaderSeat = field(default_factory=ReaderSeat)
    username: str = ""
    learning: Learning | None = None
    forms: ChildForms = field(default_factory=ChildForms)
    sight: Sight = field(default_factory=Sight)

    def watched_reader(self) -> WatchedReader | None:
        """The reader for conversations, its time and certainty counted; None while it has not come."""
        reader = self.seat.reader
        return None if reader is None else WatchedReader(reader, self.sight)

    def context(self, uow: UnitOfWork) -> Context:
        """The context of one transaction."""
        out = Outgoing(uow.outbox, self.texts)
        return Context(
            uow,
            self.clock,
            self.community,
            out,
            self.admins,
            self.username,
            self.charts,
            self.learning,
            forms=self.forms,
        )
