"""Who may look at what the reader had heard."""

from __future__ import annotations

from casework.errors import NotFound
from casework.permissions import Actor, Permission
from casework.readings import KeptReading
from casework.statuses import CLOSED
from casework.use_case import UseCase
from casework.use_cases.reading import SeeRequest


class ExplainReading(UseCase):
    """`/why`: what the reader had heard. For workers, and for a lead whose organisation works on it.

    Such a lead may read the full words already, and has to be able to say that work came to the wrong place.
    Who is only asked, or is done with it, may not: the words that decided would tell what the summary hides.
    """

    permission = Permission.SEE_REQUEST

    async def __call__(self, actor: Actor, request_id: int) -> KeptReading | None:
        """None where nothing was read: taken from the menu, or filed before readings were kept.

        Raises NotFound also for a request the actor may not know of.
        """
        view = await self.other(SeeRequest)(actor, request_id)
        open_still = not view.masked and view.request.status not in CLOSED
        works_on_it = open_still and actor.leads(view.request.organisation_id)
        if not (actor.is_admin() or works_on_it):
            raise NotFound(what="request", id=request_id)
        return await self.uow.readings.of_request(view.request.id)
