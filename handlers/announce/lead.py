"""What the organisations hear: tasks, reminders, changes, and how it ended."""

from __future__ import annotations

from casework.entities import Details, Organisation, Request
from casework.events import (
    EmergencyTaken,
    NoteAdded,
    NoteCorrected,
    OfferDeclined,
    OfferExpired,
    OfferMade,
    OfferReminder,
    OfferWithdrawn,
    ReopenDecided,
    ReopenRequested,
    RequestAccepted,
    RequestCancelled,
    RequestChanged,
    RequestConfirmed,
    RequestRated,
    RequestUrged,
    ResolveReminder,
)
from casework.permissions import Role
from casework.sight import lead_sees
from casework.statuses import BEFORE_WORK, IN_WORK, OfferStatus
from handlers.announce.telling import (
    Handlers,
    Telling,
    corrected_words,
    correction_key,
    joined,
    key,
    rating_key,
    rating_words,
)
from handlers.kit.buttons import button
from handlers.kit.callbacks import OfferCD, WorkCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup
from handlers.lead.cards import offer_buttons, task_text

#: Fields that only those see who have taken the request.
_PRIVATE = frozenset({"address", "phone"})


def _show(tell: Telling, request: Request) -> Keyboard:
    return [[button(tell.texts, "announce-show-task", WorkCD(action="show", id=request.id))]]


async def on_offered(tell: Telling, event: OfferMade) -> None:
    """The task card, without phone and door save in danger; a worker is told when nobody can be reached."""
    text = joined(
        tell.texts("announce-task", organisation=event.organisation.name),
        task_text(tell.context, event.request, hide=not event.request.urgent),
    )
    once = f"offer/{event.offer.id}"
    buttons = offer_buttons(tell.texts, event.offer.id, event.request)
    of = event.request if event.request.urgent else None
    if not await tell.organisation(event.organisation, text, buttons, once=once, group=text, of=of):
        await tell.must_call(event.request, event.organisation, once)


async def on_reminder(tell: Telling, event: OfferReminder) -> None:
    """Half of the time is over, or nearly all of it."""
    text = tell.texts(
        "announce-task-reminder",
        when=tell.when(event.offer.expires_at),
        organisation=event.organisation.name,
        **tell.about(event.request),
    )
    once = f"offer-reminder/{event.offer.id}/{event.step}"
    show = [[button(tell.texts, "announce-show-task", OfferCD(action="show", id=event.offer.id))]]
    await tell.organisation(event.organisation, text, show, once=once, group=text)


async def on_expired(tell: Telling, event: OfferExpired) -> None:
    """Nobody answered in time: no reproach."""
    text = tell.texts(
        "announce-task-expired", organisation=event.organisation.name, **tell.about(event.request)
    )
    once = key(event, event.organisation.id)
    await tell.organisation(event.organisation, text, once=once, group=text)


async def on_declined(tell: Telling, event: OfferDeclined) -> None:
    """The colleagues of whoever said no."""
    gave_back = event.request.status in IN_WORK
    words = "announce-colleague-gave-back" if gave_back else "announce-colleague-declined"
    text = tell.texts(words, **tell.about(event.request))
    await tell.organisation(event.organisation, text, once=key(event, event.organisation.id), skip=event.by)


async def on_withdrawn(tell: Telling, event: OfferWithdrawn) -> None:
    """No longer theirs, kindly and why; in an emergency the message of who took it is enough."""
    if event.why == "taken" and tell.beside(event.request, EmergencyTaken):
        return
    words = f"announce-withdrawn-{event.why}"
    text = tell.texts(
        words if tell.texts.has(words) else "announce-withdrawn-other", **tell.about(event.request)
    )
    once = key(event, event.organisation.id)
    if not await tell.organisation(event.organisation, text, once=once, group=text):
        await _call_if_in_work(tell, event.request, event.organisation, once)


async def _call_if_in_work(tell: Telling, request: Request, organisation: Organisation, once: str) -> None:
    """Somebody may be on the way for nothing."""
    if request.status in IN_WORK:
        await tell.must_call(request, organisation, once)


async def on_accepted(tell: Telling, event: RequestAccepted) -> None:
    """The colleagues of whoever said yes."""
    if tell.beside(event.request, EmergencyTaken):
        return
    person = await tell.context.uow.people.get(event.by)
    name = (person.name if person else "") or tell.texts.plain("announce-colleague")
    text = tell.texts("announce-colleague-accepted", name=name, **tell.about(event.request))
    show = _show(tell, event.request)
    await tell.organisation(event.organisation, text, show, once=key(event), skip=event.by)


async def on_note(tell: Telling, event: NoteAdded) -> None:
    """What the resident added or answered; who was only asked reads it without phone and door."""
    request, organisation, note = event.request, event.organisation, event.note
    if note.author_role != Role.RESIDENT.value or request.urgent:
        return None
    if organisation is None or not _sees_all(tell, request, organisation):
        return await _note_before(tell, event)
    once = f"note/{note.id}"
    full = (
        tell.texts(f"announce-resident-{note.kind}", words=note.text, **tell.about(request))
        if note.text
        else tell.texts("announce-resident-file", **tell.about(request))
    )
    file, show = note if note.file_id else None, _show(tell, request)
    short = tell.texts("announce-resident-added", **tell.about(request))
    if not await tell.organisation(organisation, full, show, once=once, group=short, file=file, of=request):
        await tell.must_call(request, organisation, once)
    return None


async def _note_before(tell: Telling, event: NoteAdded) -> None:
    """To everybody who was asked; what was sent along is theirs with the yes."""
    about = tell.about(event.request)
    text = tell.texts("announce-resident-added", **about)
    if event.note.file_id:
        text = tell.texts("announce-resident-added-file", **about)
    elif event.summary:
        text = tell.texts("announce-resident-added-words", words=event.summary, **about)
    for organisation in event.asked or ((event.organisation,) if event.organisation else ()):
        once, show = f"note/{event.note.id}/{organisation.id}", _show(tell, event.request)
        if not await tell.organisation(organisation, text, show, once=once, group=text):
            await tell.must_call(event.request, organisation, once)


def _sees_all(tell: Telling, request: Request, organisation: Organisation) -> bool:
    """Whether the organisation has taken it; one that was only asked gets the masked card."""
    may = lead_sees(request, tell.context.community, tell.context.now)
    return request.organisation_id == organisation.id and may


async def on_confirmed(tell: Telling, event: RequestConfirmed) -> None:
    """The resident's thanks."""
    if event.organisation:
        text = tell.texts("announce-confirmed", **tell.about(event.request))
        await tell.organisation(event.organisation, text, once=key(event), group=text)


async def on_rated(tell: Telling, event: RequestRated) -> None:
    """How many stars."""
    if event.organisation is None:
        return
    text = joined(
        tell.texts("announce-rated", stars="⭐" * event.rating.stars, **tell.about(event.request)),
        rating_words(tell, event.rating),
    )
    await tell.organisation(event.organisation, text, once=rating_key(event), group=text)


async def on_reopen_requested(tell: Telling, event: ReopenRequested) -> None:
    """Not solved yet, says the resident; a worker looks first."""
    organisation = await _holder(tell, event.request)
    if organisation is None:
        return
    short = tell.texts("announce-unsolved", **tell.about(event.request))
    full = joined(short, tell.texts("announce-unsolved-words", words=event.words) if event.words else None)
    await tell.organisation(organisation, full, once=key(event), group=short, of=event.request)


async def on_reopen_decided(tell: Telling, event: ReopenDecided) -> None:
    """To those who did the work: it goes to others, or it stays as they left it."""
    organisation = await _did_the_work(tell, event.request)
    again = tell.beside(event.request, OfferMade)
    if organisation is None or (again and again.organisation.id == organisation.id):
        return
    words = "announce-task-reopened" if event.approved else "announce-task-not-reopened"
    text = tell.texts(words, **tell.about(event.request))
    await tell.organisation(organisation, text, once=key(event), group=text)


async def _holder(tell: Telling, request: Request) -> Organisation | None:
    return await tell.context.uow.organisations.get(request.organisation_id or 0)


async def _did_the_work(tell: Telling, request: Request) -> Organisation | None:
    offers = await tell.context.uow.offers.of_request(request.id)
    accepted = [o for o in offers if o.status is OfferStatus.ACCEPTED]
    return await tell.context.uow.organisations.get(accepted[-1].organisation_id) if accepted else None


async def on_cancelled(tell: Telling, event: RequestCancelled) -> None:
    """No longer needed; nobody should go there."""
    text = tell.texts("announce-task-cancelled", **tell.about(event.request))
    for organisation in event.organisations:
        once = key(event, organisation.id)
        if not await tell.organisation(organisation, text, once=once, group=text):
            await tell.must_call(event.request, organisation, once)


async def on_changed(tell: Telling, event: RequestChanged) -> None:
    """Old and new; who was only asked sees no phone or door. Emergencies have their own telling."""
    if event.request.urgent:
        return
    for organisation in event.organisations:
        hide = not _sees_all(tell, event.request, organisation)
        once, show = key(event, organisation.id), _show(tell, event.request)
        text = _changed(tell, event, hide=hide)
        in_group = _changed(tell, event, hide=True)
        of = None if hide else event.request
        if not await tell.organisation(organisation, text, show, once=once, group=in_group, of=of):
            await tell.must_call(event.request, organisation, once)


def _changed(tell: Telling, event: RequestChanged, *, hide: bool) -> Markup:
    fields = [f for f in event.fields if not (hide and f in _PRIVATE)]
    return joined(
        tell.texts("announce-changed", **tell.about(event.request)),
        Markup("\n".join(_difference(tell, event, f) for f in fields)),
        None if hide else reworded(tell, event),
        task_text(tell.context, event.request, hide=hide),
    )


def reworded(tell: Telling, event: RequestChanged) -> Markup | None:
    """Old and new words, when the resident corrected them."""
    if not event.new_words:
        return None
    return tell.texts("announce-changed-words", old=event.old_words, new=event.new_words)


async def on_corrected(tell: Telling, event: NoteCorrected) -> None:
    """A resident's note has other words now; once, with old and new."""
    request, organisation = event.request, event.organisation
    if event.note.author_role != Role.RESIDENT.value or organisation is None or request.urgent:
        return
    short = tell.texts("announce-note-corrected-short", **tell.about(request))
    sees = _sees_all(tell, request, organisation)
    full, once = corrected_words(tell, event) if sees else short, correction_key(event)
    of = request if sees else None
    await tell.organisation(organisation, full, _show(tell, request), once=once, group=short, of=of)


def _difference(tell: Telling, event: RequestChanged, field: str) -> Markup:
    nothing = tell.texts.plain("announce-nothing")
    old = _in_words(tell, event.before, field) or nothing
    new = _in_words(tell, event.request.details, field) or nothing
    return tell.texts(f"announce-changed-{field}", old=old, new=new)


def _in_words(tell: Telling, details: Details, field: str) -> str:
    said = {
        "address": tell.cards.address(details.address),
        "phone": details.phone,
        "time": details.time_expr,
        "recipient": details.recipient,
    }
    return said[field]


async def on_urged(tell: Telling, event: RequestUrged) -> None:
    """How often, and what was promised."""
    request = event.request
    due = request.resolve_due if request.status in IN_WORK else request.answer_due
    words = "announce-urged-late" if event.late else "announce-urged"
    if request.urgent and request.status in BEFORE_WORK:
        words = "announce-urged-emergency"
    text = tell.texts(
        words,
        count=request.urges,
        when=tell.when(due),
        **tell.about(request),
    )
    for organisation in event.organisations:
        once = key(event, organisation.id)
        show = _show(tell, request)
        if not await tell.organisation(organisation, text, show, once=once, group=text):
            await tell.must_call(request, organisation, once)


async def on_resolve_reminder(tell: Telling, event: ResolveReminder) -> None:
    """The promised end comes nearer, is near or over."""
    words = "announce-resolve-late" if event.late else "announce-resolve-soon"
    if not event.late and event.step == 1:
        words = "announce-resolve-half"
    text = tell.texts(
        words,
        when=tell.when(event.request.resolve_due),
        **tell.about(event.request),
    )
    once, show = key(event, event.late, event.step), _show(tell, event.request)
    await tell.organisation(event.organisation, text, show, once=once, group=text)


HANDLERS: Handlers = {
    OfferMade: on_offered,
    OfferReminder: on_reminder,
    OfferExpired: on_expired,
    OfferDeclined: on_declined,
    OfferWithdrawn: on_withdrawn,
    RequestAccepted: on_accepted,
    NoteAdded: on_note,
    NoteCorrected: on_corrected,
    RequestConfirmed: on_confirmed,
    RequestRated: on_rated,
    ReopenRequested: on_reopen_requested,
    ReopenDecided: on_reopen_decided,
    RequestCancelled: on_cancelled,
    RequestChanged: on_changed,
    RequestUrged: on_urged,
    ResolveReminder: on_resolve_reminder,
}
