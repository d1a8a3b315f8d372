"""A request as a worker sees it, with the buttons that fit where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from casework.entities import Request
from casework.statuses import BEFORE_WORK, CLOSED, RequestStatus, TriageReason
from casework.transitions import Action, can
from casework.use_cases.reading import RequestView
from handlers.admin.steps import WorkerCards
from handlers.kit.buttons import button
from handlers.kit.callbacks import EmergencyCD, TriageCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.reasons import rating_reasons
from handlers.kit.texts import Markup, Texts
from handlers.lead.cards import task_text

_NOT_LATE = CLOSED | {RequestStatus.DONE, RequestStatus.WAITING_RESIDENT}


def request_text(context: Context, view: RequestView) -> Markup:
    """The full card: why it waits, need, place, phone, who filed it, notes, report, rating."""
    request, texts = view.request, context.texts
    lines = []
    if request.status is RequestStatus.TRIAGE and request.triage_reason:
        why = texts.plain(f"triage-why-{request.triage_reason}")
        lines.append(texts("admin-card-waits", why=why))
    lines.append(
        task_text(
            context, request, hide=False, notes=view.notes, organisation=view.organisation, voice="admin"
        )
    )
    name = (view.resident.name if view.resident else "") or texts.plain("role-resident")
    lines.append(texts("admin-card-resident", id=request.resident_id, name=name))
    if view.resident and view.resident.muted:
        lines.append(texts("admin-card-muted"))
    if request.urges:
        lines.append(texts("admin-card-urges", count=request.urges))
    if request.followers:
        lines.append(texts("admin-card-followers", count=request.followers))
    if view.report:
        report = view.report
        hours = f"{report.hours:g}"
        lines.append(texts("admin-card-report", hours=hours, people=report.people, words=report.words))
    if view.rating:
        stars = "⭐" * view.rating.stars
        why = rating_reasons(texts, view.rating.reasons)
        lines.append(texts("admin-card-rating", stars=stars, reasons=why, words=view.rating.words))
    return Markup("\n".join(lines))


async def timeline(context: Context, view: RequestView) -> Markup:
    """All steps, with who took them and why."""
    people = await context.uow.people.many(e.actor_id for e in view.history if e.actor_id is not None)
    names = {person.id: person.name for person in people}
    cards = WorkerCards(context.texts, context.community, "admin", names)
    return context.texts("admin-timeline", steps=cards.timeline(view.history, context.now))


def request_buttons(texts: Texts, view: RequestView) -> Keyboard:
    """What a worker can do with the request now."""
    request = view.request

    def press(word: str, action: str) -> Button:
        return button(texts, word, TriageCD(action=action, id=request.id))

    rows: list[list[Button]] = []
    if request.urgent and request.taken_by is None and request.status in BEFORE_WORK:
        rows.append([button(texts, "take", EmergencyCD(id=request.id))])
    if request.status is RequestStatus.REOPEN_REQUESTED:
        rows.append([press("announce-reopen-yes", "reopen_yes"), press("announce-reopen-no", "reopen_no")])
        if view.organisation and view.organisation.active:
            rows.append([press("call-same", "reopen_same")])
    if can(request, Action.CONFIRM):
        rows.append([press("admin-confirm", "confirm")])
    if can(request, Action.ASSIGN):
        rows.append([press("assign", "pick"), press("announce-recategorise", "group")])
        if _may_go_as_filed(request):
            rows[-1].append(press("admin-release", "release"))
        rows.append([press("announce-not-ours", "decline"), press("admin-split", "split")])
        rows.append([press("admin-close", "cancel")])
        rows[-1].append(press("admin-settle", "settle"))
    last = [press("admin-history", "history"), press("admin-why", "why")]
    if view.resident:
        last.append(press("admin-unmute", "unmute") if view.resident.muted else press("admin-mute", "mute"))
    return [*rows, last]


def _may_go_as_filed(request: Request) -> bool:
    waits = request.status is RequestStatus.TRIAGE
    return waits and request.triage_reason is not TriageReason.NOBODY_TO_OFFER


def list_text(context: Context, requests: Sequence[Request]) -> Markup:
    """One entry a request."""
    cards = Cards(context.texts, context.community, "admin")
    entries = []
    for request in requests:
        due = _promise(cards, request, context.now)
        line = cards.line(request, context.now)
        entries.append(f"{line}\n{due}（{cards.class_name(request)}）" if due else line)
    return Markup("\n\n".join(entries))


def _promise(cards: Cards, request: Request, now: datetime) -> Markup | None:
    """The next promise; a missed end counts for more than an answer that may still come in time."""
    end = request.resolve_due
    called = request.urgent and request.status in BEFORE_WORK
    if not called and end is not None and end < now and request.status not in _NOT_LATE:
        return cards.texts("card-resolve-due-late", when=cards.when(end, now))
    return cards.due(request, now)


def list_buttons(requests: Sequence[Request], a_row: int = 2) -> list[list[Button]]:
    """A button a request, with its number."""
    buttons = [(r.number, TriageCD(action="show", id=r.id).pack()) for r in requests]
    return [buttons[n : n + a_row] for n in range(0, len(buttons), a_row)]
