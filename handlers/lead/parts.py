"""A helper's part of a team's work: yes, no, done; and whoever leads may go on without it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from casework.entities import Person
from casework.errors import AlreadyTaken
from casework.giving.teams import PartStatus, TeamPart
from casework.permissions import Actor
from casework.use_cases.giving import AnswerPart, DropPart, FinishPart
from handlers.kit.buttons import button
from handlers.kit.callbacks import PartCD, WorkCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup, Texts
from handlers.lead.desk import Turn
from handlers.lead.team import part_text


def part_buttons(texts: Texts, part: TeamPart) -> Keyboard:
    """What a helper can do now."""
    words = {PartStatus.ASKED: ("accept", "decline"), PartStatus.ACCEPTED: ("done", "decline")}
    row = [
        button(texts, f"giving-part-{word}", PartCD(action=word, id=part.id))
        for word in words.get(part.status, ())
    ]
    return [row, [button(texts, "lead-tasks", WorkCD(action="list", id=0))]]


async def on_part(
    callback: CallbackQuery,
    callback_data: PartCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """Reads the state again before anything: the button may be a month old."""
    turn = Turn.pressed(callback, context, actor, person, state)
    part = await context.uow.teams.get(callback_data.id)
    if callback_data.action == "drop":
        dropped = await context.cases(DropPart)(actor, callback_data.id)
        await turn.toast("giving-part-dropped-toast")
        return await turn.refresh(dropped.request_id)
    if part is None or not actor.leads(part.organisation_id):
        await callback.answer(context.texts.plain("error-not-found"), show_alert=True)
        return None
    said = ""
    try:
        if callback_data.action in ("accept", "decline"):
            accept = callback_data.action == "accept"
            part = await context.cases(AnswerPart)(actor, part.id, accept=accept)
            said = f"giving-part-said-{part.status}"
        elif callback_data.action == "done":
            part = await context.cases(FinishPart)(actor, part.id)
            said = "giving-part-said-done"
    except AlreadyTaken:
        said = "giving-part-over"
    return await _card(turn, part.id, said)


async def _card(turn: Turn, part_id: int, said: str) -> None:
    context = turn.context
    part = await context.uow.teams.get(part_id)
    assert part is not None
    head = context.texts(said) if said else Markup("")
    if part.status not in (PartStatus.ASKED, PartStatus.ACCEPTED):
        words = head or context.texts(f"giving-part-now-{part.status}")
        return await turn.show(words, part_buttons(context.texts, part))
    view = await turn.see(part.request_id)
    hide = not await turn.may_show(view)
    text = part_text(context, view.request, part, hide=hide)
    private = turn.in_private(view) if hide else None
    whole = Markup("\n\n".join(p for p in (head, text, private) if p))
    return await turn.show(whole, part_buttons(context.texts, part), of=view)


def make_router() -> Router:
    """Buttons of parts."""
    router = Router(name="lead.parts")
    router.callback_query.register(on_part, PartCD.filter(), _ForLeads())
    return router


class _ForLeads(Filter):
    """Buttons of parts that are a lead's."""

    async def __call__(self, callback: CallbackQuery, callback_data: PartCD) -> bool:
        """Workers' buttons go on."""
        return callback_data.action in ACTIONS


ACTIONS = ("show", "accept", "decline", "done", "drop")
