"""What stands on a worker's card of a request that may be, or is, the same thing as another."""

from __future__ import annotations

from casework.permissions import Actor
from casework.statuses import RequestStatus
from casework.together.sameness import OVER, Verdict
from casework.transitions import Action, can
from casework.use_cases.alike import ListAlike
from casework.use_cases.reading import RequestView
from handlers.kit.alike import alike_buttons, alike_lines
from handlers.kit.buttons import button
from handlers.kit.callbacks import MergeCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup


async def with_sameness(
    context: Context, actor: Actor, view: RequestView, text: Markup, rows: Keyboard
) -> tuple[Markup, Keyboard]:
    """The card with what looks like it and what it was merged with, and the buttons for that."""
    request = view.request
    lines, more = await _merged(context, view)
    if request.status not in OVER:
        alike = [(a, r) for a, r in await context.cases(ListAlike)(actor, request.id) if r.status not in OVER]
        if alike:
            denied = Verdict.RESIDENT_NO
            lines.append(context.texts("alike-head"))
            lines.append(alike_lines(context, [(r, a.verdict is denied) for a, r in alike]))
        if alike and can(request, Action.MERGE):
            more = [*more, *alike_buttons(context.texts, request, [r for _, r in alike])]
    if not lines and not more:
        return text, rows
    return Markup("\n".join([text, *lines])), [*more, *rows]


async def _merged(context: Context, view: RequestView) -> tuple[list[Markup], list[list[Button]]]:
    request, texts = view.request, context.texts
    parts = await context.uow.alikes.merged_into([request.id])
    lines = []
    if parts:
        numbers = "、".join(r.number for r in parts)
        lines.append(texts("merge-card-parts", numbers=numbers))
    if request.status is not RequestStatus.MERGED or request.merged_into is None:
        return lines, []
    into = await context.uow.requests.get(request.merged_into)
    if into is not None:
        lines.append(texts("merge-card-into", number=into.number))
    return lines, [[button(texts, "unmerge", MergeCD(action="undo", id=request.id))]]
