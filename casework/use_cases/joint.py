"""A joint need becomes a small project: a worker accepts it, an organisation goes step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.entities import Address, Details, Organisation, Request
from casework.errors import BadValue, NotAllowed, NotFound, WrongState
from casework.events import JointNeedAccepted, MilestoneReached, MilestonesSet, RequestFiled
from casework.permissions import Actor, Permission, system
from casework.policy import Mode
from casework.statuses import IN_WORK
from casework.together.joint import JointNeed, JointState, Milestone
from casework.together.sameness import Follower, FollowKind
from casework.transitions import Action, can
from casework.use_case import UseCase
from casework.use_cases.dispatch import DispatchRequest
from casework.use_cases.filing import AddRequest
from casework.use_cases.following import followed_by, recounted
from casework.use_cases.merging import MergeRequests

MOST_MILESTONES = 12
#: So many characters a milestone may have, and the note on it.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class JointView:
    """A joint need with all that belongs to it. `request` is the project's own, once accepted."""

    joint: JointNeed
    members: tuple[Request, ...] = ()
    request: Request | None = None
    organisation: Organisation | None = None
    milestones: tuple[Milestone, ...] = ()


async def view_of(case: UseCase, joint: JointNeed) -> JointView:
    """Everything about it."""
    request = await case.uow.requests.get(joint.request_id) if joint.request_id else None
    return JointView(
        joint,
        tuple(await case.uow.joint_needs.members(joint.id)),
        request,
        await case.uow.organisations.get(request.organisation_id or 0) if request else None,
        tuple(await case.uow.joint_needs.milestones(joint.id)),
    )


class ListJointNeeds(UseCase):
    """What waits for a worker's decision, and the projects."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor) -> list[JointView]:
        """Suggestions first, then projects, each newest first."""
        listed = self.uow.joint_needs.listed
        every = [*await listed([JointState.SUGGESTED]), *await listed([JointState.ACCEPTED])]
        return [await view_of(self, joint) for joint in every]


class SeeJointNeed(UseCase):
    """One of them, for a worker."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, joint_id: int) -> JointView:
        """Raises NotFound."""
        return await view_of(self, await _joint(self, joint_id))


class AcceptJointNeed(UseCase):
    """「立项」: the project gets a request of its own, in the worker's name; whoever fits may claim it."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, joint_id: int, words: str, *, merge: bool) -> Request:
        """The residents follow it. With `merge` what nobody has finished becomes a part of it, else each
        request goes its own way as well. Raises WrongState when it was decided before."""
        joint = await _joint(self, joint_id, lock=True)
        if joint.state is not JointState.SUGGESTED:
            raise WrongState(number=str(joint.id), status=joint.state.value, action="accept")
        members = await self.uow.joint_needs.members(joint.id)
        request = await self._project(actor, joint, words)
        accepted = replace(
            joint,
            state=JointState.ACCEPTED,
            request_id=request.id,
            decided_at=self.now,
            decided_by=actor.person_id,
        )
        if not await self.uow.joint_needs.save(accepted, JointState.SUGGESTED):
            raise WrongState(number=str(joint.id), status=joint.state.value, action="accept")
        self.uow.record(RequestFiled(request))
        for member in members:
            await self._take_in(actor, member.id, request, merge=merge)
        request = await recounted(self, await self.request(request.id))
        self.uow.record(JointNeedAccepted(request, accepted))
        return await self.other(DispatchRequest)(system(self.community.id), request)

    async def _project(self, actor: Actor, joint: JointNeed, words: str) -> Request:
        details = Details(Address(compound=joint.compound), self.community.duty_phone)
        added = await self.other(AddRequest).add(actor, joint.item, words, words, details)
        # Whoever wants the project claims it, whatever is usual for the item.
        request = added.with_(mode=Mode.POOL, version=added.version + 1)
        await self.uow.requests.save(request)
        return request

    async def _take_in(self, actor: Actor, member_id: int, request: Request, *, merge: bool) -> None:
        member = await self.request(member_id)
        if merge and can(member, Action.MERGE) and not member.urgent:
            await self.other(MergeRequests).join(actor, member, await self.request(request.id))
        elif member.resident_id != request.resident_id:
            await self.uow.followers.add(
                Follower(
                    self.community.id,
                    request.id,
                    member.resident_id,
                    request.id,
                    FollowKind.JOINT,
                    self.now,
                )
            )


class DismissJointNeed(UseCase):
    """「不用立项」: these are no project."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, joint_id: int) -> JointNeed:
        """Raises WrongState when it was decided before."""
        joint = await _joint(self, joint_id, lock=True)
        dismissed = replace(
            joint, state=JointState.DISMISSED, decided_at=self.now, decided_by=actor.person_id
        )
        if not await self.uow.joint_needs.save(dismissed, JointState.SUGGESTED):
            raise WrongState(number=str(joint.id), status=joint.state.value, action="dismiss")
        return dismissed


class SeeProject(UseCase):
    """The project behind a request, for its lead, who stands behind it, or a worker."""

    permission = Permission.SEE_REQUEST

    async def __call__(self, actor: Actor, request_id: int) -> JointView | None:
        """None where the request is no project; without the members for all but workers. Raises NotFound for
        people whom it does not concern."""
        joint = await self.uow.joint_needs.of_request(request_id)
        if joint is None:
            return None
        view = await view_of(self, joint)
        if actor.is_admin():
            return view
        request = view.request
        concerned = request is not None and (
            actor.leads(request.organisation_id)
            or request.resident_id == actor.person_id
            or await followed_by(self, actor, request.id) is not None
        )
        if not concerned:
            raise NotFound(what="request", id=request_id)
        return replace(view, members=())


class SetMilestones(UseCase):
    """The organisation says in which steps it will go."""

    permission = Permission.DO_WORK

    async def __call__(
        self, actor: Actor, request_id: int, steps: Sequence[tuple[str, datetime | None]]
    ) -> tuple[Milestone, ...]:
        """(what, by when), in their order; steps that are done stay before them. Raises NotFound where it is
        no project, NotAllowed for another organisation's, WrongState unless it is in work, BadValue."""
        joint, request = await _own_project(self, actor, request_id)
        before = await self.uow.joint_needs.milestones(joint.id)
        done = [m for m in before if m.done_at is not None]
        if not steps or len(done) + len(steps) > MOST_MILESTONES:
            raise BadValue(field="milestones")
        if any(not what.strip() or len(what) > LONGEST for what, _ in steps):
            raise BadValue(field="milestones")
        first = max((m.position for m in done), default=0) + 1
        new = [
            Milestone(0, joint.id, n, what.strip(), due) for n, (what, due) in enumerate(steps, start=first)
        ]
        await self.uow.joint_needs.set_milestones(joint.id, new)
        kept = tuple(await self.uow.joint_needs.milestones(joint.id))
        self.uow.record(MilestonesSet(request, kept))
        return kept


class ReachMilestone(UseCase):
    """A step is done; followers hear of it."""

    permission = Permission.DO_WORK

    async def __call__(self, actor: Actor, milestone_id: int, note: str = "") -> Milestone:
        """A second press returns it as it stands. Raises NotFound, NotAllowed, WrongState, BadValue."""
        milestone = await self.uow.joint_needs.milestone(milestone_id)
        joint = await self.uow.joint_needs.get(milestone.joint_id) if milestone else None
        if milestone is None or joint is None or joint.request_id is None:
            raise NotFound(what="milestone", id=milestone_id)
        _, request = await _own_project(self, actor, joint.request_id)
        if milestone.done_at is not None:
            return milestone
        if len(note) > LONGEST:
            raise BadValue(field="note")
        reached = replace(milestone, done_at=self.now, done_by=actor.person_id, note=note.strip())
        await self.uow.joint_needs.save_milestone(reached)
        self.uow.record(MilestoneReached(request, reached))
        return reached


async def _joint(case: UseCase, joint_id: int, *, lock: bool = False) -> JointNeed:
    joint = await case.uow.joint_needs.get(joint_id, lock=lock)
    if joint is None:
        raise NotFound(what="joint", id=joint_id)
    return joint


async def _own_project(case: UseCase, actor: Actor, request_id: int) -> tuple[JointNeed, Request]:
    joint = await case.uow.joint_needs.of_request(request_id)
    if joint is None:
        raise NotFound(what="joint", id=request_id)
    request = await case.request(request_id)
    if not actor.leads(request.organisation_id):
        raise NotAllowed(what="request")
    if request.status not in IN_WORK:
        raise WrongState(number=request.number, status=request.status.value, action="milestones")
    return joint, request
