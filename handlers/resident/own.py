"""/my: a resident's own requests, each with its card, its time line and what can be done now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.entities import Request
from casework.permissions import Actor
from casework.statuses import CLOSED, IN_WORK, NoteKind, RequestStatus
from casework.use_cases.filing import RESTORE_WITHIN
from casework.use_cases.reading import ListMyRequests, RequestView
from casework.use_cases.residents import (
    CancelRequest,
    ConfirmSolved,
    ReportUnsolved,
    RestoreRequest,
    UrgeRequest,
    may_rate,
)
from handlers.dialogue.state import Dialogue, Step
from handlers.kit.buttons import button
from handlers.kit.callbacks import MenuCD, MyRequestCD, PageCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.memory import Memory
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup
from handlers.resident.following import followed_part
from handlers.resident.mine import own_request
from handlers.resident.rating import star_row

_PAGE = 5
_OPEN = frozenset({RequestStatus.SUBMITTED, RequestStatus.TRIAGE, RequestStatus.OFFERED, *IN_WORK})
_SAID = frozenset({NoteKind.QUESTION, NoteKind.PROGRESS, NoteKind.PROOF})


async def on_my(message: Message, context: Context, actor: Actor) -> None:
    """The list, newest first."""
    text, rows = await _list(context, actor, 0)
    await context.out.send(message.chat.id, text, rows)


async def on_page(callback: CallbackQuery, callback_data: PageCD, context: Context, actor: Actor) -> None:
    """Another page, in the same message; lists of workers are none of a resident's business."""
    if callback_data.list != "my":
        return await callback_unknown(callback, context)
    await callback.answer()
    text, rows = await _list(context, actor, callback_data.page)
    return await _replace(callback, context, text, rows)


async def _list(context: Context, actor: Actor, page: int) -> tuple[Markup, Keyboard]:
    texts, cards = context.texts, Cards(context.texts, context.community)
    requests = await context.cases(ListMyRequests)(actor)
    followed, follow_rows = await followed_part(context, actor)
    if not requests and followed:
        return followed, follow_rows
    if not requests:
        return texts("my-none"), [[button(texts, "all-services", MenuCD(action="top"))]]
    last = (len(requests) - 1) // _PAGE
    page = max(0, min(page, last))
    shown = requests[page * _PAGE : (page + 1) * _PAGE]
    lines = [cards.line(r, context.now) for r in shown]
    rows = [
        [
            button(
                texts, "my-open", MyRequestCD(action="show", id=r.id), number=r.number, item=_name(context, r)
            )
        ]
        for r in shown
    ]
    turning = [(page > 0, "my-newer", page - 1), (page < last, "my-older", page + 1)]
    rows.append([button(texts, word, PageCD(list="my", page=to)) for there, word, to in turning if there])
    below = [followed] if followed and not page else []
    return Markup("\n\n".join([texts("my-head"), *lines, *below])), [*rows, *(follow_rows if below else [])]


def _name(context: Context, request: Request) -> str:
    return context.community.catalogue.item(request.item).name


async def on_show(callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor) -> None:
    """Card, time line, what was said, and buttons that fit."""
    await callback.answer()
    view = await own_request(context, actor, data.id)
    await _replace(callback, context, _card(context, view), _buttons(context, view))


def _card(context: Context, view: RequestView) -> Markup:
    texts, cards = context.texts, Cards(context.texts, context.community)
    said = [texts("my-note", words=n.text) for n in view.notes if n.text and n.kind in _SAID][-3:]
    rating = [texts("my-rating", stars="⭐" * view.rating.stars)] if view.rating else []
    parts = [
        cards.card(view, context.now),
        *rating,
        *said,
        texts("my-timeline"),
        cards.timeline(view.history, context.now),
    ]
    return Markup("\n".join(parts))


def _buttons(context: Context, view: RequestView) -> Keyboard:
    request, texts = view.request, context.texts

    def tap(word: str, action: str) -> tuple[str, str]:
        return button(texts, word, MyRequestCD(action=action, id=request.id))

    rows: list[list[tuple[str, str]]] = []
    if request.status is RequestStatus.DONE:
        rows.append([tap("solved", "solved"), tap("unsolved", "unsolved")])
    if request.status is RequestStatus.REOPEN_REQUESTED:
        rows.append([tap("solved", "solved"), tap("my-add", "reply")])
    if request.status in _OPEN:
        rows += [[tap("urge", "urge"), tap("my-add", "reply")], [tap("cancel", "cancel")]]
    if may_rate(request, view.rating, context.now):
        rows.append(star_row(context, request.id))
    if request.status is RequestStatus.CONFIRMED:
        rows.append([tap("unsolved", "unsolved")])
    if request.status is RequestStatus.CANCELLED and context.now - request.updated_at <= RESTORE_WITHIN:
        rows.append([tap("my-restore", "restore")])
    return [*rows, [tap("my-back", "list")]]


async def _replace(callback: CallbackQuery, context: Context, text: Markup, rows: Keyboard) -> None:
    """In the pressed message; below it when that is too old to be changed."""
    message = callback.message
    if message is None:
        return
    if isinstance(message, Message) and message.text:
        await context.out.edit(message.chat.id, message.message_id, text, rows)
    else:
        await context.out.send(message.chat.id, text, rows)


async def on_list(callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor) -> None:
    """Back to the list."""
    await callback.answer()
    text, rows = await _list(context, actor, 0)
    await _replace(callback, context, text, rows)


async def on_urge(callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor) -> None:
    """「催办」"""
    before = (await own_request(context, actor, data.id)).request
    request = await context.cases(UrgeRequest)(actor, data.id)
    if request.urges == before.urges:
        count, phone = context.community.policy.urges_a_day, context.community.duty_phone
        await callback.answer(
            context.texts.plain("my-urge-enough", count=count, phone=phone), show_alert=True
        )
        return
    await callback.answer(context.texts.plain("my-urged-short"))
    await context.out.say(_chat(callback), "my-urged", number=request.number, item=_name(context, request))


async def on_cancel(callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor) -> None:
    """Asked once more: others may be on their way."""
    await callback.answer()
    request = (await own_request(context, actor, data.id)).request
    if request.status not in _OPEN:
        await context.out.say(_chat(callback), "my-cannot-cancel", number=request.number)
        return
    rows = [
        [
            button(context.texts, "cancel-yes", MyRequestCD(action="cancel_yes", id=request.id)),
            button(context.texts, "cancel-no", MyRequestCD(action="show", id=request.id)),
        ]
    ]
    await context.out.say(
        _chat(callback), "my-cancel-sure", rows, number=request.number, item=_name(context, request)
    )


async def on_cancel_yes(
    callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor, memory: Memory
) -> None:
    """The news of it brings a button to restore. A second press says that it is done already."""
    request = (await own_request(context, actor, data.id)).request
    if request.status in CLOSED:
        await callback.answer(context.texts.plain("my-already-closed"), show_alert=True)
        return
    await callback.answer()
    await context.cases(CancelRequest)(actor, data.id)
    dialogue = await _dialogue(callback, actor, memory)
    if dialogue.step == Step.CANCEL:
        _answered(dialogue)
    if (dialogue.get("emergency") or {}).get("id") == data.id:
        dialogue.put("emergency", None)
    await _drop_buttons(callback, context)


async def on_restore(callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor) -> None:
    """Undo a cancellation."""
    request = (await own_request(context, actor, data.id)).request
    if request.status is not RequestStatus.CANCELLED:
        await callback.answer(context.texts.plain("my-already-restored"), show_alert=True)
        return
    await context.cases(RestoreRequest)(actor, data.id)
    await callback.answer()
    await _drop_buttons(callback, context)


async def on_solved(callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor) -> None:
    """「已解决」: thanks and stars come with the news of it."""
    before = (await own_request(context, actor, data.id)).request
    await context.cases(ConfirmSolved)(actor, data.id)
    again = before.status is RequestStatus.CONFIRMED
    await callback.answer(context.texts.plain("my-already-solved") if again else None)
    if not again:
        await _drop_buttons(callback, context)


async def on_unsolved(
    callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor, memory: Memory
) -> None:
    """「没解决」: noted at once; what is still wrong may follow in words or a photo."""
    request = await context.cases(ReportUnsolved)(actor, data.id)
    await callback.answer()
    await _ask_for_words(callback, actor, memory, "unsolved", request.id)
    await context.out.say(_chat(callback), "my-unsolved", number=request.number, item=_name(context, request))
    await _drop_buttons(callback, context)


async def on_reply(
    callback: CallbackQuery, data: MyRequestCD, context: Context, actor: Actor, memory: Memory
) -> None:
    """「补充」, or the answer to an organisation's question: the next message goes there."""
    await callback.answer()
    request = (await own_request(context, actor, data.id)).request
    if request.status in CLOSED:
        await context.out.say(_chat(callback), "note-too-late", number=request.number)
        return
    await _ask_for_words(callback, actor, memory, "note", request.id)
    await context.out.say(_chat(callback), "my-add-ask", number=request.number, item=_name(context, request))


async def _ask_for_words(
    callback: CallbackQuery, actor: Actor, memory: Memory, kind: str, request_id: int
) -> None:
    dialogue = await _dialogue(callback, actor, memory)
    pending = {"kind": kind, "ids": [request_id], "back": dialogue.step if dialogue.needs else None}
    if dialogue.step == Step.NOTE:
        pending["back"] = (dialogue.get("pending") or {}).get("back")
    dialogue.put("pending", pending)
    dialogue.put("step", Step.NOTE)


def _answered(dialogue: Dialogue) -> None:
    dialogue.put("step", (dialogue.get("pending") or {}).get("back"))
    dialogue.put("pending", None)


async def _dialogue(callback: CallbackQuery, actor: Actor, memory: Memory) -> Dialogue:
    return Dialogue(await memory.of(_chat(callback)), actor.person_id or 0)


async def _drop_buttons(callback: CallbackQuery, context: Context) -> None:
    if isinstance(callback.message, Message):
        await context.out.drop_buttons(callback.message.chat.id, callback.message.message_id)


def _chat(callback: CallbackQuery) -> int:
    return callback.message.chat.id if callback.message else callback.from_user.id


_WITH_MEMORY = {"cancel_yes": on_cancel_yes, "unsolved": on_unsolved, "reply": on_reply}
_PLAIN: dict[str, Callable[[CallbackQuery, MyRequestCD, Context, Actor], Awaitable[None]]] = {
    "show": on_show,
    "list": on_list,
    "urge": on_urge,
    "cancel": on_cancel,
    "restore": on_restore,
    "solved": on_solved,
}


async def on_press(
    callback: CallbackQuery, callback_data: MyRequestCD, context: Context, actor: Actor, memory: Memory
) -> None:
    """Any button about one's own request; somebody else's is not found."""
    plain = _PLAIN.get(callback_data.action)
    if plain:
        return await plain(callback, callback_data, context, actor)
    with_memory = _WITH_MEMORY.get(callback_data.action)
    if with_memory:
        return await with_memory(callback, callback_data, context, actor, memory)
    return await callback_unknown(callback, context)


async def callback_unknown(callback: CallbackQuery, context: Context) -> None:
    """A button that nobody made."""
    await callback.answer(context.texts.plain("button-unknown"), show_alert=True)


def make_router() -> Router:
    """/my and the buttons of one's own requests."""
    router = Router(name="resident.own")
    router.message.register(on_my, Command("my"))
    router.callback_query.register(on_press, MyRequestCD.filter())
    router.callback_query.register(on_page, PageCD.filter())
    return router
