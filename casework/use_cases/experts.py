"""How experts come and go: by a single-use link, like leads."""

from __future__ import annotations

import secrets

from casework.audit import Act
from casework.errors import InviteInvalid
from casework.judging.evaluation import EXPERT_INVITE_LASTS, Expert, ExpertInvite
from casework.permissions import Actor, Permission
from casework.use_case import UseCase
from casework.use_cases.organisations import hash_token


class InviteExpert(UseCase):
    """Make a single-use key for one expert."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, name: str) -> tuple[str, ExpertInvite]:
        """The token (shown once, never kept) and the invite."""
        token = secrets.token_urlsafe(18)
        until = self.now + EXPERT_INVITE_LASTS
        invite = ExpertInvite(
            hash_token(token), self.community.id, name.strip()[:40], actor.person_id or 0, until
        )
        await self.uow.evaluations.add_invite(invite)
        self.audit(Act.EXPERT_INVITED, actor)
        return token, invite


class JoinAsExpert(UseCase):
    """Become an expert by an invite."""

    permission = Permission.JOIN

    async def __call__(self, actor: Actor, token: str) -> Expert:
        """Raises InviteInvalid for an unknown, used or expired invite."""
        person = await self.person(actor)
        invite = await self.uow.evaluations.use_invite(hash_token(token), person.id, self.now)
        if invite is None:
            raise InviteInvalid()
        expert = Expert(person.id, self.community.id, invite.name or person.name, self.now)
        await self.uow.evaluations.add_expert(expert)
        self.audit(Act.EXPERT_JOINED, actor)
        return expert


class RemoveExpert(UseCase):
    """Somebody is asked no more; what they said counts."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, person_id: int) -> None:
        """A repeat changes nothing."""
        await self.uow.evaluations.remove_expert(person_id)
        self.audit(Act.EXPERT_REMOVED, actor, person=person_id)
