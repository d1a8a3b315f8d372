"""Who advertises, insults, or calls for help again and again is heard, but not blindly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from casework.entities import Request
from casework.statuses import RequestStatus

#: Offences and calls for help count for so long.
COUNTS_FOR = timedelta(days=1)
#: A call that was solved was one for good reason.
_HAD_REASON = frozenset({RequestStatus.DONE, RequestStatus.CONFIRMED})


class Offence(StrEnum):
    """What nobody should write here; the codes are those of the dialogue acts."""

    ADVERT = "advert"
    ABUSE = "abuse"


class Offences(Protocol):
    """Who wrote what they should not have."""

    async def add(self, person_id: int, kind: Offence, at: datetime) -> None:
        """One more."""

    async def count(self, person_id: int, since: datetime) -> int:
        """How many since then."""

    async def forget(self, before: datetime) -> None:
        """All that is older."""


def calls_before(requests: Iterable[Request], this: Request, now: datetime) -> int:
    """How often the resident of `this` lately called for help before, without a reason that was found."""
    return sum(
        1
        for request in requests
        if request.urgent
        and request.id != this.id
        and request.created_at >= now - COUNTS_FOR
        and request.status not in _HAD_REASON
    )
