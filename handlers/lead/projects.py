"""A joint need as its lead works on it: the steps in their own words, ticked one by one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.entities import Person
from casework.errors import BadValue, CaseworkError, NotFound
from casework.permissions import Actor
from casework.together.joint import Milestone
from casework.use_cases.joint import (
    LONGEST,
    MOST_MILESTONES,
    JointView,
    ReachMilestone,
    SeeProject,
    SetMilestones,
)
from handlers.kit.attachments import words
from handlers.kit.buttons import button
from handlers.kit.callbacks import ProjectCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.projects import step_lines
from handlers.kit.steps import forgotten
from handlers.kit.texts import Markup
from handlers.lead.cards import onward_buttons
from handlers.lead.desk import Turn
from handlers.lead.plans import read_steps
from handlers.lead.steps import enter, undo_button

#: So much of a step stands on its button.
_ON_BUTTON = 16


class Project(StatesGroup):
    """What the lead's next message is taken for."""

    plan = State()
    note = State()


async def _view(turn: Turn, request_id: int) -> JointView:
    view: JointView | None = await turn.context.cases(SeeProject)(turn.actor, request_id)
    if view is None or view.request is None:
        raise NotFound(what="joint", id=request_id)
    return view


async def _show(turn: Turn, request_id: int, intro: str = "") -> None:
    view = await _view(turn, request_id)
    assert view.request is not None
    texts, request = turn.texts, view.request
    item = turn.context.community.catalogue.item(request.item).name
    head = texts("joint-plan-head", number=request.number, item=item)
    steps = step_lines(turn.context, view.milestones) if view.milestones else texts("joint-plan-none")
    parts = [texts(intro)] if intro else []
    await turn.show(Markup("\n\n".join([*parts, f"{head}\n{steps}"])), _rows(turn, view))


def _rows(turn: Turn, view: JointView) -> Keyboard:
    assert view.request is not None
    request_id = view.request.id
    rows: list[list[Button]] = []
    if turn.holds(view.request):
        for n, milestone in enumerate(view.milestones, start=1):
            if milestone.done_at is None:
                tick = ProjectCD(action="tick", id=milestone.id)
                rows.append([button(turn.texts, "joint-tick", tick, n=n, what=milestone.what[:_ON_BUTTON])])
        plan = "joint-replan" if view.milestones else "joint-plan"
        rows.append([button(turn.texts, plan, ProjectCD(action="plan", id=request_id))])
    return [*rows, *onward_buttons(turn.texts, request_id)]


async def _on_show(turn: Turn, data: ProjectCD) -> None:
    await _show(turn.aside(), data.id)


async def _on_plan(turn: Turn, data: ProjectCD) -> None:
    """Ask for the steps."""
    view = await _view(turn, data.id)
    if view.request is None or not turn.holds(view.request):
        return await turn.toast("lead-not-in-hand")
    await enter(turn, Project.plan, request=data.id)
    undo = [[undo_button(turn.texts, data.id)]]
    return await turn.aside().show(turn.texts("joint-plan-please"), undo)


async def _on_tick(turn: Turn, data: ProjectCD) -> None:
    """Done; a word for the residents may follow."""
    milestone = await turn.context.uow.joint_needs.milestone(data.id)
    request_id = await _request_of(turn, milestone)
    if milestone is None or milestone.done_at is not None:
        await turn.toast("joint-step-gone")
        return await _show(turn, request_id, "joint-step-gone")
    await enter(turn, Project.note, request=request_id, milestone=data.id)
    skip = button(turn.texts, "joint-skip", ProjectCD(action="skip", id=data.id))
    text = turn.texts("joint-step-reached")
    return await turn.aside().show(text, [[skip], [undo_button(turn.texts, request_id)]])


async def _on_skip(turn: Turn, data: ProjectCD) -> None:
    """Done without a word."""
    milestone = await turn.context.uow.joint_needs.milestone(data.id)
    request_id = await _request_of(turn, milestone)
    await turn.state.clear()
    await turn.context.cases(ReachMilestone)(turn.actor, data.id)
    await _show(turn, request_id, "joint-step-noted")


async def _request_of(turn: Turn, milestone: Milestone | None) -> int:
    """The project's request, if it is the lead's own. Raises NotFound."""
    joint = await turn.context.uow.joint_needs.get(milestone.joint_id) if milestone else None
    if joint is None or joint.request_id is None:
        raise NotFound(what="milestone", id=0)
    await _view(turn, joint.request_id)
    return joint.request_id


ACTIONS: dict[str, Callable[[Turn, ProjectCD], Awaitable[None]]] = {
    "show": _on_show,
    "plan": _on_plan,
    "tick": _on_tick,
    "skip": _on_skip,
}


async def on_press(
    callback: CallbackQuery,
    callback_data: ProjectCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """A button of a project; somebody else's is not found."""
    act = ACTIONS.get(callback_data.action)
    if act is None:
        await callback.answer(context.texts.plain("button-unknown"), show_alert=True)
        return
    await act(Turn.pressed(callback, context, actor, person, state), callback_data)


async def on_words(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """The steps, or the word on one of them."""
    data, step, text = await state.get_data(), await state.get_state(), words(message)
    turn = Turn.said(message, context, actor, person, state)
    if text.startswith("/") or forgotten(data, context.now):
        await state.clear()
        raise SkipHandler
    if not text:
        await turn.say("lead-words-please", [[undo_button(turn.texts, data["request"])]])
        return
    try:
        if step == Project.plan.state:
            steps = read_steps(text, context.now, context.community.timezone)
            await context.cases(SetMilestones)(actor, data["request"], steps)
        else:
            await context.cases(ReachMilestone)(actor, data["milestone"], text)
    except BadValue:
        unclear = turn.texts("joint-plan-unclear", most=MOST_MILESTONES, longest=LONGEST)
        await turn.show(unclear, [[undo_button(turn.texts, data["request"])]])
        return
    except CaseworkError:
        await state.clear()
        raise
    await state.clear()
    await _show(
        turn, data["request"], "joint-plan-kept" if step == Project.plan.state else "joint-step-noted"
    )


def make_router() -> Router:
    """Projects."""
    router = Router(name="lead.projects")
    router.callback_query.register(on_press, ProjectCD.filter())
    router.message.register(on_words, StateFilter(Project))
    return router
