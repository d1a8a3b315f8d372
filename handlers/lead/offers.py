"""接单 and 婉拒: the first answer to a task."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from casework.audit import Act
from casework.entities import Offer, Person
from casework.errors import AlreadyTaken, NotFound
from casework.permissions import Actor
from casework.statuses import OfferStatus, RequestStatus
from casework.use_cases.between import AskBeforeAccepting
from casework.use_cases.leads import AcceptOffer, DeclineOffer
from casework.use_cases.reading import RequestView
from handlers.kit.buttons import button
from handlers.kit.callbacks import OfferCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Keyboard
from handlers.kit.reasons import DECLINE_REASONS
from handlers.kit.revealing import revealing
from handlers.kit.texts import Markup, Texts
from handlers.lead.cards import tasks_button
from handlers.lead.desk import Turn
from handlers.lead.steps import Step, begin


async def on_offer(
    callback: CallbackQuery,
    callback_data: OfferCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """Reads the state again before anything: the button may be a month old."""
    turn = Turn.pressed(callback, context, actor, person, state)
    offer = await own_offer(turn, callback_data.id)
    act = _ACTIONS.get(callback_data.action, _show)
    await act(turn, offer, callback_data.reason)


async def own_offer(turn: Turn, offer_id: int) -> Offer:
    """The offer. Raises NotFound also for another organisation's, which must not be known."""
    offer = await turn.context.uow.offers.get(offer_id)
    if offer is None or not turn.actor.leads(offer.organisation_id):
        raise NotFound(what="offer", id=offer_id)
    return offer


async def _show(turn: Turn, offer: Offer, _: str) -> None:
    await turn.refresh(offer.request_id)


async def _accept(turn: Turn, offer: Offer, _: str) -> None:
    if not await still_open(turn, offer):
        return
    try:
        await turn.context.cases(AcceptOffer)(turn.actor, offer.id)
    except AlreadyTaken:
        await still_open(turn, await own_offer(turn, offer.id))
        return
    await accepted(turn, offer.request_id)


async def accepted(turn: Turn, request_id: int) -> None:
    """Phone and door for whoever took it: here, or in private when this is a group."""
    await turn.toast("lead-accepted-toast")
    view = await turn.see(request_id)
    if not turn.in_group:
        await turn.refresh(request_id, "lead-accepted")
        return await _hand_over(turn, turn.chat_id, view)
    name = turn.person.name or turn.texts.plain("role-lead")
    await turn.refresh(request_id, "lead-accepted-group", name=name)
    private = turn.person.chat_id
    if private is None or not turn.person.reachable:
        return await turn.say("lead-open-private", bot=turn.context.bot_username)
    alone = Turn(turn.context, turn.actor, turn.person, turn.state, private, False)
    text, keyboard = await alone.card(view)
    await alone.show(Markup(f"{turn.texts('lead-accepted')}\n\n{text}"), keyboard, of=view)
    return await _hand_over(turn, private, view)


async def _hand_over(turn: Turn, chat_id: int, view: RequestView) -> None:
    """A card to tap for calling, and the files the resident sent before."""
    request, out = view.request, revealing(turn.context, view.request, Act.OPENED).out
    phone = request.details.phone
    if phone:
        name = (view.resident.name if view.resident else "") or turn.texts.plain("role-resident")
        await out.call_card(chat_id, phone, name)
    for note in view.notes:
        if note.file_id:
            caption = turn.texts("lead-earlier-file", number=request.number)
            await out.forward_file(chat_id, note.file_kind, note.file_id, caption)


async def _decline(turn: Turn, offer: Offer, _: str) -> None:
    if not await still_open(turn, offer):
        return
    view = await turn.see(offer.request_id)
    text, _buttons = await turn.card(view)
    asked = Markup(f"{text}\n\n{turn.texts('lead-ask-decline')}")
    await turn.show(asked, decline_buttons(turn.texts, offer.id), of=view)


def decline_buttons(texts: Texts, offer_id: int) -> Keyboard:
    """The reasons to tap, and the way back."""
    codes = (*DECLINE_REASONS, "other")
    reasons = [button(texts, f"lead-reason-{c}", OfferCD(action="why", id=offer_id, reason=c)) for c in codes]
    undo = button(texts, "lead-undo", OfferCD(action="show", id=offer_id))
    return [reasons[:2], reasons[2:4], reasons[4:], [undo]]


async def _why(turn: Turn, offer: Offer, reason: str) -> None:
    if not await still_open(turn, offer):
        return
    if reason not in DECLINE_REASONS:
        await begin(turn, Step.decline, "lead-why-words", request=offer.request_id, offer=offer.id)
        return
    await turn.toast("lead-declined-toast")
    await decline(turn, offer, reason)


async def decline(turn: Turn, offer: Offer, reason: str) -> None:
    """Pass it on; the next best is asked by then."""
    try:
        request = await turn.context.cases(DeclineOffer)(turn.actor, offer.id, reason)
    except AlreadyTaken:
        await still_open(turn, await own_offer(turn, offer.id))
        return
    organisation = await turn.context.uow.organisations.get(offer.organisation_id)
    # No card: the next to be asked may be led by the same person, who gets a message of its own.
    text = turn.texts(
        "lead-declined",
        number=request.number,
        item=turn.context.community.catalogue.item(request.item).name,
        organisation=organisation.name if organisation else "",
    )
    await turn.show(text, [[tasks_button(turn.texts)]])


async def still_open(turn: Turn, offer: Offer) -> bool:
    """Whether the offer can still be answered; if not, says kindly why and shows the fresh card."""
    view = await turn.see(offer.request_id)
    if offer.status is OfferStatus.OPEN and view.request.status is RequestStatus.OFFERED:
        return True
    words = await _what_became(turn, offer)
    await turn.toast(words)
    await turn.refresh(offer.request_id, words)
    return False


async def _what_became(turn: Turn, offer: Offer) -> str:
    if offer.status is OfferStatus.ACCEPTED:
        return "lead-gone-mine" if offer.decided_by == turn.actor.person_id else "lead-gone-colleague"
    if offer.status is OfferStatus.WITHDRAWN:
        words = f"lead-gone-{offer.reason}"
        return words if turn.texts.has(words) else "lead-gone"
    return f"lead-gone-{offer.status}" if offer.status is not OfferStatus.OPEN else "lead-gone"


async def _ask(turn: Turn, offer: Offer, _: str) -> None:
    if await still_open(turn, offer):
        await begin(turn, Step.before, "lead-ask-before-words", request=offer.request_id, offer=offer.id)


async def ask(turn: Turn, offer: Offer, words: str) -> None:
    """To the resident; the time to answer the offer runs on."""
    asked = await turn.context.cases(AskBeforeAccepting)(turn.actor, offer.id, words)
    show = button(turn.texts, "announce-show-task", OfferCD(action="show", id=offer.id))
    await turn.say("lead-asked-before", [[show]], number=asked.number)


_ACTIONS = {"show": _show, "ask": _ask, "accept": _accept, "decline": _decline, "why": _why}


def make_router() -> Router:
    """Answers to offers."""
    router = Router(name="lead.offers")
    router.callback_query.register(on_offer, OfferCD.filter())
    return router
