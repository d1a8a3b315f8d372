"""Joint needs: suggested to workers, told to whoever stands behind them, step by step."""

from __future__ import annotations

from casework.events import (
    JointNeedAccepted,
    JointNeedFound,
    MilestoneReached,
    MilestonesDue,
    MilestonesSet,
    RequestMerged,
)
from casework.promises.moments import local
from handlers.announce.sameness import chats_of
from handlers.announce.telling import Handlers, Telling, joined, key
from handlers.kit.buttons import button
from handlers.kit.callbacks import JointCD, ProjectCD
from handlers.kit.projects import found_text, step_lines


async def on_found(tell: Telling, event: JointNeedFound) -> None:
    """What so many want, in their words, and the two answers."""
    text = found_text(tell.context, event.joint, event.members)
    rows = [
        [
            button(tell.texts, f"joint-{word}", JointCD(action=word, id=event.joint.id))
            for word in ("accept", "dismiss")
        ]
    ]
    await tell.admins(text, rows, once=f"joint/{event.joint.id}")


async def on_accepted(tell: Telling, event: JointNeedAccepted) -> None:
    """Whoever stands behind it follows the project; whose request was merged into it has heard so."""
    request = event.request
    merged = {
        e.request.resident_id for e in tell.events if isinstance(e, RequestMerged) and e.into.id == request.id
    }
    chats = await chats_of(tell, request, merged)
    if not chats:
        return
    text = tell.texts(
        "joint-to-residents",
        compound=event.joint.compound,
        people=event.joint.residents,
        **tell.about(request),
    )
    await tell.say(chats, text, None, key(event))


async def on_plan(tell: Telling, event: MilestonesSet) -> None:
    """The steps that the organisation will go."""
    request = event.request
    organisation = await tell.context.uow.organisations.get(request.organisation_id or 0)
    text = tell.texts(
        "joint-plan-to-residents",
        organisation=organisation.name if organisation else tell.texts.plain("announce-worker"),
        lines=step_lines(tell.context, event.milestones),
        **tell.about(request),
    )
    once = key(event, *(f"{m.position}.{m.id}" for m in event.milestones))
    await tell.say(await chats_of(tell, request), text, None, once)
    await tell.resident(request, text, once=f"{once}/owner")


async def on_reached(tell: Telling, event: MilestoneReached) -> None:
    """One step is done."""
    request, milestone = event.request, event.milestone
    text = joined(
        tell.texts("joint-step-to-residents", what=milestone.what, **tell.about(request)),
        tell.texts("joint-step-note-to-residents", note=milestone.note) if milestone.note else None,
    )
    once = f"milestone/{milestone.id}"
    await tell.say(await chats_of(tell, request), text, None, once)
    await tell.resident(request, text, once=f"{once}/owner")


async def on_due(tell: Telling, event: MilestonesDue) -> None:
    """The lead, with the way to tick them."""
    request = event.request
    text = tell.texts(
        "joint-steps-due", lines=step_lines(tell.context, event.milestones), **tell.about(request)
    )
    steps = [[button(tell.texts, "joint-project", ProjectCD(action="show", id=request.id))]]
    day = local(tell.context.now, tell.context.community).date()
    await tell.organisation(event.organisation, text, steps, once=f"milestones-due/{request.id}/{day}")


HANDLERS: Handlers = {
    MilestonesDue: on_due,
    JointNeedFound: on_found,
    JointNeedAccepted: on_accepted,
    MilestonesSet: on_plan,
    MilestoneReached: on_reached,
}
