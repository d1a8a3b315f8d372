"""Who follows a neighbour's request hears what matters of it; merged and taken apart, everybody is told."""

from __future__ import annotations

from collections.abc import Iterable

from casework.entities import Request
from casework.events import (
    FollowerObjected,
    JointNeedAccepted,
    LooksAlike,
    NeedsTriage,
    ReopenDecided,
    RequestAccepted,
    RequestCancelled,
    RequestConfirmed,
    RequestDeclined,
    RequestFollowed,
    RequestMerged,
    RequestUnmerged,
    WorkDone,
    WorkStarted,
)
from handlers.announce.filing import next_step, own_buttons
from handlers.announce.telling import Handlers, Telling, joined, key
from handlers.kit.alike import alike_buttons, alike_lines
from handlers.kit.buttons import button
from handlers.kit.callbacks import FollowCD, TriageCD, WorkCD
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup


async def chats_of(tell: Telling, request: Request, but: Iterable[int | None] = ()) -> list[int]:
    """Where the followers can be told; the request's own resident is told elsewhere."""
    followers = await tell.context.uow.followers.of_request(request.id)
    wanted = {f.person_id for f in followers} - {request.resident_id, *but}
    people = await tell.context.uow.people.many(wanted) if wanted else []
    return [p.chat_id for p in people if p.chat_id is not None and p.reachable]


def tap(tell: Telling, request: Request, word: str, action: str) -> Button:
    """A follower's button."""
    return button(tell.texts, f"follow-{word}", FollowCD(action=action, id=request.id))


def ask_buttons(tell: Telling, request: Request) -> Keyboard:
    """好了 and 也没解决."""
    return [[tap(tell, request, "solved", "solved"), tap(tell, request, "unsolved", "unsolved")]]


async def _tell(
    tell: Telling, request: Request, words: str, once: str, rows: Keyboard | None = None, **args: object
) -> None:
    chats = await chats_of(tell, request)
    if chats:
        text = tell.texts(words, **tell.about(request), **args)
        await tell.say(chats, text, rows, f"follow/{once}")


async def on_followed(tell: Telling, event: RequestFollowed) -> None:
    """The follower's number; and whoever works on it hears that one more waits."""
    request = event.request
    person = await tell.context.uow.people.get(event.person_id)
    about = tell.about(request)
    if person and person.chat_id is not None and person.reachable:
        rows = [[tap(tell, request, "drop", "drop")]]
        text = tell.texts("follow-now", people=event.people, **about)
        await tell.say([person.chat_id], text, rows, key(event, person.id))
    organisation = await tell.context.uow.organisations.get(request.organisation_id or 0)
    if organisation is None:
        return
    text = tell.texts("follow-to-lead", people=event.people, **about)
    show = [[button(tell.texts, "announce-show-task", WorkCD(action="show", id=request.id))]]
    await tell.organisation(organisation, text, show, once=key(event, "lead", event.person_id))


async def on_accepted(tell: Telling, event: RequestAccepted) -> None:
    """Somebody has taken it."""
    await _tell(tell, event.request, "follow-accepted", key(event), organisation=event.organisation.name)


async def on_started(tell: Telling, event: WorkStarted) -> None:
    """Somebody is on the way."""
    await _tell(tell, event.request, "follow-started", key(event), organisation=event.organisation.name)


async def on_done(tell: Telling, event: WorkDone) -> None:
    """Said to be done: is it, over there?"""
    who = event.organisation.name if event.organisation else tell.texts.plain("follow-done-worker")
    rows = ask_buttons(tell, event.request)
    await _tell(tell, event.request, "follow-done", key(event), rows, who=who)


async def on_confirmed(tell: Telling, event: RequestConfirmed) -> None:
    """Their resident says yes; a follower may still say no."""
    rows = [[tap(tell, event.request, "unsolved", "unsolved")]]
    await _tell(tell, event.request, "follow-confirmed", key(event), rows)


async def on_reopen_decided(tell: Telling, event: ReopenDecided) -> None:
    """It is taken up again."""
    if event.approved:
        await _tell(tell, event.request, "follow-reopened", key(event))


async def on_objected(tell: Telling, event: FollowerObjected) -> None:
    """The resident and the other followers; workers hear of the reopen request itself."""
    request, once = event.request, key(event, event.person_id)
    text = tell.texts("follow-to-owner-unsolved", **tell.about(request))
    await tell.resident(request, text, once=once)
    others = await chats_of(tell, request, [event.person_id])
    if others:
        text = tell.texts("follow-reopen-asked", **tell.about(request))
        await tell.say(others, text, None, f"{once}/others")


async def who_objects(tell: Telling, request: Request) -> Markup | None:
    """For workers: that it was a follower who said no, and how to ring them."""
    event = tell.beside(request, FollowerObjected)
    if event is None:
        return None
    followers = await tell.context.uow.followers.of_request(request.id)
    phones = [f.details.phone for f in followers if f.person_id == event.person_id and f.details.phone]
    person = await tell.context.uow.people.get(event.person_id)
    saved = person.saved.phone if person else ""
    return tell.texts(
        "follow-to-worker-unsolved",
        name=(person.name if person else "") or tell.texts.plain("role-resident"),
        phone=next(iter(phones), saved) or tell.texts.plain("announce-no-phone"),
    )


async def on_cancelled(tell: Telling, event: RequestCancelled) -> None:
    """Whoever still has the trouble goes on with one press."""
    words = "follow-cancelled" if event.by_resident else "follow-cancelled-by-worker"
    rows = [[tap(tell, event.request, "anew", "anew"), tap(tell, event.request, "drop", "drop")]]
    await _tell(tell, event.request, words, key(event), rows)


async def on_declined(tell: Telling, event: RequestDeclined) -> None:
    """Not ours, and whose it is."""
    await _tell(tell, event.request, "follow-declined", key(event), whose=event.whose)


async def on_merged(tell: Telling, event: RequestMerged) -> None:
    """The resident of the merged one, and who had followed it; their news comes by the other from now on."""
    request, into = event.request, event.into
    about = {**tell.about(request), "into": into.number}
    words = "merged-own-twice" if request.resident_id == into.resident_id else "merged-owner"
    project = tell.beside(into, JointNeedAccepted)
    if project is not None:
        words, about = "joint-merged-owner", {**about, "people": str(project.joint.residents)}
    elif request.urgent:
        words = "merged-urgent"
    await tell.resident(request, tell.texts(words, **about), once=key(event))
    followers = await tell.context.uow.followers.of_request(into.id)
    came = {f.person_id for f in followers if f.origin_id == request.id} - {request.resident_id}
    people = await tell.context.uow.people.many(came - {into.resident_id})
    chats = [p.chat_id for p in people if p.chat_id is not None and p.reachable]
    if chats:
        await tell.say(chats, tell.texts("merged-follower", **about), None, f"{key(event)}/followers")


async def on_unmerged(tell: Telling, event: RequestUnmerged) -> None:
    """It stands alone again, and who is asked."""
    request = event.request
    text = joined(tell.texts("unmerged-owner", **tell.about(request)), next_step(tell, request))
    await tell.resident(request, text, own_buttons(tell, request), once=key(event))


async def on_alike(tell: Telling, event: LooksAlike) -> None:
    """Workers may merge them; where the request waits in triage its card says so."""
    request = event.request
    if tell.beside(request, NeedsTriage) and not request.urgent:
        return
    others = [(other, False) for other in event.others]
    words = "alike-found-urgent" if request.urgent else "alike-found"
    lines = alike_lines(tell.context, [(request, False), *others])
    rows = [
        *([] if request.urgent else alike_buttons(tell.texts, request, event.others)),
        [button(tell.texts, "announce-show-task", TriageCD(action="show", id=request.id))],
    ]
    await tell.admins(tell.texts(words, lines=lines), rows, once=f"alike/{request.id}")


async def alike_in_triage(tell: Telling, request: Request) -> tuple[Markup | None, list[list[Button]]]:
    """What stands on the triage card of a request that looks like others, and the buttons to merge it."""
    event = tell.beside(request, LooksAlike)
    if event is None or request.urgent:
        return None, []
    lines = alike_lines(tell.context, [(other, False) for other in event.others])
    text = Markup(f"{tell.texts('alike-head')}\n{lines}")
    return text, alike_buttons(tell.texts, request, event.others)


HANDLERS: Handlers = {
    RequestFollowed: on_followed,
    RequestAccepted: on_accepted,
    WorkStarted: on_started,
    WorkDone: on_done,
    RequestConfirmed: on_confirmed,
    ReopenDecided: on_reopen_decided,
    FollowerObjected: on_objected,
    RequestCancelled: on_cancelled,
    RequestDeclined: on_declined,
    RequestMerged: on_merged,
    RequestUnmerged: on_unmerged,
    LooksAlike: on_alike,
}
