"""「我来处理」: for leads who were called and for workers, in private and in groups."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import or_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from casework.audit import Act
from casework.entities import Person
from casework.errors import AlreadyTaken, NotAllowed, NotFound
from casework.permissions import Actor
from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.leads import TakeEmergency
from handlers.kit.audience import IsAdmin, IsLead
from handlers.kit.buttons import button
from handlers.kit.callbacks import EmergencyCD, TriageCD
from handlers.kit.context import Context
from handlers.kit.revealing import revealing
from handlers.kit.texts import Markup
from handlers.lead.cards import task_text
from handlers.lead.desk import Turn
from handlers.lead.offers import accepted
from handlers.lead.whereabouts import whereabouts

_OVER = CLOSED | {RequestStatus.DONE, RequestStatus.REOPEN_REQUESTED}


async def on_take(
    callback: CallbackQuery,
    callback_data: EmergencyCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """One human is enough for the calls to stop; who comes second is told who was first."""
    turn = Turn.pressed(callback, context, actor, person, state)
    view = await turn.see(callback_data.id)
    if view.request.status in _OVER:
        await turn.toast("lead-emergency-over")
        return await turn.refresh(view.request.id, "lead-emergency-over")
    if view.request.taken_by == person.id:
        await turn.toast("lead-emergency-yours")
        return await turn.refresh(view.request.id)
    try:
        taken = await context.cases(TakeEmergency)(actor, view.request.id)
    except (AlreadyTaken, NotAllowed):
        return await _too_late(turn, view.request.id)
    if actor.leads(taken.organisation_id):
        return await accepted(turn, taken.id)
    await turn.toast("lead-emergency-yours")
    shown = await turn.may_show(view)
    card = task_text(context, taken, hide=not shown, notes=view.notes, voice="admin")
    more = await whereabouts(context, taken) if shown else turn.in_private(view)
    text = Markup(f"{card}\n\n{more}") if more else card
    show = button(context.texts, "announce-show-task", TriageCD(action="show", id=taken.id))
    await turn.show(context.texts("lead-emergency-taken", card=text), [[show]], of=view)
    if taken.details.phone:
        name = (view.resident.name if view.resident else "") or context.texts.plain("role-resident")
        out = revealing(context, taken, Act.OPENED).out
        await out.call_card(turn.chat_id if shown else _own_chat(turn), taken.details.phone, name)
    return None


def _own_chat(turn: Turn) -> int:
    """The worker's own chat: a private chat has the id of its person."""
    return turn.person.chat_id or turn.person.id


async def _too_late(turn: Turn, request_id: int) -> None:
    request = await turn.context.uow.requests.get(request_id)
    if request is None:
        raise NotFound(what="request", id=request_id)
    by = await turn.context.uow.people.get(request.taken_by or 0)
    name = (by.name if by else "") or turn.texts.plain("announce-colleague")
    await turn.toast("lead-emergency-late")
    await turn.refresh(request_id, "lead-emergency-late-by", name=name)


def make_router() -> Router:
    """The one button that leads and workers share."""
    router = Router(name="lead.emergencies")
    router.callback_query.filter(or_f(IsLead(), IsAdmin()))
    router.callback_query.register(on_take, EmergencyCD.filter())
    return router
