"""/why: what the reader had heard, to whom it was offered and why, and a picture of it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.entities import Offer
from casework.statuses import OfferStatus
from casework.use_cases.explaining import ExplainReading
from casework.use_cases.reading import RequestView
from casework.use_cases.workers import ExplainMatch
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.scores import for_and_against, percent
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD
from handlers.kit.cards import Cards
from handlers.kit.reasons import decline_reason
from handlers.kit.texts import Markup
from handlers.kit.why import Why


async def on_why(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/why <number>`"""
    view = await desk.by_number((command.args or "").strip(), "/why 7")
    if view is not None:
        await _why(desk, view)


async def on_why_button(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """From a card."""
    await _why(desk.aside(), await desk.see(pressed.id))


async def on_chart(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """The candidates and the words as a picture."""
    view = await desk.see(pressed.id)
    if await desk.context.cases(ExplainReading)(desk.actor, view.request.id) is None:
        await desk.aside().say("why-none")
        return
    await desk.toast("why-chart-drawing")
    await later(desk, "why_chart", request=str(view.request.id))


async def _why(desk: Desk, view: RequestView) -> None:
    kept = await desk.context.cases(ExplainReading)(desk.actor, view.request.id)
    row = [button(desk.texts, "admin-back", TriageCD(action="show", id=view.request.id))]
    if kept is None:
        await desk.say("why-none")
    else:
        told = Why(desk.context, view.request, kept, everything=True).text(view.history)
        chart = button(desk.texts, "why-chart", TriageCD(action="why_chart", id=view.request.id))
        await desk.show(told, [[chart]])
    await _match(desk, view, [row])


async def _match(desk: Desk, view: RequestView, keyboard: list[list[tuple[str, str]]]) -> None:
    offers = await desk.context.cases(ExplainMatch)(desk.actor, view.request.id)
    if not offers:
        await desk.say("admin-why-nobody", keyboard, number=view.request.number)
        return
    item = desk.context.community.catalogue.item(view.request.item).name
    lines: list[str] = [desk.texts("admin-why-head", number=view.request.number, item=item)]
    lines += [await _explained(desk, offer) for offer in offers]
    await desk.show(Markup("\n\n".join(lines)), keyboard)


async def _explained(desk: Desk, offer: Offer) -> Markup:
    organisation = await desk.context.uow.organisations.get(offer.organisation_id)
    cards = Cards(desk.texts, desk.context.community)
    name = organisation.name if organisation else ""
    lines = [desk.texts("admin-why-offer", when=cards.when(offer.offered_at, desk.context.now), name=name)]
    if offer.parts:
        pro, contra = for_and_against(desk.texts, offer.parts, offer.offered_at)
        lines.append(desk.texts("admin-why-score", score=percent(offer.score)))
        lines += [desk.texts("admin-why-for", facts="；".join(pro))] if pro else []
        lines += [desk.texts("admin-why-against", facts="；".join(contra))] if contra else []
    else:
        lines.append(desk.texts("admin-why-no-score"))
    lines.append(await _outcome(desk, offer, cards))
    return Markup("\n".join(lines))


async def _outcome(desk: Desk, offer: Offer, cards: Cards) -> Markup:
    when = cards.when(offer.decided_at or offer.expires_at, desk.context.now)
    reason = offer.reason
    if offer.status is OfferStatus.DECLINED:
        reason = decline_reason(desk.texts, reason)
    elif offer.status is OfferStatus.WITHDRAWN:
        key = f"admin-withdrawn-{reason}"
        reason = desk.texts.plain(key if desk.texts.has(key) else "admin-withdrawn-other")
    by = await desk.context.uow.people.get(offer.decided_by) if offer.decided_by else None
    who = desk.texts.plain("admin-named", words="", name=by.name) if by and by.name else ""
    return desk.texts(f"admin-outcome-{offer.status}", when=when, reason=reason, who=who)


def make_router() -> Router:
    """Why."""
    router = Router(name="admin.why")
    router.message.register(on_why, Command("why"))
    router.callback_query.register(on_why_button, Pressed(TriageCD, "why"))
    router.callback_query.register(on_chart, Pressed(TriageCD, "why_chart"))
    return router
