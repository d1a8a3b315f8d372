"""/stats: the numbers at once; pictures as soon as they are drawn; the list behind each number."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.books.figures import Axis
from casework.use_cases.figures import BreakDown, ShowFigures
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.spans import LONGEST, read_span
from handlers.admin.stats.asking import read_wanted
from handlers.admin.stats.codes import View, view_of
from handlers.admin.stats.names import UNITS, Names
from handlers.admin.stats.rows import Rows
from handlers.admin.stats.words import PICTURES, SPANS, Overview
from handlers.kit.callbacks import DeskCD, ReportCD

_IN_WORDS = (Axis.GROUP, Axis.CATEGORY, Axis.ORGANISATION, Axis.COMPOUND)


async def on_stats(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/stats [days] [of what] [how]`"""
    names = await Names.of(desk.context)
    wanted = read_wanted(desk.context, names, command.args or "")
    if wanted is None:
        await desk.say("stats-span-please", longest=LONGEST)
    elif wanted.picture:
        await _draw(desk, wanted.view, wanted.picture)
    else:
        await _overview(desk, names, wanted.view, chart=True)


async def on_stats_button(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """From the desk."""
    names = await Names.of(desk.context)
    wanted = read_wanted(desk.context, names, pressed.value)
    if wanted is None:
        await desk.toast("admin-moved-on")
        return
    await _overview(desk.aside(), names, wanted.view, chart=True)


async def on_span(callback: CallbackQuery, pressed: ReportCD, desk: Desk) -> None:
    """The same cut over other days, counted from today."""
    zone = desk.context.community.timezone
    code = pressed.part if pressed.part in SPANS else SPANS[0]
    span = read_span(desk.texts, code, desk.context.now, zone, code)
    view = view_of(pressed, zone)
    if span is not None:
        names = await Names.of(desk.context)
        await _overview(desk.aside(), names, View(span, view.cut), chart=not view.cut.keys)


async def on_show(callback: CallbackQuery, pressed: ReportCD, desk: Desk) -> None:
    """The numbers of a cut."""
    view = view_of(pressed, desk.context.community.timezone)
    await _overview(desk.aside(), await Names.of(desk.context), view, chart=False)


async def _overview(desk: Desk, names: Names, view: View, *, chart: bool) -> None:
    report = await desk.context.cases(ShowFigures)(desk.actor, view.asked)
    by_axis = {}
    for axis in _IN_WORDS if report.tally.total else ():
        by_axis[axis] = await desk.context.cases(BreakDown)(desk.actor, axis, view.asked)
    overview = Overview(names, view, report, by_axis)
    await desk.show(overview.text(), overview.keyboard())
    if chart and report.tally.total:
        await later(desk, "stats_chart", report=view.press("show").pack(), span=view.span.code)


async def on_picture(callback: CallbackQuery, pressed: ReportCD, desk: Desk) -> None:
    """As a picture."""
    view = view_of(pressed, desk.context.community.timezone)
    what = pressed.part if pressed.part in (*PICTURES, *UNITS) else PICTURES[0]
    (await Names.of(desk.context)).title(view)
    await desk.toast("stats-drawing")
    await _draw(desk, view, what)


async def _draw(desk: Desk, view: View, what: str) -> None:
    await desk.context.cases(ShowFigures)(desk.actor, view.asked)
    await later(desk, "stats_picture", report=view.press("by", what).pack())


async def on_table(callback: CallbackQuery, pressed: ReportCD, desk: Desk) -> None:
    """Every entry of an axis; turning its pages stays in one message."""
    rows = await _rows(desk, pressed)
    text, keyboard = await rows.table(pressed.part, pressed.page)
    await (desk if pressed.action == "table" else desk.aside()).show(text, keyboard)


async def on_list(callback: CallbackQuery, pressed: ReportCD, desk: Desk) -> None:
    """The requests behind a number; turning its pages stays in one message."""
    rows = await _rows(desk, pressed)
    text, keyboard = await rows.behind(pressed.part, pressed.page)
    await (desk if pressed.action == "listed" else desk.aside()).show(text, keyboard)


async def _rows(desk: Desk, pressed: ReportCD) -> Rows:
    view = view_of(pressed, desk.context.community.timezone)
    return Rows(desk, await Names.of(desk.context), view)


def make_router() -> Router:
    """Numbers."""
    router = Router(name="admin.stats")
    router.message.register(on_stats, Command("stats"))
    router.callback_query.register(on_stats_button, Pressed(DeskCD, "stats"))
    router.callback_query.register(on_span, Pressed(ReportCD, "span"))
    router.callback_query.register(on_show, Pressed(ReportCD, "show"))
    router.callback_query.register(on_picture, Pressed(ReportCD, "by"))
    router.callback_query.register(on_table, Pressed(ReportCD, "rows", "table"))
    router.callback_query.register(on_list, Pressed(ReportCD, "list", "listed"))
    return router
