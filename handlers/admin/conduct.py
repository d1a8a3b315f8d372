"""A worker's buttons about somebody's behaviour."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from casework.errors import WrongState
from casework.use_cases.conduct import CallEverybody
from casework.use_cases.organisations import MuteResident
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import ConductCD


async def on_mute(callback: CallbackQuery, pressed: ConductCD, desk: Desk) -> None:
    """Answered no more, but for danger; with the way back."""
    await desk.context.cases(MuteResident)(desk.actor, pressed.id, muted=True)
    undo = button(desk.texts, "conduct-unmute", ConductCD(action="unmute", id=pressed.id))
    await desk.toast("admin-done")
    await desk.show(desk.texts("conduct-muted"), [[undo]])


async def on_unmute(callback: CallbackQuery, pressed: ConductCD, desk: Desk) -> None:
    """Answered again."""
    await desk.context.cases(MuteResident)(desk.actor, pressed.id, muted=False)
    await desk.toast("admin-done")
    await desk.show(desk.texts("conduct-unmuted"), None)


async def on_leave(callback: CallbackQuery, pressed: ConductCD, desk: Desk) -> None:
    """Nothing is done about it."""
    await desk.toast("admin-done")
    await desk.show(desk.texts("conduct-left"), None)


async def on_everybody(callback: CallbackQuery, pressed: ConductCD, desk: Desk) -> None:
    """It is meant: sound the alarm now."""
    try:
        await desk.context.cases(CallEverybody)(desk.actor, pressed.id)
    except WrongState:
        await desk.toast("admin-moved-on")
        await desk.refresh(pressed.id, "admin-moved-on")
        return
    await desk.toast("admin-done")
    await desk.refresh(pressed.id, "conduct-everybody-called")


def make_router() -> Router:
    """Four buttons."""
    router = Router(name="admin.conduct")
    router.callback_query.register(on_mute, Pressed(ConductCD, "mute"))
    router.callback_query.register(on_unmute, Pressed(ConductCD, "unmute"))
    router.callback_query.register(on_leave, Pressed(ConductCD, "leave"))
    router.callback_query.register(on_everybody, Pressed(ConductCD, "everybody"))
    return router
