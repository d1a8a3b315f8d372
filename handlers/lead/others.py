"""A lead's button pressed by somebody who is none, or in a group that is not theirs."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery

from casework.permissions import Actor, Role
from handlers.kit.callbacks import EmergencyCD, OfferCD, WorkCD
from handlers.kit.context import Context


async def on_press(callback: CallbackQuery, context: Context, actor: Actor) -> None:
    """Said kindly, to nobody but them; nothing else happens."""
    key = "button-private" if Role.LEAD in actor.roles else "lead-for-leads-only"
    await callback.answer(context.texts.plain(key), show_alert=True)


def make_router() -> Router:
    """Comes after everything that leads may do."""
    router = Router(name="lead.others")
    router.callback_query.register(on_press, or_f(OfferCD.filter(), WorkCD.filter(), EmergencyCD.filter()))
    return router
