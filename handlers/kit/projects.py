"""Joint needs and their milestones in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from casework.entities import Request
from casework.promises.moments import local
from casework.together.joint import JointNeed, Milestone
from handlers.kit.brief import brief
from handlers.kit.buttons import button
from handlers.kit.callbacks import ProjectCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup

#: So many residents' words stand below a suggestion.
_SHOWN = 10


def day_of(context: Context, moment: datetime) -> str:
    """Such as 11月25日."""
    here = local(moment, context.community)
    return context.texts.plain("joint-day", month=here.month, day=here.day)


def found_text(context: Context, joint: JointNeed, members: Sequence[Request]) -> Markup:
    """What is wanted by how many, with the messages behind it; never who wrote them."""
    texts = context.texts
    shown = list(members)[:_SHOWN]
    lines = [texts("joint-line", day=day_of(context, r.created_at), words=brief(r)) for r in shown]
    if len(members) > _SHOWN:
        lines.append(texts("joint-more", count=len(members) - _SHOWN))
    return texts(
        "joint-found",
        compound=joint.compound,
        people=joint.residents,
        item=context.community.catalogue.item(joint.item).name,
        lines=Markup("\n".join(lines)),
    )


async def project_button(context: Context, request: Request) -> list[list[Button]]:
    """The way to the steps, where the request is a project."""
    if await context.uow.joint_needs.of_request(request.id) is None:
        return []
    return [[button(context.texts, "joint-project", ProjectCD(action="show", id=request.id))]]


def step_lines(context: Context, milestones: Iterable[Milestone]) -> Markup:
    """A line a step: open with its day, done with its note."""
    return Markup("\n".join(_step(context, n, m) for n, m in enumerate(milestones, start=1)))


def _step(context: Context, n: int, milestone: Milestone) -> Markup:
    texts = context.texts
    if milestone.done_at is None:
        due = milestone.due_at
        when = texts("joint-step-due", day=day_of(context, due)) if due else ""
        return texts("joint-step-open", n=n, what=milestone.what, due=when)
    note = texts("joint-step-note", note=milestone.note) if milestone.note else ""
    return texts(
        "joint-step-done", n=n, what=milestone.what, day=day_of(context, milestone.done_at), note=note
    )
