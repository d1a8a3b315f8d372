"""The ways of giving out that a worker may choose: a pool, a team; and what a team's helpers do."""

from __future__ import annotations

from dataclasses import replace

from casework.entities import Request
from casework.errors import AlreadyTaken, BadValue, NotFound, WrongState
from casework.giving.decisions import How
from casework.giving.giving_events import PartNews
from casework.giving.teams import OPEN_PARTS, PartStatus, TeamPart
from casework.permissions import Actor, Permission, Role, system
from casework.policy import Mode
from casework.statuses import CLOSED, IN_WORK, OfferStatus, RequestStatus
from casework.transitions import Action, can
from casework.use_case import UseCase
from casework.use_cases.deciding import keep_decision
from casework.use_cases.dispatch import DispatchRequest, MakeOffer, OpenPool, release
from casework.use_cases.parts import ask_part, open_parts

#: More would have nobody who knows what the others do.
MOST_IN_TEAM = 6


class PoolRequest(UseCase):
    """「点单认领」: a worker holds the request out to everybody who can do it."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Whoever had it is told; who said no before is not asked again. Raises WrongState, and NotFound when
        nobody can be asked."""
        request = await self.request(request_id)
        if not can(request, Action.ASSIGN) or request.urgent:
            raise WrongState(number=request.number, status=request.status.value, action="pool")
        ranking = await self.other(DispatchRequest).ranking(request)
        if not ranking.candidates:
            raise NotFound(what="organisation", id=None)
        await release(self, request, "reassigned")
        caller = system(self.community.id)
        return await self.other(OpenPool)(caller, request, ranking, Action.ASSIGN, Role.ADMIN, by=actor)


class TeamRequest(UseCase):
    """「组团」: a worker picks who leads and who helps."""

    permission = Permission.TRIAGE

    async def __call__(
        self,
        actor: Actor,
        request_id: int,
        organisation_ids: tuple[int, ...],
        tasks: dict[int, str] | None = None,
    ) -> Request:
        """The first one leads and is responsible. `tasks` says in words what a helper is asked to do.

        Raises BadValue for fewer than two or too many, WrongState.
        """
        ids = tuple(dict.fromkeys(organisation_ids))
        if not 2 <= len(ids) <= MOST_IN_TEAM:
            raise BadValue(field="team")
        request = await self.request(request_id)
        if not can(request, Action.ASSIGN) or request.urgent:
            raise WrongState(number=request.number, status=request.status.value, action="team")
        members = [await self.organisation(i) for i in ids]
        ranking = await self.other(DispatchRequest).ranking(request, again=True)
        await keep_decision(self, request, How.TEAM, ids, ranking, actor.person_id)
        await release(self, request, "reassigned")
        best = next((c for c in ranking.candidates if c.organisation.id == ids[0]), None)
        moved = await self.other(MakeOffer)(
            system(self.community.id),
            request.with_(mode=Mode.TEAM),
            members[0],
            best,
            Action.ASSIGN,
            members[0].name,
            Role.ADMIN,
            by=actor,
        )
        for helper in members[1:]:
            await ask_part(self, moved, helper, (tasks or {}).get(helper.id, ""))
        return moved


class _PartCase(UseCase):
    """What all about a part share."""

    async def part(self, part_id: int) -> TeamPart:
        """The part. Raises NotFound."""
        found = await self.uow.teams.get(part_id)
        if found is None:
            raise NotFound(what="part", id=part_id)
        return found

    async def own_part(self, actor: Actor, part_id: int) -> tuple[TeamPart, Request]:
        """The part of an organisation that the actor leads. Raises NotFound also for somebody else's."""
        found = await self.uow.teams.get(part_id)
        if found is None or not actor.leads(found.organisation_id):
            raise NotFound(what="part", id=part_id)
        return found, await self.request(found.request_id)

    async def decide(
        self, actor: Actor, part: TeamPart, request: Request, status: PartStatus, words: str = ""
    ) -> TeamPart:
        """Set it and tell. Raises AlreadyTaken when somebody was faster."""
        if not await self.uow.teams.decide(part, status, self.now, actor.person_id, words):
            raise AlreadyTaken(number=request.number)
        decided = replace(part, status=status, decided_at=self.now, decided_by=actor.person_id, words=words)
        organisation = await self.organisation(part.organisation_id)
        self.uow.record(PartNews(request, decided, organisation, actor.person_id))
        return decided


class AnswerPart(_PartCase):
    """Say yes or no to a part; with a yes, phone and door can be seen once the work is taken."""

    permission = Permission.ANSWER_OFFER

    async def __call__(self, actor: Actor, part_id: int, *, accept: bool, reason: str = "") -> TeamPart:
        """A second press returns the part as it stands. A no may also come after the yes.

        Raises AlreadyTaken when the part is over, WrongState when the request is.
        """
        part, request = await self.own_part(actor, part_id)
        wanted = PartStatus.ACCEPTED if accept else PartStatus.DECLINED
        if part.status is wanted:
            return part
        if part.status not in OPEN_PARTS:
            raise AlreadyTaken(number=request.number)
        if request.status in CLOSED or request.status is RequestStatus.DONE:
            raise WrongState(number=request.number, status=request.status.value, action="part")
        return await self.decide(actor, part, request, wanted, reason)


class FinishPart(_PartCase):
    """A helper is done with its part; whoever leads hears of it."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, part_id: int, words: str = "") -> TeamPart:
        """Raises AlreadyTaken unless the part was accepted and is not over."""
        part, request = await self.own_part(actor, part_id)
        if part.status is PartStatus.DONE:
            return part
        if part.status is not PartStatus.ACCEPTED:
            raise AlreadyTaken(number=request.number)
        return await self.decide(actor, part, request, PartStatus.DONE, words)


class DropPart(_PartCase):
    """Whoever leads the team, or a worker, goes on without a part."""

    permission = Permission.SEE_REQUEST

    async def __call__(self, actor: Actor, part_id: int) -> TeamPart:
        """Raises NotFound for anybody else, AlreadyTaken when the part is over."""
        part = await self.part(part_id)
        request = await self.request(part.request_id)
        leads = actor.leads(request.organisation_id) and request.status in IN_WORK
        if not (leads or actor.is_admin()):
            raise NotFound(what="part", id=part_id)
        if part.status is PartStatus.DROPPED:
            return part
        if part.status not in OPEN_PARTS:
            raise AlreadyTaken(number=request.number)
        return await self.decide(actor, part, request, PartStatus.DROPPED)


class ListParts(UseCase):
    """The parts that a lead's organisations were asked for or have said yes to."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor) -> list[tuple[TeamPart, Request]]:
        """Oldest first."""
        parts = await self.uow.teams.open_of_organisations(actor.organisation_ids)
        return [(part, await self.request(part.request_id)) for part in parts]


class SeeTeam(UseCase):
    """Who works on a request beside the responsible organisation."""

    permission = Permission.SEE_REQUEST

    async def __call__(self, actor: Actor, request_id: int) -> list[TeamPart]:
        """All parts, for a worker and for leads of the team. Raises NotFound for anybody else."""
        request = await self.request(request_id)
        parts = await self.uow.teams.of_request(request.id)
        offers = await self.uow.offers.of_request(request.id)
        holds = {o.organisation_id for o in offers if o.status in (OfferStatus.OPEN, OfferStatus.ACCEPTED)}
        ids = {p.organisation_id for p in parts} | holds
        if not (actor.is_admin() or any(actor.leads(i) for i in ids)):
            raise NotFound(what="request", id=request_id)
        return parts


async def has_open_parts(case: UseCase, request: Request) -> bool:
    """Whether the team still owes something."""
    return request.mode is Mode.TEAM and bool(await open_parts(case, request))
