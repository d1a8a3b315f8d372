"""Words about work in hand or done: answers, notes, solved or not, praise and complaint."""

from __future__ import annotations

from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.filing import RaiseVoice
from casework.use_cases.leads import Attachment
from casework.use_cases.reading import SeeRequest
from casework.use_cases.residents import (
    AddResidentNote,
    ConfirmSolved,
    ReportUnsolved,
)
from handlers.dialogue import words
from handlers.dialogue.actions.base import CaseAction, Turn, tap_request
from handlers.dialogue.actions.requests import CHANGEABLE, Change, meant, mine
from handlers.dialogue.state import Step


class AnswerQuestion(CaseAction):
    """The answer to what an organisation asked."""

    action_name = "action_answer_question"

    async def act(self, turn: Turn) -> None:
        """`value` is the request's id. Passed on in the resident's words."""
        request = await turn.scope.cases(AddResidentNote)(
            turn.scope.actor, int(turn.one("value")), turn.text, Attachment(), turn.masked
        )
        if turn.act == "change" and turn.said() and request.status in CHANGEABLE:
            # 「改到后天上午」 answers, and is a change all the same.
            await Change(self.scopes).on(turn, request, turn.text, turn.masked, turn.said())
            return
        turn.say("answer-passed-on", number=request.number)


class TakeNote(CaseAction):
    """Words for a request: after 补充 or 没解决 was pressed, or written as a reply to a message about it."""

    action_name = "action_take_note"

    async def act(self, turn: Turn) -> None:
        """Goes to whoever works on it, or to the worker who decides about reopening."""
        pending = turn.answered() if turn.slot("step") == Step.NOTE else {}
        request_id = int(turn.one("about") or pending["ids"][0])
        request = (await turn.scope.cases(SeeRequest)(turn.scope.actor, request_id)).request
        if pending.get("kind") == "unsolved" or (request.status in _FINISHED and words.unsolved(turn.text)):
            await turn.scope.cases(ReportUnsolved)(turn.scope.actor, request_id, turn.text)
            turn.say("unsolved-words-noted", number=request.number)
        elif turn.said() and request.status in CHANGEABLE:
            await Change(self.scopes).on(turn, request, turn.text, turn.masked, turn.said())
        elif request.status in CLOSED:
            turn.say("note-too-late", number=request.number)
        else:
            await turn.scope.cases(AddResidentNote)(
                turn.scope.actor, request_id, turn.text, Attachment(), turn.masked
            )
            turn.say("note-added", number=request.number, item={"item_name": request.item})


class ConfirmSolvedInWords(CaseAction):
    """「修好了」 about work that is said to be done."""

    action_name = "action_confirm_solved"

    async def act(self, turn: Turn) -> None:
        """Asks which when several wait for the word."""
        done = meant(turn, [r for r in await mine(turn) if r.status is RequestStatus.DONE])
        if len(done) == 1:
            await turn.scope.cases(ConfirmSolved)(turn.scope.actor, done[0].id)
            return
        rows = [
            [tap_request("solved-which", "solved", r, number=r.number[-4:], item={"item_name": r.item})]
            for r in done
        ]
        turn.say("solved-which", rows)


class Complain(CaseAction):
    """Not content: 还是漏 about finished work asks for a reopening, anything else reaches a worker."""

    action_name = "action_complain"

    async def act(self, turn: Turn) -> None:
        """About work in hand it is also a note to whoever does it."""
        requests = await mine(turn)
        finished = meant(turn, [r for r in requests if r.status in _FINISHED])
        running = meant(turn, [r for r in requests if r.status in CHANGEABLE])
        if finished and (words.unsolved(turn.text) or not running):
            request = await turn.scope.cases(ReportUnsolved)(turn.scope.actor, finished[0].id, turn.text)
            turn.say("unsolved-noted", number=request.number, item={"item_name": request.item})
            return
        if len(running) == 1:
            await turn.scope.cases(AddResidentNote)(
                turn.scope.actor, running[0].id, turn.text, Attachment(), turn.masked
            )
        await turn.scope.cases(RaiseVoice)(
            turn.scope.actor, "complaint", turn.text, turn.said().get("contact", "")
        )
        turn.say("complaint-noted", [[turn.tap("human", "human")]])


_FINISHED = frozenset({RequestStatus.DONE, RequestStatus.CONFIRMED, RequestStatus.REOPEN_REQUESTED})


class Praise(CaseAction):
    """Kind words are passed on; where a word or stars are still due, they are asked for."""

    action_name = "action_praise"

    async def act(self, turn: Turn) -> None:
        """Praise confirms nothing by itself."""
        await turn.scope.cases(RaiseVoice)(turn.scope.actor, "praise", turn.text)
        done = [r for r in await mine(turn) if r.status is RequestStatus.DONE]
        if done:
            rows = [[tap_request("solved", "solved", done[0]), tap_request("unsolved", "unsolved", done[0])]]
            turn.say("praise-is-it-solved", rows, number=done[0].number, item={"item_name": done[0].item})
        else:
            turn.say("praise-noted")
