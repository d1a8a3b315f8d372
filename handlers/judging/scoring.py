"""/score: one organisation after another, one question after another, five buttons each."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from casework.entities import Person
from casework.errors import NotFound
from casework.judging.evaluation import CRITERIA, Form, Party
from casework.permissions import Actor
from casework.use_cases.evaluation import ListToScore, ScoreOrganisation, ToScore, party_of
from handlers.admin.desk import Pressed
from handlers.admin.pages import cut
from handlers.kit.buttons import button
from handlers.kit.callbacks import ScoreCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup, Texts
from handlers.lead.desk import Turn

_PAGE = 10


async def on_score(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """`/score`"""
    await _list(Turn.said(message, context, actor, person, state), 0)


async def on_press(
    callback: CallbackQuery,
    pressed: ScoreCD,
    context: Context,
    actor: Actor,
    person: Person,
    state: FSMContext,
) -> None:
    """A page of the list, or the next question of a form."""
    await callback.answer()
    turn = Turn.pressed(callback, context, actor, person, state)
    if pressed.action == "list":
        page = pressed.value
        return await _list(turn, int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 0)
    return await _form(turn, pressed.id, pressed.value)


async def _to_score(turn: Turn) -> list[ToScore] | None:
    """None was answered: there is no round."""
    try:
        return (await turn.context.cases(ListToScore)(turn.actor))[1]
    except NotFound:
        await turn.show(turn.texts("judging-no-round"))
        return None


async def _list(turn: Turn, page: int, intro: Markup | None = None) -> None:
    every = await _to_score(turn)
    if every is None:
        return
    texts = turn.texts
    shown, page, pages = cut(every, page, _PAGE)
    left = sum(one.form is None for one in every)
    head = texts("judging-score-list" if left else "judging-score-all", count=len(every), left=left)
    rows: list[list[Button]] = []
    for one in shown:
        word = "judging-score-one" if one.form is None else "judging-scored-one"
        data = ScoreCD(action="form", id=one.organisation.id)
        rows.append([button(texts, word, data, name=one.organisation.name)])
    turning = [
        button(texts, word, ScoreCD(action="list", value=str(to)), page=to + 1, pages=pages)
        for there, word, to in (
            (page > 0, "admin-previous", page - 1),
            (page < pages - 1, "admin-next", page + 1),
        )
        if there
    ]
    await turn.show(Markup("\n\n".join(filter(None, [intro, head]))), [*rows, turning])


async def _form(turn: Turn, organisation_id: int, given: str) -> None:
    every = await _to_score(turn)
    if every is None:
        return None
    chosen = next((one for one in every if one.organisation.id == organisation_id), None)
    party = party_of(turn.actor)
    if chosen is None or not _fits(given, party):
        return await _list(turn, 0)
    if len(given) < len(CRITERIA[party]):
        return await _ask(turn, chosen, party, given)
    scores = {criterion: int(digit) for criterion, digit in zip(CRITERIA[party], given, strict=True)}
    form = await turn.context.cases(ScoreOrganisation)(turn.actor, organisation_id, scores)
    intro = turn.texts("judging-score-kept", name=chosen.organisation.name, scores=_said(turn.texts, form))
    return await _list(turn, 0, intro)


def _fits(given: str, party: Party) -> bool:
    return len(given) <= len(CRITERIA[party]) and all(digit in "12345" for digit in given)


async def _ask(turn: Turn, chosen: ToScore, party: Party, given: str) -> None:
    """What is known of it, and the next question."""
    texts, organisation, load = turn.texts, chosen.organisation, chosen.workload
    facts: dict[str, Any] = {
        "services": chosen.services.confirmed,
        "have": load.open_requests,
        "stars": f"{load.rating_sum / load.rating_count:.1f}" if load.rating_count else "—",
        "ratings": load.rating_count,
    }
    lines: list[str] = [texts("judging-form-head", name=organisation.name, category=organisation.category)]
    lines.append(texts("judging-form-facts", **facts))
    if organisation.intro:
        lines.append(texts("admin-org-intro", words=organisation.intro))
    if chosen.form is not None and not given:
        lines.append(texts("judging-form-before", scores=_said(texts, chosen.form)))
    criterion = CRITERIA[party][len(given)]
    step = {"step": len(given) + 1, "of": len(CRITERIA[party])}
    lines += ["", texts("judging-form-question", what=texts.plain(f"judging-criterion-{criterion}"), **step)]
    await turn.show(Markup("\n".join(lines)), _keyboard(texts, organisation.id, given))


def _keyboard(texts: Texts, organisation_id: int, given: str) -> Keyboard:
    def score(value: str) -> ScoreCD:
        return ScoreCD(action="form", id=organisation_id, value=value)

    rows = [[button(texts, f"judging-score-{n}", score(f"{given}{n}"))] for n in range(5, 0, -1)]
    back = [button(texts, "judging-score-list", ScoreCD(action="list"))]
    if given:
        back.insert(0, button(texts, "judging-score-back", score(given[:-1])))
    return [*rows, back]


def _said(texts: Texts, form: Form) -> str:
    """Each criterion with its points."""
    return "、".join(
        texts.plain("judging-score-said", what=texts.plain(f"judging-short-{criterion}"), score=score)
        for criterion, score in form.scores.items()
    )


def make_router() -> Router:
    """The forms."""
    router = Router(name="judging.scoring")
    router.message.register(on_score, Command("score"))
    router.callback_query.register(on_press, Pressed(ScoreCD, "list", "form"))
    return router
