"""What a resident hears while a request looks for somebody: filed, asked, passed on, changed hands."""

from __future__ import annotations

from casework.between_events import NeedCorrected, RequestSplit
from casework.entities import Request
from casework.events import (
    NeedsTriage,
    OfferDeclined,
    OfferExpired,
    OfferMade,
    PoolOpened,
    ReopenDecided,
    RequestCancelled,
    RequestDeclined,
    RequestFiled,
    RequestRecategorised,
    RequestRestored,
    RequestUnmerged,
)
from handlers.announce.telling import Handlers, Telling, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import MyRequestCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup

#: Acts whose own message already says who is asked next.
SAYS_WHO = (
    RequestUnmerged,
    RequestFiled,
    ReopenDecided,
    RequestRecategorised,
    RequestRestored,
    NeedCorrected,
    RequestSplit,
)


def next_step(tell: Telling, request: Request) -> Markup | None:
    """Who has it now and by when they answer, or why a worker looks at it."""
    step = tell.beside(request, OfferMade, PoolOpened, NeedsTriage)
    if isinstance(step, OfferMade):
        return tell.texts(
            "announce-offered", organisation=step.organisation.name, when=tell.when(step.offer.expires_at)
        )
    if isinstance(step, PoolOpened):
        when = tell.when(step.request.answer_due)
        return tell.texts("giving-pool-next", count=len(step.offers), when=when)
    if isinstance(step, NeedsTriage):
        return tell.texts(f"announce-triage-{step.why}")
    return None


def own_buttons(tell: Telling, request: Request) -> Keyboard:
    """催办 and 取消."""
    return [
        [
            button(tell.texts, "urge", MyRequestCD(action="urge", id=request.id)),
            button(tell.texts, "cancel", MyRequestCD(action="cancel", id=request.id)),
        ]
    ]


async def on_filed(tell: Telling, event: RequestFiled) -> None:
    """The number card; several needs of one resident filed together are told together."""
    if event.request.urgent:
        # The dialogue has said so, in one message with its question, which must stay the last.
        return None
    together = [
        e.request
        for e in tell.events
        if isinstance(e, RequestFiled)
        and not e.request.urgent
        and e.request.resident_id == event.request.resident_id
    ]
    if together[0].id != event.request.id:
        return None
    if len(together) > 1:
        return await _several_filed(tell, event, together)
    text = joined(_number_card(tell, event.request), next_step(tell, event.request))
    buttons = own_buttons(tell, event.request)
    return await tell.resident(event.request, text, buttons, once=key(event))


def _number_card(tell: Telling, request: Request) -> Markup:
    return tell.texts(
        "announce-filed",
        number=request.number,
        item=tell.cards.item(request.item),
        category=request.category,
    )


async def _several_filed(tell: Telling, event: RequestFiled, requests: list[Request]) -> None:
    parts = [tell.texts("announce-filed-many", count=len(requests))]
    keyboard = []
    for n, request in enumerate(requests, start=1):
        card = tell.texts(
            "announce-filed-nth",
            n=n,
            number=request.number,
            item=tell.cards.item(request.item),
            category=request.category,
        )
        step = next_step(tell, request)
        parts.append(Markup(f"{card}\n{step}") if step else card)
        keyboard.append(
            [
                button(tell.texts, "announce-urge-nth", MyRequestCD(action="urge", id=request.id), n=n),
                button(tell.texts, "announce-cancel-nth", MyRequestCD(action="cancel", id=request.id), n=n),
            ]
        )
    await tell.resident(event.request, joined(*parts), keyboard, once=key(event))


async def on_offered(tell: Telling, event: OfferMade) -> None:
    """Only what no other message of the same act has said; each organisation is named once."""
    if tell.beside(event.request, *SAYS_WHO):
        return
    passed_on = tell.beside(event.request, OfferDeclined, OfferExpired)
    text = tell.texts(
        "announce-next-asked" if passed_on else "announce-assigned",
        number=event.request.number,
        item=tell.item(event.request),
        organisation=event.organisation.name,
        when=tell.when(event.offer.expires_at),
    )
    once = f"asked/{event.request.id}/{event.organisation.id}" if passed_on else key(event)
    await tell.resident(event.request, text, own_buttons(tell, event.request), once=once)


async def on_triage(tell: Telling, event: NeedsTriage) -> None:
    """A person is looking; in an emergency the resident has heard more already."""
    if event.request.urgent or tell.beside(event.request, *SAYS_WHO):
        return
    text = joined(_about(tell, event.request), tell.texts(f"announce-triage-{event.why}"))
    await tell.resident(event.request, text, own_buttons(tell, event.request), once=key(event))


async def on_reopen_decided(tell: Telling, event: ReopenDecided) -> None:
    """Taken up again, with who is asked; or not, and why."""
    if event.approved:
        text = joined(
            tell.texts("announce-reopened", number=event.request.number, item=tell.item(event.request)),
            next_step(tell, event.request),
        )
        await tell.resident(event.request, text, own_buttons(tell, event.request), once=key(event))
        return
    text = joined(
        tell.texts("announce-not-reopened", number=event.request.number, item=tell.item(event.request)),
        tell.texts("announce-reason", reason=event.reason) if event.reason else None,
        tell.texts("announce-ask-duty", phone=tell.context.community.duty_phone),
    )
    await tell.resident(event.request, text, once=key(event))


async def on_recategorised(tell: Telling, event: RequestRecategorised) -> None:
    """Filed under another item, and who is asked now."""
    text = joined(
        tell.texts(
            "announce-recategorised",
            number=event.request.number,
            old=tell.cards.item(event.old_item),
            item=tell.cards.item(event.request.item),
            category=event.request.category,
        ),
        tell.texts("announce-reason", reason=event.reason) if event.reason else None,
        next_step(tell, event.request),
    )
    await tell.resident(event.request, text, own_buttons(tell, event.request), once=key(event))


async def on_declined(tell: Telling, event: RequestDeclined) -> None:
    """Not ours, and whose it is."""
    text = joined(
        tell.texts(
            "announce-declined",
            number=event.request.number,
            item=tell.item(event.request),
            whose=event.whose,
        ),
        tell.texts("announce-ask-duty", phone=tell.context.community.duty_phone),
    )
    await tell.resident(event.request, text, once=key(event))


async def on_cancelled(tell: Telling, event: RequestCancelled) -> None:
    """Taken back; whoever did it by mistake can undo it."""
    words = "announce-cancelled" if event.by_resident else "announce-cancelled-by-worker"
    text = joined(
        tell.texts(words, number=event.request.number, item=tell.item(event.request)),
        tell.texts("announce-reason", reason=event.reason)
        if event.reason and not event.by_resident
        else None,
    )
    restore = button(tell.texts, "announce-restore", MyRequestCD(action="restore", id=event.request.id))
    await tell.resident(event.request, text, [[restore]], once=key(event))


async def on_restored(tell: Telling, event: RequestRestored) -> None:
    """Open again, and who is asked."""
    text = joined(
        tell.texts("announce-restored", number=event.request.number, item=tell.item(event.request)),
        next_step(tell, event.request),
    )
    await tell.resident(event.request, text, own_buttons(tell, event.request), once=key(event))


def _about(tell: Telling, request: Request) -> Markup:
    return tell.texts("announce-about", number=request.number, item=tell.item(request))


HANDLERS: Handlers = {
    RequestFiled: on_filed,
    OfferMade: on_offered,
    NeedsTriage: on_triage,
    ReopenDecided: on_reopen_decided,
    RequestRecategorised: on_recategorised,
    RequestDeclined: on_declined,
    RequestCancelled: on_cancelled,
    RequestRestored: on_restored,
}
