"""/letters: whether one gets them; and the requests behind a letter's numbers."""

from __future__ import annotations

from datetime import date

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from casework.books.letters import LetterTo, last_week, week_from
from casework.entities import Person
from casework.permissions import Actor
from casework.use_cases.figures import PAGE, TraceOwnFigure
from casework.use_cases.letters import AddressOwnLetters, AskLetters, SetLetters
from handlers.admin.desk import Pressed
from handlers.admin.spans import between
from handlers.admin.stats.codes import behind_of
from handlers.kit.buttons import button
from handlers.kit.callbacks import LetterCD, WorkCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup
from handlers.lead.desk import Turn
from handlers.letters.writing import post


async def on_letters(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """`/letters`"""
    await _state(Turn.said(message, context, actor, person, state))


async def _state(turn: Turn) -> None:
    wanted = await turn.context.cases(AskLetters)(turn.actor)
    change = button(turn.texts, "letter-stop" if wanted else "letter-again", _set(not wanted))
    now = button(turn.texts, "letter-now", LetterCD(action="now"))
    await turn.say("letter-state-on" if wanted else "letter-state-off", [[now], [change]])


def _set(wanted: bool) -> LetterCD:
    return LetterCD(action="again") if wanted else LetterCD(action="stop")


async def on_stop(
    callback: CallbackQuery, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """No more letters."""
    turn = Turn.pressed(callback, context, actor, person, state)
    await context.cases(SetLetters)(actor, wanted=False)
    await turn.say("letter-stopped", [[button(turn.texts, "letter-again", _set(True))]])


async def on_again(
    callback: CallbackQuery, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """Letters again."""
    turn = Turn.pressed(callback, context, actor, person, state)
    await context.cases(SetLetters)(actor, wanted=True)
    await turn.say("letter-wanted")


async def on_now(
    callback: CallbackQuery, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """The letters of last week at once."""
    turn = Turn.pressed(callback, context, actor, person, state)
    await turn.toast("letter-writing")
    week = last_week(context.now, context.community)
    for organisation_id in await context.cases(AddressOwnLetters)(actor, week):
        await post(context, LetterTo(person.id, turn.chat_id, organisation_id), week, again=True)


async def on_list(
    callback: CallbackQuery,
    pressed: LetterCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """The requests behind a number of a lead's letter; turning pages stays in one message."""
    turn = Turn.pressed(callback, context, actor, person, state)
    texts, community = context.texts, context.community
    week = week_from(date.fromordinal(pressed.first), community, context.now)
    found = await context.cases(TraceOwnFigure)(
        actor, pressed.id, week.since, week.until, behind_of(pressed.part), pressed.page
    )
    dates = between(week.monday, week.sunday, community.timezone).dates(texts)
    lines: list[str] = [
        texts("letter-list-head", what=texts.plain(f"stats-list-{pressed.part}"), dates=dates),
        *(Cards(texts, community).line(request, context.now) for request in found.requests),
    ]
    if found.more:
        lines.append(texts("stats-list-page", page=found.page + 1))
    elif found.requests:
        lines.append(texts("stats-list-end", count=found.page * PAGE + len(found.requests)))
    else:
        lines.append(texts("stats-list-nothing"))
    opens = [(r.number, WorkCD(action="show", id=r.id).pack()) for r in found.requests]
    rows = [opens[n : n + 2] for n in range(0, len(opens), 2)]
    target = turn if pressed.action == "listed" else turn.aside()
    await target.show(Markup("\n\n".join(lines)), [*rows, _turn(turn, pressed, found.page, found.more)])


def _turn(turn: Turn, pressed: LetterCD, page: int, more: bool) -> list[Button]:
    row = []
    if page > 0:
        before = pressed.model_copy(update={"action": "listed", "page": page - 1})
        row.append(button(turn.texts, "admin-previous", before))
    if more:
        further = pressed.model_copy(update={"action": "listed", "page": page + 1})
        row.append(button(turn.texts, "stats-further", further))
    return row


def make_router() -> Router:
    """Letters."""
    router = Router(name="letters.views")
    router.message.register(on_letters, Command("letters"))
    router.callback_query.register(on_stop, Pressed(LetterCD, "stop"))
    router.callback_query.register(on_again, Pressed(LetterCD, "again"))
    router.callback_query.register(on_now, Pressed(LetterCD, "now"))
    router.callback_query.register(on_list, Pressed(LetterCD, "list", "listed"))
    return router
