"""组团: asking helpers beside the responsible organisation, and dissolving a team."""

from __future__ import annotations

from dataclasses import replace

from casework.entities import Organisation, Request
from casework.giving.giving_events import PartNews
from casework.giving.teams import OPEN_PARTS, PartStatus, TeamPart
from casework.use_case import UseCase

#: So many organisations make a team when nobody has picked them.
TEAM_OF = 3


async def ask_part(case: UseCase, request: Request, organisation: Organisation, task: str = "") -> TeamPart:
    """Ask an organisation to do a part of it."""
    part = await case.uow.teams.add(
        TeamPart(0, case.community.id, request.id, organisation.id, task, PartStatus.ASKED, case.now)
    )
    case.uow.record(PartNews(request, part, organisation))
    return part


async def open_parts(case: UseCase, request: Request) -> list[TeamPart]:
    """Parts that are neither done nor given up."""
    return [p for p in await case.uow.teams.of_request(request.id) if p.status in OPEN_PARTS]


async def end_team(case: UseCase, request: Request, why: str) -> None:
    """Nobody helps any more; who was asked or had said yes is told."""
    for part in await open_parts(case, request):
        if await case.uow.teams.decide(part, PartStatus.DROPPED, case.now, None, why):
            dropped = replace(part, status=PartStatus.DROPPED, words=why)
            case.uow.record(PartNews(request, dropped, await case.organisation(part.organisation_id)))
