"""/audit: who saw phone and door of a request, and who changed what lately."""

from __future__ import annotations

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.audit import AuditEntry
from casework.errors import NotFound
from casework.use_cases.auditing import AuditPage, ReadAudit
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD, TriageCD
from handlers.kit.cards import Cards
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup

#: `before` and the request's id, either may be missing.
_PLACE = re.compile(r"([0-9]{0,18})\.([0-9]{0,18})")
#: Facts that are told as a number of something.
_COUNTS = ("count", "people", "added", "updated", "rows")


async def on_audit(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/audit` or `/audit <number>`"""
    typed = (command.args or "").strip()
    if not typed:
        await _show(desk, await desk.context.cases(ReadAudit)(desk.actor))
        return
    number = await desk.number(typed, "/audit 7")
    if number is None:
        return
    try:
        page = await desk.context.cases(ReadAudit)(desk.actor, number=number)
    except NotFound:
        await desk.say("admin-number-unknown", number=number)
        return
    await _show(desk, page)


async def on_further(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """Further back."""
    place = _PLACE.fullmatch(pressed.value)
    if place is None:
        await callback.answer(desk.texts.plain("button-unknown"), show_alert=True)
        return
    before, request_id = (int(part) if part else None for part in place.groups())
    page = await desk.context.cases(ReadAudit)(desk.actor, request_id, before=before)
    await _show(desk.aside() if before is None else desk, page)


async def _show(desk: Desk, page: AuditPage) -> None:
    texts = desk.texts
    if page.request is None:
        lines = [texts("audit-head")]
    else:
        lines = [texts("audit-head-request", number=page.request.number)]
    lines += [_line(desk, page, entry) for entry in page.entries]
    if not page.entries:
        lines.append(texts("audit-nothing"))
    rows: list[list[Button]] = []
    request_id = page.request.id if page.request else ""
    if page.before is not None:
        further = DeskCD(action="audit", value=f"{page.before}.{request_id}")
        rows.append([button(texts, "audit-further", further)])
    if page.request is not None:
        rows.append([button(texts, "admin-back", TriageCD(action="show", id=page.request.id))])
    await desk.show(Markup("\n\n".join(lines)), rows)


def _line(desk: Desk, page: AuditPage, entry: AuditEntry) -> Markup:
    texts = desk.texts
    when = Cards(texts, desk.context.community).when(entry.at, desk.context.now)
    key = f"audit-act-{entry.act}"
    what = texts.plain(key if texts.has(key) else "audit-act-other")
    number = page.numbers.get(entry.request_id or 0, "") if page.request is None else ""
    facts = _facts(desk, page, entry)
    return texts(
        "audit-line",
        when=when,
        who=_who(desk, page, entry),
        what=what,
        number=texts.plain("audit-number", number=number) if number else "",
        facts=texts.plain("audit-facts", facts=facts) if facts else "",
    )


def _who(desk: Desk, page: AuditPage, entry: AuditEntry) -> str:
    """Name and role; a group or the program itself have no name."""
    texts = desk.texts
    if entry.actor_id is None:
        return texts.plain("audit-group" if "group" in entry.facts else "audit-program")
    person = page.people.get(entry.actor_id)
    name = (person.name if person else "") or str(entry.actor_id)
    return texts.plain("audit-who", name=name, role=texts.plain(f"audit-role-{entry.role}"))


def _facts(desk: Desk, page: AuditPage, entry: AuditEntry) -> str:
    texts, facts = desk.texts, entry.facts
    told = []
    organisation, person = facts.get("organisation"), facts.get("person")
    if isinstance(organisation, int) and organisation in page.organisations:
        told.append(page.organisations[organisation].name)
    if isinstance(person, int):
        known = page.people.get(person)
        told.append((known.name if known else "") or str(person))
    told += [texts.plain(f"audit-fact-{name}", value=facts[name]) for name in _COUNTS if name in facts]
    return texts.plain("audit-comma").join(told)


def make_router() -> Router:
    """The book and its pages."""
    router = Router(name="admin.audit")
    router.message.register(on_audit, Command("audit"))
    router.callback_query.register(on_further, Pressed(DeskCD, "audit"))
    return router
