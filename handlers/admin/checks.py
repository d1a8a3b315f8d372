"""/checks: the organisations drawn for a spot check, and what was found."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.entities import Organisation
from casework.errors import TooLate
from casework.judging.register import ListKind, SpotCheck, Verdict
from casework.use_cases.reading import ShowOrganisation
from casework.use_cases.spot_checks import ListSpotChecks, RecordSpotCheck
from handlers.admin.desk import Desk, Pressed, heard
from handlers.admin.listings import press
from handlers.judging.words import verdict_words
from handlers.kit.callbacks import ListingCD
from handlers.kit.texts import Markup

_LONGEST = 500


class Step(StatesGroup):
    """What a worker's next message is taken for."""

    found = State()


async def on_checks(message: Message, desk: Desk) -> None:
    """`/checks`"""
    await _list(desk)


async def on_list(callback: CallbackQuery, desk: Desk) -> None:
    """From the register or a check."""
    await _list(desk.aside())


async def _list(desk: Desk) -> None:
    every = await desk.context.cases(ListSpotChecks)(desk.actor)
    if not every:
        count = desk.context.community.policy.judging.spot_checks
        await desk.show(desk.texts("judging-no-checks", count=count))
        return
    still_open = [(check, o) for check, o in every if check.checked_at is None]
    lines: list[str] = [desk.texts("judging-checks", left=len(still_open)), ""]
    lines += [_line(desk, check, organisation) for check, organisation in every]
    rows = [[press(desk, "judging-check", "check", check.id, name=o.name)] for check, o in still_open]
    await desk.show(Markup("\n".join(lines)), rows)


def _line(desk: Desk, check: SpotCheck, organisation: Organisation) -> Markup:
    day = desk.texts.plain("span-day", month=check.week.month, day=check.week.day)
    if check.verdict is None:
        return desk.texts("judging-check-open", name=organisation.name, week=day)
    verdict = verdict_words(desk.texts, check.verdict)
    return desk.texts(
        "judging-check-done", name=organisation.name, week=day, verdict=verdict, words=check.words or "—"
    )


async def on_check(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """Whom to look at, what is known, and the four verdicts."""
    check = await desk.context.uow.register.check(pressed.id)
    if check is None or check.checked_at is not None:
        await _list(desk)
        return
    organisation, load, leads = await desk.context.cases(ShowOrganisation)(desk.actor, check.organisation_id)
    names = "、".join(lead.name or desk.texts.plain("role-lead") for lead in leads)
    text = desk.texts(
        "judging-check-card",
        name=organisation.name,
        phone=organisation.phone or desk.texts.plain("announce-no-phone"),
        leads=names or desk.texts.plain("judging-nobody"),
        have=load.open_requests,
        confirmed=load.confirmed,
        stars=f"{load.rating_sum / load.rating_count:.1f}" if load.rating_count else "—",
    )
    rows = [
        [press(desk, f"judging-verdict-{verdict}", "verdict", check.id, verdict.value)] for verdict in Verdict
    ]
    await desk.show(text, [*rows, [press(desk, "judging-checks", "checks")]])


async def on_verdict(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """What was seen, in words; they may be left out."""
    check = await desk.context.uow.register.check(pressed.id)
    if check is None or check.checked_at is not None or pressed.value not in set(Verdict):
        await _list(desk)
        return
    await desk.wait_for(Step.found, check=check.id, verdict=pressed.value)
    rows = [
        [press(desk, "judging-check-end", "check_end", check.id)],
        [press(desk, "judging-check-back", "check", check.id)],
    ]
    verdict = verdict_words(desk.texts, Verdict(pressed.value))
    await desk.show(desk.texts("judging-check-words", verdict=verdict), rows)


async def on_words(message: Message, desk: Desk) -> None:
    """What was seen."""
    got = await heard(desk, message, Step.found)
    if got is None:
        return
    words, data = got
    if len(words) > _LONGEST:
        await desk.wait_for(Step.found, check=data["check"], verdict=data["verdict"])
        await desk.say("admin-words-too-long", limit=_LONGEST)
        return
    await _record(desk, data["check"], data["verdict"], words)


async def on_end(callback: CallbackQuery, pressed: ListingCD, desk: Desk) -> None:
    """Without words; the verdict is the one that was pressed before."""
    data = await desk.waited_for(Step.found)
    if data is None or data["check"] != pressed.id:
        await _list(desk)
        return
    await _record(desk, pressed.id, data["verdict"], "")


async def _record(desk: Desk, check_id: int, verdict: str, words: str) -> None:
    try:
        check = await desk.context.cases(RecordSpotCheck)(desk.actor, check_id, Verdict(verdict), words)
    except TooLate:
        await desk.say("judging-check-late")
        return
    rows = [[press(desk, "judging-checks", "checks")]]
    if check.verdict in (Verdict.SERIOUS, Verdict.ABSENT):
        abnormal = ListKind.ABNORMAL.value
        rows.insert(0, [press(desk, "judging-enter-abnormal", "enter", check.organisation_id, abnormal)])
    await desk.say("judging-check-kept", rows, verdict=verdict_words(desk.texts, Verdict(verdict)))


def make_router() -> Router:
    """Spot checks."""
    router = Router(name="admin.checks")
    router.message.register(on_checks, Command("checks"))
    router.message.register(on_words, StateFilter(Step.found))
    hear = router.callback_query.register
    hear(on_list, Pressed(ListingCD, "checks"))
    hear(on_check, Pressed(ListingCD, "check"))
    hear(on_verdict, Pressed(ListingCD, "verdict"))
    hear(on_end, Pressed(ListingCD, "check_end"))
    return router
