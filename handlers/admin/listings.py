"""One entry of the register: made with a reason, weighed, taken off with a reason."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.errors import BadValue
from casework.judging.register import Listing, ListKind
from casework.use_cases.register import EnterInRegister, RemoveFromRegister, ShowListing, UpholdListing
from handlers.admin.desk import Desk, Pressed, heard
from handlers.kit.buttons import button
from handlers.kit.callbacks import ListingCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_LONGEST = 500


class Step(StatesGroup):
    """What a worker's next message is taken for."""

    reason = State()
    removal = State()


def press(desk: Desk, word: str, action: str, number: int = 0, value: str = "", **args: object) -> Button:
    """A button of the register."""
    return button(desk.texts, word, ListingCD(action=action, id=number, value=value), **args)


def state_of(desk: Desk, listing: Listing) -> str:
    """Where the entry stands: answered, upheld, still open for an answer, in force."""
    if listing.removed_at is not None:
        return desk.texts.plain("judging-state-removed", when=when(desk, listing.removed_at))
    if listing.kind is ListKind.RED:
        return desk.texts.plain("judging-state-since", when=when(desk, listing.at))
    if listing.upheld_at is not None:
        return desk.texts.plain("judging-state-upheld", when=when(desk, listing.upheld_at))
    if listing.answered_at is not None:
        return desk.texts.plain("judging-state-answered")
    if listing.answer_due > desk.context.now:
        return desk.texts.plain("judging-state-open", when=when(desk, listing.answer_due))
    return desk.texts.plain("judging-state-silent")


def when(desk: Desk, moment: datetime) -> str:
    """A moment as this worker reads it."""
    return in_words(desk.texts, moment, desk.context.now, desk.context.community.timezone)


async def on_enter(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """Why? A forged list changes nothing."""
    if pressed.value not in set(ListKind):
        await desk.toast("admin-moved-on")
        return
    organisation = await desk.organisation(str(pressed.id))
    if organisation is None:
        return
    await desk.wait_for(Step.reason, organisation=organisation.id, kind=pressed.value)
    no = press(desk, "cancel", "org", organisation.id)
    await desk.say(f"judging-why-{pressed.value}", [[no]], name=organisation.name)


async def on_reason(message: Message, desk: Desk) -> None:
    """The reason that was asked for: the entry is made."""
    got = await heard(desk, message, Step.reason)
    if got is None:
        return
    words, data = got
    if len(words) > _LONGEST:
        await desk.wait_for(Step.reason, organisation=data["organisation"], kind=data["kind"])
        await desk.say("admin-words-too-long", limit=_LONGEST)
        return
    kind = ListKind(data["kind"])
    listing = await desk.context.cases(EnterInRegister)(desk.actor, data["organisation"], kind, words)
    await desk.say("judging-entered", _entry_keyboard(desk, listing), list=_list_name(desk, kind))


def _list_name(desk: Desk, kind: ListKind) -> str:
    return desk.texts.plain(f"judging-list-{kind}")


async def on_show(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """One entry with its answer."""
    await _entry(desk.aside(), pressed.id)


async def _entry(desk: Desk, listing_id: int) -> None:
    listing, organisation = await desk.context.cases(ShowListing)(desk.actor, listing_id)
    lines: list[str] = [
        desk.texts(
            "judging-card",
            list=_list_name(desk, listing.kind),
            name=organisation.name,
            reason=listing.reason,
            when=when(desk, listing.at),
            state=state_of(desk, listing),
        )
    ]
    if listing.answer:
        lines.append(desk.texts("judging-card-answer", words=listing.answer))
    if listing.removed_why:
        lines.append(desk.texts("judging-card-removed", words=listing.removed_why))
    await desk.show(Markup("\n".join(lines)), _entry_keyboard(desk, listing))


def _entry_keyboard(desk: Desk, listing: Listing) -> Keyboard:
    rows: list[list[Button]] = []
    if listing.removed_at is None:
        row = [press(desk, "judging-remove", "remove", listing.id)]
        if listing.kind is not ListKind.RED and listing.upheld_at is None:
            row.insert(0, press(desk, "judging-uphold", "uphold", listing.id))
        rows.append(row)
    return [*rows, [press(desk, "judging-org-back", "org", listing.organisation_id)]]


async def on_uphold(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """Stand by it, once there is an answer or its term is over."""
    try:
        await desk.context.cases(UpholdListing)(desk.actor, pressed.id)
    except BadValue:
        await desk.toast("judging-too-early")
        return
    await desk.toast("admin-done")
    await _entry(desk, pressed.id)


async def on_remove(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """Why is it taken off?"""
    listing, organisation = await desk.context.cases(ShowListing)(desk.actor, pressed.id)
    if listing.removed_at is not None:
        await _entry(desk, listing.id)
        return
    await desk.wait_for(Step.removal, listing=listing.id)
    no = press(desk, "cancel", "show", listing.id)
    name, kind = organisation.name, _list_name(desk, listing.kind)
    await desk.say("judging-why-remove", [[no]], name=name, list=kind)


async def on_removal(message: Message, desk: Desk) -> None:
    """The reason that was asked for: it is off."""
    got = await heard(desk, message, Step.removal)
    if got is None:
        return
    words, data = got
    if len(words) > _LONGEST:
        await desk.wait_for(Step.removal, listing=data["listing"])
        await desk.say("admin-words-too-long", limit=_LONGEST)
        return
    await desk.context.cases(RemoveFromRegister)(desk.actor, data["listing"], words)
    await _entry(desk, data["listing"])


def make_router() -> Router:
    """Entries."""
    router = Router(name="admin.listings")
    router.message.register(on_reason, StateFilter(Step.reason))
    router.message.register(on_removal, StateFilter(Step.removal))
    hear = router.callback_query.register
    hear(on_enter, Pressed(ListingCD, "enter"))
    hear(on_show, Pressed(ListingCD, "show"))
    hear(on_uphold, Pressed(ListingCD, "uphold"))
    hear(on_remove, Pressed(ListingCD, "remove"))
    return router
