"""/export: the ledger as a file, as soon as it is made."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.permissions import Permission, require
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.spans import LONGEST, Span, read_span
from handlers.kit.callbacks import DeskCD


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
    """Ledgers."""
    router = Router(name="admin.reports")
    router.message.register(on_export, Command("export"))
    router.callback_query.register(on_export_button, Pressed(DeskCD, "export"))
    return router
