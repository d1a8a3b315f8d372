"""/pool, /team and /backlog: a request to all who can, to several together, everything that waits at once."""

from __future__ import annotations

from collections import Counter

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from casework.entities import Request
from casework.errors import Conflict, NotFound
from casework.giving.assignment import Plan
from casework.giving.matching import Candidate
from casework.statuses import IN_WORK
from casework.transitions import Action, can
from casework.use_cases.backlog import AssignBacklog, PlanBacklog, serial
from casework.use_cases.giving import MOST_IN_TEAM, PoolRequest, TeamRequest
from casework.use_cases.reading import RequestView
from casework.use_cases.workers import SuggestOrganisations
from handlers.admin.desk import Desk, Pressed, Step, number_and_words
from handlers.admin.named import named
from handlers.admin.scores import percent
from handlers.kit.buttons import button
from handlers.kit.callbacks import GivingCD, TriageCD
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup

_SHOWN = 8
_LINES = 25
#: Between the name of a helper and its task.
_TASK = ("=", "＝", ":", "：")


def ways(desk: Desk, request: Request) -> list[Button]:
    """The other ways of giving it out, for the list of suggestions."""
    if request.urgent:
        return []
    return [
        button(desk.texts, "giving-pool", GivingCD(action="pool", id=request.id)),
        button(desk.texts, "giving-team", GivingCD(action="team", id=request.id)),
    ]


# The pool.


async def on_pool(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/pool <number>`"""
    view = await desk.by_number((command.args or "").strip(), "/pool 7")
    if view is not None:
        await _ask_pool(desk, view)


async def on_pool_button(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """点单认领 beside the suggestions."""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    if view is not None:
        await _ask_pool(desk, view)


async def _ask_pool(desk: Desk, view: RequestView) -> None:
    request = view.request
    if not await _may(desk, request):
        return None
    candidates = await desk.context.cases(SuggestOrganisations)(desk.actor, request.id, 1000)
    if not candidates:
        return await desk.say("giving-pool-nobody", [[_back(desk, request.id)]], number=request.number)
    names = "、".join(c.organisation.name for c in candidates[:_LINES])
    held = view.organisation if request.status in IN_WORK else None
    text = desk.texts("giving-pool-sure", number=request.number, count=len(candidates), names=names)
    if held is not None:
        text = Markup(f"{text}\n{desk.texts('giving-held', holder=held.name)}")
    yes = button(desk.texts, "giving-pool-yes", GivingCD(action="pool_yes", id=request.id))
    return await desk.show(text, [[yes], [_back(desk, request.id)]])


async def on_pool_yes(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """Ask them all."""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    if view is None or not await _may(desk, view.request):
        return None
    try:
        await desk.context.cases(PoolRequest)(desk.actor, pressed.id)
    except NotFound:
        return await desk.say("giving-pool-nobody", [[_back(desk, pressed.id)]], number=view.request.number)
    return await desk.refresh(pressed.id, "giving-pool-done")


async def _may(desk: Desk, request: Request) -> bool:
    """Whether it can be given to several now; if not, says why."""
    if request.urgent:
        await desk.refresh(request.id, "giving-not-urgent")
        return False
    if not can(request, Action.ASSIGN):
        await desk.refresh(request.id, "admin-moved-on")
        return False
    return True


# The team.


async def on_team(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/team <number> [lead organisation helper=task …]`"""
    number, words = number_and_words(command)
    view = await desk.by_number(number, "/team 7")
    if view is None or not await _may(desk, view.request):
        return
    if words:
        await _team_of_words(desk, view, words)
    else:
        await _pick(desk, view.request, [])


async def _team_of_words(desk: Desk, view: RequestView, words: str) -> None:
    """Organisations by name, the first one leads; `name=task` tells a helper what to do."""
    picked: list[int] = []
    tasks: dict[int, str] = {}
    for word in words.split()[:MOST_IN_TEAM]:
        mark = next((m for m in _TASK if m in word), "")
        name, _, task = word.partition(mark) if mark else (word, "", "")
        found = [o for o in await named(desk, name) if o.active]
        if len(found) != 1:
            key = "giving-team-which" if found else "giving-team-unknown"
            return await desk.say(key, [[_back(desk, view.request.id)]], name=name[:30])
        picked.append(found[0].id)
        tasks[found[0].id] = task[:200]
    return await _ask_team(desk, view.request.id, picked, tasks)


async def on_team_button(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """组团 beside the suggestions."""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    if view is not None and await _may(desk, view.request):
        await _pick(desk, view.request, [])


async def on_team_pick(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """One more, or one less; an old list begins anew."""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    organisation = await desk.organisation(pressed.value) if view is not None else None
    if view is None or organisation is None or not await _may(desk, view.request):
        return
    picked = [i for i in await _picked(desk, pressed.id) if i != organisation.id]
    if len(picked) == len(await _picked(desk, pressed.id)):
        picked.append(organisation.id)
    await _pick(desk, view.request, picked[:MOST_IN_TEAM])


async def _picked(desk: Desk, request_id: int) -> list[int]:
    data = await desk.state.get_data()
    current = await desk.state.get_state()
    fits = current == Step.sure_team.state and data.get("request") == request_id
    return list(data["picked"]) if fits else []


async def _pick(desk: Desk, request: Request, picked: list[int]) -> None:
    await desk.wait_for(Step.sure_team, request=request.id, picked=picked)
    found = await desk.context.cases(SuggestOrganisations)(desk.actor, request.id, _SHOWN)
    item = desk.context.community.catalogue.item(request.item).name
    rows: list[list[Button]] = [[_choice(desk, request.id, candidate, picked)] for candidate in found]
    if len(picked) > 1:
        ask = GivingCD(action="team_ask", id=request.id)
        rows.append([button(desk.texts, "giving-team-ask", ask, count=len(picked))])
    key = "giving-team-pick" if len(found) > 1 else "giving-team-few"
    text = desk.texts(key, number=request.number, item=item)
    await desk.show(text, [*rows, [_back(desk, request.id)]])


def _choice(desk: Desk, request_id: int, candidate: Candidate, picked: list[int]) -> Button:
    organisation = candidate.organisation
    data = GivingCD(action="team_pick", id=request_id, value=str(organisation.id))
    facts = {"name": organisation.name, "score": percent(candidate.score)}
    if organisation.id not in picked:
        return button(desk.texts, "giving-choose", data, **facts)
    first = picked[0] == organisation.id
    return button(desk.texts, "giving-chosen-first" if first else "giving-chosen", data, **facts)


async def on_team_ask(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """Ask the team."""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    if view is None or not await _may(desk, view.request):
        return None
    picked = await _picked(desk, pressed.id)
    if len(picked) < 2:
        return await _pick(desk, view.request, picked)
    await desk.state.clear()
    return await _ask_team(desk, pressed.id, picked, {})


async def _ask_team(desk: Desk, request_id: int, picked: list[int], tasks: dict[int, str]) -> None:
    if len(set(picked)) < 2:
        return await desk.say("giving-team-two", [[_back(desk, request_id)]])
    await desk.context.cases(TeamRequest)(desk.actor, request_id, tuple(picked), tasks)
    return await desk.refresh(request_id, "giving-team-asked-all")


# The backlog.


async def on_backlog(message: Message, desk: Desk) -> None:
    """`/backlog`"""
    await _show_plan(desk, await desk.context.cases(PlanBacklog)(desk.actor))


async def on_backlog_button(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """一起派"""
    await _show_plan(desk.aside(), await desk.context.cases(PlanBacklog)(desk.actor))


async def on_backlog_yes(callback: CallbackQuery, pressed: GivingCD, desk: Desk) -> None:
    """Do what was shown, unless it is another plan by now."""
    try:
        done = await desk.context.cases(AssignBacklog)(desk.actor, pressed.value)
    except Conflict:
        plan = await desk.context.cases(PlanBacklog)(desk.actor)
        await desk.toast("giving-plan-changed")
        return await _show_plan(desk, plan, "giving-plan-changed")
    left = len(done.full) + len(done.nobody)
    return await desk.show(desk.texts("giving-plan-done", count=len(done.placed), left=left))


async def _show_plan(desk: Desk, plan: Plan, intro: str = "") -> None:
    waiting = len(plan.placed) + len(plan.full) + len(plan.nobody)
    if not waiting:
        return await desk.show(desk.texts("giving-plan-nothing"))
    mean = plan.total / len(plan.placed) if plan.placed else 0.0
    head = desk.texts("giving-plan-head", waiting=waiting, count=len(plan.placed), mean=percent(mean))
    lines = [desk.texts(intro)] if intro else []
    lines += [head, *_placed(desk, plan), *_loads(desk, plan)]
    lines += _unplaced(desk, plan.full, "giving-plan-full")
    lines += _unplaced(desk, plan.nobody, "giving-plan-nobody")
    rows: list[list[Button]] = [[button(desk.texts, "giving-triage", TriageCD(action="list", id=0))]]
    if plan.placed:
        yes = GivingCD(action="backlog_yes", value=serial(plan))
        rows.insert(0, [button(desk.texts, "giving-plan-yes", yes, count=len(plan.placed))])
    return await desk.show(Markup("\n".join(lines)), rows)


def _placed(desk: Desk, plan: Plan) -> list[Markup]:
    catalogue = desk.context.community.catalogue
    lines = [
        desk.texts(
            "giving-plan-line",
            number=p.request.number,
            item=catalogue.item(p.request.item).name,
            organisation=p.organisation.name,
            score=percent(p.score),
        )
        for p in plan.placed[:_LINES]
    ]
    if len(plan.placed) > _LINES:
        lines.append(desk.texts("giving-lines-more", count=len(plan.placed) - _LINES))
    return lines


def _loads(desk: Desk, plan: Plan) -> list[Markup]:
    """Who would get how many, where there is more than a glance at the lines tells."""
    counts = Counter(p.organisation.name for p in plan.placed)
    if len(plan.placed) <= _LINES:
        return []
    told = "，".join(
        desk.texts.plain("giving-plan-load", name=name, count=count)
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_LINES]
    )
    return [desk.texts("giving-plan-loads", loads=told)]


def _unplaced(desk: Desk, requests: tuple[Request, ...], key: str) -> list[Markup]:
    if not requests:
        return []
    numbers = "、".join(r.number for r in requests[:_LINES])
    return [desk.texts(key, count=len(requests), numbers=numbers)]


def _back(desk: Desk, request_id: int) -> Button:
    return button(desk.texts, "admin-back", TriageCD(action="show", id=request_id))


def make_router() -> Router:
    """To several, or everything at once."""
    router = Router(name="admin.giving")
    router.message.register(on_pool, Command("pool"))
    router.message.register(on_team, Command("team"))
    router.message.register(on_backlog, Command("backlog"))
    press = router.callback_query.register
    press(on_pool_button, Pressed(GivingCD, "pool"))
    press(on_pool_yes, Pressed(GivingCD, "pool_yes"))
    press(on_team_button, Pressed(GivingCD, "team"))
    press(on_team_pick, Pressed(GivingCD, "team_pick"))
    press(on_team_ask, Pressed(GivingCD, "team_ask"))
    press(on_backlog_button, Pressed(GivingCD, "backlog"))
    press(on_backlog_yes, Pressed(GivingCD, "backlog_yes"))
    return router
