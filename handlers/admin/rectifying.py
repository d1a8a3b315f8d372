"""One entry of the rectification ledger before a worker: evidence, and the check by somebody else."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.books.ledgers import Rectification, RectificationState
from casework.use_cases.ledgers import LONGEST_WORDS
from casework.use_cases.rectifying import CheckRectification, ReportRectified, SeeRectification
from handlers.admin.desk import Desk, Pressed, heard
from handlers.admin.ledger_words import state_of
from handlers.kit.attachments import attached, words
from handlers.kit.buttons import button
from handlers.kit.callbacks import ProblemCD, RectifyCD
from handlers.kit.cards import Cards
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup


class Checking(StatesGroup):
    """What a worker's next words are."""

    evidence = State()
    wanting = State()


async def on_look(callback: CallbackQuery, pressed: RectifyCD, desk: Desk) -> None:
    """A rectification as it stands, with its photo."""
    entry, _ = await desk.context.cases(SeeRectification)(desk.actor, pressed.id)
    await show_rectification(desk.aside(), pressed.id)
    if entry.photo:
        caption = desk.texts("rectify-photo-caption", id=entry.id)
        await desk.context.out.forward_file(desk.chat_id, "photo", entry.photo, caption)


async def show_rectification(desk: Desk, entry_id: int, intro: str = "") -> None:
    entry, organisation = await desk.context.cases(SeeRectification)(desk.actor, entry_id)
    owner = await desk.context.uow.people.get(entry.owner_id) if entry.owner_id else None
    who = organisation.name if organisation else (owner.name if owner else "")
    texts = desk.texts
    cards = Cards(texts, desk.context.community, "admin")
    lines: list[str] = [texts(intro), ""] if intro else []
    lines += [
        texts("rectify-head", id=entry.id, problem=entry.problem_id),
        texts("rectify-task", task=entry.task, when=cards.when(entry.due_at, desk.context.now)),
        texts("rectify-who", who=who or texts.plain("announce-worker")),
        texts("rectify-state", state=state_of(texts, entry, desk.context.now)),
    ]
    lines += [texts("rectify-evidence", evidence=entry.evidence)] if entry.evidence else []
    lines += [texts("rectify-photo")] if entry.photo else []
    lines += [texts("rectify-checked", words=entry.check_words)] if entry.check_words else []
    lines += [texts("rectify-returned", count=entry.returned)] if entry.returned else []
    await desk.show(Markup("\n".join(lines)), _next_steps(desk, entry))


def _next_steps(desk: Desk, entry: Rectification) -> Keyboard:
    def press(word: str, action: str) -> Button:
        return button(desk.texts, word, RectifyCD(action=action, id=entry.id))

    rows: list[list[Button]] = []
    if entry.state is RectificationState.OPEN:
        rows.append([press("rectify-done", "report")])
    if entry.state is RectificationState.REPORTED:
        rows.append([press("rectify-good", "good"), press("rectify-bad", "bad")])
    see = ProblemCD(action="show", id=entry.problem_id)
    return [*rows, [button(desk.texts, "problem-open", see, id=entry.problem_id)]]


async def _stands(desk: Desk, entry_id: int, state: RectificationState) -> bool:
    """Whether it is still there; else its card."""
    entry, _ = await desk.context.cases(SeeRectification)(desk.actor, entry_id)
    if entry.state is not state:
        await show_rectification(desk, entry_id, "rectify-moved-on")
    return entry.state is state


async def _may_check(desk: Desk, entry_id: int) -> bool:
    """Whether it is to be checked, and by this worker; else it is said why not."""
    if not await _stands(desk, entry_id, RectificationState.REPORTED):
        return False
    entry, _ = await desk.context.cases(SeeRectification)(desk.actor, entry_id)
    if desk.person.id in (entry.reported_by, entry.owner_id):
        await desk.toast("error-same-person")
        await show_rectification(desk, entry_id, "error-same-person")
        return False
    return True


async def on_report(callback: CallbackQuery, pressed: RectifyCD, desk: Desk) -> None:
    """整改好了, by a worker: the evidence."""
    if await _stands(desk, pressed.id, RectificationState.OPEN):
        await desk.wait_for(Checking.evidence, entry=pressed.id)
        await desk.aside().say("rectify-ask-evidence")


async def on_evidence(message: Message, desk: Desk) -> None:
    """Words or a photo."""
    file = attached(message)
    if file.kind == "photo":
        data, said = await desk.state.get_data(), words(message)
        await desk.state.clear()
    else:
        got = await heard(desk, message, Checking.evidence)
        if got is None:
            return
        said, data = got
    photo = file.file_id if file.kind == "photo" else ""
    if await _stands(desk, data["entry"], RectificationState.OPEN):
        report = desk.context.cases(ReportRectified)
        await report(desk.actor, data["entry"], said[:LONGEST_WORDS], photo)
        await show_rectification(desk, data["entry"], "rectify-thanks-worker")


async def on_good(callback: CallbackQuery, pressed: RectifyCD, desk: Desk) -> None:
    """复查合格."""
    if await _may_check(desk, pressed.id):
        await desk.context.cases(CheckRectification)(desk.actor, pressed.id, good=True)
        await show_rectification(desk, pressed.id, "rectify-did-good")


async def on_bad(callback: CallbackQuery, pressed: RectifyCD, desk: Desk) -> None:
    """还不行: what is wanting."""
    if await _may_check(desk, pressed.id):
        await desk.wait_for(Checking.wanting, entry=pressed.id)
        await desk.aside().say("rectify-ask-bad")


async def on_wanting(message: Message, desk: Desk) -> None:
    """What whoever puts it right will read."""
    got = await heard(desk, message, Checking.wanting)
    if got is None:
        return
    said, data = got
    if await _may_check(desk, data["entry"]):
        check = desk.context.cases(CheckRectification)
        await check(desk.actor, data["entry"], good=False, words=said[:LONGEST_WORDS])
        await show_rectification(desk, data["entry"], "rectify-did-bad")


def make_router() -> Router:
    """What is put right."""
    router = Router(name="admin.rectifying")
    router.message.register(on_evidence, StateFilter(Checking.evidence))
    router.message.register(on_wanting, StateFilter(Checking.wanting))
    for action, handler in (("show", on_look), ("report", on_report), ("good", on_good), ("bad", on_bad)):
        router.callback_query.register(handler, Pressed(RectifyCD, action))
    return router
