"""How invites that were not used are taken back."""

from __future__ import annotations

from casework.audit import Act
from casework.permissions import Actor, Permission
from casework.use_case import UseCase


class RevokeInvites(UseCase):
    """The unused invites of an organisation open nothing any more."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int) -> int:
        """How many there were; a repeat finds none. Whoever has joined stays."""
        organisation = await self.organisation(organisation_id)
        revoked = await self.uow.invites.revoke(organisation.id, self.now)
        if revoked:
            self.audit(Act.INVITES_REVOKED, actor, organisation=organisation.id, count=revoked)
        return revoked
