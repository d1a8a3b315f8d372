"""What a lead has before them: the list, one card by its number, help."""

from __future__ import annotations

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from casework.entities import Offer, Person, Request
from casework.permissions import Actor
from casework.use_cases.giving import ListParts
from casework.use_cases.reading import ListTasks
from handlers.kit.buttons import button
from handlers.kit.callbacks import OfferCD, PageCD, PartCD, WorkCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup
from handlers.lead.desk import Turn

_PAGE = 8
_NUMBER = re.compile(r"\d{8}-\d{4,}")


class ConcernsOwnTask(Filter):
    """The message is nothing but the number of a request that the lead's organisation knows."""

    async def __call__(self, message: Message, actor: Actor, context: Context) -> bool | dict[str, Request]:
        """Gives the handler `request`."""
        if not message.text or not _NUMBER.fullmatch(message.text.strip()):
            return False
        request = await own_task(context, actor, message.text.strip())
        return {"request": request} if request else False


def number_in(words: str) -> str:
    """The first number of a request in the words; empty where there is none."""
    found = _NUMBER.search(words)
    return found.group() if found else ""


async def own_task(context: Context, actor: Actor, number: str) -> Request | None:
    """The request if one of the lead's organisations was ever asked for it."""
    request = await context.uow.requests.by_number(number)
    if request is None:
        return None
    offers = await context.uow.offers.of_request(request.id)
    return request if any(actor.leads(o.organisation_id) for o in offers) else None


async def named_task(context: Context, actor: Actor, command: CommandObject) -> Request | None:
    """The own task whose number stands behind a command."""
    number = number_in(command.args or "")
    return await own_task(context, actor, number) if number else None


async def on_tasks(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """/tasks"""
    await state.clear()
    await list_tasks(Turn.said(message, context, actor, person, state))


async def on_page(
    callback: CallbackQuery,
    callback_data: PageCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """Another page of the list."""
    await list_tasks(Turn.pressed(callback, context, actor, person, state), callback_data.page)


async def list_tasks(turn: Turn, page: int = 0) -> None:
    """Open offers first, then work in hand; a button opens each."""
    offers, work = await turn.context.cases(ListTasks)(turn.actor)
    # Who leads several organisations is called to an emergency for each of them, and needs it once.
    by_request: dict[int, tuple[Offer, Request]] = {}
    for offer, request in offers:
        by_request.setdefault(request.id, (offer, request))
    entries = [*by_request.values(), *((None, request) for request in work)]
    entries.sort(key=lambda entry: not entry[1].urgent)
    last = max(0, (len(entries) - 1) // _PAGE)
    page = min(max(page, 0), last)
    shown = entries[page * _PAGE : (page + 1) * _PAGE]
    parts = await _parts(turn) if page == 0 else []
    if not shown and not parts:
        return await turn.show(turn.texts("lead-no-tasks"))
    head = turn.texts("lead-tasks-head", offered=len(by_request), work=len(work))
    cards = Cards(turn.texts, turn.context.community, "lead")
    lines = [cards.line(request, turn.context.now) for _, request in shown]
    pages = [
        (turn.texts.plain(f"lead-page-{word}"), PageCD(list="tasks", page=to).pack())
        for word, to in (("back", page - 1), ("on", page + 1))
        if 0 <= to <= last
    ]
    if parts:
        lines.append(turn.texts("giving-parts-head"))
    keyboard: Keyboard = [*([_open(turn, o, r)] for o, r in shown), *parts, pages]
    return await turn.show(Markup("\n\n".join([head, *lines])), keyboard)


async def _parts(turn: Turn) -> list[list[Button]]:
    """A button for each part of a team's work that was asked for or is in hand."""
    catalogue = turn.context.community.catalogue
    return [
        [
            button(
                turn.texts,
                "giving-open-part",
                PartCD(action="show", id=part.id),
                number=request.number[-4:],
                item=catalogue.item(request.item).name,
            )
        ]
        for part, request in await turn.context.cases(ListParts)(turn.actor)
    ]


def _open(turn: Turn, offer: Offer | None, request: Request) -> Button:
    data = OfferCD(action="show", id=offer.id) if offer else WorkCD(action="show", id=request.id)
    words = turn.texts.plain(
        "lead-open-offer" if offer else "lead-open-work",
        number=request.number[-4:],
        item=turn.context.community.catalogue.item(request.item).name,
    )
    return words, data.pack()


async def on_number(
    message: Message, request: Request, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """A bare number opens its card."""
    await Turn.said(message, context, actor, person, state).refresh(request.id)


async def on_task(
    message: Message,
    command: CommandObject,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """/task 20261121-0007"""
    turn = Turn.said(message, context, actor, person, state)
    request = await named_task(context, actor, command)
    if request is None:
        await turn.say("lead-no-such-task")
    else:
        await turn.refresh(request.id)


async def on_help(message: Message, context: Context) -> None:
    """/help"""
    await context.out.say(message.chat.id, "lead-help")


def make_router() -> Router:
    """Commands and the list."""
    router = Router(name="lead.tasks")
    router.message.register(on_tasks, Command("tasks"))
    router.message.register(on_task, Command("task"))
    router.message.register(on_help, Command("help"))
    router.message.register(on_number, ConcernsOwnTask())
    router.callback_query.register(on_page, PageCD.filter(), _IsTasksPage())
    return router


class _IsTasksPage(Filter):
    async def __call__(self, callback: CallbackQuery, callback_data: PageCD) -> bool:
        return callback_data.list == "tasks"
