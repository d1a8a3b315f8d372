"""/request, /find and /late: looking without changing anything."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from casework.use_cases.reading import FindRequests, ListLate
from handlers.admin.cards import list_buttons, list_text, timeline
from handlers.admin.desk import Desk, Pressed, Step, heard
from handlers.admin.pages import cut, turn_buttons
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD, PageCD, TriageCD
from handlers.kit.cards import Cards
from handlers.kit.texts import Markup

_PAGE = 8


async def on_request(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/request <number>`: everything that is known of it."""
    view = await desk.by_number((command.args or "").strip(), "/request 7")
    if view is not None:
        text, keyboard = await desk.card(view)
        await desk.show(Markup(f"{text}\n\n{await timeline(desk.context, view)}"), keyboard)


async def on_history(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """The time line alone."""
    view = await desk.see(pressed.id)
    back = button(desk.texts, "admin-back", TriageCD(action="show", id=pressed.id))
    head = desk.texts("admin-about", number=view.request.number)
    await desk.aside().show(Markup(f"{head}\n{await timeline(desk.context, view)}"), [[back]])


async def on_late(message: Message, desk: Desk) -> None:
    """`/late`"""
    await _late(desk, 0)


async def on_late_page(callback: CallbackQuery, pressed: PageCD, desk: Desk) -> None:
    """Another page."""
    await _late(desk, pressed.page)


async def _late(desk: Desk, page: int) -> None:
    requests = await desk.context.cases(ListLate)(desk.actor)
    if not requests:
        await desk.show(desk.texts("admin-late-nothing"))
        return
    shown, page, pages = cut(requests, page, _PAGE)
    head = desk.texts("admin-late-head", count=len(requests))
    keyboard = [*list_buttons(shown), turn_buttons(desk.texts, "late", page, pages)]
    await desk.show(Markup(f"{head}\n\n{list_text(desk.context, shown)}"), keyboard)


async def on_find(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/find <words>`"""
    words = (command.args or "").strip()
    if words:
        await _find(desk, words)
    else:
        await desk.wait_for(Step.find)
        await desk.say("admin-find-please")


async def on_find_button(callback: CallbackQuery, desk: Desk) -> None:
    """From the desk."""
    await desk.wait_for(Step.find)
    await desk.aside().say("admin-find-please")


async def on_find_words(message: Message, desk: Desk) -> None:
    """What was asked for."""
    got = await heard(desk, message, Step.find)
    if got is not None:
        await _find(desk, got[0])


async def on_find_further(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """Further back, for the words that were looked for last."""
    data = await desk.waited_for(Step.found)
    if data is None or str(data["before"]) != pressed.value:
        await desk.toast("admin-find-again")
        return
    await _find(desk.aside(), data["words"], data["before"])


async def _find(desk: Desk, words: str, before: int | None = None) -> None:
    found = await desk.context.cases(FindRequests)(desk.actor, words, before)
    shown = words[:50]
    if found.before is None and not found.requests:
        await desk.say("admin-find-nothing" if before is None else "admin-find-no-more", words=shown)
        return
    lines = [desk.texts("admin-find-head", count=len(found.requests), words=shown)]
    lines += [list_text(desk.context, found.requests)] if found.requests else []
    rows = list_buttons(found.requests)
    if found.before is not None and found.since is not None:
        await desk.wait_for(Step.found, words=words, before=found.before)
        since = Cards(desk.texts, desk.context.community).when(found.since, desk.context.now)
        lines.append(desk.texts("admin-find-since", since=since))
        further = DeskCD(action="find_on", value=str(found.before))
        rows.append([button(desk.texts, "admin-find-further", further)])
    await desk.show(Markup("\n\n".join(lines)), rows)


def make_router() -> Router:
    """Looking things up."""
    router = Router(name="admin.look")
    router.message.register(on_request, Command("request"))
    router.message.register(on_late, Command("late"))
    router.message.register(on_find, Command("find"))
    router.message.register(on_find_words, StateFilter(Step.find))
    router.callback_query.register(on_history, Pressed(TriageCD, "history"))
    router.callback_query.register(on_late_page, Pressed(PageCD, "late"))
    router.callback_query.register(on_find_button, Pressed(DeskCD, "find"))
    router.callback_query.register(on_find_further, Pressed(DeskCD, "find_on"))
    return router
