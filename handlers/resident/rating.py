"""Stars, then reasons to tap; both can be changed until and after 「好了」."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from casework.permissions import Actor
from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.reading import RequestView
from casework.use_cases.residents import CHANGE_RATING_WITHIN, RateRequest, may_rate
from handlers.kit.buttons import button
from handlers.kit.callbacks import RateCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.reasons import BAD_REASONS, GOOD_REASONS
from handlers.kit.texts import Markup
from handlers.resident.mine import own_request

_GOOD_FROM = 4
_END = "end"


def star_row(context: Context, request_id: int) -> list[Button]:
    """Five buttons."""
    return [button(context.texts, f"announce-stars-{n}", RateCD(id=request_id, stars=n)) for n in range(1, 6)]


async def on_rate(
    callback: CallbackQuery, callback_data: RateCD, context: Context, actor: Actor, memory: Memory
) -> None:
    """Stars are kept at once; reasons are gathered and kept with 「好了」, so that leads hear once."""
    view = await own_request(context, actor, callback_data.id)
    if not may_rate(view.request, view.rating, context.now):
        await callback.answer(_why_not(context, view), show_alert=True)
        return
    chat_id = callback.message.chat.id if callback.message else callback.from_user.id
    document = await memory.of(chat_id)
    reasons = _reasons(document, callback_data)
    if callback_data.reason == "":
        await context.cases(RateRequest)(actor, callback_data.id, callback_data.stars)
    elif callback_data.reason == _END:
        if reasons:
            await context.cases(RateRequest)(actor, callback_data.id, callback_data.stars, tuple(reasons))
        document.pop("rating", None)
        await callback.answer()
        stars = "⭐" * callback_data.stars
        again = [
            [button(context.texts, "rate-again", RateCD(id=callback_data.id, stars=callback_data.stars))]
        ]
        await _answer(callback, context, context.texts("rate-thanks", stars=stars), again)
        return
    await callback.answer()
    text = context.texts(
        "rate-why" if callback_data.stars < _GOOD_FROM else "rate-why-good", stars="⭐" * callback_data.stars
    )
    await _answer(callback, context, text, _keyboard(context, callback_data, reasons))


def _why_not(context: Context, view: RequestView) -> str:
    """Why no stars are taken: not done yet, never to be done, or settled long ago."""
    texts = context.texts
    if view.request.status is RequestStatus.CONFIRMED and view.rating:
        when = Cards(texts, context.community).when(view.rating.at, context.now)
        stars, days = "⭐" * view.rating.stars, CHANGE_RATING_WITHIN.days
        return texts.plain("rate-too-late", when=when, stars=stars, days=days)
    return texts.plain("rate-not-any-more" if view.request.status in CLOSED else "rate-not-yet")


async def _answer(callback: CallbackQuery, context: Context, text: Markup, keyboard: Keyboard) -> None:
    """In the pressed message; in a new one when that is too old to be changed."""
    if isinstance(callback.message, Message):
        await context.out.edit(callback.message.chat.id, callback.message.message_id, text, keyboard)
    else:
        chat_id = callback.message.chat.id if callback.message else callback.from_user.id
        await context.out.send(chat_id, text, keyboard)


def _reasons(document: dict[str, Any], data: RateCD) -> list[str]:
    """The reasons tapped so far, with this press taken in; new stars begin anew."""
    known = document.get("rating") or {}
    same = known.get("id") == data.id and known.get("stars") == data.stars and data.reason != ""
    reasons: list[str] = list(known["reasons"]) if same else []
    if data.reason in _offered(data.stars):
        reasons = (
            [r for r in reasons if r != data.reason] if data.reason in reasons else [*reasons, data.reason]
        )
    document["rating"] = {"id": data.id, "stars": data.stars, "reasons": reasons}
    return reasons


def _offered(stars: int) -> tuple[str, ...]:
    return GOOD_REASONS if stars >= _GOOD_FROM else BAD_REASONS


def _keyboard(context: Context, data: RateCD, reasons: list[str]) -> Keyboard:
    texts = context.texts
    taps = [
        (
            texts.plain(
                "rate-picked" if r in reasons else "rate-unpicked", reason=texts.plain(f"rating-reason-{r}")
            ),
            RateCD(id=data.id, stars=data.stars, reason=r).pack(),
        )
        for r in _offered(data.stars)
    ]
    rows = [taps[i : i + 2] for i in range(0, len(taps), 2)]
    end = button(texts, "rate-end", RateCD(id=data.id, stars=data.stars, reason=_END))
    return [star_row(context, data.id), *rows, [end]]


def make_router() -> Router:
    """The buttons of a rating."""
    router = Router(name="resident.rating")
    router.callback_query.register(on_rate, RateCD.filter())
    return router
