"""What people hear while something is given out to several: pools, teams, claiming meetings."""

from __future__ import annotations

from casework.entities import Organisation, Request
from casework.events import PoolOpened
from casework.giving.giving_events import MeetingEnded, MeetingOpened, PartNews
from casework.giving.teams import PartStatus
from casework.statuses import RequestStatus
from handlers.announce import filing
from handlers.announce.telling import Handlers, Telling, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import GivingCD, MeetingCD, PartCD, TriageCD, WorkCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup
from handlers.lead.cards import offer_buttons, task_text
from handlers.lead.team import part_text

#: So many requests are told by name in one message.
_LINES = 20


async def on_pool(tell: Telling, event: PoolOpened) -> None:
    """Each hears that others were asked as well; the resident hears it once."""
    request = event.request
    card = task_text(tell.context, request, hide=True)
    reached = False
    for offer, organisation in event.offers:
        text = joined(
            tell.texts("giving-pool-task", organisation=organisation.name, count=len(event.offers)), card
        )
        buttons = offer_buttons(tell.texts, offer.id, request)
        once = f"offer/{offer.id}"
        reached = await tell.organisation(organisation, text, buttons, once=once, group=text) or reached
    if not reached and event.offers:
        await tell.must_call(request, event.offers[0][1], f"pool/{request.id}/{request.version}")
    if not tell.beside(request, *filing.SAYS_WHO):
        text = tell.texts(
            "giving-pool-resident",
            count=len(event.offers),
            when=tell.when(request.answer_due),
            **tell.about(request),
        )
        await tell.resident(request, text, filing.own_buttons(tell, request), once=key(event))


async def on_part(tell: Telling, event: PartNews) -> None:
    """Whoever has to do something about it hears of it."""
    part, once = event.part, f"part/{event.part.id}/{event.part.status}"
    if part.status is PartStatus.ASKED:
        await _ask(tell, event, once)
    elif part.status is PartStatus.DROPPED:
        text = tell.texts("giving-part-dropped", **tell.about(event.request))
        await tell.organisation(event.organisation, text, once=once, group=text, skip=event.by)
    else:
        await _answered(tell, event, once)


async def _ask(tell: Telling, event: PartNews, once: str) -> None:
    lead = await tell.context.uow.organisations.get(event.request.organisation_id or 0)
    text = joined(
        tell.texts(
            "giving-part-task",
            organisation=event.organisation.name,
            lead=lead.name if lead else tell.texts.plain("announce-worker"),
        ),
        part_text(tell.context, event.request, event.part, hide=True),
    )
    rows: Keyboard = [
        [button(tell.texts, f"giving-part-{a}", PartCD(action=a, id=event.part.id)) for a in _ANSWERS]
    ]
    if not await tell.organisation(event.organisation, text, rows, once=once, group=text):
        await tell.must_call(event.request, event.organisation, once)


_ANSWERS = ("accept", "decline")


async def _answered(tell: Telling, event: PartNews, once: str) -> None:
    """Whoever leads, the helper's colleagues; of a no also the workers, of a yes also the resident."""
    request, status = event.request, event.part.status
    facts = {"organisation": event.organisation.name, **tell.about(request)}
    text = tell.texts(f"giving-part-{status}", **facts)
    if event.part.words and status is PartStatus.DONE:
        text = joined(text, tell.texts("giving-part-words", words=event.part.words))
    lead = await tell.context.uow.organisations.get(request.organisation_id or 0)
    show = [[button(tell.texts, "announce-show-task", WorkCD(action="show", id=request.id))]]
    if lead is not None:
        await tell.organisation(lead, text, show, once=once, group=text)
    await tell.organisation(event.organisation, text, once=f"{once}/own", skip=event.by)
    if status is PartStatus.DECLINED:
        row = [button(tell.texts, "announce-show-task", TriageCD(action="show", id=request.id))]
        await tell.admins(text, [row], once=f"{once}/worker")
    if status is PartStatus.ACCEPTED and request.status is not RequestStatus.CANCELLED:
        words = tell.texts("giving-part-resident", **facts)
        await tell.resident(request, words, once=f"{once}/resident")


async def on_opened(tell: Telling, event: MeetingOpened) -> None:
    """Everybody who could take any of it."""
    meeting, when = event.meeting, tell.when(event.meeting.closes_at)
    for its_id, request_ids in event.invited.items():
        organisation = await tell.context.uow.organisations.get(its_id)
        if organisation is None:
            continue
        text = tell.texts(
            "giving-meeting-invited", organisation=organisation.name, count=len(request_ids), when=when
        )
        lots = [[button(tell.texts, "giving-meeting-lots", MeetingCD(action="lots", id=meeting.id))]]
        await tell.organisation(organisation, text, lots, once=f"meeting/{meeting.id}/{its_id}", group=text)


async def on_ended(tell: Telling, event: MeetingEnded) -> None:
    """Who got what, kindly; residents of what nobody took; the workers hear it all."""
    requests = {r.id: r for r in event.requests}
    for its_id in sorted({t.organisation_id for t in event.ticks}):
        organisation = await tell.context.uow.organisations.get(its_id)
        if organisation is not None:
            await _tell_claimant(tell, event, organisation, requests)
    if not event.cancelled:
        for request in event.left:
            text = tell.texts("giving-meeting-left-resident", **tell.about(request))
            await tell.resident(request, text, once=f"meeting/{event.meeting.id}/left/{request.id}")
    await _tell_workers(tell, event, requests)


async def _tell_claimant(
    tell: Telling, event: MeetingEnded, organisation: Organisation, requests: dict[int, Request]
) -> None:
    ticked = {t.request_id for t in event.ticks if t.organisation_id == organisation.id}
    own = [requests[i] for i, o in event.won.items() if o == organisation.id and i in requests]
    name = organisation.name
    if event.cancelled:
        text = tell.texts("giving-meeting-cancelled", organisation=name)
    else:
        others = len(ticked) - len(own)
        text = joined(
            tell.texts("giving-meeting-won", organisation=name, count=len(own), lines=_lines(tell, own))
            if own
            else tell.texts("giving-meeting-won-nothing", organisation=name),
            tell.texts("giving-meeting-others", count=others) if others and own else None,
        )
    rows: Keyboard = [
        [button(tell.texts, "giving-open-task", WorkCD(action="show", id=r.id), number=r.number[-4:])]
        for r in own[:_LINES]
    ]
    once = f"meeting/{event.meeting.id}/ended/{organisation.id}"
    await tell.organisation(organisation, text, rows, once=once, group=text)


async def _tell_workers(tell: Telling, event: MeetingEnded, requests: dict[int, Request]) -> None:
    lines = []
    for request_id, organisation_id in event.won.items():
        organisation = await tell.context.uow.organisations.get(organisation_id)
        if organisation is not None and request_id in requests:
            facts = tell.about(requests[request_id])
            lines.append(tell.texts("giving-meeting-line", organisation=organisation.name, **facts))
    head = "giving-meeting-off-workers" if event.cancelled else "giving-meeting-ended-workers"
    text = joined(
        tell.texts(head, won=len(event.won), left=len(event.left)),
        Markup("\n".join(lines[:_LINES])) if lines else None,
        tell.texts("giving-meeting-left", lines=_lines(tell, list(event.left))) if event.left else None,
    )
    rows = [
        [
            button(tell.texts, "giving-backlog", GivingCD(action="backlog")),
            button(tell.texts, "giving-triage", TriageCD(action="list", id=0)),
        ]
    ]
    await tell.admins(text, rows if event.left else None, once=f"meeting/{event.meeting.id}/ended")


def _lines(tell: Telling, requests: list[Request]) -> Markup:
    lines = [tell.texts("giving-line", **tell.about(r)) for r in requests[:_LINES]]
    if len(requests) > _LINES:
        lines.append(tell.texts("giving-lines-more", count=len(requests) - _LINES))
    return Markup("\n".join(lines))


HANDLERS: Handlers = {
    PoolOpened: on_pool,
    PartNews: on_part,
    MeetingOpened: on_opened,
    MeetingEnded: on_ended,
}
