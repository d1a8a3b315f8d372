"""Work in hand: start, ask back, pass on notes, give back, finish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from casework.entities import Person
from casework.permissions import Actor
from casework.statuses import RequestStatus
from casework.use_cases.leads import HandBack, StartWork
from handlers.kit.buttons import button
from handlers.kit.callbacks import WorkCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Keyboard
from handlers.kit.reasons import DECLINE_REASONS
from handlers.kit.texts import Markup, Texts
from handlers.lead import passing, report, tasks
from handlers.lead.cards import can_start, tasks_button
from handlers.lead.desk import Turn
from handlers.lead.steps import Step, begin, undo_button


async def on_work(
    callback: CallbackQuery,
    callback_data: WorkCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """Whatever needs the work in hand is done only when it still is."""
    turn = Turn.pressed(callback, context, actor, person, state)
    anywhere = _ANYWHERE.get(callback_data.action)
    if anywhere is not None:
        return await anywhere(turn, callback_data)
    act = _IN_WORK.get(callback_data.action)
    if act is None:
        await callback.answer(context.texts.plain("button-unknown"), show_alert=True)
        return None
    return await act(turn, callback_data) if await in_hand(turn, callback_data.id) else None


async def in_hand(turn: Turn, request_id: int) -> bool:
    """Whether the organisation still works on it; if not, says so and shows the fresh card."""
    view = await turn.see(request_id)
    if turn.holds(view.request):
        return True
    await turn.toast("lead-not-in-hand")
    await turn.refresh(request_id, "lead-not-in-hand")
    return False


async def _show(turn: Turn, data: WorkCD) -> None:
    await turn.refresh(data.id)


async def _list(turn: Turn, data: WorkCD) -> None:
    await tasks.list_tasks(turn)


async def _stop(turn: Turn, data: WorkCD) -> None:
    await turn.state.clear()
    await turn.refresh(data.id, "lead-stopped")


async def _start(turn: Turn, data: WorkCD) -> None:
    view = await turn.see(data.id)
    if not can_start(view.request):
        await turn.toast("lead-started-already")
        return await turn.refresh(data.id)
    await turn.context.cases(StartWork)(turn.actor, data.id)
    await turn.toast("lead-started-toast")
    return await turn.refresh(data.id, "lead-started")


async def _ask(turn: Turn, data: WorkCD) -> None:
    view = await turn.see(data.id)
    if view.request.status is RequestStatus.WAITING_RESIDENT:
        await turn.toast("lead-asked-already")
        return await turn.refresh(data.id)
    return await begin(turn, Step.question, "lead-question-words", request=data.id)


async def _note(turn: Turn, data: WorkCD) -> None:
    await begin(turn, Step.note, "lead-note-words", request=data.id)


async def _back(turn: Turn, data: WorkCD) -> None:
    if data.value in DECLINE_REASONS:
        return await hand_back(turn, data.id, data.value)
    if data.value == "other":
        return await begin(turn, Step.back, "lead-why-words", request=data.id)
    view = await turn.see(data.id)
    text, _buttons = await turn.card(view)
    asked = Markup(f"{text}\n\n{turn.texts('lead-ask-back')}")
    return await turn.show(asked, _back_buttons(turn.texts, data.id), of=view)


def _back_buttons(texts: Texts, request_id: int) -> Keyboard:
    codes = (*DECLINE_REASONS, "other")
    reasons = [
        button(texts, f"lead-reason-{code}", WorkCD(action="back", id=request_id, value=code))
        for code in codes
    ]
    return [reasons[:2], reasons[2:4], reasons[4:], [undo_button(texts, request_id)]]


async def hand_back(turn: Turn, request_id: int, reason: str) -> None:
    """A worker decides who gets it; the card is masked again."""
    await turn.context.cases(HandBack)(turn.actor, request_id, reason)
    await turn.show(turn.texts("lead-gave-back"), [[tasks_button(turn.texts)]])


_Act = Callable[[Turn, WorkCD], Awaitable[None]]
_ANYWHERE: dict[str, _Act] = {"show": _show, "list": _list, "stop": _stop}
_IN_WORK: dict[str, _Act] = {
    "start": _start,
    "ask": _ask,
    "note": _note,
    "back": _back,
    "split": passing.on_split,
    "hand": passing.on_hand,
    "done": report.on_done,
    "hours": report.on_hours,
    "people": report.on_people,
    "skip": report.on_skip,
}


def make_router() -> Router:
    """Buttons of work in hand."""
    router = Router(name="lead.work")
    router.callback_query.register(on_work, WorkCD.filter())
    return router
