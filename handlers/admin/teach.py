"""/teach: what the reader got wrong, one at a time, to be learned or not."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.lessons import ACTS, Lesson, LessonCounts, LessonState
from casework.use_cases.teaching import DecideLesson, NextLesson, SeeLesson, UndoLesson
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import TeachCD
from handlers.kit.moments import in_words
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

#: Instead of a group's code: the acts, all groups, back to the card.
_ACTS, _CARD = "acts", "card"
_SHOWN = 300


def label_name(desk: Desk, label: str) -> str:
    """An item or an act as people call it."""
    catalogue = desk.context.community.catalogue
    if label in catalogue:
        return catalogue.item(label).name
    key = f"act-{label}"
    return desk.texts.plain(key) if desk.texts.has(key) else label


async def on_teach(message: Message, desk: Desk) -> None:
    """The oldest that waits."""
    await _show_next(desk, 0)


async def on_next(callback: CallbackQuery, pressed: TeachCD, desk: Desk) -> None:
    """The next one; from another screen it comes as a new message."""
    await _show_next(desk if pressed.id else desk.aside(), pressed.id)


async def _show_next(desk: Desk, after: int, said: Markup | None = None, undo: int = 0) -> None:
    lesson, counts = await desk.context.cases(NextLesson)(desk.actor, after)
    await _show(desk, lesson, counts, said, undo)


async def _show(
    desk: Desk, lesson: Lesson | None, counts: LessonCounts, said: Markup | None, undo: int
) -> None:
    count = desk.texts(
        "teach-counts", waiting=counts.waiting, accepted=counts.accepted, rejected=counts.rejected
    )
    undoing = [[button(desk.texts, "teach-undo", TeachCD(action="undo", id=undo))]] if undo else []
    if lesson is None:
        await desk.show(_joined(said, desk.texts("teach-nothing"), count), undoing)
        return
    await desk.show(_joined(said, await _card(desk, lesson), count), [*_buttons(desk, lesson), *undoing])


def _joined(*parts: Markup | None) -> Markup:
    return Markup("\n\n".join(p for p in parts if p))


async def _card(desk: Desk, lesson: Lesson) -> Markup:
    heard = label_name(desk, lesson.heard)
    if lesson.runner_up:
        heard = desk.texts.plain("teach-runner-up", heard=heard, second=label_name(desk, lesson.runner_up))
    meant = label_name(desk, lesson.meant)
    text = desk.texts(
        "teach-card",
        words=lesson.text[:_SHOWN],
        heard=heard,
        who=desk.texts.plain(f"teach-who-{lesson.source}"),
        meant=meant,
        when=in_words(desk.texts, lesson.at, desk.context.now, desk.context.community.timezone),
    )
    return _joined(text, await _near(desk, lesson), desk.texts("teach-ask", meant=meant))


async def _near(desk: Desk, lesson: Lesson) -> Markup | None:
    """Whether training or tests hold nearly the same."""
    learning = desk.context.learning
    twin = await learning.near(lesson.text) if learning else None
    if twin is None:
        return None
    if twin.is_test:
        return desk.texts("teach-near-test")
    key = "same" if twin.label == lesson.meant else "other"
    return desk.texts(f"teach-near-{key}", words=twin.text[:60], label=label_name(desk, twin.label))


def _buttons(desk: Desk, lesson: Lesson) -> list[list[Button]]:
    def press(action: str) -> Button:
        return button(desk.texts, f"teach-{action}", TeachCD(action=action, id=lesson.id))

    return [[press("yes"), press("no")], [press("other"), press("next")]]


async def on_decide(callback: CallbackQuery, pressed: TeachCD, desk: Desk) -> None:
    """采纳, 不采纳, or another label; then the next one, with a way back."""
    lesson = await desk.context.cases(SeeLesson)(desk.actor, pressed.id)
    label = pressed.value if pressed.action == "label" else ""
    if label and label not in desk.context.community.catalogue and label not in ACTS:
        await desk.toast("teach-no-such-label")
        await _show_one(desk, lesson)
        return
    accept = pressed.action != "no"
    if not await desk.context.cases(DecideLesson)(desk.actor, lesson.id, accept=accept, label=label):
        await desk.toast("teach-decided")
        await _show_next(desk, lesson.id)
        return
    _changed(desk)
    said = (
        desk.texts("teach-accepted", label=label_name(desk, label or lesson.meant))
        if accept
        else desk.texts("teach-rejected")
    )
    await _show_next(desk, lesson.id, said, undo=lesson.id)


async def on_undo(callback: CallbackQuery, pressed: TeachCD, desk: Desk) -> None:
    """The decision is taken back, and the card is there again."""
    if await desk.context.cases(UndoLesson)(desk.actor, pressed.id):
        _changed(desk)
    lesson = await desk.context.cases(SeeLesson)(desk.actor, pressed.id)
    await _show_one(desk, lesson, desk.texts("teach-undone"))


async def _show_one(desk: Desk, lesson: Lesson, said: Markup | None = None) -> None:
    _, counts = await desk.context.cases(NextLesson)(desk.actor)
    if lesson.state is not LessonState.NEW:
        await _show_next(desk, lesson.id)
    else:
        await _show(desk, lesson, counts, said, 0)


def _changed(desk: Desk) -> None:
    if desk.context.learning is not None:
        desk.context.learning.lessons_changed()


async def on_other(callback: CallbackQuery, pressed: TeachCD, desk: Desk) -> None:
    """换成别的: groups, then the items of a group; or the acts."""
    lesson = await desk.context.cases(SeeLesson)(desk.actor, pressed.id)
    catalogue = desk.context.community.catalogue
    if lesson.state is not LessonState.NEW:
        await desk.toast("teach-decided")
        await _show_next(desk, lesson.id)
    elif pressed.value == _CARD:
        await _show_one(desk, lesson)
    elif pressed.value == _ACTS:
        await desk.show(desk.texts("teach-acts"), _choices(desk, lesson, ACTS, 2))
    elif pressed.value in catalogue.groups:
        text = desk.texts("teach-in-group", group=catalogue.groups[pressed.value])
        await desk.show(text, _choices(desk, lesson, [i.code for i in catalogue.in_group(pressed.value)], 1))
    else:
        await desk.show(desk.texts("teach-groups"), _groups(desk, lesson))


def _groups(desk: Desk, lesson: Lesson) -> Keyboard:
    def press(word: str, value: str, **args: object) -> Button:
        return button(desk.texts, word, TeachCD(action="other", id=lesson.id, value=value), **args)

    groups = desk.context.community.catalogue.groups.items()
    every = [press("teach-label", code, name=name) for code, name in groups]
    rows = [every[n : n + 3] for n in range(0, len(every), 3)]
    return [*rows, [press("teach-acts", _ACTS)], [press("teach-back", _CARD)]]


def _choices(desk: Desk, lesson: Lesson, labels: list[str] | tuple[str, ...], wide: int) -> Keyboard:
    every = [
        button(
            desk.texts,
            "teach-label",
            TeachCD(action="label", id=lesson.id, value=label),
            name=label_name(desk, label),
        )
        for label in labels
    ]
    back = button(desk.texts, "teach-back", TeachCD(action="other", id=lesson.id, value=_CARD))
    return [*(every[n : n + wide] for n in range(0, len(every), wide)), [back]]


def make_router() -> Router:
    """What the reader shall learn from."""
    router = Router(name="admin.teach")
    router.message.register(on_teach, Command("teach"))
    router.callback_query.register(on_next, Pressed(TeachCD, "next"))
    router.callback_query.register(on_decide, Pressed(TeachCD, "yes", "no", "label"))
    router.callback_query.register(on_other, Pressed(TeachCD, "other"))
    router.callback_query.register(on_undo, Pressed(TeachCD, "undo"))
    return router
