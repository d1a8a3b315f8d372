"""What time alone makes us say to workers: something waits for them, or is overdue."""

from __future__ import annotations

from casework.promises.clock_events import WorkerReminded
from handlers.announce.telling import Handlers, Telling, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import MyRequestCD, TriageCD
from handlers.lead.cards import task_text

#: The reminder that comes when the time is over.
_OVER = 3


async def on_worker_reminded(tell: Telling, event: WorkerReminded) -> None:
    """What waits, since or until when, and whom to ring."""
    request = event.request
    show = [[button(tell.texts, "announce-show-task", TriageCD(action="show", id=request.id))]]
    about = tell.about(request) | {"when": tell.when(event.due)}
    if event.why == "late":
        held = event.organisation
        text = tell.texts(
            "time-late-held" if held else "time-late-nobody",
            organisation=held.name if held else "",
            phone=(held.phone if held else "") or tell.texts.plain("announce-no-phone"),
            **about,
        )
    else:
        over = "over" if event.step >= _OVER else "soon"
        text = joined(
            tell.texts(f"time-{event.why}-{over}", **about),
            task_text(tell.context, request, hide=False, voice="admin"),
        )
    openly = tell if event.why == "late" else tell.revealing(request)
    await openly.admins(text, show, once=key(event, event.why, event.step))
    if event.why == "late":
        await _sorry(tell, event)


async def _sorry(tell: Telling, event: WorkerReminded) -> None:
    """The resident counts on a promise that was not kept: said before they have to ask."""
    organisation = event.organisation.name if event.organisation else ""
    text = tell.texts(
        "time-late-resident",
        organisation=organisation,
        held="yes" if organisation else "no",
        when=tell.when(event.due),
        **tell.about(event.request),
    )
    urge = [[button(tell.texts, "urge", MyRequestCD(action="urge", id=event.request.id))]]
    await tell.resident(event.request, text, urge, once=key(event, "sorry", event.step))


HANDLERS: Handlers = {WorkerReminded: on_worker_reminded}
