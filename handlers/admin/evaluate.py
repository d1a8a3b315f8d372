"""/evaluate: open a round, invite experts, see how far it is, close it, read the results."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.entities import Organisation
from casework.errors import NotFound
from casework.judging.evaluation import CRITERIA, Party, Result, weights_of
from casework.promises.moments import local
from casework.use_cases.evaluation import CloseRound, OpenRound, Progress, ShowResults, ShowRound
from casework.use_cases.experts import InviteExpert, RemoveExpert
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed, heard
from handlers.admin.pages import cut
from handlers.judging.words import grade_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import EvaluationCD, ListingCD, ScoreCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_PAGE = 20
_MOST_UNRANKED = 60
_LONGEST_TITLE = 40


class Step(StatesGroup):
    """What a worker's next message or button is taken for."""

    expert = State()
    title = State()


async def on_evaluate(message: Message, command: CommandObject, desk: Desk) -> None:
    """`/evaluate [title of a new round]`"""
    progress = await desk.context.cases(ShowRound)(desk.actor)
    if progress is None and command.args:
        await _sure(desk, command.args.strip()[:_LONGEST_TITLE])
    else:
        await _show(desk, progress)


async def on_show(callback: CallbackQuery, desk: Desk) -> None:
    """As it stands."""
    await _show(desk, await desk.context.cases(ShowRound)(desk.actor))


def _press(desk: Desk, word: str, action: str, number: int = 0, **args: object) -> Button:
    return button(desk.texts, word, EvaluationCD(action=action, id=number), **args)


async def _show(desk: Desk, progress: Progress | None) -> None:
    rows: Keyboard = [
        [_press(desk, "judging-earlier", "results", earlier.id, title=earlier.title)]
        for earlier in await desk.context.uow.evaluations.closed_rounds()
    ]
    if progress is None:
        experts = [e.name for e in await desk.context.uow.evaluations.experts()]
        text = desk.texts(
            "judging-none-open", experts="、".join(experts) or desk.texts.plain("judging-nobody")
        )
        first = [_press(desk, "judging-open", "open"), _press(desk, "judging-expert", "expert")]
        await desk.show(text, [first, *rows, *_register(desk)])
        return
    drops = [
        [_press(desk, "judging-expert-drop", "drop", expert.person_id, name=expert.name)]
        for expert in progress.experts
    ]
    score = button(desk.texts, "judging-score-list", ScoreCD(action="list"))
    first = [score, _press(desk, "judging-expert", "expert")]
    close = [_press(desk, "judging-close", "close")]
    await desk.show(_progress(desk, progress), [first, close, *drops, *rows, *_register(desk)])


def _register(desk: Desk) -> Keyboard:
    return [[button(desk.texts, "judging-register", ListingCD(action="top"))]]


def _progress(desk: Desk, progress: Progress) -> Markup:
    texts, zone = desk.texts, desk.context.community.timezone
    since = in_words(texts, progress.round.opened_at, desk.context.now, zone)
    lines: list[str] = [texts("judging-progress", title=progress.round.title, since=since)]
    weights = weights_of(desk.context.community.policy.judging)
    for party in (Party.WORKERS, Party.EXPERTS):
        lines.append(
            texts(
                "judging-progress-party",
                party=texts.plain(f"judging-party-{party}"),
                weight=round(100 * weights[party.value]),
                done=progress.organisations[party],
                of=progress.of,
                forms=progress.forms[party],
            )
        )
    lines.append(
        texts(
            "judging-progress-residents",
            weight=round(100 * weights[Party.RESIDENTS.value]),
            answered=progress.answered,
            asked=progress.asked,
            done=progress.organisations[Party.RESIDENTS],
            of=progress.of,
        )
    )
    names = "、".join(e.name for e in progress.experts) or texts.plain("judging-nobody")
    return Markup("\n".join([*lines, texts("judging-progress-experts", names=names)]))


async def on_open(callback: CallbackQuery, desk: Desk) -> None:
    """A question first: others are written to."""
    here = local(desk.context.now, desk.context.community)
    title = desk.texts.plain("judging-title", year=here.year, quarter=(here.month + 2) // 3)
    await _sure(desk, title)


async def _sure(desk: Desk, title: str) -> None:
    await desk.wait_for(Step.title, title=title)
    experts = len(await desk.context.uow.evaluations.experts())
    rows = [[_press(desk, "judging-open-yes", "open_yes"), _press(desk, "cancel", "show")]]
    await desk.show(desk.texts("judging-sure-open", title=title, experts=experts), rows)


async def on_open_yes(callback: CallbackQuery, desk: Desk) -> None:
    """Begin."""
    data = await desk.waited_for(Step.title)
    if data is None:
        await _show(desk, await desk.context.cases(ShowRound)(desk.actor))
        return
    await desk.context.cases(OpenRound)(desk.actor, data["title"])
    await desk.toast("admin-done")
    await _show(desk, await desk.context.cases(ShowRound)(desk.actor))


async def on_close(callback: CallbackQuery, desk: Desk) -> None:
    """A question first: what is counted then stays."""
    progress = await desk.context.cases(ShowRound)(desk.actor)
    if progress is None:
        await _show(desk, None)
        return
    text = desk.texts("judging-sure-close", progress=_progress(desk, progress))
    await desk.show(text, [[_press(desk, "judging-close-yes", "close_yes"), _press(desk, "cancel", "show")]])


async def on_close_yes(callback: CallbackQuery, desk: Desk) -> None:
    """Count; the results come as a message to all workers, and here as a list and a picture."""
    try:
        closed, _ = await desk.context.cases(CloseRound)(desk.actor)
    except NotFound:
        await _show(desk, None)
        return
    await _results(desk, closed.id, 0)
    await later(desk, "evaluation_picture", round=str(closed.id))


async def on_results(callback: CallbackQuery, pressed: EvaluationCD, desk: Desk) -> None:
    """A page of the list."""
    page = pressed.value
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 0
    await _results(desk if page else desk.aside(), pressed.id, number)


async def _results(desk: Desk, round_id: int, page: int) -> None:
    found = await desk.context.cases(ShowResults)(desk.actor, round_id)
    if found is None:
        return
    shown_round, every = found
    ranked = [(organisation, result) for organisation, result in every if result.rank is not None]
    rest = [organisation.name for organisation, result in every if result.rank is None]
    shown, page, pages = cut(ranked, page, _PAGE)
    head = desk.texts("judging-results-head", title=shown_round.title, ranked=len(ranked), of=len(every))
    lines = [_line(desk, organisation, result) for organisation, result in shown]
    if rest and page == pages - 1:
        names = "、".join(rest[:_MOST_UNRANKED])
        lines += [Markup(""), desk.texts("judging-unranked", count=len(rest), names=names)]
    turning = [
        button(
            desk.texts,
            word,
            EvaluationCD(action="results", id=round_id, value=str(to)),
            page=to + 1,
            pages=pages,
        )
        for there, word, to in (
            (page > 0, "admin-previous", page - 1),
            (page < pages - 1, "admin-next", page + 1),
        )
        if there
    ]
    files = [
        _press(desk, "judging-picture", "picture", round_id),
        _press(desk, "judging-form", "form", round_id),
    ]
    await desk.show(Markup("\n".join([head, "", *lines])), [turning, files])


def _line(desk: Desk, organisation: Organisation, result: Result) -> Markup:
    texts = desk.texts
    parts = "　".join(
        texts.plain(
            "judging-line-part",
            party=texts.plain(f"judging-party-{party}"),
            points=f"{result.points[party.value]:g}",
        )
        for party in Party
        if party.value in result.points
    )
    few = texts.plain("judging-line-few", services=result.services) if result.few else ""
    return texts(
        "judging-line",
        rank=result.rank,
        name=organisation.name,
        total=f"{result.total or 0:g}",
        grade=grade_words(texts, result.grade),
        parts=parts,
        few=few,
    )


async def on_file(callback: CallbackQuery, pressed: EvaluationCD, desk: Desk) -> None:
    """The table as a picture or as a form to print, as soon as it is made."""
    found = await desk.context.cases(ShowResults)(desk.actor, pressed.id)
    if found is not None:
        await desk.toast("judging-being-made")
        await later(desk, f"evaluation_{pressed.action}", round=str(found[0].id))


async def on_expert(callback: CallbackQuery, desk: Desk) -> None:
    """Whom to invite."""
    await desk.wait_for(Step.expert)
    await desk.say("judging-expert-name", [[_press(desk, "cancel", "show")]])


async def on_name(message: Message, desk: Desk) -> None:
    """The name that was asked for; the link is shown once."""
    got = await heard(desk, message, Step.expert)
    if got is None:
        return
    token, invite = await desk.context.cases(InviteExpert)(desk.actor, got[0])
    link = f"https://t.me/{desk.context.bot_username}?start=expert_{token}"
    until = in_words(desk.texts, invite.expires_at, desk.context.now, desk.context.community.timezone)
    questions = len(CRITERIA[Party.EXPERTS])
    await desk.say("judging-expert-link", name=invite.name, link=link, until=until, questions=questions)


async def on_drop(callback: CallbackQuery, pressed: EvaluationCD, desk: Desk) -> None:
    """An expert is asked no more; a question first."""
    experts = await desk.context.uow.evaluations.experts()
    expert = next((e for e in experts if e.person_id == pressed.id), None)
    if expert is not None and pressed.action == "drop":
        yes = _press(desk, "admin-yes", "drop_yes", expert.person_id)
        rows = [[yes, _press(desk, "cancel", "show")]]
        await desk.show(desk.texts("judging-sure-drop", name=expert.name), rows)
        return
    if expert is not None:
        await desk.context.cases(RemoveExpert)(desk.actor, expert.person_id)
        await desk.toast("admin-done")
    await _show(desk, await desk.context.cases(ShowRound)(desk.actor))


def make_router() -> Router:
    """Rounds."""
    router = Router(name="admin.evaluate")
    router.message.register(on_evaluate, Command("evaluate"))
    router.message.register(on_name, StateFilter(Step.expert))
    press = router.callback_query.register
    press(on_show, Pressed(EvaluationCD, "show"))
    press(on_open, Pressed(EvaluationCD, "open"))
    press(on_open_yes, Pressed(EvaluationCD, "open_yes"))
    press(on_close, Pressed(EvaluationCD, "close"))
    press(on_close_yes, Pressed(EvaluationCD, "close_yes"))
    press(on_results, Pressed(EvaluationCD, "results"))
    press(on_file, Pressed(EvaluationCD, "picture", "form"))
    press(on_expert, Pressed(EvaluationCD, "expert"))
    press(on_drop, Pressed(EvaluationCD, "drop", "drop_yes"))
    return router
