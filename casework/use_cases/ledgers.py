"""The problem ledger and the rectification ledger: how something gets in, and how it is over."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.ledgers import Problem, ProblemKind, Rectification, RectificationState
from casework.entities import Organisation, Request
from casework.errors import BadValue, NotFound, WrongState
from casework.events import ProblemRaised
from casework.permissions import Actor, Permission
from casework.statuses import OfferStatus
from casework.use_case import UseCase

LONGEST_WORDS = 500


class RaiseProblem(UseCase):
    """Enter what went wrong with a request; only other use cases and timers call it."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self,
        actor: Actor,
        request: Request,
        kind: ProblemKind,
        words: str = "",
        organisation_id: int | None = None,
    ) -> Problem | None:
        """`organisation_id` is whose fault it may be, by default whoever holds the request. None when it
        stands there already."""
        problem = await self.uow.problems.add(
            Problem(
                0,
                self.community.id,
                kind,
                request.id,
                organisation_id or request.organisation_id,
                words[:LONGEST_WORDS],
                self.now,
            )
        )
        if problem is not None:
            self.uow.record(ProblemRaised(request, problem))
        return problem


class EnterProblem(UseCase):
    """A worker enters a complaint about a request by hand: somebody rang up, or came by."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, words: str) -> Problem:
        """Raises NotFound, BadValue for words that are empty or too long, WrongState when a complaint about
        it is open already."""
        request = await self.request(request_id)
        if not words.strip() or len(words) > LONGEST_WORDS:
            raise BadValue(field="words")
        problem = await self.uow.problems.add(
            Problem(
                0,
                self.community.id,
                ProblemKind.COMPLAINT,
                request.id,
                request.organisation_id,
                words.strip(),
                self.now,
            )
        )
        if problem is None:
            raise WrongState(number=request.number, status=request.status.value, action="problem")
        return problem


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem with all that belongs to it; rectifications oldest first."""

    problem: Problem
    request: Request | None
    organisation: Organisation | None
    rectifications: tuple[Rectification, ...]


class SeeProblem(UseCase):
    """One entry of the problem ledger."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, problem_id: int) -> ProblemView:
        """Raises NotFound."""
        problem = await self.uow.problems.get(problem_id)
        if problem is None:
            raise NotFound(what="problem", id=problem_id)
        request = await self.uow.requests.get(problem.request_id) if problem.request_id else None
        rectified = await self.uow.rectifications.of_problems([problem.id])
        return ProblemView(
            problem,
            request,
            await self.uow.organisations.get(problem.organisation_id or 0),
            tuple(rectified.get(problem.id, ())),
        )


class CloseProblem(UseCase):
    """It needs no putting right: why, in words."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, problem_id: int, words: str) -> Problem:
        """Raises BadValue without words, WrongState when it is closed, or while something is being put
        right: then only the check closes it."""
        view = await self.other(SeeProblem)(actor, problem_id)
        if not words.strip() or len(words) > LONGEST_WORDS:
            raise BadValue(field="words")
        open_ = any(r.state is not RectificationState.CLOSED for r in view.rectifications)
        closed = not open_ and await self.uow.problems.close(
            problem_id, self.now, actor.person_id, words.strip()
        )
        if not closed:
            raise WrongState(number=problem_id, status="closed", action="close")
        return (await self.other(SeeProblem)(actor, problem_id)).problem


async def note_that_nobody_would(case: UseCase, actor: Actor, request: Request) -> None:
    """Everybody who could was asked and said no, or kept silent: it goes into the problem ledger."""
    offers = await case.uow.offers.of_request(request.id)
    refused = [o for o in offers if o.status is OfferStatus.DECLINED]
    silent = [o for o in offers if o.status is OfferStatus.EXPIRED]
    if not refused and not silent:
        return
    last = (refused or silent)[-1]
    kind = ProblemKind.REFUSED if refused else ProblemKind.UNANSWERED
    # The reason may be a code; whoever reads the ledger finds all of them in the history.
    await case.other(RaiseProblem)(actor, request, kind, organisation_id=last.organisation_id)
