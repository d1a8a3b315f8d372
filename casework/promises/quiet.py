"""Quiet hours: when they are, who is awake all the same, and the messages that wait for the morning."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from casework.catalogue import Community
from casework.entities import Person
from casework.promises.moments import local, next_time

#: Whoever wrote or pressed a button this short a time ago is awake, and hears everything at once.
AWAKE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """A message (a Bot-API `method` with its `payload`) that waits. `title` says in a few plain words what it
    is; `event`, `request_id` with its `status` then, and `offer_id` tell later whether it still matters."""

    id: int
    chat_id: int
    method: str
    payload: dict[str, Any]
    key: str | None
    title: str
    event: str
    request_id: int | None
    offer_id: int | None
    status: str
    held_at: datetime
    told_at: datetime | None = None
    #: The request whose phone, door or words a lead will see in it.
    reveals: int | None = None


class HeldMessages(Protocol):
    """Messages held back in quiet hours."""

    async def add(self, message: HeldMessage) -> None:
        """Insert (the id given is ignored); a repeated key adds nothing."""

    async def get(self, message_id: int) -> HeldMessage | None: ...

    async def chats(self, limit: int) -> list[int]:
        """Chats for which something waits."""

    async def of_chat(self, chat_id: int) -> list[HeldMessage]:
        """What waits for a chat, oldest first."""

    async def told(self, message_ids: Collection[int], at: datetime) -> None:
        """They have been told; they can still be opened."""

    async def drop(self, message_ids: Collection[int]) -> None:
        """They no longer matter."""


def quiet_until(community: Community, now: datetime) -> datetime | None:
    """When the quiet hours end in which `now` lies; None outside of them."""
    quiet, hour = community.policy.quiet, local(now, community).time()
    if not _within(quiet.start, quiet.end, hour):
        return None
    return next_time(now, community, quiet.end)


def _within(start: time, end: time, hour: time) -> bool:
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def is_awake(person: Person | None, now: datetime) -> bool:
    """Whether somebody was here a moment ago."""
    seen = person.seen_at if person else None
    return seen is not None and now - seen <= AWAKE
