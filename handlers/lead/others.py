"""A lead's button pressed by somebody who is none, as happens in groups."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery

from handlers.kit.callbacks import EmergencyCD, OfferCD, WorkCD
from handlers.kit.context import Context


async def on_press(callback: CallbackQuery, context: Context) -> None:
    """Said kindly, to nobody but them; nothing else happens."""
    await callback.answer(context.texts.plain("lead-for-leads-only"), show_alert=True)


def make_router() -> Router:
    """Comes after everything that leads may do."""
    router = Router(name="lead.others")
    router.callback_query.register(on_press, or_f(OfferCD.filter(), WorkCD.filter(), EmergencyCD.filter()))
    return router
