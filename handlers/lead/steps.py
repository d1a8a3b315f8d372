"""Steps that wait for a lead's own words: begun by a button, undone at any time, forgotten after a while."""

from __future__ import annotations

from typing import Any

from aiogram.fsm.state import State, StatesGroup

from handlers.kit.buttons import button
from handlers.kit.callbacks import WorkCD
from handlers.kit.outgoing import Button
from handlers.kit.steps import wait_for
from handlers.kit.texts import Texts
from handlers.lead.desk import Turn


class Step(StatesGroup):
    """What the next message is taken for."""

    question = State()
    note = State()
    decline = State()
    back = State()
    hours = State()
    people = State()
    proof = State()
    album = State()
    before = State()
    split = State()
    hand = State()


def undo_button(texts: Texts, request_id: int) -> Button:
    """取消 of what was begun."""
    return button(texts, "cancel", WorkCD(action="stop", id=request_id))


async def begin(turn: Turn, step: State, prompt: str, **data: Any) -> None:
    """Ask for words in a new message; `data` must hold `request`."""
    await enter(turn, step, **data)
    view = await turn.see(data["request"])
    text = turn.texts(prompt, number=view.request.number)
    await turn.aside().show(in_group_too(turn, text), [[undo_button(turn.texts, data["request"])]])


async def enter(turn: Turn, step: State, **data: Any) -> None:
    """Wait for the step's message from now on."""
    await wait_for(turn.state, turn.context.now, step, **data)


def in_group_too(turn: Turn, text: Any) -> Any:
    """In a group the bot only hears replies, so the prompt asks for one."""
    if not turn.in_group:
        return text
    return type(text)(f"{text}\n{turn.texts('lead-reply-here')}")
