"""Two requests that are one: a worker merges them, and can take them apart again."""

from __future__ import annotations

from casework.entities import Request
from casework.errors import BadValue, WrongState
from casework.events import RequestMerged, RequestUnmerged
from casework.giving.decisions import How
from casework.giving.matching import may_be_asked
from casework.permissions import Actor, Permission, Role, system
from casework.statuses import OfferStatus
from casework.together.sameness import OVER, Follower, FollowKind, Verdict
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.deciding import keep_decision
from casework.use_cases.dispatch import DispatchRequest, MakeOffer, RaiseEmergency, release
from casework.use_cases.following import recounted


class MergeRequests(UseCase):
    """The first becomes a part of the second, which stays: its resident follows from now on."""

    permission = Permission.TRIAGE

    async def __call__(
        self, actor: Actor, request_id: int, into_id: int, *, sure: bool = False, reason: str = ""
    ) -> Request:
        """Whoever had it is told, its clock stops, its followers come along.

        Raises BadValue for one and the same and for an urgent one without `sure` or into one that is not
        urgent, WrongState when the second is over or the first is further than work in hand.
        """
        if request_id == into_id:
            raise BadValue(field="same")
        # By id, whoever is merged into whom: two who lock in different orders wait for each other.
        locked = {i: await self.request(i) for i in sorted((request_id, into_id))}
        request, into = locked[request_id], locked[into_id]
        if into.status in OVER:
            raise WrongState(number=into.number, status=into.status.value, action=Action.MERGE.value)
        if request.urgent and not (sure and into.urgent):
            raise BadValue(field="urgent")
        return await self.join(actor, request, into, reason)

    async def join(self, actor: Actor, request: Request, into: Request, reason: str = "") -> Request:
        """Merge what was looked at already; returns the request as merged."""
        await release(self, request, "merged")
        await self.uow.timers.clear(request.id)
        moved = await self.move(
            request,
            Action.MERGE,
            actor,
            Role.ADMIN,
            f"{into.number} {reason}".strip(),
            merged_into=into.id,
            organisation_id=None,
            triage_reason=None,
        )
        await self._follow(request, into)
        into = await recounted(self, into)
        await recounted(self, moved)
        moved = await self.request(moved.id)
        self.uow.record(RequestMerged(moved, into))
        return moved

    async def _follow(self, request: Request, into: Request) -> None:
        """The resident and all who followed the request follow the other one."""
        if request.resident_id != into.resident_id:
            await self.uow.followers.add(
                Follower(
                    self.community.id,
                    into.id,
                    request.resident_id,
                    request.id,
                    FollowKind.MERGED,
                    self.now,
                )
            )
        await self.uow.followers.move(await _origins(self, request), into.id)


class UnmergeRequest(UseCase):
    """It was something else after all: it stands where it was filed, and is sent on its way anew."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Raises WrongState unless it is merged."""
        request = await self.request(request_id)
        moved = await stand_alone(self, actor, Role.ADMIN, request)
        if request.merged_into is not None:
            # Looked at, and found to be different: not to be suggested again.
            for pair in ((moved.id, request.merged_into), (request.merged_into, moved.id)):
                await self.uow.alikes.judge(*pair, Verdict.DIFFERENT)
        return moved


async def stand_alone(case: UseCase, actor: Actor, as_role: Role, request: Request) -> Request:
    """Take a merged request out again with everybody who had come along with it.

    Who had it in hand before is asked first, an emergency calls everybody anew.
    """
    into_id = request.merged_into
    moved = await case.move(
        request, Action.UNMERGE, actor, as_role, merged_into=None, organisation_id=None, taken_by=None
    )
    await case.uow.followers.drop_origin(moved.id, FollowKind.MERGED)
    await case.uow.followers.move(await _origins(case, moved), moved.id)
    moved = await recounted(case, moved)
    if into_id is not None:
        into = await recounted(case, await case.request(into_id))
        case.uow.record(RequestUnmerged(moved, into))
    return await _on_its_way(case, moved)


async def _on_its_way(case: UseCase, request: Request) -> Request:
    clock = system(case.community.id)
    if request.urgent:
        return await case.other(RaiseEmergency)(clock, request)
    taken = [o for o in await case.uow.offers.of_request(request.id) if o.status is OfferStatus.ACCEPTED]
    before = await case.uow.organisations.get(taken[-1].organisation_id) if taken else None
    if before is None or not may_be_asked(before):
        return await case.other(DispatchRequest)(clock, request)
    await keep_decision(case, request, How.BEFORE, (before.id,))
    return await case.other(MakeOffer)(clock, request, before, None, Action.OFFER)


async def _origins(case: UseCase, request: Request) -> list[int]:
    """The request and all that were ever merged into it, whose followers stand and fall with it."""
    found, newest = [request.id], [request.id]
    while newest:
        newest = [r.id for r in await case.uow.alikes.merged_into(newest) if r.id not in found]
        found += newest
    return found
