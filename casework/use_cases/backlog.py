"""What waits is given out as a whole: a plan to look at, and one button to do it."""

from __future__ import annotations

import hashlib

from casework.entities import Request
from casework.errors import Conflict
from casework.giving.assignment import Plan, plan
from casework.giving.decisions import How
from casework.giving.matching import Ranker
from casework.permissions import Actor, Permission, Role, system
from casework.policy import Mode
from casework.statuses import RequestStatus, TriageReason
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.deciding import keep_decision
from casework.use_cases.dispatch import DispatchRequest, MakeOffer

#: So many are given out at once; each is some messages, and others wait meanwhile.
MOST = 200
#: Of these a worker has to look at each by itself.
_BY_HAND = frozenset(
    {TriageReason.LOW_CONFIDENCE, TriageReason.ASKED_FOR_HUMAN, TriageReason.WAITS_FOR_MEETING}
)


def serial(plan_of: Plan) -> str:
    """A short name of what goes where, by which a button knows the plan that was shown."""
    return hashlib.sha256(repr(plan_of.pairs).encode()).hexdigest()[:12]


class PlanBacklog(UseCase):
    """The best plan for all that waits in triage and needs no closer look."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor) -> Plan:
        """Changes nothing. The oldest `MOST` are planned."""
        waiting = await self.waiting()
        organisations = await self.uow.organisations.all()
        loads = await self.uow.organisations.workloads(o.id for o in organisations)
        dispatch = self.other(DispatchRequest)
        asked = {r.id: frozenset(await dispatch.had_their_turn(r)) for r in waiting}
        return await plan(
            waiting, organisations, loads, self.now, self.community, self.community.solver, asked
        )

    async def waiting(self) -> list[Request]:
        """What may be given out without looking at it again."""
        found = await self.uow.requests.with_status([RequestStatus.TRIAGE], 2 * MOST)
        paused = await self.uow.community.intake_paused() is not None
        meeting = await self.uow.meetings.current()
        held = {lot.request_id for lot in await self.uow.meetings.lots(meeting.id)} if meeting else set()
        return [
            r
            for r in found
            if not r.urgent
            and r.triage_reason not in _BY_HAND
            and r.id not in held
            and not (paused and r.triage_reason is TriageReason.INTAKE_PAUSED)
        ][:MOST]


class AssignBacklog(UseCase):
    """Do what the plan says."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, shown: str) -> Plan:
        """Returns the plan as carried out. Raises Conflict when it is no longer the one that was shown."""
        made = await self.other(PlanBacklog)(actor)
        if serial(made) != shown:
            raise Conflict(what="plan")
        organisations = await self.uow.organisations.all()
        loads = await self.uow.organisations.workloads(o.id for o in organisations)
        ranker = Ranker(organisations, loads, self.now, self.community)
        dispatch = self.other(DispatchRequest)
        for placement in made.placed:
            request = placement.request
            ranking = ranker.rank(request, await dispatch.had_their_turn(request))
            chosen = placement.organisation
            candidate = next((c for c in ranking.candidates if c.organisation.id == chosen.id), None)
            await keep_decision(self, request, How.BACKLOG, (chosen.id,), ranking, actor.person_id)
            await self.other(MakeOffer)(
                system(self.community.id),
                request.with_(mode=Mode.DIRECT),
                chosen,
                candidate,
                Action.ASSIGN,
                chosen.name,
                Role.ADMIN,
                by=actor,
            )
        return made
