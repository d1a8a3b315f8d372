"""Use cases for the person who is speaking, inside the current transaction."""

from __future__ import annotations

from typing import TypeVar

from casework.catalogue import Community
from casework.ports import Clock, UnitOfWork
from casework.use_case import UseCase

_T = TypeVar("_T", bound=UseCase)


class Cases:
    """Makes use cases: `await cases(AcceptOffer)(actor, offer_id)`."""

    def __init__(self, uow: UnitOfWork, clock: Clock, community: Community) -> None:
        self.uow = uow
        self.clock = clock
        self.community = community

    def __call__(self, kind: type[_T]) -> _T:
        """The use case, bound to this transaction."""
        return kind(self.uow, self.clock, self.community)
