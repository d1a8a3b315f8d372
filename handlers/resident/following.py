"""What a resident does with a neighbour's request that they follow: look, leave, say how it is over there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from casework.entities import Request
from casework.errors import NotFound
from casework.permissions import Actor
from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.following import (
    FileAfterAll,
    FollowedView,
    ListFollowed,
    ObjectToDone,
    SeeFollowed,
    Unfollow,
)
from handlers.kit.buttons import button
from handlers.kit.callbacks import FollowCD, MyRequestCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

#: So many stand below one's own requests.
_SHOWN = 5
#: Where 好了 and 也没解决 count.
_SAID_DONE = frozenset({RequestStatus.DONE, RequestStatus.CONFIRMED})


async def followed_part(context: Context, actor: Actor) -> tuple[Markup | None, list[list[Button]]]:
    """What stands below one's own requests in /my; None when nothing is followed."""
    followed = (await context.cases(ListFollowed)(actor))[:_SHOWN]
    if not followed:
        return None, []
    texts = context.texts
    lines = [
        texts(
            "follow-line",
            number=r.number,
            item=_name(context, r),
            status=texts.plain(f"follow-status-{r.status}"),
        )
        for r in followed
    ]
    rows = [
        [
            button(
                texts,
                "follow-open",
                FollowCD(action="show", id=r.id),
                item=_name(context, r),
                number=r.number,
            )
        ]
        for r in followed
    ]
    return Markup("\n".join([texts("follow-list-head"), *lines])), rows


def _name(context: Context, request: Request) -> str:
    return context.community.catalogue.item(request.item).name


async def _show(callback: CallbackQuery, data: FollowCD, context: Context, actor: Actor) -> None:
    view = await context.cases(SeeFollowed)(actor, data.id)
    await callback.answer()
    await _put(callback, context, _card(context, view), _buttons(context, view))


def _card(context: Context, view: FollowedView) -> Markup:
    texts, cards, request = context.texts, Cards(context.texts, context.community), view.request
    head = texts(
        "follow-card", number=request.number, item=_name(context, request), people=1 + request.followers
    )
    lines: list[Markup | str] = [head, texts("card-words", words=request.description)]
    place = cards.address(request.details.address)
    if place:
        lines.append(texts("follow-card-place", place=place))
    lines.append(texts("follow-card-status", status=texts.plain(f"follow-status-{request.status}")))
    if view.organisation and request.status not in CLOSED:
        lines.append(texts("follow-card-organisation", name=view.organisation.name))
    return Markup("\n".join(lines))


def _buttons(context: Context, view: FollowedView) -> Keyboard:
    request, texts = view.request, context.texts

    def press(word: str, action: str) -> Button:
        return button(texts, f"follow-{word}", FollowCD(action=action, id=request.id))

    rows = []
    if request.status in _SAID_DONE:
        rows.append([press("solved", "solved"), press("unsolved", "unsolved")])
    if request.status is RequestStatus.CANCELLED:
        rows.append([press("anew", "anew")])
    return [*rows, [press("drop", "drop")], [button(texts, "my-back", MyRequestCD(action="list", id=0))]]


async def _put(callback: CallbackQuery, context: Context, text: Markup, rows: Keyboard) -> None:
    message = callback.message
    if isinstance(message, Message) and message.text:
        await context.out.edit(message.chat.id, message.message_id, text, rows)
    else:
        await context.out.send(callback.from_user.id, text, rows)


async def _drop(callback: CallbackQuery, data: FollowCD, context: Context, actor: Actor) -> None:
    request = await context.cases(Unfollow)(actor, data.id)
    await callback.answer()
    await _no_buttons(callback, context)
    await context.out.say(callback.from_user.id, "follow-dropped", number=request.number)


async def _solved(callback: CallbackQuery, data: FollowCD, context: Context, actor: Actor) -> None:
    """Only kind: the word that counts is the resident's own."""
    await context.cases(SeeFollowed)(actor, data.id)
    await callback.answer()
    await _no_buttons(callback, context)
    await context.out.say(callback.from_user.id, "follow-solved")


async def _unsolved(callback: CallbackQuery, data: FollowCD, context: Context, actor: Actor) -> None:
    view = await context.cases(SeeFollowed)(actor, data.id)
    if view.request.status not in _SAID_DONE | {RequestStatus.REOPEN_REQUESTED}:
        over = view.request.status in CLOSED
        words = "follow-too-late" if over else "follow-too-early"
        await callback.answer(context.texts.plain(words), show_alert=True)
        return
    request = await context.cases(ObjectToDone)(actor, data.id)
    await callback.answer()
    await _no_buttons(callback, context)
    await context.out.say(
        callback.from_user.id, "follow-noted", number=request.number, item=_name(context, request)
    )


async def _anew(callback: CallbackQuery, data: FollowCD, context: Context, actor: Actor) -> None:
    """The number comes with the news that it was filed."""
    view = await context.cases(SeeFollowed)(actor, data.id)
    if view.request.status is not RequestStatus.CANCELLED:
        await callback.answer(context.texts.plain("follow-too-late"), show_alert=True)
        return
    await context.cases(FileAfterAll)(actor, data.id)
    await callback.answer()
    await _no_buttons(callback, context)


async def _no_buttons(callback: CallbackQuery, context: Context) -> None:
    if isinstance(callback.message, Message):
        await context.out.drop_buttons(callback.message.chat.id, callback.message.message_id)


ACTIONS: dict[str, Callable[[CallbackQuery, FollowCD, Context, Actor], Awaitable[None]]] = {
    "show": _show,
    "drop": _drop,
    "solved": _solved,
    "unsolved": _unsolved,
    "anew": _anew,
}


async def on_press(callback: CallbackQuery, callback_data: FollowCD, context: Context, actor: Actor) -> None:
    """Any button about a followed request; who does not follow it learns nothing."""
    act = ACTIONS.get(callback_data.action)
    if act is None:
        await callback.answer(context.texts.plain("button-unknown"), show_alert=True)
        return
    try:
        await act(callback, callback_data, context, actor)
    except NotFound:
        await callback.answer(context.texts.plain("follow-gone"), show_alert=True)


def make_router() -> Router:
    """The buttons of followed requests."""
    router = Router(name="resident.following")
    router.callback_query.register(on_press, FollowCD.filter())
    return router
