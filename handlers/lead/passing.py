"""More than one thing, or rather somebody else's: what a lead asks a worker to do with a task."""

from __future__ import annotations

from typing import Any

from casework.errors import BadValue, NotFound
from casework.statuses import IN_WORK
from casework.use_cases.between import AskForSplit, ProposeHandOn, SuggestHandOn
from handlers.kit.buttons import button
from handlers.kit.callbacks import WorkCD
from handlers.lead.cards import onward_buttons, tasks_button
from handlers.lead.desk import Turn
from handlers.lead.steps import Step, begin, undo_button


async def on_split(turn: Turn, data: WorkCD) -> None:
    """不止一件事: what is left for others?"""
    await begin(turn, Step.split, "lead-split-words", request=data.id)


async def got_split(turn: Turn, request_id: int, words: str) -> None:
    """A worker hears of it."""
    asked = await turn.context.cases(AskForSplit)(turn.actor, request_id, words)
    await turn.say("lead-split-told", onward_buttons(turn.texts, request_id), number=asked.number)


async def on_hand(turn: Turn, data: WorkCD) -> None:
    """转给别家: to whom, and then why."""
    to = await turn.context.uow.organisations.get(_id(data.value)) if data.value else None
    if to is not None:
        return await begin(turn, Step.hand, "lead-hand-why", request=data.id, to=to.id)
    found = await turn.context.cases(SuggestHandOn)(turn.actor, data.id)
    rows = [
        [
            button(
                turn.texts,
                "lead-hand-to",
                WorkCD(action="hand", id=data.id, value=str(c.organisation.id)),
                name=c.organisation.name,
            )
        ]
        for c in found
    ]
    directly = turn.context.community.policy.hand_on_directly
    key = "lead-hand-whom-directly" if directly else "lead-hand-whom"
    undo = [undo_button(turn.texts, data.id)]
    await turn.aside().show(turn.texts(key if rows else "lead-hand-nobody"), [*rows, undo])
    return None


async def got_hand(turn: Turn, data: dict[str, Any], words: str) -> None:
    """With the reason; where the community lets them, it is theirs no more."""
    try:
        request = await turn.context.cases(ProposeHandOn)(turn.actor, data["request"], data["to"], words)
    except (BadValue, NotFound):
        # It rests since the list was shown.
        return await turn.say("lead-hand-nobody", onward_buttons(turn.texts, data["request"]))
    if turn.actor.leads(request.organisation_id) and request.status in IN_WORK:
        return await turn.say("lead-hand-told", onward_buttons(turn.texts, request.id), number=request.number)
    return await turn.say("lead-hand-done", [[tasks_button(turn.texts)]])


def _id(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 18 else 0
