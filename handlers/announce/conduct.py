"""What workers hear of somebody who goes on and on: they look, and decide."""

from __future__ import annotations

from casework.audit import Act
from casework.events import ConductNoticed, EmergencyDoubted
from handlers.announce.telling import Handlers, Telling, joined
from handlers.kit.buttons import button
from handlers.kit.callbacks import ConductCD, EmergencyCD
from handlers.lead.cards import task_text


async def on_noticed(tell: Telling, event: ConductNoticed) -> None:
    """Who it is and what they can do about it."""
    name = event.name or tell.texts.plain("role-resident")
    text = tell.texts(
        "conduct-noticed", name=name, times=event.times, kind=tell.texts.plain(f"act-{event.kind}")
    )
    rows = [
        [
            button(tell.texts, "conduct-mute", ConductCD(action="mute", id=event.person_id)),
            button(tell.texts, "conduct-leave", ConductCD(action="leave", id=event.person_id)),
        ]
    ]
    day = tell.context.now.date()
    await tell.admins(text, rows, once=f"conduct/{event.person_id}/{day}/{event.times}")


async def on_doubted(tell: Telling, event: EmergencyDoubted) -> None:
    """Everything that an alarm says, with the way to sound it."""
    request = event.request
    text = joined(
        tell.texts("conduct-emergency", times=event.before + 1, minutes=event.minutes),
        task_text(tell.context, request, hide=False, voice="admin"),
    )
    rows = [
        [button(tell.texts, "conduct-everybody", ConductCD(action="everybody", id=request.id))],
        [button(tell.texts, "take", EmergencyCD(id=request.id))],
    ]
    out = tell.revealing(request, Act.ALARMED)
    await out.admins(text, rows, once=f"doubted/{request.id}")
    if request.details.phone:
        person = await tell.context.uow.people.get(request.resident_id)
        name = (person.name if person else "") or tell.texts.plain("role-resident")
        for chat in sorted(tell.context.admins):
            once = f"doubted/{request.id}/phone/{chat}"
            await out.context.out.call_card(chat, request.details.phone, name, once=once)


HANDLERS: Handlers = {ConductNoticed: on_noticed, EmergencyDoubted: on_doubted}
