"""完成 in three short taps: hours, people, and proof or 跳过."""

from __future__ import annotations

from typing import Any

from casework.entities import WorkReport
from casework.use_cases.giving import SeeTeam, has_open_parts
from casework.use_cases.leads import CompleteWork
from handlers.kit.buttons import button
from handlers.kit.callbacks import WorkCD
from handlers.kit.outgoing import Keyboard
from handlers.lead.cards import tasks_button
from handlers.lead.desk import Turn
from handlers.lead.steps import Step, enter, in_group_too, undo_button

_HOURS = ("0.5", "1", "2", "3")
_PEOPLE = ("1", "2", "3", "5")
MOST = 1000


async def on_done(turn: Turn, data: WorkCD) -> None:
    """First tap: how many hours; a team's helpers finish first."""
    request = (await turn.see(data.id)).request
    if await has_open_parts(turn.context.cases(SeeTeam), request):
        await turn.toast("giving-parts-open")
        return await turn.refresh(data.id, "giving-parts-open")
    return await _ask_hours(turn, data.id)


async def on_hours(turn: Turn, data: WorkCD) -> None:
    """Second tap: how many people; 其他 waits for a number in words."""
    if data.value == "other":
        return await _ask_words(turn, data.id, Step.hours, "lead-hours-words")
    hours = _number(data.value, _HOURS)
    if hours is None:
        return await _ask_hours(turn, data.id)
    return await got_hours(turn, data.id, hours)


async def got_hours(turn: Turn, request_id: int, hours: float) -> None:
    """Hours are known, by tap or by words."""
    await enter(turn, Step.people, request=request_id, hours=hours)
    await _ask_number(turn, request_id, "people", _PEOPLE)


async def on_people(turn: Turn, data: WorkCD) -> None:
    """Third tap: proof. A tap on an old message begins again with the hours."""
    kept = await _kept(turn, data.id)
    people = _number(data.value, _PEOPLE)
    if "hours" not in kept or (people is None and data.value != "other"):
        return await _ask_hours(turn, data.id)
    if people is None:
        return await _ask_words(turn, data.id, Step.people, "lead-people-words", hours=kept["hours"])
    return await got_people(turn, data.id, kept["hours"], int(people))


async def got_people(turn: Turn, request_id: int, hours: float, people: int) -> None:
    """Now a photo, words, or nothing."""
    await enter(turn, Step.proof, request=request_id, hours=hours, people=people)
    skip = button(turn.texts, "lead-skip", WorkCD(action="skip", id=request_id))
    view = await turn.see(request_id)
    text = in_group_too(turn, turn.texts("lead-proof", number=view.request.number))
    await turn.show(text, [[skip], [undo_button(turn.texts, request_id)]])


async def ask_for_more(turn: Turn, request_id: int) -> None:
    """What came was passed on; more may come until 好了."""
    enough = button(turn.texts, "lead-enough", WorkCD(action="skip", id=request_id))
    await turn.say("lead-proof-more", [[enough], [undo_button(turn.texts, request_id)]])


async def on_skip(turn: Turn, data: WorkCD) -> None:
    """Finished, with whatever came until now."""
    kept = await _kept(turn, data.id)
    if "people" not in kept:
        return await _ask_hours(turn, data.id)
    await turn.toast("lead-done-toast")
    return await complete(turn, kept)


async def complete(turn: Turn, kept: dict[str, Any], words: str = "", photo: str = "") -> None:
    """Say that it is done; the resident is asked."""
    report = WorkReport(kept["hours"], kept["people"], words, photo or kept.get("photo", ""))
    request = await turn.context.cases(CompleteWork)(turn.actor, kept["request"], report)
    await turn.state.clear()
    await turn.show(turn.texts("lead-done", number=request.number), [[tasks_button(turn.texts)]])


async def _ask_hours(turn: Turn, request_id: int) -> None:
    await enter(turn, Step.hours, request=request_id)
    await _ask_number(turn, request_id, "hours", _HOURS)


async def _kept(turn: Turn, request_id: int) -> dict[str, Any]:
    """What this report has so far; empty when the last begun report was another request's."""
    data = await turn.state.get_data()
    return data if data.get("request") == request_id else {}


def _number(value: str, choices: tuple[str, ...]) -> float | None:
    return float(value) if value in choices else None


async def _ask_number(turn: Turn, request_id: int, what: str, choices: tuple[str, ...]) -> None:
    texts = turn.texts
    row = [
        button(texts, f"lead-{what}", WorkCD(action=what, id=request_id, value=value), n=value)
        for value in choices
    ]
    other = button(texts, "lead-reason-other", WorkCD(action=what, id=request_id, value="other"))
    view = await turn.see(request_id)
    keyboard: Keyboard = [row, [other], [undo_button(texts, request_id)]]
    await turn.show(texts(f"lead-ask-{what}", number=view.request.number), keyboard)


async def _ask_words(turn: Turn, request_id: int, step: Any, prompt: str, **kept: Any) -> None:
    await enter(turn, step, request=request_id, **kept)
    view = await turn.see(request_id)
    text = in_group_too(turn, turn.texts(prompt, number=view.request.number))
    await turn.show(text, [[undo_button(turn.texts, request_id)]])
