"""The three rates by which work is judged: one definition, always with numerator and denominator.

响应率 response: requests whose first human answer (yes or no) came before the end of the first offer ÷ those
dispatched. An offer still within its time is not counted yet, for its end is not known; nor is one that was
withdrawn before its end. Of one organisation: its offers in the place of the requests.

解决率 solved: requests of which a person said that they are solved ÷ requests of which the resident was
asked and could be reached. Silence is not yes; who was rung up three times in vain is not counted at all.

满意率 satisfied: ratings of four stars and more ÷ ratings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.entities import Request, Workload
from casework.reports import RequestFilter

#: From so many stars on somebody is content.
SATISFIED_FROM = 4


class RateKind(StrEnum):
    """Which of the three."""

    RESPONSE = "response"
    SOLVED = "solved"
    SATISFIED = "satisfied"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    numerator: int = 0
    denominator: int = 0

    @property
    def share(self) -> float | None:
        """0..1; None where nothing is known."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """Such as 90%, rounded down: 99.6 of a hundred are not all; a dash where nothing is known."""
        return f"{100 * self.numerator // self.denominator}%" if self.denominator else "—"

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class Rates:
    """The three together."""

    response: Rate = Rate()
    solved: Rate = Rate()
    satisfied: Rate = Rate()

    def of(self, kind: RateKind) -> Rate:
        """One of them by its code."""
        found: Rate = getattr(self, kind.value)
        return found

    def __add__(self, other: Rates) -> Rates:
        return Rates(
            self.response + other.response, self.solved + other.solved, self.satisfied + other.satisfied
        )


def rates_of(workload: Workload) -> Rates:
    """The rates of an organisation over all its time."""
    return Rates(
        Rate(workload.in_time, workload.ended),
        Rate(workload.confirmed, workload.asked),
        Rate(workload.satisfied, workload.rating_count),
    )


class RateFinder(Protocol):
    """The rates of requests created in a span (`uow.rates`)."""

    async def of(self, wanted: RequestFilter, now: datetime) -> Rates:
        """Of all that match; what ends after `now` is not known yet."""

    async def by_organisation(self, wanted: RequestFilter, now: datetime) -> dict[int, Rates]:
        """Of each organisation that was asked or has worked; the others are missing."""

    async def behind(
        self,
        kind: RateKind,
        wanted: RequestFilter,
        now: datetime,
        *,
        counted: bool | None = None,
        limit: int = 20,
        after: int = 0,
    ) -> list[Request]:
        """The requests behind a rate, by id from `after` on: all of the denominator, or only those that are
        (`counted`) or are not in the numerator."""
