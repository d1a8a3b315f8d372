"""What leads and workers hear of the ledgers and of the call-back list."""

from __future__ import annotations

from casework.books.ledger_events import (
    DayBegins,
    RectificationChecked,
    RectificationDue,
    RectificationOpened,
    RectificationReported,
    SampleDrawn,
)
from casework.books.ledgers import Rectification
from handlers.announce.telling import Handlers, Telling
from handlers.kit.buttons import button
from handlers.kit.callbacks import CallCD, LedgerCD, RectifyCD
from handlers.kit.outgoing import Keyboard
from handlers.kit.texts import Markup


def about(tell: Telling, entry: Rectification) -> Markup:
    """What is to be put right, by when."""
    return tell.texts("rectify-task", task=entry.task, when=tell.when(entry.due_at))


async def _because(tell: Telling, entry: Rectification) -> Markup | None:
    """Which request it is about, and what went wrong with it."""
    request = await tell.context.uow.requests.get(entry.request_id) if entry.request_id else None
    problem = await tell.context.uow.problems.get(entry.problem_id)
    if request is None or problem is None:
        return None
    kind = tell.texts.plain(f"problem-{problem.kind}")
    return tell.texts("rectify-about", kind=kind, **tell.about(request))


def _for_lead(tell: Telling, entry: Rectification) -> Keyboard:
    return [[button(tell.texts, "rectify-done", RectifyCD(action="done", id=entry.id))]]


def _for_worker(tell: Telling, entry: Rectification) -> Keyboard:
    return [[button(tell.texts, "rectify-look", RectifyCD(action="show", id=entry.id))]]


async def on_sample(tell: Telling, event: SampleDrawn) -> None:
    """The lot fell."""
    rows = [[button(tell.texts, "call-list", CallCD(action="list"))]]
    text = tell.texts("call-sample-drawn", drawn=event.drawn, among=event.among)
    await tell.admins(text, rows, once=f"sample/{event.day}")


async def on_opened(tell: Telling, event: RectificationOpened) -> None:
    """To the organisation that has to; a worker who took it upon themselves knows."""
    if event.organisation is None:
        return
    entry, once = event.rectification, f"rectify/{event.rectification.id}"
    why = await _because(tell, entry)
    lines = [tell.texts("rectify-asked"), *([why] if why else []), about(tell, entry)]
    text = Markup("\n".join(lines))
    await tell.organisation(event.organisation, text, _for_lead(tell, entry), once=once, group=text)


async def on_reported(tell: Telling, event: RectificationReported) -> None:
    """To every worker but who reported it: somebody else has to look."""
    entry = event.rectification
    who = event.organisation.name if event.organisation else tell.texts.plain("announce-worker")
    text = tell.texts("rectify-reported", who=who, task=entry.task, evidence=entry.evidence)
    once = f"rectified/{entry.id}/{entry.returned}"
    await tell.admins(text, _for_worker(tell, entry), once=once, skip=entry.reported_by)


async def on_checked(tell: Telling, event: RectificationChecked) -> None:
    """To whoever put it right: it is over, or what is still wanting."""
    entry = event.rectification
    once = f"rectify-checked/{entry.id}/{entry.returned}/{event.good}"
    if event.good:
        text, rows = tell.texts("rectify-good", task=entry.task), None
    else:
        said = tell.texts("rectify-bad", task=entry.task, words=entry.check_words)
        text, rows = Markup(f"{said}\n{about(tell, entry)}"), _for_lead(tell, entry)
    if event.organisation is not None:
        await tell.organisation(event.organisation, text, rows, once=once, group=text)
    elif entry.owner_id is not None:
        await tell.say([entry.owner_id], text, None if event.good else _for_worker(tell, entry), once)


async def on_due(tell: Telling, event: RectificationDue) -> None:
    """Once a day to whoever has to; workers hear of what is over in the morning's word."""
    entry = event.rectification
    text = tell.texts(
        "rectify-late" if event.late else "rectify-soon", task=entry.task, when=tell.when(entry.due_at)
    )
    once = f"rectify-due/{entry.id}/{event.day}"
    if event.organisation is not None:
        await tell.organisation(event.organisation, text, _for_lead(tell, entry), once=once, group=text)
    elif entry.owner_id is not None:
        await tell.say([entry.owner_id], text, _for_worker(tell, entry), once)


async def on_day(tell: Telling, event: DayBegins) -> None:
    """What waits for workers today, with the ways there."""
    texts, rows = tell.texts, []
    lines: list[str] = [texts("day-head")]
    if event.calls.now:
        lines.append(texts("day-calls", count=event.calls.now))
        rows.append([button(texts, "call-list", CallCD(action="list"))])
    if event.unchecked:
        lines.append(texts("day-unchecked", count=event.unchecked))
    if event.late:
        lines.append(texts("day-late", count=event.late))
    if event.unchecked or event.late:
        rows.append([button(texts, "ledger-rectifications", LedgerCD(action="show", book="r", state="open"))])
    await tell.admins(Markup("\n".join(lines)), rows, once=f"day/{event.day}")


HANDLERS: Handlers = {
    SampleDrawn: on_sample,
    RectificationOpened: on_opened,
    RectificationReported: on_reported,
    RectificationChecked: on_checked,
    RectificationDue: on_due,
    DayBegins: on_day,
}
