"""Becoming a lead by an invite, alone or with the organisation's group."""

from __future__ import annotations

from aiogram.types import Chat

from casework.entities import Person
from casework.permissions import Actor
from casework.use_cases.organisations import JoinOrganisation
from handlers.kit.context import Context


async def join(context: Context, actor: Actor, person: Person, token: str, chat: Chat) -> None:
    """Use the invite and say welcome where it was used; in a group the group is bound as well.

    Raises InviteInvalid.
    """
    in_group = chat.type in ("group", "supergroup")
    organisation = await context.cases(JoinOrganisation)(actor, token, chat.id if in_group else None)
    name = person.name or context.texts.plain("role-lead")
    welcome = "lead-welcome-group" if in_group else "lead-welcome"
    await context.out.say(chat.id, welcome, name=name, organisation=organisation.name)
    if in_group and person.chat_id is None:
        await context.out.say(chat.id, "lead-open-private", bot=context.bot_username)
