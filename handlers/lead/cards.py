"""A task as a lead sees it, with the buttons that fit where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from casework.entities import Note, Organisation, Request
from casework.statuses import CLOSED, OfferStatus, RequestStatus
from casework.transitions import Action, can
from casework.use_cases.reading import RequestView, masked
from handlers.kit.buttons import button
from handlers.kit.callbacks import EmergencyCD, OfferCD, WorkCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup, Texts

#: So many notes stand on a card; the older ones were sent when they came.
_NOTES_SHOWN = 5


def task_text(
    context: Context,
    request: Request,
    *,
    hide: bool,
    notes: Iterable[Note] = (),
    organisation: Organisation | None = None,
    voice: str = "lead",
) -> Markup:
    """The card. With `hide` neither phone, door, full words nor notes are on it."""
    view = RequestView(
        request=masked(request, context.community) if hide else request,
        organisation=organisation,
        resident=None,
        history=(),
        notes=(),
        report=None,
        rating=None,
        my_offer=None,
        masked=hide,
    )
    lines = [Cards(context.texts, context.community, voice).card(view, context.now)]
    if voice == "lead" and request.urges and request.status not in CLOSED:
        lines.append(context.texts("lead-card-urges", count=request.urges))
    said = [] if hide else [n for n in notes if n.text][-_NOTES_SHOWN:]
    lines += [context.texts(f"lead-note-{n.kind}", words=n.text) for n in said]
    return Markup("\n".join(lines))


def offer_buttons(texts: Texts, offer_id: int, request: Request) -> Keyboard:
    """接单 and 婉拒; in an emergency 我来处理 instead."""
    decline = button(texts, "decline", OfferCD(action="decline", id=offer_id))
    ask = button(texts, "lead-ask-before", OfferCD(action="ask", id=offer_id))
    if request.urgent and request.taken_by is None:
        return [[button(texts, "take", EmergencyCD(id=request.id)), decline]]
    return [[button(texts, "accept", OfferCD(action="accept", id=offer_id)), decline], [ask]]


def task_buttons(texts: Texts, view: RequestView, *, mine: bool) -> Keyboard:
    """What can be done now. `mine` tells that the reader's organisation has taken it."""
    request, offer = view.request, view.my_offer
    if offer and offer.status is OfferStatus.OPEN and request.status is RequestStatus.OFFERED:
        return offer_buttons(texts, offer.id, request)
    stage = RequestStatus.ACCEPTED if can_start(request) else request.status
    rows = _WORK_ROWS.get(stage, ()) if mine else ()
    keyboard: list[list[Button]] = [
        [button(texts, word, WorkCD(action=action, id=request.id)) for action, word in row] for row in rows
    ]
    return [*keyboard, [tasks_button(texts)]]


def can_start(request: Request) -> bool:
    """Taken but not begun; a question may have been asked and answered before."""
    return request.started_at is None and can(request, Action.START)


def onward_buttons(texts: Texts, request_id: int) -> Keyboard:
    """After a small step: the same task again, or all of them."""
    show = button(texts, "announce-show-task", WorkCD(action="show", id=request_id))
    return [[show, tasks_button(texts)]]


def tasks_button(texts: Texts) -> Button:
    """Back to the list."""
    return button(texts, "lead-tasks", WorkCD(action="list", id=0))


_ASK, _NOTE, _BACK = ("ask", "lead-ask"), ("note", "lead-note"), ("back", "lead-back")
_OTHERS = (("split", "lead-split"), ("hand", "lead-hand"), _BACK)
_WORK_ROWS = {
    RequestStatus.ACCEPTED: ((("start", "start"), ("done", "done")), (_ASK, _NOTE), _OTHERS),
    RequestStatus.IN_PROGRESS: ((("done", "done"),), (_ASK, _NOTE), _OTHERS),
    RequestStatus.WAITING_RESIDENT: ((("done", "done"), _NOTE), _OTHERS),
}
