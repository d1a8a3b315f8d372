"""How something gets into the ledgers."""

from __future__ import annotations

from casework.entities import Request
from casework.events import ProblemRaised
from casework.ledgers import Problem, ProblemKind
from casework.permissions import Actor, Permission
from casework.use_case import UseCase


class RaiseProblem(UseCase):
    """Enter what went wrong with a request; only other use cases and timers call it."""

    permission = Permission.RUN_TIMERS

    async def __call__(
        self, actor: Actor, request: Request, kind: ProblemKind, words: str = ""
    ) -> Problem | None:
        """None when it stands there already."""
        problem = await self.uow.problems.add(
            Problem(0, self.community.id, kind, request.id, request.organisation_id, words, self.now)
        )
        if problem is not None:
            self.uow.record(ProblemRaised(request, problem))
        return problem
