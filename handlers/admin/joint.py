"""/joint: what many residents want becomes a small project, or not."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.errors import WrongState
from casework.together.joint import JointState
from casework.use_cases.joint import (
    AcceptJointNeed,
    DismissJointNeed,
    JointView,
    ListJointNeeds,
    SeeJointNeed,
)
from handlers.admin.desk import Desk, Pressed
from handlers.kit.buttons import button
from handlers.kit.callbacks import JointCD, TriageCD
from handlers.kit.outgoing import Button
from handlers.kit.projects import found_text, step_lines
from handlers.kit.texts import Markup


async def on_joint(message: Message, desk: Desk) -> None:
    """Suggestions and projects."""
    await _list(desk)


async def on_list(callback: CallbackQuery, pressed: JointCD, desk: Desk) -> None:
    """The list again."""
    await _list(desk)


async def _list(desk: Desk) -> None:
    views = await desk.context.cases(ListJointNeeds)(desk.actor)
    if not views:
        await desk.show(desk.texts("joint-list-none"))
        return
    lines = [desk.texts("joint-list-head")]
    rows = []
    for n, view in enumerate(views, start=1):
        lines.append(Markup(f"{n}. {_line(desk, view)}"))
        rows.append([button(desk.texts, "joint-open", JointCD(action="show", id=view.joint.id), n=n)])
    await desk.show(Markup("\n".join(lines)), rows)


def _line(desk: Desk, view: JointView) -> Markup:
    joint, texts = view.joint, desk.texts
    item = desk.context.community.catalogue.item(joint.item).name
    if view.request is None:
        return texts("joint-list-suggested", compound=joint.compound, item=item, people=joint.residents)
    done = sum(m.done_at is not None for m in view.milestones)
    return texts(
        "joint-list-project",
        number=view.request.number,
        compound=joint.compound,
        item=item,
        people=joint.residents,
        status=texts.plain(f"follow-status-{view.request.status}"),
        done=done,
        all=len(view.milestones),
    )


async def on_show(callback: CallbackQuery, pressed: JointCD, desk: Desk) -> None:
    """One of them, with the messages behind it."""
    await _show(desk, await desk.context.cases(SeeJointNeed)(desk.actor, pressed.id))


async def _show(desk: Desk, view: JointView, intro: Markup | None = None) -> None:
    joint = view.joint
    parts = [found_text(desk.context, joint, view.members)]
    rows: list[list[Button]] = []
    if intro:
        parts.insert(0, intro)
    if view.request is not None:
        parts.append(_line(desk, view))
        if view.milestones:
            parts.append(step_lines(desk.context, view.milestones))
        rows.append([(view.request.number, TriageCD(action="show", id=view.request.id).pack())])
    elif joint.state is JointState.SUGGESTED:
        rows.append([_press(desk, "accept", joint.id), _press(desk, "dismiss", joint.id)])
    rows.append([button(desk.texts, "joint-back", JointCD(action="list"))])
    await desk.show(Markup("\n\n".join(parts)), rows)


def _press(desk: Desk, action: str, joint_id: int) -> Button:
    return button(desk.texts, f"joint-{action}", JointCD(action=action, id=joint_id))


async def on_accept(callback: CallbackQuery, pressed: JointCD, desk: Desk) -> None:
    """立项: how?"""
    view = await _waiting(desk, pressed)
    if view is not None:
        rows = [
            [_press(desk, "merge", view.joint.id)],
            [_press(desk, "apart", view.joint.id)],
            [_press(desk, "dismiss", view.joint.id)],
        ]
        await desk.show(desk.texts("joint-how"), rows)


async def _waiting(desk: Desk, pressed: JointCD) -> JointView | None:
    """The suggestion if nobody has decided yet; else it is shown as it stands."""
    view: JointView = await desk.context.cases(SeeJointNeed)(desk.actor, pressed.id)
    if view.joint.state is JointState.SUGGESTED:
        return view
    await desk.toast("joint-decided")
    await _show(desk, view, desk.texts("joint-decided"))
    return None


async def on_project(callback: CallbackQuery, pressed: JointCD, desk: Desk) -> None:
    """It becomes a project; `merge` takes in what nobody has finished."""
    view = await _waiting(desk, pressed)
    if view is None:
        return
    words = desk.texts.plain(
        "joint-words",
        compound=view.joint.compound,
        people=view.joint.residents,
        item=desk.context.community.catalogue.item(view.joint.item).name,
    )
    merge = pressed.action == "merge"
    request = await desk.context.cases(AcceptJointNeed)(desk.actor, pressed.id, words, merge=merge)
    await desk.toast("admin-done")
    view = await desk.context.cases(SeeJointNeed)(desk.actor, pressed.id)
    await _show(desk, view, desk.texts("joint-accepted", number=request.number))


async def on_dismiss(callback: CallbackQuery, pressed: JointCD, desk: Desk) -> None:
    """不用立项"""
    if await _waiting(desk, pressed) is None:
        return
    try:
        await desk.context.cases(DismissJointNeed)(desk.actor, pressed.id)
    except WrongState:
        await desk.toast("joint-decided")
        return
    await desk.toast("admin-done")
    back = button(desk.texts, "joint-back", JointCD(action="list"))
    await desk.show(desk.texts("joint-dismissed"), [[back]])


def make_router() -> Router:
    """汇需成项"""
    router = Router(name="admin.joint")
    router.message.register(on_joint, Command("joint"))
    router.callback_query.register(on_list, Pressed(JointCD, "list"))
    router.callback_query.register(on_show, Pressed(JointCD, "show"))
    router.callback_query.register(on_accept, Pressed(JointCD, "accept"))
    router.callback_query.register(on_project, Pressed(JointCD, "merge", "apart"))
    router.callback_query.register(on_dismiss, Pressed(JointCD, "dismiss"))
    return router
