"""Steps of projects whose day has come: the organisation is reminded, once a day."""

from __future__ import annotations

from datetime import timedelta

from casework.events import MilestonesDue
from casework.permissions import Actor, Permission
from casework.statuses import IN_WORK
from casework.together.joint import JointState
from casework.use_case import UseCase

#: So many projects are looked through; a community has a handful at a time.
_MOST = 200
_SOON = timedelta(days=1)


class RemindMilestones(UseCase):
    """What is due within a day, or was due before, while the project is in work."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> None:
        """One event a project."""
        for joint in await self.uow.joint_needs.listed([JointState.ACCEPTED], limit=_MOST):
            request = await self.uow.requests.get(joint.request_id or 0)
            if request is None or request.status not in IN_WORK:
                continue
            due = tuple(
                m
                for m in await self.uow.joint_needs.milestones(joint.id)
                if m.done_at is None and m.due_at is not None and m.due_at <= self.now + _SOON
            )
            organisation = await self.uow.organisations.get(request.organisation_id or 0)
            if due and organisation is not None:
                self.uow.record(MilestonesDue(request, organisation, due))
