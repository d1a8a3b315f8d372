"""Requests that look like one thing, as workers see them: summaries only, and the buttons to merge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework.entities import Request
from handlers.kit.brief import brief
from handlers.kit.buttons import button
from handlers.kit.callbacks import MergeCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup, Texts


def alike_lines(context: Context, others: Iterable[tuple[Request, bool]]) -> Markup:
    """Two lines a request; the flag tells that the resident has denied it."""
    texts = context.texts
    lines = []
    for request, denied in others:
        follow = texts("alike-people", count=request.followers) if request.followers else ""
        line = texts(
            "alike-line",
            number=request.number,
            item=context.community.catalogue.item(request.item).name,
            status=texts.plain(f"follow-status-{request.status}"),
            people=follow,
            words=brief(request),
        )
        lines.append(f"{line}{texts('alike-resident-no')}" if denied else line)
    return Markup("\n".join(lines))


def alike_buttons(texts: Texts, request: Request, others: Sequence[Request]) -> list[list[Button]]:
    """Merge the request into one of the others, or say that it is something else."""
    return [
        [
            button(
                texts,
                f"alike-{word}",
                MergeCD(action=action, id=request.id, other=other.id),
                number=other.number,
            )
            for word, action in (("merge", "ask"), ("different", "different"))
        ]
        for other in others
    ]
