"""/register: red list, black list, abnormal ones, the dormant, and what is known of each organisation."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.entities import Organisation
from casework.errors import BadValue
from casework.permissions import Permission, require
from casework.register import Listing, ListKind
from casework.use_cases.register import (
    EnterInRegister,
    RegisterView,
    RemoveFromRegister,
    ShowListing,
    ShowRegister,
    ShowStanding,
    StandingView,
    UpholdListing,
)
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed, heard
from handlers.admin.named import named
from handlers.judging.words import grade_words, standing_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import EvaluationCD, ListingCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_MOST = 40
_LONGEST = 500
_KINDS = tuple(ListKind)


class Step(StatesGroup):
    """What a worker's next message is taken for."""

    reason = State()
    removal = State()


def _press(desk: Desk, word: str, action: str, number: int = 0, value: str = "", **args: object) -> Button:
    return button(desk.texts, word, ListingCD(action=action, id=number, value=value), **args)


async def on_register(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/register [organisation]`"""
    typed = (command.args or "").strip()
    if not typed:
        await _top(desk)
        return
    found = await named(desk, typed)
    if len(found) == 1:
        await _standing(desk, found[0].id)
    elif not found:
        await desk.say("admin-org-nothing", words=typed[:30])
    else:
        rows = [[_org_button(desk, organisation)] for organisation in found[:10]]
        await desk.say("admin-org-several", rows, words=typed[:30], count=len(found))


def _org_button(desk: Desk, organisation: Organisation) -> Button:
    return _press(desk, "judging-org", "org", organisation.id, name=organisation.name)


async def on_top(callback: CallbackQuery, desk: Desk) -> None:
    """The lists at a glance."""
    await _top(desk.aside())


async def _top(desk: Desk) -> None:
    view = await desk.context.cases(ShowRegister)(desk.actor)
    counts = {kind.value: len(view.of(kind)) for kind in _KINDS}
    counts |= {"dormant": len(view.dormant), "few": len(view.few)}
    judging = desk.context.community.policy.judging
    text = desk.texts("judging-register", least=judging.yearly_services, days=judging.dormant_days, **counts)
    buttons = [
        _press(desk, f"judging-list-{name}", "list", 0, name, count=count) for name, count in counts.items()
    ]
    rows = [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
    more = [
        _press(desk, "judging-checks", "checks"),
        button(desk.texts, "judging-evaluate", EvaluationCD(action="show")),
        _press(desk, "judging-form", "form"),
    ]
    await desk.show(text, [*rows, more])


async def on_form(callback: CallbackQuery, desk: Desk) -> None:
    """The whole register as a form to print."""
    require(desk.actor, Permission.MANAGE_ORGANISATIONS)
    await desk.toast("judging-being-made")
    await later(desk, "register_form")


async def on_list(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """One list, each entry with its button."""
    view = await desk.context.cases(ShowRegister)(desk.actor)
    if pressed.value in set(ListKind):
        lines, rows = _entries(desk, view, ListKind(pressed.value))
    elif pressed.value == "dormant":
        lines, rows = _dormant(desk, view)
    elif pressed.value == "few":
        lines, rows = _few(desk, view)
    else:
        await _top(desk)
        return
    head = desk.texts(f"judging-list-head-{pressed.value}", count=len(rows))
    await desk.show(
        Markup("\n".join([head, "", *lines[:_MOST]])),
        [*rows[:_MOST], [_press(desk, "judging-register", "top")]],
    )


def _entries(desk: Desk, view: RegisterView, kind: ListKind) -> tuple[list[Markup], Keyboard]:
    entries = view.of(kind)
    lines = [
        desk.texts("judging-entry", name=o.name, reason=e.reason, state=_state(desk, e)) for e, o in entries
    ]
    return lines, [[_press(desk, "judging-entry", "show", e.id, name=o.name)] for e, o in entries]


def _state(desk: Desk, listing: Listing) -> str:
    """Where the entry stands: answered, upheld, still open for an answer, in force."""
    if listing.removed_at is not None:
        return desk.texts.plain("judging-state-removed", when=_when(desk, listing.removed_at))
    if listing.kind is ListKind.RED:
        return desk.texts.plain("judging-state-since", when=_when(desk, listing.at))
    if listing.upheld_at is not None:
        return desk.texts.plain("judging-state-upheld", when=_when(desk, listing.upheld_at))
    if listing.answered_at is not None:
        return desk.texts.plain("judging-state-answered")
    if listing.answer_due > desk.context.now:
        return desk.texts.plain("judging-state-open", when=_when(desk, listing.answer_due))
    return desk.texts.plain("judging-state-silent")


def _when(desk: Desk, moment: datetime) -> str:
    return in_words(desk.texts, moment, desk.context.now, desk.context.community.timezone)


def _dormant(desk: Desk, view: RegisterView) -> tuple[list[Markup], Keyboard]:
    lines, rows = [], []
    for organisation, presence in view.dormant:
        last = presence.last_sign_at or presence.first_seen_at
        lines.append(desk.texts("judging-dormant-line", name=organisation.name, when=_when(desk, last)))
        rows.append([_org_button(desk, organisation)])
    return lines, rows


def _few(desk: Desk, view: RegisterView) -> tuple[list[Markup], Keyboard]:
    lines = [
        desk.texts("judging-few-line", name=organisation.name, services=services.confirmed)
        for organisation, services in view.few
    ]
    return lines, [[_org_button(desk, organisation)] for organisation, _ in view.few]


async def on_org(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """One organisation."""
    await _standing(desk.aside(), pressed.id)


async def _standing(desk: Desk, organisation_id: int) -> None:
    view = await desk.context.cases(ShowStanding)(desk.actor, organisation_id)
    standing = {listing.kind: listing for listing in view.listings if listing.removed_at is None}
    rows: list[list[Button]] = [
        [_press(desk, "judging-entry", "show", e.id, name=desk.texts.plain(f"judging-list-{kind}"))]
        for kind, e in standing.items()
    ]
    rows += [
        [_press(desk, f"judging-enter-{kind}", "enter", organisation_id, kind.value)]
        for kind in _KINDS
        if kind not in standing
    ]
    await desk.show(_known(desk, view), [*rows, [_press(desk, "judging-register", "top")]])


def _known(desk: Desk, view: StandingView) -> Markup:
    texts, organisation, presence = desk.texts, view.organisation, view.presence
    cause = texts.plain(f"judging-cause-{presence.cause}") if presence else texts.plain("judging-cause-new")
    lines: list[str] = [
        texts("judging-known-head", name=organisation.name, category=organisation.category),
        texts("judging-known-standing", standing=standing_words(texts, organisation.standing), cause=cause),
        texts("judging-known-grade", grade=grade_words(texts, view.grade)),
        texts("judging-known-services", services=view.services.confirmed),
    ]
    if view.few:
        least = desk.context.community.policy.judging.yearly_services
        lines.append(texts("judging-known-few", least=least))
    if presence and presence.dormant_since:
        last = presence.last_sign_at or presence.first_seen_at
        lines.append(texts("judging-known-dormant", when=_when(desk, last)))
    for listing in view.listings:
        name = texts.plain(f"judging-list-{listing.kind}")
        lines.append(
            texts("judging-known-entry", list=name, reason=listing.reason, state=_state(desk, listing))
        )
    return Markup("\n".join(lines))


async def on_enter(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """Why? A forged list changes nothing."""
    if pressed.value not in set(ListKind):
        await _top(desk)
        return
    organisation = await desk.organisation(str(pressed.id))
    if organisation is None:
        return
    await desk.wait_for(Step.reason, organisation=organisation.id, kind=pressed.value)
    no = _press(desk, "cancel", "org", organisation.id)
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
            when=_when(desk, listing.at),
            state=_state(desk, listing),
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
        row = [_press(desk, "judging-remove", "remove", listing.id)]
        if listing.kind is not ListKind.RED and listing.upheld_at is None:
            row.insert(0, _press(desk, "judging-uphold", "uphold", listing.id))
        rows.append(row)
    return [*rows, [_press(desk, "judging-org-back", "org", listing.organisation_id)]]


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
    no = _press(desk, "cancel", "show", listing.id)
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
    """The register."""
    router = Router(name="admin.register")
    router.message.register(on_register, Command("register"))
    router.message.register(on_reason, StateFilter(Step.reason))
    router.message.register(on_removal, StateFilter(Step.removal))
    press = router.callback_query.register
    press(on_top, Pressed(ListingCD, "top"))
    press(on_form, Pressed(ListingCD, "form"))
    press(on_list, Pressed(ListingCD, "list"))
    press(on_org, Pressed(ListingCD, "org"))
    press(on_enter, Pressed(ListingCD, "enter"))
    press(on_show, Pressed(ListingCD, "show"))
    press(on_uphold, Pressed(ListingCD, "uphold"))
    press(on_remove, Pressed(ListingCD, "remove"))
    return router
