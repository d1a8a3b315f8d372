"""Where an action finds its transaction: the current one in the bot, a new one in an action server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from casework.catalogue import Community
from casework.entities import Person
from casework.permissions import Actor
from handlers.dialogue.needs import Explain
from handlers.kit.cases import Cases


@dataclass(frozen=True, slots=True)
class Scope:
    """One transaction and for whom an action runs in it. `explain` says why words are understood so."""

    cases: Cases
    actor: Actor
    person: Person
    community: Community
    now: datetime
    explain: Explain | None = None

    @property
    def local_now(self) -> datetime:
        """The present in the community's time zone."""
        return self.now.astimezone(ZoneInfo(self.community.timezone))


class Scopes(Protocol):
    """Gives the scope for a sender; whoever opened a transaction closes it."""

    def __call__(self, sender_id: str) -> AbstractAsyncContextManager[Scope]: ...


_current: ContextVar[Scope] = ContextVar("current_scope")


@contextmanager
def within(scope: Scope) -> Iterator[None]:
    """Make this the ambient scope."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


@asynccontextmanager
async def ambient(sender_id: str) -> AsyncIterator[Scope]:
    """The scope of the update being handled; its transaction is committed by the worker."""
    yield _current.get()
