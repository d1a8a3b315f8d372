"""/assign and 派单: a worker chooses who gets a request."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from casework.entities import Organisation
from casework.giving.matching import Candidate
from casework.statuses import IN_WORK
from casework.transitions import Action, can
from casework.use_cases.reading import RequestView
from casework.use_cases.workers import AssignRequest, SuggestOrganisations
from handlers.admin.desk import Desk, Pressed, Step, heard, number_and_words
from handlers.admin.giving import ways
from handlers.admin.named import named
from handlers.admin.scores import percent, sentence
from handlers.kit.buttons import button
from handlers.kit.callbacks import TriageCD
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_SHOWN = 5
_FOUND = 8
_FACTS = frozenset({"fit", "load", "solved", "hours", "fee"})


async def on_assign(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/assign <number> [organisation]`"""
    number, name = number_and_words(command)
    view = await desk.by_number(number, "/assign 7")
    if view is None:
        return
    if not can(view.request, Action.ASSIGN):
        await desk.refresh(view.request.id, "admin-moved-on")
    elif name:
        await _search(desk, view, name)
    else:
        await desk.show(*await _suggestions(desk, view))


async def on_pick(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """派单 on a card: whom?"""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    if view is not None:
        await desk.aside().show(*await _suggestions(desk, view))


async def _suggestions(desk: Desk, view: RequestView) -> tuple[Markup, Keyboard]:
    request = view.request
    candidates = await desk.context.cases(SuggestOrganisations)(desk.actor, request.id, _SHOWN)
    head = "admin-assign-head" if candidates else "admin-assign-nobody"
    item = desk.context.community.catalogue.item(request.item).name
    lines: list[str] = [desk.texts(head, number=request.number, item=item)]
    lines += [_line(desk, n, c) for n, c in enumerate(candidates, start=1)]
    rows = _rows(desk, request.id, [c.organisation for c in candidates])
    search = button(desk.texts, "admin-search", TriageCD(action="search", id=request.id))
    return Markup("\n\n".join(lines)), [*rows, ways(desk, request), [search, _back(desk, request.id)]]


def _line(desk: Desk, n: int, candidate: Candidate) -> Markup:
    told = [p for p in candidate.parts if p.factor in _FACTS and (p.fact or p.factor != "hours")]
    facts = [sentence(desk.texts, part, desk.context.now) for part in told]
    return desk.texts(
        "admin-assign-line",
        n=n,
        name=candidate.organisation.name,
        category=candidate.organisation.category,
        score=percent(candidate.score),
        facts="；".join(facts),
    )


def _rows(desk: Desk, request_id: int, organisations: Sequence[Organisation]) -> list[list[Button]]:
    return [
        [
            button(
                desk.texts,
                "admin-assign-to",
                TriageCD(action="assign", id=request_id, value=str(o.id)),
                n=n,
                name=o.name,
            )
        ]
        for n, o in enumerate(organisations, start=1)
    ]


def _back(desk: Desk, request_id: int) -> Button:
    return button(desk.texts, "admin-back", TriageCD(action="show", id=request_id))


async def on_search(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """Any other organisation, by a part of its name."""
    if await desk.fresh(pressed.id, Action.ASSIGN) is not None:
        await desk.wait_for(Step.search, request=pressed.id)
        await desk.aside().say("admin-search-please")


async def on_words(message: Message, desk: Desk) -> None:
    """The name that was asked for."""
    got = await heard(desk, message, Step.search)
    if got is not None:
        words, data = got
        await _search(desk, await desk.see(data["request"]), words)


async def _search(desk: Desk, view: RequestView, words: str) -> None:
    found = [o for o in await named(desk, words) if o.active][:_FOUND]
    search = button(desk.texts, "admin-search", TriageCD(action="search", id=view.request.id))
    if not found:
        suggest = button(desk.texts, "admin-suggest", TriageCD(action="pick", id=view.request.id))
        await desk.say("admin-search-nothing", [[search, suggest]], words=words[:30])
        return
    lines = [
        desk.texts("admin-search-line", n=n, name=o.name, category=o.category)
        for n, o in enumerate(found, start=1)
    ]
    text = desk.texts("admin-search-found", number=view.request.number, lines=Markup("\n".join(lines)))
    rows = _rows(desk, view.request.id, found)
    await desk.show(text, [*rows, [search, _back(desk, view.request.id)]])


async def on_assign_to(callback: CallbackQuery, pressed: TriageCD, desk: Desk) -> None:
    """派单; work that somebody has in hand is taken away only after a question."""
    view = await desk.fresh(pressed.id, Action.ASSIGN)
    if view is None:
        return
    organisation = await desk.organisation(pressed.value)
    if organisation is None:
        return
    holder = view.organisation
    if pressed.action == "assign" and view.request.status in IN_WORK and holder is not None:
        sure = TriageCD(action="assign_yes", id=pressed.id, value=pressed.value)
        text = desk.texts(
            "admin-sure-assign", holder=holder.name, name=organisation.name, number=view.request.number
        )
        yes = button(desk.texts, "admin-yes", sure)
        await desk.show(text, [[yes, _back(desk, pressed.id)]])
        return
    await desk.context.cases(AssignRequest)(desk.actor, pressed.id, organisation.id)
    await desk.toast("admin-assigned-toast")
    await desk.refresh(pressed.id, "admin-assigned", name=organisation.name)


def make_router() -> Router:
    """派单"""
    router = Router(name="admin.assign")
    router.message.register(on_assign, Command("assign"))
    router.message.register(on_words, StateFilter(Step.search))
    router.callback_query.register(on_pick, Pressed(TriageCD, "pick"))
    router.callback_query.register(on_search, Pressed(TriageCD, "search"))
    router.callback_query.register(on_assign_to, Pressed(TriageCD, "assign", "assign_yes"))
    return router
