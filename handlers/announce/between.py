"""What residents, leads and workers hear of corrections, splitting, handing on, and whose it is."""

from __future__ import annotations

import re

from casework.between_events import HandOnProposed, HandOnRefused, NeedCorrected, RequestSplit, SplitProposed
from casework.entities import Organisation, Request
from casework.events import (
    RequestDeclined,
)
from handlers.announce.filing import next_step, own_buttons
from handlers.announce.telling import Handlers, Telling, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD, WorkCD
from handlers.kit.outgoing import Keyboard

#: A telephone in a worker's words: 12345, 95598, 0431-88880000, a mobile.
_PHONE = re.compile(
    r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[2-8][0-9]{6,7}|1[0-9]{2,4}|9[0-9]{4})(?![0-9])"
)
#: The first words, which name whose it is.
_WORDS = re.compile(r"[^\W\d_]{1,40}")


def _name(tell: Telling, item: str) -> str:
    return tell.context.community.catalogue.item(item).name


def _names(organisations: tuple[Organisation, ...]) -> str:
    return "、".join(o.name for o in organisations)


def _show(tell: Telling, request: Request) -> Keyboard:
    return [[button(tell.texts, "announce-show-task", WorkCD(action="show", id=request.id))]]


async def on_need_corrected(tell: Telling, event: NeedCorrected) -> None:
    """Old and new: to the resident who is asked now, or whoever works on it and the workers."""
    if event.moved:
        return await _need_moved(tell, event)
    facts = {
        "number": event.request.number,
        "old": _name(tell, event.old_item),
        "new": _name(tell, event.new_item),
    }
    told = tell.texts("announce-need-told", organisations=_names(event.organisations), **facts)
    await tell.resident(event.request, told, once=key(event))
    text = tell.texts("announce-need-told-lead", words=event.words, **facts)
    for organisation in event.organisations:
        once = key(event, organisation.id)
        card = _show(tell, event.request)
        if not await tell.organisation(organisation, text, card, once=once, of=event.request):
            await tell.must_call(event.request, organisation, once)
    asked = tell.texts(
        "announce-need-told-admin", words=event.words, organisations=_names(event.organisations), **facts
    )
    refile = button(tell.texts, "announce-recategorise", TriageCD(action="group", id=event.request.id))
    show = button(tell.texts, "announce-show-task", TriageCD(action="show", id=event.request.id))
    return await tell.revealing(event.request).admins(asked, [[refile, show]], once=key(event))


async def _need_moved(tell: Telling, event: NeedCorrected) -> None:
    text = joined(
        tell.texts(
            "announce-need-moved",
            old=_name(tell, event.old_item),
            item=_name(tell, event.new_item),
            number=event.request.number,
            category=event.request.category,
        ),
        next_step(tell, event.request),
    )
    await tell.resident(event.request, text, own_buttons(tell, event.request), once=key(event))


async def on_split(tell: Telling, event: RequestSplit) -> None:
    """Both numbers to the resident; whoever holds the first hears what is no longer theirs."""
    facts = {
        "item": tell.item(event.parent),
        "number": event.parent.number,
        "new": tell.item(event.request),
        "other": event.request.number,
    }
    text = tell.texts("announce-split-resident", next=next_step(tell, event.request) or "", **facts)
    await tell.resident(event.request, text, own_buttons(tell, event.request), once=key(event))
    for organisation in event.organisations:
        once, told = key(event, organisation.id), tell.texts("announce-split-lead", **facts)
        show = _show(tell, event.parent)
        if not await tell.organisation(organisation, told, show, once=once, group=told):
            await tell.must_call(event.parent, organisation, once)


async def on_split_proposed(tell: Telling, event: SplitProposed) -> None:
    """A worker decides, with one button to begin."""
    text = tell.texts(
        "announce-split-proposed",
        organisation=event.organisation.name,
        words=event.words,
        **tell.about(event.request),
    )
    split = button(tell.texts, "announce-split", TriageCD(action="split", id=event.request.id))
    show = button(tell.texts, "announce-show-task", TriageCD(action="show", id=event.request.id))
    await tell.admins(text, [[split, show]], once=key(event))


async def on_hand_on_proposed(tell: Telling, event: HandOnProposed) -> None:
    """A worker says yes or no."""
    text = tell.texts(
        "announce-hand-on-proposed",
        organisation=event.organisation.name,
        to=event.to.name,
        reason=event.reason,
        **tell.about(event.request),
    )
    to, request_id = str(event.to.id), event.request.id
    yes = button(tell.texts, "announce-hand-on", TriageCD(action="hand_on", id=request_id, value=to))
    no = button(tell.texts, "announce-hand-keep", TriageCD(action="hand_keep", id=request_id, value=to))
    show = button(tell.texts, "announce-show-task", TriageCD(action="show", id=request_id))
    await tell.admins(text, [[yes, no], [show]], once=key(event))


async def on_hand_on_refused(tell: Telling, event: HandOnRefused) -> None:
    """It stays where it is."""
    text = joined(
        tell.texts("announce-hand-on-refused", to=event.to.name, **tell.about(event.request)),
        tell.texts("announce-reason", reason=event.reason) if event.reason else None,
    )
    await tell.organisation(event.organisation, text, _show(tell, event.request), once=key(event))


async def on_declined(tell: Telling, event: RequestDeclined) -> None:
    """A number to tap beside the words that name whose it is."""
    found = _PHONE.search(event.whose)
    chat = await tell.resident_chat(event.request)
    if found and chat is not None:
        name = _WORDS.search(event.whose)
        card = name.group() if name else found.group()
        once = f"{key(event)}/phone/{chat}"
        await tell.context.out.call_card(chat, found.group(), card, once=once)


HANDLERS: Handlers = {
    NeedCorrected: on_need_corrected,
    RequestSplit: on_split,
    SplitProposed: on_split_proposed,
    HandOnProposed: on_hand_on_proposed,
    HandOnRefused: on_hand_on_refused,
}
#: After the words that they belong to.
AFTERWARDS: Handlers = {RequestDeclined: on_declined}
