"""How data is kept: the question afterwards, the copy asked for, the last word to who is forgotten."""

from __future__ import annotations

from casework.keeping.keeping_events import (
    ConsentWanted,
    ErasureDone,
    ErasureWaits,
    LeadForgotten,
    OwnDataWanted,
)
from handlers.announce.telling import Handlers, Telling
from handlers.kit.buttons import button
from handlers.kit.callbacks import PrivacyCD
from handlers.kit.texts import Markup
from handlers.privacy.files import ask_for


async def on_consent_wanted(tell: Telling, event: ConsentWanted) -> None:
    """Asked with one tap for yes."""
    row = [
        button(tell.texts, "consent", PrivacyCD(action="consent")),
        button(tell.texts, "refuse", PrivacyCD(action="refuse")),
    ]
    chat = event.person.chat_id
    if chat is not None:
        await tell.say([chat], tell.texts("consent-after"), [row], f"consent/{event.person.id}")


async def on_own_data_wanted(tell: Telling, event: OwnDataWanted) -> None:
    """To the private chat."""
    await ask_for(tell.context, event.person_id, event.chat_id)


async def on_erasure_waits(tell: Telling, event: ErasureWaits) -> None:
    """What is open again, and the way back."""
    names = [tell.texts("erase-open", **tell.about(request)) for request in event.obstacles.requests] + [
        tell.texts("erase-organisation", name=o.name) for o in event.obstacles.organisations
    ]
    text = tell.texts("erase-waits", body=Markup("\n".join(names)))
    row = [button(tell.texts, "erase-undo", PrivacyCD(action="undo"))]
    await tell.say([event.chat_id], text, [row], f"erasure-waits/{event.erasure.id}")


async def on_erasure_done(tell: Telling, event: ErasureDone) -> None:
    """The last message."""
    await tell.context.out.send(event.chat_id, tell.texts("erase-done"), once=f"erased/{event.erasure_id}")


async def on_lead_forgotten(tell: Telling, event: LeadForgotten) -> None:
    """Workers hear which organisation, not who."""
    key = "erase-lead-gone" if event.left else "erase-last-lead-gone"
    text = tell.texts(key, organisation=event.organisation.name, left=event.left)
    await tell.admins(text, once=f"lead-forgotten/{event.erasure_id}/{event.organisation.id}")


HANDLERS: Handlers = {
    ConsentWanted: on_consent_wanted,
    OwnDataWanted: on_own_data_wanted,
    ErasureWaits: on_erasure_waits,
    ErasureDone: on_erasure_done,
    LeadForgotten: on_lead_forgotten,
}
