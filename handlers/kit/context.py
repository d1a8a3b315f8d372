"""Everything a conversation needs for one update or one timer, in one object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.catalogue import Community
from casework.ports import Clock
from handlers.forms import FormWriter
from handlers.kit.cases import Cases
from handlers.kit.outgoing import Outgoing
from handlers.kit.texts import Texts
from handlers.ports import ChartDrawer, ChatUnitOfWork, Learning


@dataclass(frozen=True, slots=True)
class Context:
    """The transaction and what speaks through it. `admins` are the workers' user ids;
    `charts` is there for whatever draws reports outside of the transaction, `learning` where the reader
    of this process can learn anew."""

    uow: ChatUnitOfWork
    clock: Clock
    community: Community
    out: Outgoing
    admins: frozenset[int]
    bot_username: str = ""
    charts: ChartDrawer | None = None
    learning: Learning | None = None
    #: Chats of whoever acts in this transaction; empty when time alone does.
    acting: frozenset[int] = frozenset()
    #: Writes ledgers as sheets, outside of the transaction.
    forms: FormWriter | None = None

    @property
    def cases(self) -> Cases:
        """Use cases in this transaction."""
        return Cases(self.uow, self.clock, self.community)

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.out.texts

    @property
    def now(self) -> datetime:
        """The present, timezone-aware UTC."""
        return self.clock.now()
