"""Stars, then reasons to tap; both can be changed until and after 「好了」."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from casework.errors import WrongState
from casework.permissions import Actor
from casework.statuses import RequestStatus
from casework.use_cases.residents import RateRequest
from handlers.kit.buttons import button
from handlers.kit.callbacks import RateCD
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.reasons import BAD_REASONS, GOOD_REASONS
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
    if not isinstance(callback.message, Message):
        await callback.answer(context.texts.plain("button-unknown"), show_alert=True)
        return
    request = (await own_request(context, actor, callback_data.id)).request
    if request.status is not RequestStatus.CONFIRMED:
        raise WrongState(number=request.number, status=request.status.value, action="rate")
    chat_id, message_id = callback.message.chat.id, callback.message.message_id
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
        await context.out.edit(chat_id, message_id, context.texts("rate-thanks", stars=stars), again)
        return
    await callback.answer()
    text = context.texts(
        "rate-why" if callback_data.stars < _GOOD_FROM else "rate-why-good", stars="⭐" * callback_data.stars
    )
    await context.out.edit(chat_id, message_id, text, _keyboard(context, callback_data, reasons))


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
