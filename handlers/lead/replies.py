"""A lead answers a message about a task by replying to it, as one does: it goes to the resident."""

from __future__ import annotations

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from casework.entities import Person, Request
from casework.permissions import Actor
from casework.statuses import IN_WORK, OfferStatus, RequestStatus
from casework.use_cases.between import AskBeforeAccepting
from casework.use_cases.leads import AddProgress
from handlers.kit.attachments import attached, words
from handlers.kit.context import Context
from handlers.lead.cards import onward_buttons
from handlers.lead.desk import Turn

_NUMBER = re.compile(r"\d{8}-\d{4,}")


class RepliesAboutTask(Filter):
    """A reply to what the bot said of one task of the lead's; gives `request`, and `offer_id` or None."""

    async def __call__(self, message: Message, actor: Actor, context: Context) -> bool | dict[str, Any]:
        """Words or a file that can be passed on; commands and own requests are for others."""
        before, text = message.reply_to_message, words(message)
        if before is None or before.from_user is None or not before.from_user.is_bot or text.startswith("/"):
            return False
        numbers = set(_NUMBER.findall(before.text or before.caption or ""))
        if len(numbers) != 1 or not (text or attached(message).file_id):
            return False
        request = await context.uow.requests.by_number(numbers.pop())
        if request is None or request.resident_id == actor.person_id:
            return False
        if actor.leads(request.organisation_id) and request.status in IN_WORK:
            return {"request": request, "offer_id": None}
        offer_id = await _offered(context, actor, request)
        return {"request": request, "offer_id": offer_id} if offer_id and text else False


async def _offered(context: Context, actor: Actor, request: Request) -> int | None:
    if request.status is not RequestStatus.OFFERED:
        return None
    offers = await context.uow.offers.of_request(request.id)
    mine = [o.id for o in offers if actor.leads(o.organisation_id) and o.status is OfferStatus.OPEN]
    return mine[0] if mine else None


async def on_reply(
    message: Message,
    request: Request,
    offer_id: int | None,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """In work it is a note for the resident; before a yes it is a question."""
    turn = Turn.said(message, context, actor, person, state)
    onward = onward_buttons(turn.texts, request.id)
    if offer_id is not None:
        await context.cases(AskBeforeAccepting)(actor, offer_id, words(message))
        return await turn.say("lead-asked-before", onward, number=request.number)
    await context.cases(AddProgress)(actor, request.id, words(message), attached(message))
    return await turn.say("lead-passed-on", onward, number=request.number)


def make_router() -> Router:
    """Replies, while no step waits for words."""
    router = Router(name="lead.replies")
    router.message.register(on_reply, RepliesAboutTask())
    return router
