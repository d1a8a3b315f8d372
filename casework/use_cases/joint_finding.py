"""Finding what many neighbours want at the same time: on each filing, and once a day everywhere."""

from __future__ import annotations

from datetime import timedelta

from casework.entities import Request
from casework.events import JointNeedFound
from casework.permissions import Actor, Permission
from casework.together.joint import JointNeed, JointState
from casework.use_case import UseCase


class LookForJointNeed(UseCase):
    """Suggest a joint need of one item in one compound when enough residents are behind it."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, item: str, compound: str) -> JointNeed | None:
        """None when there is nothing to suggest: too few, or suggested already. What was dismissed or became
        a project is suggested again only when as many others want it since.

        Whoever comes while a suggestion waits joins it.
        """
        if not compound:
            return None
        policy = self.community.policy.sameness
        since = self.now - timedelta(days=policy.joint_days)
        members = [r for r in await self.uow.joint_needs.behind(item, compound, since) if not r.urgent]
        latest = await self.uow.joint_needs.latest(item, compound)
        if latest is not None:
            members = await self._fresh(latest, members)
        people = {r.resident_id for r in members}
        if latest is not None and latest.state is JointState.SUGGESTED:
            await self._join(latest, members)
            return None
        if len(people) < policy.joint:
            return None
        joint = JointNeed(0, self.community.id, item, compound, JointState.SUGGESTED, len(people), self.now)
        joint = await self.uow.joint_needs.add(joint, (r.id for r in members))
        self.uow.record(JointNeedFound(joint, tuple(members)))
        return joint

    async def _fresh(self, latest: JointNeed, members: list[Request]) -> list[Request]:
        """Of a suggestion that waits all, of a decided one whoever it did not speak of."""
        if latest.state is JointState.SUGGESTED:
            return members
        known = await self.uow.joint_needs.members(latest.id)
        people = {r.resident_id for r in known}
        ids = {r.id for r in known} | {latest.request_id}
        return [r for r in members if r.id not in ids and r.resident_id not in people]

    async def _join(self, joint: JointNeed, members: list[Request]) -> None:
        known = await self.uow.joint_needs.members(joint.id)
        new = {r.id for r in members} - {r.id for r in known}
        if not new:
            return
        people = {r.resident_id for r in (*known, *members)}
        await self.uow.joint_needs.include(joint.id, sorted(new))
        changed = JointNeed(
            joint.id, joint.community_id, joint.item, joint.compound, joint.state, len(people), joint.found_at
        )
        await self.uow.joint_needs.save(changed, JointState.SUGGESTED)


class LookForJointNeeds(UseCase):
    """The daily look at every item and compound."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> list[JointNeed]:
        """The new suggestions."""
        policy = self.community.policy.sameness
        since = self.now - timedelta(days=policy.joint_days)
        found = []
        for item, compound in await self.uow.joint_needs.crowded(since, policy.joint):
            if item in self.community.catalogue:
                joint = await self.other(LookForJointNeed)(actor, item, compound)
                if joint is not None:
                    found.append(joint)
        return found
