"""/register: red list, black list, abnormal ones, the dormant, and what is known of each organisation."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.entities import Organisation
from casework.judging.register import ListKind
from casework.permissions import Permission, require
from casework.use_cases.register import RegisterView, ShowRegister, ShowStanding, StandingView
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.listings import press, state_of, when
from handlers.admin.named import named
from handlers.judging.words import grade_words, standing_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import EvaluationCD, ListingCD
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_MOST = 40
_KINDS = tuple(ListKind)


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
    return press(desk, "judging-org", "org", organisation.id, name=organisation.name)


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
        press(desk, f"judging-list-{name}", "list", 0, name, count=count) for name, count in counts.items()
    ]
    rows = [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
    more = [
        press(desk, "judging-checks", "checks"),
        button(desk.texts, "judging-evaluate", EvaluationCD(action="show")),
        press(desk, "judging-form", "form"),
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
        [*rows[:_MOST], [press(desk, "judging-register", "top")]],
    )


def _entries(desk: Desk, view: RegisterView, kind: ListKind) -> tuple[list[Markup], Keyboard]:
    entries = view.of(kind)
    lines = [
        desk.texts("judging-entry", name=o.name, reason=e.reason, state=state_of(desk, e)) for e, o in entries
    ]
    return lines, [[press(desk, "judging-entry", "show", e.id, name=o.name)] for e, o in entries]


def _dormant(desk: Desk, view: RegisterView) -> tuple[list[Markup], Keyboard]:
    lines, rows = [], []
    for organisation, presence in view.dormant:
        last = presence.last_sign_at or presence.first_seen_at
        lines.append(desk.texts("judging-dormant-line", name=organisation.name, when=when(desk, last)))
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
        [press(desk, "judging-entry", "show", e.id, name=desk.texts.plain(f"judging-list-{kind}"))]
        for kind, e in standing.items()
    ]
    rows += [
        [press(desk, f"judging-enter-{kind}", "enter", organisation_id, kind.value)]
        for kind in _KINDS
        if kind not in standing
    ]
    await desk.show(_known(desk, view), [*rows, [press(desk, "judging-register", "top")]])


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
        lines.append(texts("judging-known-dormant", when=when(desk, last)))
    for listing in view.listings:
        name = texts.plain(f"judging-list-{listing.kind}")
        lines.append(
            texts("judging-known-entry", list=name, reason=listing.reason, state=state_of(desk, listing))
        )
    return Markup("\n".join(lines))


def make_router() -> Router:
    """The register."""
    router = Router(name="admin.register")
    router.message.register(on_register, Command("register"))
    hear = router.callback_query.register
    hear(on_top, Pressed(ListingCD, "top"))
    hear(on_form, Pressed(ListingCD, "form"))
    hear(on_list, Pressed(ListingCD, "list"))
    hear(on_org, Pressed(ListingCD, "org"))
    return router
