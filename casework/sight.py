"""How long a lead may see phone, door and full words of a resident, and which messages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from casework.catalogue import Community
from casework.entities import Request
from casework.statuses import CLOSED, IN_WORK, RequestStatus

#: Work in hand, work whose end is open, and for some days after the end.
_TAKEN = IN_WORK | {RequestStatus.DONE, RequestStatus.REOPEN_REQUESTED, RequestStatus.CONFIRMED}
#: A messenger lets a bot delete its message for two days.
_DELETABLE = timedelta(hours=47)
#: Whoever still works on it is looked at again after this time.
LOOK_AGAIN = timedelta(days=1)


class ShowingKind(StrEnum):
    """What the message is, and with that how it can be folded."""

    TEXT = "text"
    #: A file that another one can be put in place of, or one whose caption alone can be changed.
    MEDIA = "media"
    CAPTION = "caption"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Showing:
    """A message in a lead's chat or an organisation's group that shows what is personal in a request."""

    chat_id: int
    message_id: int
    request_id: int
    kind: ShowingKind
    sent_at: datetime
    look_at: datetime


class Showings(Protocol):
    """Messages that have to be folded some day."""

    async def add(self, showing: Showing) -> None:
        """In the place of what the same message showed before."""

    async def gone(self, chat_id: int, message_id: int) -> None:
        """The message says something else by now, or was folded."""

    async def due(self, now: datetime, limit: int) -> list[Showing]:
        """Those to be looked at, oldest first."""

    async def look_again(self, showing: Showing, at: datetime) -> None:
        """It may still be seen."""


def over_since(request: Request) -> datetime | None:
    """Since when nobody needs to go there any more; None while somebody does."""
    if request.status in CLOSED:
        return request.closed_at or request.updated_at
    if request.status is RequestStatus.DONE:
        return request.done_at or request.updated_at
    return None


def lead_sees(request: Request, community: Community, now: datetime) -> bool:
    """Whether the organisation that took it may see everything now."""
    if request.status not in _TAKEN or request.wiped_at is not None:
        return False
    since = over_since(request)
    return since is None or now < since + timedelta(days=community.policy.sight_days)


def first_look(kind: ShowingKind, sent_at: datetime, community: Community) -> datetime:
    """When to look at a message for the first time."""
    span = timedelta(days=community.policy.sight_days)
    # The card's text goes on showing the phone as long as it may be seen.
    return sent_at + (min(span, _DELETABLE) if kind is ShowingKind.CONTACT else span)
