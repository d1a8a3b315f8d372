"""What happened while something was given out to several: pools, teams, claiming meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.entities import Organisation, Request
from casework.giving.meetings import Meeting, Tick
from casework.giving.teams import TeamPart


@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """Organisations may tick; each is shown the requests that it could take."""

    meeting: Meeting
    requests: tuple[Request, ...]
    invited: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class MeetingEnded:
    """The draw is settled, or (`cancelled`) there is none.

    `won` tells who got each request (by request id), `left` what goes back to the worker.
    """

    meeting: Meeting
    requests: tuple[Request, ...]
    ticks: tuple[Tick, ...]
    won: Mapping[int, int]
    left: tuple[Request, ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PartNews:
    """A part of a team's work is what its status says; `by` is the person who did it."""

    request: Request
    part: TeamPart
    organisation: Organisation
    by: int | None = None


GivingEvent = MeetingOpened | MeetingEnded | PartNews
