"""What people can do, as a table: a new use case becomes a rule of the machine by a row in an `acts_*.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.simulation.stage import Stage
from casework.entities import Request
from casework.permissions import Actor
from casework.statuses import RequestStatus
from tests.casework.lifecycle.house import WORKERS, Picture

Run = Callable[["Try"], Awaitable[Any]]


class Who(StrEnum):
    """To whom an act belongs."""

    OWNER = "owner"
    LEAD = "lead"
    WORKER = "worker"


@dataclass(frozen=True)
class Act:
    """One thing somebody may do. `at`: where it is mostly done (it is tried elsewhere too).

    Where `outsiders_refused`, nobody else may do it. `weight`: how often it is chosen among what is likely.
    """

    name: str
    who: Who
    at: frozenset[RequestStatus]
    run: Run
    outsiders_refused: bool = True
    weight: int = 1

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Try:
    """An act about to be done. `n` is any number: whatever there is to choose is chosen by it."""

    stage: Stage
    actor: Actor
    request: Request
    picture: Picture
    n: int

    async def __call__(self, kind: type[Any], *given: Any, **named: Any) -> Any:
        """The use case, for the actor."""
        return await self.stage.act(kind, self.actor, *given, **named)

    @property
    def id(self) -> int:
        """The request's."""
        return self.request.id

    @property
    def offer_id(self) -> int:
        """An open offer the actor may answer; else any of the request; else none there is."""
        offers = self.picture.offers.get(self.request.id, [])
        mine = [o for o in self.picture.open_offers(self.request.id) if self.actor.leads(o.organisation_id)]
        choice = mine or offers
        return choice[self.n % len(choice)].id if choice else 0

    @property
    def organisation_id(self) -> int:
        """Any organisation."""
        known = sorted(self.picture.loads)
        return known[self.n % len(known)]

    @property
    def other_request(self) -> Request:
        """Another request; the same where there is only one."""
        known = sorted(self.picture.requests)
        return self.picture.requests[known[(known.index(self.request.id) + 1) % len(known)]]


def candidates(act: Act, picture: Picture) -> list[int]:
    """The requests where the act is mostly done; all when there is none."""
    fitting = [i for i, request in sorted(picture.requests.items()) if request.status in act.at]
    return fitting or sorted(picture.requests)


def who_may(act: Act, request: Request, picture: Picture, n: int) -> int:
    """The id of a person to whom the act belongs."""
    if act.who is Who.OWNER:
        return request.resident_id
    if act.who is Who.WORKER:
        return WORKERS[n % len(WORKERS)]
    holders = {o.organisation_id for o in picture.open_offers(request.id)} | {request.organisation_id}
    leads = [lead for lead, its in sorted(picture.leads.items()) if its in holders]
    return leads[n % len(leads)] if leads else sorted(picture.leads)[n % len(picture.leads)]


def all_acts() -> list[Act]:
    """Of every `acts_*.py` beside this file."""
    found = []
    for path in sorted(Path(__file__).parent.glob("acts_*.py")):
        found += import_module(f"tests.casework.lifecycle.{path.stem}").ACTS
    return found
