"""Whose request it is: a resident's buttons open nobody else's."""

from __future__ import annotations

from casework.errors import NotFound
from casework.permissions import Actor
from casework.use_cases.reading import RequestView, SeeRequest
from handlers.kit.context import Context


async def own_request(context: Context, actor: Actor, request_id: int) -> RequestView:
    """Raises NotFound for somebody else's, also for leads and workers, who have cards of their own."""
    view = await context.cases(SeeRequest)(actor, request_id)
    if view.request.resident_id != actor.person_id:
        raise NotFound(what="request", id=request_id)
    return view
