"""The root of all use cases: the permission is checked before the first line runs."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from casework.audit import Act, Fact, role_of
from casework.books import believing
from casework.catalogue import Community
from casework.entities import Organisation, Person, Request
from casework.errors import NotFound
from casework.permissions import Actor, Permission, Role, require
from casework.ports import Clock, UnitOfWork
from casework.promises import clocks
from casework.transitions import Action, move

_T = TypeVar("_T", bound="UseCase")


def _guarded(run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(run)
    async def checked(self: UseCase, actor: Actor, *args: Any, **kwargs: Any) -> Any:
        require(actor, type(self).permission)
        if actor.community_id != self.community.id:
            raise NotFound(what="community", id=actor.community_id)
        return await run(self, actor, *args, **kwargs)

    return checked


class UseCase:
    """One thing somebody can do, run inside the unit of work it was made with."""

    permission: ClassVar[Permission | None] = None

    def __init__(self, uow: UnitOfWork, clock: Clock, community: Community) -> None:
        self.uow = uow
        self.clock = clock
        self.community = community

    def __init_subclass__(cls) -> None:
        run = cls.__dict__.get("__call__")
        if run is not None:
            setattr(cls, "__call__", _guarded(run))  # noqa: B010

    @property
    def now(self) -> datetime:
        """The present, timezone-aware UTC."""
        return self.clock.now()

    def other(self, kind: type[_T]) -> _T:
        """Another use case in the same transaction."""
        return kind(self.uow, self.clock, self.community)

    def audit(self, act: Act, actor: Actor, request_id: int | None = None, **facts: Fact) -> None:
        """Write down who looked or changed something; see `casework.audit`."""
        self.uow.audit.note(act, actor.person_id, role_of(actor), request_id, **facts)

    async def request(self, request_id: int) -> Request:
        """The request, ours alone until the transaction ends. Raises NotFound."""
        found = await self.uow.requests.get(request_id, lock=True)
        if found is None:
            raise NotFound(what="request", id=request_id)
        return found

    async def person(self, actor: Actor) -> Person:
        """Who is asking. Raises NotFound for somebody never seen."""
        found = await self.uow.people.get(actor.person_id or 0)
        if found is None:
            raise NotFound(what="person", id=actor.person_id)
        return found

    async def organisation(self, organisation_id: int | None) -> Organisation:
        """The organisation. Raises NotFound."""
        found = await self.uow.organisations.get(organisation_id) if organisation_id else None
        if found is None:
            raise NotFound(what="organisation", id=organisation_id)
        return found

    async def move(
        self,
        request: Request,
        action: Action,
        actor: Actor,
        as_role: Role,
        reason: str = "",
        **changes: object,
    ) -> Request:
        """Move by the table, change fields, write with history. Raises WrongState or Conflict."""
        moved, entry = move(request, action, actor, self.now, as_role=as_role, reason=reason)
        moved = clocks.clocked(self.community, request, moved.with_(**changes), action, self.now)
        await self.uow.requests.save(moved, entry)
        await clocks.follow(self.uow, self.community, request, moved, self.now)
        await believing.follow(self.uow, request, moved, self.now)
        return moved
