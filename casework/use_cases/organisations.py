"""How organisations and their leads come and change."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta

from casework.audit import Act
from casework.entities import Invite, Organisation
from casework.errors import BadValue, InviteInvalid, NotFound
from casework.permissions import Actor, Permission
from casework.use_case import UseCase

INVITE_LIFETIME = timedelta(days=7)


def hash_token(token: str) -> str:
    """What is kept of an invite's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class CreateInvite(UseCase):
    """Make a single-use key for one new lead of an organisation."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int) -> tuple[str, Invite]:
        """The token (shown once, never kept) and the invite."""
        organisation = await self.organisation(organisation_id)
        token = secrets.token_urlsafe(18)
        invite = Invite(
            hash_token(token),
            self.community.id,
            organisation.id,
            actor.person_id or 0,
            self.now + INVITE_LIFETIME,
        )
        await self.uow.invites.add(invite)
        self.audit(Act.LEAD_INVITED, actor, organisation=organisation.id)
        return token, invite


class JoinOrganisation(UseCase):
    """Become a lead by an invite; `group_chat_id` binds the organisation's group as well."""

    permission = Permission.JOIN

    async def __call__(self, actor: Actor, token: str, group_chat_id: int | None = None) -> Organisation:
        """Raises InviteInvalid for an unknown, used or expired invite."""
        person_id = actor.person_id or 0
        invite = await self.uow.invites.use(hash_token(token), person_id, self.now)
        if invite is None:
            raise InviteInvalid()
        organisation = await self.organisation(invite.organisation_id)
        await self.uow.organisations.add_lead(organisation.id, person_id, self.now)
        self.audit(Act.LEAD_JOINED, actor, organisation=organisation.id, group=group_chat_id)
        if group_chat_id is not None:
            organisation = await self.uow.organisations.save(
                replace(organisation, group_chat_id=group_chat_id)
            )
        return organisation


class SetOrganisationActive(UseCase):
    """`/pause` of one organisation, and back."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int, *, active: bool) -> Organisation:
        """A paused organisation gets no new offers; what it has stays with it."""
        organisation = await self.organisation(organisation_id)
        self.audit(Act.ORGANISATION_RESTED, actor, organisation=organisation.id, active=active)
        return await self.uow.organisations.save(replace(organisation, active=active))


class RemoveLead(UseCase):
    """Somebody no longer speaks for an organisation."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int, person_id: int) -> None:
        """A repeat changes nothing."""
        organisation = await self.organisation(organisation_id)
        await self.uow.organisations.remove_lead(organisation.id, person_id)
        self.audit(Act.LEAD_REMOVED, actor, organisation=organisation.id, person=person_id)


class ImportOrganisations(UseCase):
    """Take in a checked list: known names are updated, new ones added, all or nothing."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisations: list[Organisation]) -> tuple[int, int]:
        """Returns (added, updated). Raises BadValue for an unknown category or item."""
        added = updated = 0
        for new in organisations:
            if new.category not in self.community.categories:
                raise BadValue(field="category")
            if any(code not in self.community.catalogue for code in new.items):
                raise BadValue(field="items")
            known = await self.uow.organisations.by_name(new.name)
            if known:
                new = replace(
                    new,
                    id=known.id,
                    active=known.active,
                    group_chat_id=known.group_chat_id,
                    # What is thought of it comes from the register, never from a sheet.
                    standing=known.standing,
                    # Older sheets have no such column.
                    hours=new.hours or known.hours,
                )
            await self.uow.organisations.save(replace(new, community_id=self.community.id))
            added, updated = added + (known is None), updated + (known is not None)
        self.audit(Act.ORGANISATIONS_IMPORTED, actor, added=added, updated=updated)
        return added, updated


class PauseIntake(UseCase):
    """`/pause`: new requests wait in triage and residents are told why; None opens again."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, reason: str | None) -> None:
        """Emergencies are never paused."""
        await self.uow.community.pause_intake(reason)
        self.audit(Act.RESUMED if reason is None else Act.PAUSED, actor)


class SendBroadcast(UseCase):
    """A message to everybody who can be reached."""

    permission = Permission.BROADCAST

    async def __call__(self, actor: Actor, text: str) -> tuple[int, list[int]]:
        """The broadcast's id and the chats to deliver to. Raises BadValue for an empty or overlong text."""
        if not 0 < len(text.strip()) <= 3500:
            raise BadValue(field="broadcast")
        chats = await self.uow.people.reachable_chats()
        kept = await self.uow.community.add_broadcast(actor.person_id or 0, text, self.now)
        self.audit(Act.BROADCAST, actor, broadcast=kept.id, people=len(chats))
        return kept.id, chats


class MuteResident(UseCase):
    """Stop answering somebody who abuses the bot; an emergency still gets through."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, person_id: int, *, muted: bool) -> None:
        """Raises NotFound for somebody who never wrote."""
        person = await self.uow.people.get(person_id)
        if person is None:
            raise NotFound(what="person", id=person_id)
        await self.uow.people.save(replace(person, muted=muted))
        self.audit(Act.MUTED if muted else Act.UNMUTED, actor, person=person_id)
