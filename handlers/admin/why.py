"""/why: what the reader had heard, to whom it was given and why, and a picture of it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.use_cases.explaining import ExplainReading
from casework.use_cases.reading import RequestView
from handlers.admin.decisions import match_words
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD
from handlers.kit.why import Why


async def on_why(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/why <number>`"""
    view = await desk.by_number((command.args or "").strip(), "/why 7")
    if view is not None:
        await _why(desk, view)


async def on_why_button(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """From a card."""
    await _why(desk.aside(), await desk.see(pressed.id))


async def on_chart(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """The candidates and the words as a picture."""
    view = await desk.see(pressed.id)
    if await desk.context.cases(ExplainReading)(desk.actor, view.request.id) is None:
        await desk.aside().say("why-none")
        return
    await desk.toast("why-chart-drawing")
    await later(desk, "why_chart", request=str(view.request.id))


async def _why(desk: Desk, view: RequestView) -> None:
    kept = await desk.context.cases(ExplainReading)(desk.actor, view.request.id)
    row = [button(desk.texts, "admin-back", TriageCD(action="show", id=view.request.id))]
    if kept is None:
        await desk.say("why-none")
    else:
        told = Why(desk.context, view.request, kept, everything=True).text(view.history)
        chart = button(desk.texts, "why-chart", TriageCD(action="why_chart", id=view.request.id))
        await desk.show(told, [[chart]])
    await _match(desk, view, [row])


async def _match(desk: Desk, view: RequestView, keyboard: list[list[tuple[str, str]]]) -> None:
    told = await match_words(desk, view)
    if told is None:
        await desk.say("admin-why-nobody", keyboard, number=view.request.number)
    else:
        await desk.show(told, keyboard)


def make_router() -> Router:
    """Why."""
    router = Router(name="admin.why")
    router.message.register(on_why, Command("why"))
    router.callback_query.register(on_why_button, Pressed(TriageCD, "why"))
    router.callback_query.register(on_chart, Pressed(TriageCD, "why_chart"))
    return router
