"""One entry of the problem ledger: what went wrong, and whether it is put right or needs no putting right."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.books.ledgers import RectificationState
from casework.errors import WrongState
from casework.use_cases.ledgers import (
    LONGEST_WORDS,
    CloseProblem,
    EnterProblem,
    ProblemView,
    SeeProblem,
)
from casework.use_cases.rectifying import OpenRectification
from handlers.admin.desk import Desk, Pressed, heard, number_and_words
from handlers.admin.ledger_words import state_of
from handlers.admin.rectifying import show_rectification
from handlers.kit.buttons import button
from handlers.kit.callbacks import ProblemCD, RectifyCD, TriageCD
from handlers.kit.cards import Cards
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

#: How long somebody is given, to tap.
_DAYS = ("1", "3", "7", "15")


class Putting(StatesGroup):
    """What a worker's next words are."""

    closing = State()
    task = State()
    days = State()


def _press(desk: Desk, action: str, problem_id: int, value: str = "", **args: object) -> Button:
    data = ProblemCD(action=action, id=problem_id, value=value)
    return button(desk.texts, f"problem-{action.replace('_', '-')}", data, **args)


async def on_command(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/problem 7 words`: somebody complained about it on the telephone or at the counter."""
    number, said = number_and_words(command)
    example = desk.texts.plain("admin-example-problem")
    if not said:
        await desk.say("problem-please", example=example)
        return
    view = await desk.by_number(number, example)
    if view is None:
        return
    if len(said) > LONGEST_WORDS:
        await desk.say("problem-words-please", limit=LONGEST_WORDS)
        return
    try:
        problem = await desk.context.cases(EnterProblem)(desk.actor, view.request.id, said)
    except WrongState:
        await desk.say("problem-open-already")
        return
    await _card(desk, problem.id, "problem-entered")


async def on_show(callback: CallbackQuery, pressed: ProblemCD, desk: Desk) -> None:
    """The entry as it stands."""
    await _card(desk.aside(), pressed.id)


async def _card(desk: Desk, problem_id: int, intro: str = "") -> None:
    view = await desk.context.cases(SeeProblem)(desk.actor, problem_id)
    text = _words(desk, view)
    if intro:
        text = Markup(f"{desk.texts(intro)}\n\n{text}")
    await desk.show(text, _buttons(desk, view))


def _words(desk: Desk, view: ProblemView) -> Markup:
    texts, problem = desk.texts, view.problem
    cards = Cards(texts, desk.context.community, "admin")
    kind = texts.plain(f"problem-{problem.kind}")
    lines: list[str] = [texts("problem-head", id=problem.id, kind=kind)]
    if view.request:
        item = desk.context.community.catalogue.item(view.request.item).name
        lines.append(texts("problem-about", number=view.request.number, item=item))
    else:
        lines.append(texts("problem-no-request"))
    if view.organisation:
        lines.append(texts("problem-organisation", name=view.organisation.name))
    if problem.words:
        lines.append(texts("problem-words", words=problem.words))
    lines.append(texts("problem-at", when=cards.when(problem.at, desk.context.now)))
    for entry in view.rectifications:
        lines.append(texts("ledger-mark-rectify", state=state_of(texts, entry, desk.context.now)))
    if problem.closed_at:
        when = cards.when(problem.closed_at, desk.context.now)
        lines.append(texts("problem-closed", when=when, words=problem.closing))
    return Markup("\n".join(lines))


def _buttons(desk: Desk, view: ProblemView) -> Keyboard:
    rows: list[list[Button]] = []
    pending = [r for r in view.rectifications if r.state is not RectificationState.CLOSED]
    if pending:
        look = RectifyCD(action="show", id=pending[-1].id)
        rows.append([button(desk.texts, "rectify-look", look)])
    elif view.problem.closed_at is None:
        rows.append([_press(desk, "rectify", view.problem.id), _press(desk, "close", view.problem.id)])
    if view.request:
        see = TriageCD(action="show", id=view.request.id)
        rows.append([button(desk.texts, "problem-request", see)])
    return rows


async def _can_go_on(desk: Desk, problem_id: int) -> ProblemView | None:
    """The problem if it is open and nothing is being put right; else its card, and None."""
    view = await desk.context.cases(SeeProblem)(desk.actor, problem_id)
    pending = any(r.state is not RectificationState.CLOSED for r in view.rectifications)
    if view.problem.closed_at is None and not pending:
        return view
    await _card(desk, problem_id, "problem-closed-already")
    return None


async def on_close(callback: CallbackQuery, pressed: ProblemCD, desk: Desk) -> None:
    """就此了结: why."""
    if await _can_go_on(desk, pressed.id):
        await desk.wait_for(Putting.closing, problem=pressed.id)
        await desk.aside().say("problem-ask-close")


async def on_closing(message: Message, desk: Desk) -> None:
    """Why it needs no putting right."""
    got = await heard(desk, message, Putting.closing)
    if got is None:
        return
    said, data = got
    if len(said) > LONGEST_WORDS:
        await desk.wait_for(Putting.closing, problem=data["problem"])
        await desk.say("problem-words-please", limit=LONGEST_WORDS)
    elif await _can_go_on(desk, data["problem"]):
        await desk.context.cases(CloseProblem)(desk.actor, data["problem"], said)
        await _card(desk, data["problem"], "problem-did-close")


async def on_rectify(callback: CallbackQuery, pressed: ProblemCD, desk: Desk) -> None:
    """要整改: by whom."""
    view = await _can_go_on(desk, pressed.id)
    if view is None:
        return
    row = [_press(desk, "by_org", pressed.id)] if view.organisation else []
    await desk.aside().say("problem-ask-who", [[*row, _press(desk, "by_me", pressed.id)]])


async def on_who(callback: CallbackQuery, pressed: ProblemCD, desk: Desk) -> None:
    """Then what is to be put right, in words."""
    if await _can_go_on(desk, pressed.id):
        await desk.wait_for(Putting.task, problem=pressed.id, org=pressed.action == "by_org")
        await desk.show(desk.texts("problem-ask-task"))


async def on_task(message: Message, desk: Desk) -> None:
    """Then within how many days."""
    got = await heard(desk, message, Putting.task)
    if got is None:
        return
    said, data = got
    if len(said) > LONGEST_WORDS:
        await desk.wait_for(Putting.task, problem=data["problem"], org=data["org"])
        await desk.say("problem-words-please", limit=LONGEST_WORDS)
        return
    await desk.wait_for(Putting.days, problem=data["problem"], org=data["org"], task=said)
    await desk.say("problem-ask-days", [[_press(desk, "days", data["problem"], n, days=n) for n in _DAYS]])


async def on_days(callback: CallbackQuery, pressed: ProblemCD, desk: Desk) -> None:
    """It stands in the ledger, and whoever has to hears of it."""
    data = await desk.waited_for(Putting.days)
    if data is None or data["problem"] != pressed.id or pressed.value not in _DAYS:
        await desk.toast("admin-too-late")
        await _card(desk, pressed.id)
        return
    if not await _can_go_on(desk, pressed.id):
        return
    entry = await desk.context.cases(OpenRectification)(
        desk.actor, pressed.id, data["task"], int(pressed.value), by_organisation=data["org"]
    )
    await show_rectification(desk, entry.id, "rectify-opened")


def make_router() -> Router:
    """Problems."""
    router = Router(name="admin.problems")
    router.message.register(on_command, Command("problem"))
    for state, on_words in (
        (Putting.closing, on_closing),
        (Putting.task, on_task),
    ):
        router.message.register(on_words, StateFilter(state))
    for action, handler in (
        ("show", on_show),
        ("close", on_close),
        ("rectify", on_rectify),
        ("days", on_days),
    ):
        router.callback_query.register(handler, Pressed(ProblemCD, action))
    router.callback_query.register(on_who, Pressed(ProblemCD, "by_org", "by_me"))
    return router
