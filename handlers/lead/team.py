"""A team in words: who helps with what, and how far they are."""

from __future__ import annotations

from casework.entities import Request
from casework.giving.teams import OPEN_PARTS, TeamPart
from casework.policy import Mode
from casework.statuses import IN_WORK
from handlers.kit.buttons import button
from handlers.kit.callbacks import PartCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup
from handlers.lead.cards import task_text


def part_text(context: Context, request: Request, part: TeamPart, *, hide: bool) -> Markup:
    """The task's card, and what of it is this part."""
    task = part.task or context.texts.plain("giving-part-together")
    words = context.texts("giving-part-what", task=task)
    return Markup(f"{words}\n\n{task_text(context, request, hide=hide)}")


async def team_words(context: Context, request: Request) -> Markup | None:
    """Who helps and how far they are; None where nobody does."""
    if request.mode is not Mode.TEAM:
        return None
    lines = []
    for part in await context.uow.teams.of_request(request.id):
        organisation = await context.uow.organisations.get(part.organisation_id)
        name = organisation.name if organisation else ""
        task = part.task or context.texts.plain("giving-part-together")
        lines.append(context.texts(f"giving-team-{part.status}", name=name, task=task))
    return Markup("\n".join([context.texts("giving-team-head"), *lines])) if lines else None


async def drop_buttons(context: Context, request: Request, action: str = "drop") -> list[list[Button]]:
    """Going on without one who still owes a part."""
    if request.mode is not Mode.TEAM or request.status not in IN_WORK:
        return []
    rows = []
    for part in await context.uow.teams.of_request(request.id):
        if part.status in OPEN_PARTS:
            organisation = await context.uow.organisations.get(part.organisation_id)
            name = organisation.name if organisation else ""
            rows.append(
                [button(context.texts, "giving-part-drop", PartCD(action=action, id=part.id), name=name)]
            )
    return rows
