"""/model: what the reader has learned, how good it is; learn anew, compare, go back."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.permissions import Permission, require
from casework.use_cases.teaching import NextLesson
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import ModelCD, TeachCD
from handlers.kit.context import Context
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup
from handlers.ports import Learning, School

_BAR = 12
#: As nlu.versions says it; importing that would load NumPy into every start.
_ROLLED_BACK = "rolled back"
_MARKS = {True: "⬆️", False: "⬇️", None: "▫️"}


def version_name(context: Context, number: int) -> str:
    """What a version is called."""
    key = "model-version" if number else "model-version-first"
    return context.texts.plain(key, number=number) if number else context.texts.plain(key)


def _when(context: Context, at: str) -> str:
    return in_words(context.texts, datetime.fromisoformat(at), context.now, context.community.timezone)


def _press(context: Context, word: str, value: str = "") -> Button:
    action = word.replace("-", "_")
    return button(context.texts, f"model-{word}", ModelCD(action=action, value=value))


# What is said without anybody asking.


def news(context: Context, school: School) -> Markup:
    """Another model is in use."""
    assert school.pointer
    name, when = version_name(context, school.pointer.version), _when(context, school.pointer.at)
    if school.pointer.why == _ROLLED_BACK:
        return context.texts("model-news-back", version=name, when=when)
    if school.last is None or school.last.version != school.pointer.version:
        return context.texts("model-news-bare", version=name, when=when)
    return context.texts("model-news", version=name, when=when, changes=_changes(context, school))


def refusal(context: Context, why: str) -> Markup:
    """A new model could not be used."""
    return context.texts("model-refused", why=why)


def lesson(context: Context, school: School, complaint: str, *, over: bool) -> tuple[Markup, Keyboard]:
    """How far a training is; when it is over, what became of it."""
    if not over:
        full = round(school.done * _BAR)
        return context.texts(
            "model-progress",
            bar="▓" * full + "░" * (_BAR - full),
            percent=round(100 * school.done),
            step=school.step,
        ), []
    rows = [[_press(context, "compare"), _press(context, "show")]]
    if complaint or school.last is None:
        return context.texts("model-failed", why=complaint), [[_press(context, "show")]]
    if not school.last.taken:
        names = "、".join(school.last.comparison.forbidding)
        return context.texts("model-kept", names=names), rows
    changes = _changes(context, school)
    return context.texts("model-taken", number=school.last.version, changes=changes), rows


def _changes(context: Context, school: School) -> Markup:
    """What the last training brought, in words."""
    assert school.last
    better = "、".join(school.last.comparison.better)
    lines = [
        context.texts("model-messages", messages=school.last.messages, corrections=school.last.corrections),
        context.texts("model-better", names=better) if better else context.texts("model-no-better"),
    ]
    if school.last.comparison.worse:
        lines.append(context.texts("model-worse", names="、".join(school.last.comparison.worse)))
    if school.last.left_out:
        lines.append(context.texts("model-left-out", count=school.last.left_out))
    return Markup("\n".join(lines))


# What a worker asks for.


async def on_model(message: Message, desk: Desk) -> None:
    """As it stands."""
    await _show(desk)


async def on_show(callback: CallbackQuery, desk: Desk) -> None:
    """The same as a new message."""
    await _show(desk.aside())


async def _school(desk: Desk) -> Learning | None:
    require(desk.actor, Permission.TEACH)
    if desk.context.learning is None:
        await desk.say("model-none")
    return desk.context.learning


async def _show(desk: Desk) -> None:
    learning = await _school(desk)
    if learning is None:
        return
    school, context = learning.school(), desk.context
    _, counts = await context.cases(NextLesson)(desk.actor)
    version = version_name(context, school.pointer.version if school.pointer else 0)
    lines: list[str] = [context.texts("model-head", version=version)]
    if school.card.at:
        lines.append(context.texts("model-learned-at", when=_when(context, school.card.at)))
    if school.card.messages:
        told = {"messages": school.card.messages, "corrections": school.card.corrections}
        lines.append(context.texts("model-messages", **told))
    lines.append(context.texts("model-lessons", waiting=counts.waiting, accepted=counts.accepted))
    lines += _what_became(context, school)
    if school.step:
        lines.append(context.texts("model-learning", step=school.step))
    if school.card.figures:
        lines += ["", context.texts("model-scores"), *_scores(context, school)]
    else:
        lines += ["", context.texts("model-no-scores")]
    await desk.show(Markup("\n".join(lines)), _keyboard(context, school))


def _what_became(context: Context, school: School) -> list[str]:
    lines: list[str] = []
    if school.last is not None:
        when = _when(context, school.last.at)
        if school.last.taken:
            version = version_name(context, school.last.version)
            lines.append(context.texts("model-last-taken", when=when, version=version))
        else:
            names = "、".join(school.last.comparison.forbidding)
            lines.append(context.texts("model-last-kept", when=when, names=names))
    if school.pointer and school.pointer.why == _ROLLED_BACK:
        lines.append(context.texts("model-now-back", when=_when(context, school.pointer.at)))
    return lines


def _scores(context: Context, school: School) -> list[str]:
    return [
        context.texts("model-score", name=school.names[figure], value=f"{value:g}")
        for figure, value in school.card.figures.items()
        if figure in school.names
    ]


def _keyboard(context: Context, school: School) -> Keyboard:
    rows = [[_press(context, "learn"), button(context.texts, "teach-list", TeachCD(action="next"))]]
    if school.last is not None:
        rows.append([_press(context, "compare")])
    if school.pointer is not None:
        rows.append([_press(context, "back")])
    return rows


async def on_learn(callback: CallbackQuery, desk: Desk) -> None:
    """Below everything else, in a process of its own; this message tells how far it is."""
    learning = await _school(desk)
    if learning is None:
        return
    if not learning.begin(desk.chat_id, desk.message_id):
        await desk.toast("model-busy")
        await desk.say("model-busy")
        return
    text, keyboard = lesson(desk.context, learning.school(), "", over=False)
    await desk.show(text, keyboard)


async def on_compare(callback: CallbackQuery, desk: Desk) -> None:
    """Every figure of the last training, before and after."""
    learning = await _school(desk)
    if learning is None:
        return
    last, context = learning.school().last, desk.context
    if last is None:
        await desk.say("model-compare-none")
        return
    lines: list[str] = [
        context.texts("model-compare-head", when=_when(context, last.at), messages=last.comparison.messages)
    ]
    for row in last.comparison.rows:
        if row.before is None:
            lines.append(context.texts("model-compare-first", name=row.name, after=f"{row.after:g}"))
            continue
        mark = "⚠️" if row.too_bad else _MARKS[row.change > 0 if row.change else None]
        told = {"before": f"{row.before:g}", "after": f"{row.after:g}"}
        lines.append(context.texts("model-compare-line", mark=mark, name=row.name, **told))
    if last.why_no_comparison:
        lines.append(context.texts("model-no-before", why=last.why_no_comparison))
    lines += ["", *_what_became(context, learning.school())]
    await desk.aside().show(Markup("\n".join(lines)), [[_press(context, "show")]])


async def on_back(callback: CallbackQuery, desk: Desk) -> None:
    """A question first."""
    learning = await _school(desk)
    if learning is None:
        return
    pointer = learning.school().pointer
    if pointer is None:
        await desk.say("model-compare-none")
        return
    yes = _press(desk.context, "back-yes", str(pointer.serial))
    text = desk.texts("model-back-sure", version=version_name(desk.context, pointer.previous))
    no = button(desk.texts, "cancel", ModelCD(action="show"))
    await desk.aside().show(text, [[yes, no]])


async def on_back_yes(callback: CallbackQuery, pressed: ModelCD, desk: Desk) -> None:
    """Only what was asked about: another change meanwhile makes the button old."""
    from nlu.model import ModelError

    learning = await _school(desk)
    if learning is None:
        return
    pointer = learning.school().pointer
    if pointer is None or str(pointer.serial) != pressed.value:
        await desk.toast("admin-too-late")
        await _show(desk)
        return
    try:
        now = await learning.roll_back()
    except ModelError as error:
        await desk.show(desk.texts("model-back-none", why=error), [[_press(desk.context, "show")]])
        return
    text = desk.texts("model-back-done", version=version_name(desk.context, now.version))
    await desk.show(text, [[_press(desk.context, "show")]])


def make_router() -> Router:
    """The reader itself."""
    router = Router(name="admin.model")
    router.message.register(on_model, Command("model"))
    router.callback_query.register(on_show, Pressed(ModelCD, "show"))
    router.callback_query.register(on_learn, Pressed(ModelCD, "learn"))
    router.callback_query.register(on_compare, Pressed(ModelCD, "compare"))
    router.callback_query.register(on_back, Pressed(ModelCD, "back"))
    router.callback_query.register(on_back_yes, Pressed(ModelCD, "back_yes"))
    return router
