"""/triage: what a human must look at, each with its buttons; and updates that could not be handled."""

from __future__ import annotations

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.permissions import Permission, require
from casework.statuses import RequestStatus
from casework.transitions import Action
from casework.use_cases.reading import ListTriage
from casework.use_cases.workers import DecideReopen, ReleaseTriage
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD, PageCD, TriageCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup

#: Cards a page; every card is a message of its own, and a chat takes about one a second.
_PAGE = 4
_DEAD_SHOWN = 5
_UNSENT_SHOWN = timedelta(days=7)


async def on_triage(message: Message, desk: Desk) -> None:
    """The first page."""
    await _page(desk, 0)


async def on_page(callback: CallbackQuery, pressed: PageCD, desk: Desk) -> None:
    """Another page, below."""
    await _page(desk.aside(), pressed.page)


async def on_list(callback: CallbackQuery, desk: Desk) -> None:
    """The list from its beginning."""
    await _page(desk.aside(), 0)


async def _page(desk: Desk, page: int) -> None:
    waiting = await desk.context.cases(ListTriage)(desk.actor)
    # An emergency that waits in triage stands in two lists.
    every = {r.id: r for r in (*waiting.emergencies, *waiting.reopen, *waiting.waiting)}
    start = max(0, page) * _PAGE
    shown = list(every.values())[start : start + _PAGE]
    if not start:
        await _head(desk, len(waiting.emergencies), len(waiting.waiting), len(waiting.reopen))
    for request in shown:
        await desk.show(*await desk.card(await desk.see(request.id)))
    left = len(every) - start - len(shown)
    if left > 0:
        more = button(desk.texts, "admin-more", PageCD(list="triage", page=page + 1), left=left)
        await desk.say("admin-triage-more", [[more]], left=left)
    elif start and not shown:
        await desk.say("admin-triage-end")


async def _head(desk: Desk, emergencies: int, waiting: int, reopen: int) -> None:
    require(desk.actor, Permission.TRIAGE)
    dead = await desk.context.uow.inbox.dead(_DEAD_SHOWN)
    unsent = await _undelivered(desk)
    if not emergencies + waiting + reopen + len(dead) + len(unsent):
        await desk.say("admin-triage-nothing")
        return
    await desk.say("admin-triage-head", emergencies=emergencies, waiting=waiting, reopen=reopen)
    if dead:
        await desk.show(*await _dead_letters(desk))
    if unsent:
        await desk.show(Markup("\n".join([desk.texts("admin-unsent-head"), *unsent])), [])


async def _undelivered(desk: Desk) -> list[str]:
    """A line each for the newest messages that the messenger refused lately."""
    now, zone = desk.context.now, desk.context.community.timezone
    return [
        desk.texts(
            "admin-unsent-line",
            when=in_words(desk.texts, letter.created_at, now, zone),
            chat=letter.chat_id,
            error=letter.error[:120],
        )
        for letter in await desk.context.uow.outbox.failures(_DEAD_SHOWN)
        if now - letter.created_at < _UNSENT_SHOWN
    ]


async def _dead_letters(desk: Desk) -> tuple[Markup, Keyboard]:
    lines: list[str] = [desk.texts("admin-dead-head")]
    keyboard = []
    for n, letter in enumerate(await desk.context.uow.inbox.dead(_DEAD_SHOWN), start=1):
        when = in_words(desk.texts, letter.received_at, desk.context.now, desk.context.community.timezone)
        lines.append(desk.texts("admin-dead-line", n=n, when=when, error=letter.error[:120]))
        keyboard.append(
            [button(desk.texts, "admin-retry", DeskCD(action="retry", value=str(letter.id)), n=n)]
        )
    if not keyboard:
        return desk.texts("admin-dead-none"), []
    return Markup("\n".join(lines)), keyboard


async def on_retry(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """Put a dead update back in line."""
    require(desk.actor, Permission.TRIAGE)
    number = int(pressed.value) if pressed.value.isdecimal() and len(pressed.value) < 18 else 0
    again = await desk.context.uow.inbox.retry(number)
    await desk.toast("admin-retried" if again else "admin-retry-gone")
    await desk.show(*await _dead_letters(desk))


async def on_show(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """The card as it stands, in a new message: lists and news stay where they are."""
    await desk.aside().refresh(pressed.id)


async def on_release(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """It is right as filed: find an organisation."""
    if (await desk.see(pressed.id)).request.status is not RequestStatus.TRIAGE:
        await desk.refresh(pressed.id, "admin-moved-on")
        return
    moved = await desk.context.cases(ReleaseTriage)(desk.actor, pressed.id)
    await desk.refresh(pressed.id, f"admin-released-{moved.status}")


async def on_reopen(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """同意重开, by others, or 请原来的再去."""
    if await desk.fresh(pressed.id, Action.REOPEN) is None:
        return
    same = pressed.action == "reopen_same"
    moved = await desk.context.cases(DecideReopen)(desk.actor, pressed.id, approve=True, same=same)
    await desk.refresh(pressed.id, f"admin-released-{moved.status}")


def make_router() -> Router:
    """What waits for a human."""
    router = Router(name="admin.triage")
    router.message.register(on_triage, Command("triage"))
    router.callback_query.register(on_page, Pressed(PageCD, "triage"))
    router.callback_query.register(on_list, Pressed(TriageCD, "list"))
    router.callback_query.register(on_show, Pressed(TriageCD, "show"))
    router.callback_query.register(on_release, Pressed(TriageCD, "release"))
    router.callback_query.register(on_reopen, Pressed(TriageCD, "reopen_yes", "reopen_same"))
    router.callback_query.register(on_retry, Pressed(DeskCD, "retry"))
    return router
