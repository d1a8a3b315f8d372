"""Danger to life: everybody who can help hears everything at once, and again until somebody comes."""

from __future__ import annotations

from casework.audit import Act
from casework.entities import Organisation, Request
from casework.events import EmergencyRaised, EmergencyTaken, NoteAdded, NoteCorrected, RequestChanged
from casework.permissions import Role
from casework.statuses import OfferStatus
from handlers.announce.lead import reworded
from handlers.announce.telling import Handlers, Telling, corrected_words, correction_key, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import EmergencyCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup
from handlers.lead.cards import task_text
from handlers.lead.whereabouts import whereabouts


async def on_raised(tell: Telling, event: EmergencyRaised) -> None:
    """Leads, groups and workers get the full address and the phone at once."""
    request = event.request
    text = joined(
        _head(tell, event),
        # Nothing is masked: minutes spent on accepting before one may see the door can cost a life.
        task_text(tell.context, request, hide=False),
        await whereabouts(tell.context, request),
        tell.texts("announce-emergency-hotlines", numbers="、".join(request.hotlines))
        if request.hotlines
        else None,
    )
    once = f"emergency/{request.id}/{event.step}"
    alarm = tell.revealing(request, Act.ALARMED)
    await alarm.say(await _everybody(tell, event.organisations), text, _take(tell, request), once)
    if event.step == 0:
        await _call_cards(tell, request, await _everybody(tell, event.organisations))
    for organisation in event.organisations:
        if not await tell.lead_chats(organisation) and organisation.group_chat_id is None:
            await tell.must_call(request, organisation, f"{once}/{organisation.id}")


def _head(tell: Telling, event: EmergencyRaised) -> Markup:
    if event.step == 0:
        return tell.texts("announce-emergency")
    waited = (tell.context.now - event.request.created_at).total_seconds()
    return tell.texts("announce-emergency-again", minutes=max(1, round(waited / 60)))


async def _call_cards(tell: Telling, request: Request, chats: list[int]) -> None:
    if not request.details.phone:
        return
    person = await tell.context.uow.people.get(request.resident_id)
    name = (person.name if person else "") or tell.texts.plain("role-resident")
    out = tell.revealing(request, Act.ALARMED).context.out
    for chat in dict.fromkeys(chats):
        once = f"emergency/{request.id}/phone/{request.details.phone}/{chat}"
        await out.call_card(chat, request.details.phone, name, once=once)


def _take(tell: Telling, request: Request) -> Keyboard:
    return [[button(tell.texts, "take", EmergencyCD(id=request.id))]]


async def _everybody(
    tell: Telling, organisations: tuple[Organisation, ...], skip: int | None = None
) -> list[int]:
    chats = [a for a in sorted(tell.context.admins) if a != skip]
    for organisation in organisations:
        chats += await tell.lead_chats(organisation, skip=skip)
        if organisation.group_chat_id is not None:
            chats.append(organisation.group_chat_id)
    return chats


async def _called(tell: Telling, request: Request) -> tuple[Organisation, ...]:
    """All organisations that were ever called to it."""
    ids = dict.fromkeys(o.organisation_id for o in await tell.context.uow.offers.of_request(request.id))
    found = [await tell.context.uow.organisations.get(i) for i in ids]
    return tuple(o for o in found if o)


async def on_taken(tell: Telling, event: EmergencyTaken) -> None:
    """The others can stop; the resident hears who is coming."""
    request = event.request
    person = await tell.context.uow.people.get(event.by)
    name = (person.name if person else "") or tell.texts.plain("announce-colleague")
    who = event.organisation.name if event.organisation else tell.texts.plain("announce-worker")
    text = tell.texts(
        "announce-emergency-taken",
        number=request.number,
        item=tell.item(request),
        organisation=who,
        name=name,
    )
    await tell.say(await _everybody(tell, await _called(tell, request), event.by), text, None, key(event))
    phone = event.organisation.phone if event.organisation else tell.context.community.duty_phone
    coming = joined(
        tell.texts("announce-help-coming", organisation=who),
        tell.texts("announce-organisation-phone", phone=phone) if phone else None,
        tell.texts("announce-hotlines", numbers="、".join(request.hotlines)) if request.hotlines else None,
    )
    await tell.resident(request, coming, once=key(event, "resident"))


async def _on_it(tell: Telling, request: Request) -> list[int]:
    """The chats of all who are still called or have come."""
    offers = await tell.context.uow.offers.of_request(request.id)
    on_it = {o.organisation_id for o in offers if o.status in (OfferStatus.OPEN, OfferStatus.ACCEPTED)}
    return await _everybody(tell, tuple(o for o in await _called(tell, request) if o.id in on_it))


async def on_note(tell: Telling, event: NoteAdded) -> None:
    """Every word of the resident in danger reaches everybody who is still called or has come."""
    request, note = event.request, event.note
    if not request.urgent or note.author_role != Role.RESIDENT.value:
        return
    chats = await _on_it(tell, request)
    text = tell.texts(
        "announce-emergency-note",
        number=request.number,
        item=tell.item(request),
        words=note.text or tell.texts.plain("announce-a-file"),
    )
    openly = tell.revealing(request)
    if note.file_id:
        await openly.pass_file(chats, note, text, f"note/{note.id}")
    else:
        await openly.say(chats, text, None, f"note/{note.id}")


async def on_corrected(tell: Telling, event: NoteCorrected) -> None:
    """Also a word that was wrong reaches everybody who heard it."""
    if event.request.urgent and event.note.author_role == Role.RESIDENT.value:
        chats = await _on_it(tell, event.request)
        openly = tell.revealing(event.request)
        await openly.say(chats, corrected_words(tell, event), None, correction_key(event))


async def on_changed(tell: Telling, event: RequestChanged) -> None:
    """The place or the phone that was missing reaches everybody, unmasked, with the button again."""
    request = event.request
    if not request.urgent:
        return
    chats = await _on_it(tell, request)
    text = joined(
        tell.texts("announce-emergency-changed"),
        reworded(tell, event),
        task_text(tell.context, request, hide=False),
        await whereabouts(tell.context, request),
    )
    rows = _take(tell, request) if request.taken_by is None else None
    await tell.revealing(request, Act.ALARMED).say(chats, text, rows, key(event))
    if "phone" in event.fields:
        await _call_cards(tell, request, chats)


HANDLERS: Handlers = {
    EmergencyRaised: on_raised,
    EmergencyTaken: on_taken,
    NoteAdded: on_note,
    NoteCorrected: on_corrected,
    RequestChanged: on_changed,
}
