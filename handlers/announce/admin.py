"""What the community workers hear: whatever a human must look at."""

from __future__ import annotations

from casework.audit import Act
from casework.books.ledgers import ProblemKind
from casework.entities import Request
from casework.events import (
    EmergencyRaised,
    EmergencyTaken,
    HumanWanted,
    NeedsTriage,
    NoteAdded,
    NoteCorrected,
    OfferDeclined,
    PersonUnreachable,
    ProblemRaised,
    ReopenDecided,
    ReopenRequested,
    RequestAccepted,
    RequestRated,
    RequestUrged,
    VoiceRaised,
)
from casework.permissions import Role
from casework.statuses import IN_WORK, OfferStatus
from handlers.announce.sameness import alike_in_triage, who_objects
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
from handlers.kit.callbacks import ProblemCD, TriageCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.reasons import decline_reason
from handlers.kit.texts import Markup
from handlers.lead.cards import task_text

#: A rating so low that a worker should know.
_BAD_STARS = 2


def _show(tell: Telling, request: Request) -> Keyboard:
    return [[button(tell.texts, "announce-show-task", TriageCD(action="show", id=request.id))]]


def _card(tell: Telling, request: Request) -> Markup:
    return task_text(tell.context, request, hide=False, voice="admin")


async def on_triage(tell: Telling, event: NeedsTriage) -> None:
    """What it is, why it waits, who said no, and what can be done; an emergency calls louder itself."""
    request = event.request
    if tell.beside(request, EmergencyRaised):
        return
    alike, merge_rows = await alike_in_triage(tell, request)
    text = joined(
        tell.texts("announce-needs-human", why=tell.texts.plain(f"triage-why-{event.why}")),
        _card(tell, request),
        await _refusals(tell, request),
        alike,
    )
    rows = [
        *merge_rows,
        [
            button(tell.texts, "assign", TriageCD(action="pick", id=request.id)),
            button(tell.texts, "announce-recategorise", TriageCD(action="group", id=request.id)),
            button(tell.texts, "announce-not-ours", TriageCD(action="decline", id=request.id)),
        ],
    ]
    await tell.revealing(request).admins(text, rows, once=key(event))


async def _refusals(tell: Telling, request: Request) -> Markup | None:
    """Who had their turn, and what they said."""
    said = {
        o.organisation_id: (o.status.value, o.reason, o.decided_by)
        for o in await tell.context.uow.offers.of_request(request.id)
        if o.status in (OfferStatus.DECLINED, OfferStatus.EXPIRED)
    }
    gave_back = tell.beside(request, OfferDeclined)
    if gave_back is not None and gave_back.request.status in IN_WORK:
        said[gave_back.organisation.id] = ("handed-back", gave_back.reason, gave_back.by)
    lines = []
    for organisation_id, (how, reason, by) in said.items():
        organisation = await tell.context.uow.organisations.get(organisation_id)
        name = organisation.name if organisation else ""
        words = decline_reason(tell.texts, reason)
        who = await _in_brackets(tell, by)
        lines.append(tell.texts(f"announce-refusal-{how}", organisation=name, who=who, reason=words))
    return Markup("\n".join(lines)) if lines else None


async def _in_brackets(tell: Telling, person_id: int | None) -> str:
    """The person's name for workers' eyes, as （王芳）; empty when nobody is known."""
    person = await tell.context.uow.people.get(person_id) if person_id else None
    return tell.texts.plain("admin-named", words="", name=person.name) if person and person.name else ""


async def on_declined(tell: Telling, event: OfferDeclined) -> None:
    """Only in an emergency: one helper less."""
    if not event.request.urgent:
        return
    text = tell.texts(
        "announce-emergency-declined",
        organisation=event.organisation.name,
        who=await _in_brackets(tell, event.by),
        reason=decline_reason(tell.texts, event.reason),
        **tell.about(event.request),
    )
    await tell.admins(text, _show(tell, event.request), once=key(event, event.organisation.id))


async def on_accepted(tell: Telling, event: RequestAccepted) -> None:
    """An organisation joins a worker who had taken an emergency."""
    if not event.request.urgent or tell.beside(event.request, EmergencyTaken):
        return
    text = tell.texts(
        "announce-emergency-joined", organisation=event.organisation.name, **tell.about(event.request)
    )
    await tell.admins(text, _show(tell, event.request), once=key(event), skip=event.by)


async def on_reopen_requested(tell: Telling, event: ReopenRequested) -> None:
    """The resident says no: a worker decides."""
    request = event.request
    held = await tell.context.uow.organisations.get(request.organisation_id or 0)
    text = joined(
        tell.texts("announce-reopen-request"),
        tell.texts("announce-unsolved-words", words=event.words) if event.words else None,
        await who_objects(tell, request),
        task_text(tell.context, request, hide=False, organisation=held, voice="admin"),
    )
    buttons = [
        [
            button(tell.texts, "announce-reopen-yes", TriageCD(action="reopen_yes", id=request.id)),
            button(tell.texts, "announce-reopen-no", TriageCD(action="reopen_no", id=request.id)),
        ]
    ]
    if held is not None and held.active:
        same = TriageCD(action="reopen_same", id=request.id)
        buttons.append([button(tell.texts, "call-same", same)])
    await tell.revealing(request).admins(text, buttons, once=key(event))


async def on_urged(tell: Telling, event: RequestUrged) -> None:
    """When the promised time is over, or when nobody but a worker holds it."""
    if event.organisations and not event.late:
        return
    names = "、".join(o.name for o in event.organisations)
    text = tell.texts(
        "announce-urged-worker" if names else "announce-urged-nobody",
        count=event.request.urges,
        organisations=names,
        **tell.about(event.request),
    )
    await tell.admins(text, _show(tell, event.request), once=key(event))


async def on_note(tell: Telling, event: NoteAdded) -> None:
    """What a resident adds while no organisation holds the request."""
    request, note = event.request, event.note
    held = event.organisation or event.asked
    if note.author_role != Role.RESIDENT.value or held or request.urgent:
        return
    words = note.text or tell.texts.plain("announce-a-file")
    text = tell.texts("announce-note-for-worker", words=words, **tell.about(request))
    openly = tell.revealing(request)
    if note.file_id:
        await openly.pass_file(sorted(tell.context.admins), note, text, f"note/{note.id}")
    else:
        await openly.admins(text, _show(tell, request), once=f"note/{note.id}")


async def on_corrected(tell: Telling, event: NoteCorrected) -> None:
    """A resident's word that workers were told, as nobody else had the request."""
    if event.note.author_role == Role.RESIDENT.value and not event.organisation and not event.request.urgent:
        text = corrected_words(tell, event)
        openly = tell.revealing(event.request)
        await openly.admins(text, _show(tell, event.request), once=correction_key(event))


async def on_rated(tell: Telling, event: RequestRated) -> None:
    """Somebody is unhappy."""
    if event.rating.stars > _BAD_STARS:
        return
    name = event.organisation.name if event.organisation else tell.texts.plain("announce-worker")
    text = joined(
        tell.texts(
            "announce-bad-rating",
            stars=event.rating.stars,
            organisation=name,
            **tell.about(event.request),
        ),
        rating_words(tell, event.rating),
    )
    await tell.admins(text, _show(tell, event.request), once=rating_key(event))


async def on_human(tell: Telling, event: HumanWanted) -> None:
    """Somebody wants a person; no key, for every wish counts."""
    text = joined(
        tell.texts("announce-human-wanted", **_who(tell, event)),
        tell.texts("announce-their-words", words=event.words) if event.words else None,
        _their_phone(tell, event.phone),
    )
    await _to_each(tell, event, text)


async def on_voice(tell: Telling, event: VoiceRaised) -> None:
    """A volunteer, a proposal, a new organisation, praise or a complaint."""
    words = f"announce-voice-{event.kind}"
    text = joined(
        tell.texts(words if tell.texts.has(words) else "announce-voice-other", **_who(tell, event)),
        tell.texts("announce-their-words", words=event.words) if event.words else None,
        _their_phone(tell, event.phone),
    )
    await _to_each(tell, event, text)


async def _to_each(tell: Telling, event: HumanWanted | VoiceRaised, text: Markup) -> None:
    for admin in sorted(tell.context.admins):
        if event.phone:
            tell.context.uow.audit.note(Act.PASSED_ON, admin, Role.ADMIN, person=event.person_id)
        await tell.context.out.send(admin, text)


def _who(tell: Telling, event: HumanWanted | VoiceRaised) -> dict[str, object]:
    return {"name": event.name or tell.texts.plain("role-resident"), "id": event.person_id}


def _their_phone(tell: Telling, phone: str) -> Markup | None:
    return tell.texts("card-phone", value=phone) if phone else None


async def on_unreachable(tell: Telling, event: PersonUnreachable) -> None:
    """Somebody blocked the bot: which requests needed them, and whom to ring."""
    if not event.needed_for:
        return
    lines = [tell.texts("announce-unreachable", name=event.name or tell.texts.plain("role-resident"))]
    for number in event.needed_for:
        request = await tell.context.uow.requests.by_number(number)
        if request is not None:
            lines.append(await _whom_to_ring(tell, request, event.person_id))
    for admin in sorted(tell.context.admins):
        await tell.context.out.send(admin, Markup("\n".join(lines)))


async def _whom_to_ring(tell: Telling, request: Request, person_id: int) -> Markup:
    organisation = await tell.context.uow.organisations.get(request.organisation_id or 0)
    phone = organisation.phone if organisation else ""
    if request.resident_id == person_id:
        phone = request.details.phone
        for admin in sorted(tell.context.admins):
            tell.context.uow.audit.note(Act.PASSED_ON, admin, Role.ADMIN, request.id)
    return tell.texts(
        "announce-unreachable-request",
        phone=phone or tell.texts.plain("announce-no-phone"),
        **tell.about(request),
    )


async def on_problem(tell: Telling, event: ProblemRaised) -> None:
    """It stands in the problem ledger now. Of what workers hear or decide in the same act, once is enough."""
    request, kind = event.request, event.problem.kind
    if tell.beside(request, NeedsTriage) and kind in (ProblemKind.REFUSED, ProblemKind.UNANSWERED):
        return
    if tell.beside(request, ReopenDecided) and kind is ProblemKind.UNSOLVED:
        return
    text = tell.texts(
        "announce-problem",
        kind=tell.texts.plain(f"problem-{event.problem.kind}"),
        **tell.about(event.request),
    )
    entry = event.problem.id
    see = button(tell.texts, "problem-open", ProblemCD(action="show", id=entry), id=entry)
    await tell.admins(text, [*_show(tell, request), [see]], once=f"problem/{entry}")


HANDLERS: Handlers = {
    NeedsTriage: on_triage,
    OfferDeclined: on_declined,
    RequestAccepted: on_accepted,
    ReopenRequested: on_reopen_requested,
    RequestUrged: on_urged,
    NoteAdded: on_note,
    NoteCorrected: on_corrected,
    RequestRated: on_rated,
    HumanWanted: on_human,
    VoiceRaised: on_voice,
    PersonUnreachable: on_unreachable,
    ProblemRaised: on_problem,
}
