"""What a resident hears while somebody works on the request, until it is solved and rated."""

from __future__ import annotations

from casework.entities import Organisation, Request
from casework.events import (
    EmergencyTaken,
    NoteAdded,
    NoteCorrected,
    RequestAccepted,
    RequestConfirmed,
    ResidentAsked,
    SolvedAsked,
    WorkDone,
    WorkStarted,
)
from casework.permissions import Role
from handlers.announce import filing
from handlers.announce.telling import Handlers, Telling, corrected_words, correction_key, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import MyRequestCD, RateCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup


def _solved_buttons(tell: Telling, request: Request) -> Keyboard:
    return [
        [
            button(tell.texts, "solved", MyRequestCD(action="solved", id=request.id)),
            button(tell.texts, "unsolved", MyRequestCD(action="unsolved", id=request.id)),
        ]
    ]


def reply_button(tell: Telling, request: Request) -> Keyboard:
    return [[button(tell.texts, "announce-reply", MyRequestCD(action="reply", id=request.id))]]


def star_buttons(tell: Telling, request: Request) -> Keyboard:
    """Five buttons; what is tapped next depends on them and belongs to the resident's conversation."""
    return [[button(tell.texts, f"announce-stars-{n}", RateCD(id=request.id, stars=n)) for n in range(1, 6)]]


def _phone(tell: Telling, organisation: Organisation) -> Markup | None:
    if not organisation.phone:
        return None
    return tell.texts("announce-organisation-phone", phone=organisation.phone)


async def on_accepted(tell: Telling, event: RequestAccepted) -> None:
    """By whom, and how to ring them; an emergency has its own message."""
    if tell.beside(event.request, EmergencyTaken):
        return
    text = joined(
        tell.texts("announce-accepted", organisation=event.organisation.name, **tell.about(event.request)),
        _phone(tell, event.organisation),
        tell.texts("announce-resolve-by", when=tell.when(event.request.resolve_due))
        if event.request.resolve_due and event.request.resolve_due > tell.context.now
        else None,
    )
    await tell.resident(event.request, text, once=key(event))


async def on_started(tell: Telling, event: WorkStarted) -> None:
    """Somebody is on the way."""
    text = tell.texts("announce-started", organisation=event.organisation.name, **tell.about(event.request))
    await tell.resident(event.request, text, once=key(event))


async def on_asked(tell: Telling, event: ResidentAsked) -> None:
    """The organisation's question; a plain answer is enough."""
    text = tell.texts(
        "announce-question",
        organisation=event.organisation.name,
        question=event.note.text,
        **tell.about(event.request),
    )
    await tell.resident(event.request, text, reply_button(tell, event.request), once=key(event))


async def on_note(tell: Telling, event: NoteAdded) -> None:
    """Words or a file of whoever works on it; the resident's own go the other way."""
    if event.note.author_role == Role.RESIDENT.value:
        return
    name = event.organisation.name if event.organisation else tell.texts.plain("announce-worker")
    about = tell.about(event.request)
    text = (
        tell.texts("announce-note", organisation=name, words=event.note.text, **about)
        if event.note.text
        else tell.texts("announce-note-file", organisation=name, **about)
    )
    chat = await tell.resident_chat(event.request)
    if chat is None:
        return
    once = f"note/{event.note.id}"
    if event.note.file_id:
        await tell.pass_file([chat], event.note, text, once)
    else:
        await tell.say([chat], text, reply_button(tell, event.request), once)


async def on_corrected(tell: Telling, event: NoteCorrected) -> None:
    """Whoever works on it wrote something else in the place of an earlier word."""
    if event.note.author_role == Role.RESIDENT.value:
        return
    buttons = reply_button(tell, event.request)
    await tell.resident(event.request, corrected_words(tell, event), buttons, once=correction_key(event))


async def on_done(tell: Telling, event: WorkDone) -> None:
    """Said to be done, with the proof: is it?"""
    chat = await tell.resident_chat(event.request)
    if chat is None:
        return
    report, about = event.report, tell.about(event.request)
    if report.photo and not await _was_shown(tell, event):
        await tell.context.out.forward_file(chat, "photo", report.photo, once=f"{key(event)}/photo/{chat}")
    text = joined(
        tell.texts("announce-done", organisation=event.organisation.name, **about)
        if event.organisation
        else tell.texts("announce-done-worker", **about),
        tell.texts("announce-done-words", words=report.words) if report.words else None,
        tell.texts("announce-is-it-solved"),
    )
    await tell.say([chat], text, _solved_buttons(tell, event.request), key(event))


async def _was_shown(tell: Telling, event: WorkDone) -> bool:
    notes = await tell.context.uow.notes.of_request(event.request.id)
    return any(n.file_id == event.report.photo for n in notes)


async def on_solved_asked(tell: Telling, event: SolvedAsked) -> None:
    """Asked again, because nothing was heard."""
    text = tell.texts(
        "announce-ask-solved" if event.step < 2 else "announce-ask-solved-last",
        **tell.about(event.request),
    )
    buttons = _solved_buttons(tell, event.request)
    await tell.resident(event.request, text, buttons, once=key(event, event.step))


async def on_confirmed(tell: Telling, event: RequestConfirmed) -> None:
    """Thanks, and how many stars."""
    text = tell.texts("announce-thanks", **tell.about(event.request))
    await tell.resident(event.request, text, star_buttons(tell, event.request), once=key(event))


HANDLERS: Handlers = {
    **filing.HANDLERS,
    RequestAccepted: on_accepted,
    WorkStarted: on_started,
    ResidentAsked: on_asked,
    NoteAdded: on_note,
    NoteCorrected: on_corrected,
    WorkDone: on_done,
    SolvedAsked: on_solved_asked,
    RequestConfirmed: on_confirmed,
}
