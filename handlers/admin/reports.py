"""/stats and /export: the numbers at once; pictures and files as soon as they are made."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.permissions import Permission, require
from casework.use_cases.reading import ShowStatistics
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.figures import Figures
from handlers.admin.spans import LONGEST, Span, read_span
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD
from handlers.kit.context import Context

_SPANS = ("7", "30", "week", "month")


async def on_stats(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/stats [7|30|week|month]`"""
    await _stats(desk, command.args or "")


async def on_stats_button(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """Another span."""
    await _stats(desk.aside(), pressed.value)


async def _stats(desk: Desk, typed: str) -> None:
    span = _span(desk, typed, "7")
    if span is None:
        await desk.say("stats-span-please", longest=LONGEST)
        return
    counts = await desk.context.cases(ShowStatistics)(desk.actor, span.since, span.until)
    names = await organisation_names(desk.context, counts.by_organisation)
    row = [button(desk.texts, f"stats-{s}", DeskCD(action="stats", value=s)) for s in _SPANS]
    export = button(desk.texts, "admin-export-these", DeskCD(action="export", value=span.code))
    figures = Figures(desk.texts, desk.context.community, span, counts, names)
    await desk.show(figures.text(), [row, [export]])
    if counts.total:
        await later(desk, "stats_chart", span=span.code)


async def organisation_names(context: Context, ids: dict[int, int]) -> dict[int, str]:
    """Names by id."""
    return {o.id: o.name for o in await context.uow.organisations.all() if o.id in ids}


def _span(desk: Desk, typed: str, default: str) -> Span | None:
    return read_span(desk.texts, typed, desk.context.now, desk.context.community.timezone, default)


async def on_export(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/export [days]`"""
    await _export(desk, command.args or "")


async def on_export_button(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """The span of a report, or the usual one."""
    await _export(desk.aside(), pressed.value)


async def _export(desk: Desk, typed: str) -> None:
    require(desk.actor, Permission.READ_REPORTS)
    span = _span(desk, typed, "30")
    if span is None:
        await desk.say("export-span-please", longest=LONGEST)
        return
    await desk.say("export-wait", span=span.name(desk.texts), dates=span.dates(desk.texts))
    await later(desk, "export", span=span.code)


def make_router() -> Router:
    """Numbers and ledgers."""
    router = Router(name="admin.reports")
    router.message.register(on_stats, Command("stats"))
    router.message.register(on_export, Command("export"))
    router.callback_query.register(on_stats_button, Pressed(DeskCD, "stats"))
    router.callback_query.register(on_export_button, Pressed(DeskCD, "export"))
    return router
