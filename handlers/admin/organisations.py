"""/orgs, /org and /invite: who is there, who leads them, what they have in hand."""

from __future__ import annotations

from itertools import groupby

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.books.rates import RateKind, rates_of
from casework.entities import Organisation, Person, Workload
from casework.use_cases.invites import RevokeInvites
from casework.use_cases.organisations import CreateInvite, RemoveLead, SetOrganisationActive
from casework.use_cases.reading import ListOrganisations, ShowOrganisation
from handlers.admin.desk import Desk, Pressed
from handlers.admin.named import named
from handlers.admin.pages import cut, turn_buttons
from handlers.admin.stats.words import rate_line
from handlers.judging.words import standing_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import ListingCD, OrganisationCD, PageCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_PAGE = 8
_FOUND = 10


async def on_orgs(message: Message, desk: Desk) -> None:
    """`/orgs`"""
    await _list(desk, 0)


async def on_page(callback: CallbackQuery, pressed: PageCD, desk: Desk) -> None:
    """Another page."""
    await _list(desk, pressed.page)


async def on_list(callback: CallbackQuery, desk: Desk) -> None:
    """From the desk or a card."""
    await _list(desk.aside(), 0)


async def _list(desk: Desk, page: int) -> None:
    every = await desk.context.cases(ListOrganisations)(desk.actor)
    if not every:
        await desk.show(desk.texts("admin-orgs-nothing"))
        return
    shown, page, pages = cut(every, page, _PAGE)
    lines: list[str] = [desk.texts("admin-orgs-head", count=len(every), page=page + 1, pages=pages)]
    for category, entries in groupby(shown, key=lambda e: e[0].category):
        lines += ["", desk.texts("admin-orgs-category", category=category)]
        lines += [_line(desk, o, load) for o, load in entries]
    keyboard = [*_choices([o for o, _ in shown]), turn_buttons(desk.texts, "orgs", page, pages)]
    await desk.show(Markup("\n".join(lines)), keyboard)


def _line(desk: Desk, organisation: Organisation, load: Workload) -> Markup:
    key = "admin-orgs-line" if organisation.active else "admin-orgs-line-paused"
    return desk.texts(key, name=organisation.name, have=load.open_requests, of=organisation.capacity)


def _choices(organisations: list[Organisation]) -> list[list[Button]]:
    buttons = [(o.name, OrganisationCD(action="show", id=o.id).pack()) for o in organisations]
    return [buttons[n : n + 2] for n in range(0, len(buttons), 2)]


async def on_org(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/org <name or id>`"""
    found = await _one(desk, command, "admin-org-please")
    if found is not None:
        await _card(desk, found.id)


async def _one(desk: Desk, command: CommandObject, please: str) -> Organisation | None:
    """The organisation that was named; None was answered."""
    typed = (command.args or "").strip()
    found = await named(desk, typed) if typed else []
    if len(found) == 1:
        return found[0]
    if not typed:
        await desk.say(please)
    elif not found:
        await desk.say("admin-org-nothing", words=typed[:30])
    else:
        await desk.say("admin-org-several", _choices(found[:_FOUND]), words=typed[:30], count=len(found))
    return None


async def on_show(callback: CallbackQuery, pressed: OrganisationCD, desk: Desk) -> None:
    """The card."""
    await _card(desk.aside(), pressed.id)


async def _card(desk: Desk, organisation_id: int, intro: str = "") -> None:
    shown = await desk.context.cases(ShowOrganisation)(desk.actor, organisation_id)
    organisation, load, leads = shown
    text = _text(desk, organisation, load, leads)
    if intro:
        text = Markup(f"{desk.texts(intro, name=organisation.name)}\n\n{text}")
    await desk.show(text, _keyboard(desk, organisation, leads))


def _text(desk: Desk, organisation: Organisation, load: Workload, leads: list[Person]) -> Markup:
    texts, catalogue = desk.texts, desk.context.community.catalogue
    items = [i.name for i in catalogue if i.code in organisation.items]
    lines = [
        texts("admin-org-head", id=organisation.id, name=organisation.name, category=organisation.category),
        texts("admin-org-items", items="、".join(items) or texts.plain("admin-org-all-items")),
        texts(
            "admin-org-areas",
            areas="、".join(sorted(organisation.areas)) or texts.plain("sheet-everywhere"),
        ),
        texts("admin-org-fee", fee=texts.plain(f"fee-{organisation.fee}")),
        texts("admin-org-load", have=load.open_requests, of=organisation.capacity),
        texts("admin-org-record", offered=load.offered, accepted=load.accepted, confirmed=load.confirmed),
    ]
    rates = rates_of(load)
    lines += [rate_line(texts, kind, rates.of(kind)) for kind in RateKind]
    if load.rating_count:
        stars = f"{load.rating_sum / load.rating_count:.1f}"
        lines.append(texts("admin-org-rating", stars=stars, count=load.rating_count))
    if organisation.phone:
        lines.append(texts("card-phone", value=organisation.phone))
    lines += [texts("admin-org-intro", words=organisation.intro)] if organisation.intro else []
    flags = ("emergency", organisation.emergency), ("sample", organisation.sample)
    lines += [texts(f"admin-org-{flag}") for flag, is_set in flags if is_set]
    lines += [] if organisation.active else [texts("admin-org-paused")]
    standing = standing_words(texts, organisation.standing)
    lines.append(texts("judging-org-standing", standing=standing))
    lines.append(_leads(desk, leads))
    return Markup("\n".join(lines))


def _leads(desk: Desk, leads: list[Person]) -> Markup:
    if not leads:
        return desk.texts("admin-org-no-leads")
    lines: list[str] = [desk.texts("admin-org-leads")]
    for lead in leads:
        key = "admin-org-lead" if lead.reachable else "admin-org-lead-unreachable"
        lines.append(desk.texts(key, id=lead.id, name=_name(desk, lead)))
    return Markup("\n".join(lines))


def _name(desk: Desk, person: Person) -> str:
    return person.name or desk.texts.plain("role-lead")


def _keyboard(desk: Desk, organisation: Organisation, leads: list[Person]) -> Keyboard:
    def press(word: str, action: str, value: str = "", **args: object) -> Button:
        return button(
            desk.texts, word, OrganisationCD(action=action, id=organisation.id, value=value), **args
        )

    switch = press("admin-org-pause", "pause") if organisation.active else press("admin-org-resume", "resume")
    drops = [[press("admin-drop", "drop", str(p.id), name=_name(desk, p))] for p in leads]
    known = button(desk.texts, "judging-known", ListingCD(action="org", id=organisation.id))
    return [[press("admin-invite", "invite"), switch], *drops, [known, press("admin-all-orgs", "list")]]


async def on_switch(callback: CallbackQuery, pressed: OrganisationCD, desk: Desk) -> None:
    """暂停 and 恢复 undo each other."""
    active = pressed.action == "resume"
    await desk.context.cases(SetOrganisationActive)(desk.actor, pressed.id, active=active)
    await desk.toast("admin-done")
    await _card(desk, pressed.id, f"admin-org-did-{pressed.action}")


async def on_drop(callback: CallbackQuery, pressed: OrganisationCD, desk: Desk) -> None:
    """Somebody no longer speaks for the organisation; a question first."""
    organisation, _, leads = await desk.context.cases(ShowOrganisation)(desk.actor, pressed.id)
    lead = next((p for p in leads if str(p.id) == pressed.value), None)
    if lead is None:
        await _card(desk, pressed.id, "admin-org-lead-gone")
    elif pressed.action == "drop":
        yes = OrganisationCD(action="drop_yes", id=pressed.id, value=pressed.value)
        no = OrganisationCD(action="show", id=pressed.id)
        row = [button(desk.texts, "admin-yes", yes), button(desk.texts, "cancel", no)]
        text = desk.texts("admin-sure-drop", name=_name(desk, lead), organisation=organisation.name)
        await desk.show(text, [row])
    else:
        await desk.context.cases(RemoveLead)(desk.actor, pressed.id, lead.id)
        await desk.toast("admin-done")
        await _card(desk, pressed.id, "admin-org-did-drop")


async def on_invite(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/invite <organisation>`"""
    found = await _one(desk, command, "admin-invite-please")
    if found is not None:
        await _invite(desk, found)


async def on_invite_button(callback: CallbackQuery, pressed: OrganisationCD, desk: Desk) -> None:
    """From a card."""
    organisation, _, _ = await desk.context.cases(ShowOrganisation)(desk.actor, pressed.id)
    await _invite(desk.aside(), organisation)


async def _invite(desk: Desk, organisation: Organisation) -> None:
    token, invite = await desk.context.cases(CreateInvite)(desk.actor, organisation.id)
    address = f"https://t.me/{desk.context.bot_username}"
    zone = desk.context.community.timezone
    revoke = button(desk.texts, "admin-revoke", OrganisationCD(action="revoke", id=organisation.id))
    await desk.say(
        "admin-invite",
        [[revoke]],
        name=organisation.name,
        link=f"{address}?start=lead_{token}",
        group_link=f"{address}?startgroup=lead_{token}",
        token=token,
        until=in_words(desk.texts, invite.expires_at, desk.context.now, zone),
    )


async def on_revoke(callback: CallbackQuery, pressed: OrganisationCD, desk: Desk) -> None:
    """A link went to the wrong person: nothing that was sent out opens anything any more."""
    revoked = await desk.context.cases(RevokeInvites)(desk.actor, pressed.id)
    await desk.show(desk.texts("admin-revoked" if revoked else "admin-revoked-none", count=revoked))


def make_router() -> Router:
    """Organisations."""
    router = Router(name="admin.organisations")
    router.message.register(on_orgs, Command("orgs"))
    router.message.register(on_org, Command("org"))
    router.message.register(on_invite, Command("invite"))
    router.callback_query.register(on_page, Pressed(PageCD, "orgs"))
    router.callback_query.register(on_list, Pressed(OrganisationCD, "list"))
    router.callback_query.register(on_show, Pressed(OrganisationCD, "show"))
    router.callback_query.register(on_switch, Pressed(OrganisationCD, "pause", "resume"))
    router.callback_query.register(on_drop, Pressed(OrganisationCD, "drop", "drop_yes"))
    router.callback_query.register(on_invite_button, Pressed(OrganisationCD, "invite"))
    router.callback_query.register(on_revoke, Pressed(OrganisationCD, "revoke"))
    return router
