"""A resident who was asked something and says nothing: asked once more, then a worker has to look."""

from __future__ import annotations

from casework.books.ledgers import ProblemKind
from casework.permissions import Actor, Permission
from casework.promises import clocks
from casework.promises.clock_events import AnswerAwaited
from casework.statuses import NoteKind, RequestStatus
from casework.use_case import UseCase
from casework.use_cases.ledgers import RaiseProblem


class AwaitAnswer(UseCase):
    """The resident was asked a while ago."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request_id: int, step: int) -> None:
        """At the last `step` it stands in the problem ledger; late after an outage that is all that is said.

        Does nothing once there was an answer.
        """
        request = await self.request(request_id)
        if request.status is not RequestStatus.WAITING_RESIDENT:
            return
        asked = [n for n in await self.uow.notes.of_request(request.id) if n.kind is NoteKind.QUESTION]
        question = asked[-1].text if asked else ""
        if step == len(clocks.ANSWER_WITHIN):
            await self.other(RaiseProblem)(actor, request, ProblemKind.UNANSWERED, question)
            return
        if request.stopped_at is not None and request.stopped_at + clocks.ANSWER_WITHIN[-1] <= self.now:
            return
        organisation = await self.organisation(request.organisation_id)
        self.uow.record(AnswerAwaited(request, organisation, question))
