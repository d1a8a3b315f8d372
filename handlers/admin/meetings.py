"""/meeting: a worker publishes what waits, sees who ticks, draws or calls it off; and parts of a team."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.entities import Request
from casework.errors import BadValue, Conflict, NotFound
from casework.use_cases.giving import DropPart
from casework.use_cases.meetings import CloseMeeting, ListForMeeting, OpenMeeting, SeeMeeting
from handlers.admin.desk import Desk, Pressed, Step
from handlers.kit.buttons import button
from handlers.kit.callbacks import MeetingCD, PartCD, TriageCD
from handlers.kit.cards import Cards
from handlers.kit.texts import Markup

_LINES = 25
#: For how many hours a meeting may be opened by a tap.
_HOURS = (2, 24, 72)


async def on_meeting(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/meeting [number …]`: only these, else all that waits"""
    wanted = (command.args or "").split()
    numbers: list[int] = []
    for typed in wanted[:_LINES]:
        view = await desk.by_number(typed, "/meeting 7 8")
        if view is None:
            return
        numbers.append(view.request.id)
    await _show(desk, numbers)


async def on_desk(callback: CallbackQuery, pressed: MeetingCD, desk: Desk) -> None:
    """How the meeting stands."""
    await _show(desk, [])


async def _show(desk: Desk, only: list[int]) -> None:
    seen = await desk.context.cases(SeeMeeting)(desk.actor)
    if seen is not None:
        return await _show_open(desk)
    waiting = await desk.context.cases(ListForMeeting)(desk.actor)
    chosen = [r for r in waiting if r.id in only] if only else waiting
    if not chosen:
        return await desk.show(desk.texts("giving-meeting-none"))
    await desk.wait_for(Step.sure_meeting, requests=[r.id for r in chosen])
    text = desk.texts("giving-meeting-sure", count=len(chosen), lines=_lines(desk, chosen, {}))
    rows = [
        [button(desk.texts, "giving-meeting-open", MeetingCD(action="open", id=hours), hours=hours)]
        for hours in _HOURS
    ]
    return await desk.show(text, [*rows, [_triage(desk)]])


async def on_open(callback: CallbackQuery, pressed: MeetingCD, desk: Desk) -> None:
    """Publish what was shown."""
    data = await desk.waited_for(Step.sure_meeting)
    if data is None or pressed.id not in _HOURS:
        return await _show(desk, [])
    closes_at = desk.context.now + timedelta(hours=pressed.id)
    try:
        await desk.context.cases(OpenMeeting)(desk.actor, closes_at, data["requests"])
    except (Conflict, NotFound, BadValue):
        return await _show(desk, [])
    return await _show_open(desk, "giving-meeting-opened")


async def _show_open(desk: Desk, intro: str = "") -> None:
    seen = await desk.context.cases(SeeMeeting)(desk.actor)
    if seen is None:
        return await _show(desk, [])
    meeting, requests, ticks = seen
    counts = Counter(t.request_id for t in ticks)
    text = desk.texts(
        "giving-meeting-state",
        count=len(requests),
        ticked=sum(1 for r in requests if counts[r.id]),
        when=Cards(desk.texts, desk.context.community).when(meeting.closes_at, desk.context.now),
        lines=_lines(desk, requests, counts),
    )
    rows = [
        [
            button(desk.texts, "giving-meeting-draw", MeetingCD(action="draw", id=meeting.id)),
            button(desk.texts, "giving-meeting-off", MeetingCD(action="off", id=meeting.id)),
        ],
        [button(desk.texts, "giving-meeting-again", MeetingCD(action="desk"))],
    ]
    head = f"{desk.texts(intro)}\n\n" if intro else ""
    return await desk.show(Markup(f"{head}{text}"), rows)


async def on_end(callback: CallbackQuery, pressed: MeetingCD, desk: Desk) -> None:
    """马上分 or 取消大会: sure?"""
    yes = button(desk.texts, "admin-yes", MeetingCD(action=f"{pressed.action}_yes", id=pressed.id))
    no = button(desk.texts, "admin-back", MeetingCD(action="desk"))
    await desk.show(desk.texts(f"giving-meeting-sure-{pressed.action}"), [[yes, no]])


async def on_end_yes(callback: CallbackQuery, pressed: MeetingCD, desk: Desk) -> None:
    """What came of it is told to all workers."""
    await desk.context.cases(CloseMeeting)(desk.actor, pressed.id, draw=pressed.action == "draw_yes")
    await desk.toast("giving-meeting-closed")
    await desk.show(desk.texts("giving-meeting-closed"))


async def on_leave(callback: CallbackQuery, pressed: PartCD, desk: Desk) -> None:
    """The team goes on without a part."""
    part = await desk.context.cases(DropPart)(desk.actor, pressed.id)
    await desk.toast("giving-part-dropped-toast")
    await desk.refresh(part.request_id)


def _lines(desk: Desk, requests: list[Request], counts: dict[int, int]) -> Markup:
    catalogue = desk.context.community.catalogue
    cards = Cards(desk.texts, desk.context.community)
    lines = [
        desk.texts(
            "giving-meeting-lot" if r.id in counts else "giving-meeting-lot-none",
            number=r.number,
            item=catalogue.item(r.item).name,
            place=cards.address(r.details.address.without_door()),
            count=counts.get(r.id, 0),
        )
        for r in requests[:_LINES]
    ]
    if len(requests) > _LINES:
        lines.append(desk.texts("giving-lines-more", count=len(requests) - _LINES))
    return Markup("\n".join(lines))


def _triage(desk: Desk) -> tuple[str, str]:
    return button(desk.texts, "giving-triage", TriageCD(action="list", id=0))


def make_router() -> Router:
    """Claiming meetings."""
    router = Router(name="admin.meetings")
    router.message.register(on_meeting, Command("meeting"))
    press = router.callback_query.register
    press(on_desk, Pressed(MeetingCD, "desk"))
    press(on_open, Pressed(MeetingCD, "open"))
    press(on_end, Pressed(MeetingCD, "draw", "off"))
    press(on_end_yes, Pressed(MeetingCD, "draw_yes", "off_yes"))
    press(on_leave, Pressed(PartCD, "leave"))
    return router
