"""What a lead's organisation has to put right: the list, and 「整改好了」 with evidence."""

from __future__ import annotations

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.books.ledgers import RectificationState
from casework.entities import Person
from casework.permissions import Actor
from casework.use_cases.ledgers import LONGEST_WORDS
from casework.use_cases.rectifying import ListMyRectifications, ReportRectified, SeeRectification
from handlers.kit.attachments import attached, words
from handlers.kit.buttons import button
from handlers.kit.callbacks import RectifyCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.steps import forgotten, wait_for
from handlers.kit.texts import Markup
from handlers.lead.desk import Turn
from handlers.lead.steps import in_group_too
from handlers.lead.words import UNDO_WORDS


class Righting(StatesGroup):
    """The next words or photo are the evidence."""

    evidence = State()


async def on_command(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """`/rectify`: what is to be put right."""
    turn = Turn.said(message, context, actor, person, state)
    entries = await context.cases(ListMyRectifications)(actor)
    if not entries:
        await turn.say("rectify-mine-nothing")
        return
    cards = Cards(turn.texts, context.community, "lead")
    lines, rows = [turn.texts("rectify-mine-head", count=len(entries))], []
    for entry in entries:
        when = cards.when(entry.due_at, context.now)
        lines.append(turn.texts("rectify-mine-line", id=entry.id, task=entry.task, when=when))
        if entry.state is RectificationState.OPEN:
            done = RectifyCD(action="done", id=entry.id)
            rows.append([button(turn.texts, "rectify-mine-done", done, id=entry.id)])
    await turn.show(Markup("\n".join(lines)), rows)


async def on_done(
    callback: CallbackQuery,
    callback_data: RectifyCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """「整改好了」: words or a photo."""
    turn = Turn.pressed(callback, context, actor, person, state)
    entry, _ = await context.cases(SeeRectification)(actor, callback_data.id)
    if entry.state is not RectificationState.OPEN:
        await turn.aside().say("rectify-moved-on")
        return
    await wait_for(state, context.now, Righting.evidence, entry=entry.id)
    await turn.aside().show(in_group_too(turn, turn.texts("rectify-ask-evidence")))


async def on_evidence(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """How it was put right."""
    data, said, file = await state.get_data(), words(message), attached(message)
    turn = Turn.said(message, context, actor, person, state)
    replied = message.reply_to_message
    if turn.in_group and (replied is None or replied.from_user is None or not replied.from_user.is_bot):
        raise SkipHandler
    if said.startswith("/") or forgotten(data, context.now):
        await state.clear()
        raise SkipHandler
    if said in UNDO_WORDS:
        await state.clear()
        await turn.say("lead-stopped")
        return
    photo = file.file_id if file.kind == "photo" else ""
    if not said and not photo:
        await turn.say("rectify-evidence-please")
        return
    await state.clear()
    entry, _ = await context.cases(SeeRectification)(actor, data["entry"])
    if entry.state is not RectificationState.OPEN:
        await turn.say("rectify-moved-on")
        return
    await context.cases(ReportRectified)(actor, entry.id, said[:LONGEST_WORDS], photo)
    await turn.say("rectify-thanks")


class _IsDone(Filter):
    """The other buttons of this kind are workers'."""

    async def __call__(self, callback: CallbackQuery, callback_data: RectifyCD) -> bool:
        """Reads what the filter before it has unpacked."""
        return callback_data.action == "done"


def make_router() -> Router:
    """Putting right."""
    router = Router(name="lead.rectifying")
    router.message.register(on_command, Command("rectify"))
    router.message.register(on_evidence, StateFilter(Righting.evidence))
    router.callback_query.register(on_done, RectifyCD.filter(), _IsDone())
    return router
