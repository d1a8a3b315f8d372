"""认领大会 for leads: the list of what could be taken, with a tick before each."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from casework.entities import Organisation, Person, Request
from casework.errors import NotFound, TooLate
from casework.giving.meetings import MeetingStatus
from casework.permissions import Actor
from casework.use_cases.meetings import SeeLots, TickLot
from casework.use_cases.reading import masked
from handlers.kit.buttons import button
from handlers.kit.callbacks import MeetingCD
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup
from handlers.lead.cards import tasks_button
from handlers.lead.desk import Turn

_PAGE = 6
_WORDS = 120
_Entry = tuple[Organisation, Request, bool]


async def on_meeting(
    callback: CallbackQuery,
    callback_data: MeetingCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """lots, page, tick, untick"""
    turn = Turn.pressed(callback, context, actor, person, state)
    page = callback_data.request if callback_data.action == "page" else 0
    if callback_data.action in ("tick", "untick"):
        page = await _tick(turn, callback_data)
    await _show(turn, callback_data.id, page)


async def _tick(turn: Turn, data: MeetingCD) -> int:
    """Set or take back the tick; returns the page on which it stands."""
    on = data.action == "tick"
    try:
        await turn.context.cases(TickLot)(turn.actor, data.id, data.request, data.organisation, on=on)
    except TooLate:
        await turn.toast("giving-meeting-over")
        return 0
    except NotFound:
        await turn.toast("giving-lot-gone")
        return 0
    await turn.toast("giving-ticked" if on else "giving-unticked")
    places = [(o.id, r.id) for o, r, _ in await _entries(turn, data.id)]
    place = (data.organisation, data.request)
    return places.index(place) // _PAGE if place in places else 0


async def _entries(turn: Turn, meeting_id: int) -> list[_Entry]:
    _, found = await turn.context.cases(SeeLots)(turn.actor, meeting_id)
    return [(o, r, r.id in ticked) for o, requests, ticked in found for r in requests]


async def _show(turn: Turn, meeting_id: int, page: int) -> None:
    meeting, _ = await turn.context.cases(SeeLots)(turn.actor, meeting_id)
    entries = await _entries(turn, meeting_id)
    over = meeting.status is not MeetingStatus.OPEN or meeting.closes_at <= turn.context.now
    if over or not entries:
        key = "giving-meeting-over" if over else "giving-meeting-nothing"
        return await turn.show(turn.texts(key), [[tasks_button(turn.texts)]])
    last = (len(entries) - 1) // _PAGE
    page = min(max(page, 0), last)
    shown = list(enumerate(entries))[page * _PAGE : (page + 1) * _PAGE]
    cards = Cards(turn.texts, turn.context.community)
    head = turn.texts(
        "giving-meeting-head",
        count=len(entries),
        ticked=sum(ticked for _, _, ticked in entries),
        when=cards.when(meeting.closes_at, turn.context.now),
    )
    several = len({o.id for o, _, _ in entries}) > 1
    lines = [_line(turn, cards, n, entry, several=several) for n, entry in shown]
    rows: Keyboard = [[_box(turn, meeting.id, n, entry) for n, entry in shown[i : i + 2]] for i in (0, 2, 4)]
    pages = [
        button(turn.texts, f"giving-page-{word}", MeetingCD(action="page", id=meeting.id, request=to))
        for word, to in (("back", page - 1), ("on", page + 1))
        if 0 <= to <= last
    ]
    return await turn.show(Markup("\n\n".join([head, *lines])), [*rows, pages])


def _line(turn: Turn, cards: Cards, n: int, entry: _Entry, *, several: bool) -> Markup:
    """Without phone and door: nobody has taken it yet."""
    organisation, request, ticked = entry
    shown = masked(request, turn.context.community)
    words = shown.description if len(shown.description) <= _WORDS else f"{shown.description[:_WORDS]}…"
    return turn.texts(
        "giving-lot-of" if several else "giving-lot",
        mark=turn.texts.plain("giving-mark-on" if ticked else "giving-mark-off"),
        n=n + 1,
        item=turn.context.community.catalogue.item(request.item).name,
        place=cards.address(shown.details.address),
        words=words,
        organisation=organisation.name,
    )


def _box(turn: Turn, meeting_id: int, n: int, entry: _Entry) -> Button:
    organisation, request, ticked = entry
    data = MeetingCD(
        action="untick" if ticked else "tick",
        id=meeting_id,
        request=request.id,
        organisation=organisation.id,
    )
    return button(turn.texts, "giving-untick" if ticked else "giving-tick", data, n=n + 1)


def make_router() -> Router:
    """The list and its ticks."""
    router = Router(name="lead.meetings")
    router.callback_query.register(on_meeting, MeetingCD.filter(), _ForLeads())
    return router


class _ForLeads(Filter):
    """Buttons of meetings that are a lead's."""

    async def __call__(self, callback: CallbackQuery, callback_data: MeetingCD) -> bool:
        """Workers' buttons go on."""
        return callback_data.action in ACTIONS


ACTIONS = ("lots", "page", "tick", "untick")
