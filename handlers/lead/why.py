"""/why for a lead: what the reader had heard of the work in hand, so that work gone astray is handed back."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from casework.audit import Act
from casework.entities import Person
from casework.errors import NotFound
from casework.permissions import Actor
from casework.use_cases.explaining import ExplainReading
from handlers.kit.context import Context
from handlers.kit.revealing import revealing
from handlers.kit.texts import Markup
from handlers.kit.why import Why
from handlers.lead.desk import Turn
from handlers.lead.tasks import named_task


async def on_why(
    message: Message,
    command: CommandObject,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """/why 20261121-0007"""
    turn = Turn.said(message, context, actor, person, state)
    request = await named_task(context, actor, command)
    if request is None or not turn.holds(request):
        await turn.say("why-lead-not-yours")
        return
    if turn.in_group:
        # The words that decided may tell what a group is not told.
        await turn.say("why-lead-private", number=request.number)
        return
    try:
        kept = await context.cases(ExplainReading)(actor, request.id)
    except NotFound:
        await turn.say("why-lead-not-yours")
        return
    if kept is None:
        await turn.say("why-none")
        return
    told = Why(context, request, kept, everything=False).text(())
    out = revealing(context, request, Act.OPENED).out
    await out.send(turn.chat_id, Markup(f"{turn.texts('why-lead-head')}\n{told}"))


def make_router() -> Router:
    """Why."""
    router = Router(name="lead.why")
    router.message.register(on_why, Command("why"))
    return router
