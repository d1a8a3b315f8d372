"""Who is speaking: the person's row kept up to date, and the actor with this moment's roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from aiogram.types.update import UpdateTypeLookupError

from casework.entities import Person
from casework.permissions import Actor, Role, system
from casework.use_cases.reading import MarkUnreachable

if TYPE_CHECKING:
    from aiogram.types import Chat, ChatMemberUpdated, Update, User

    from handlers.kit.context import Context
    from storage.unit_of_work import UnitOfWork


_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who caused an update and where. `private` tells that `chat` is the person's own."""

    user: User
    chat: Chat | None
    private: bool


def speaker_of(update: Update) -> Speaker | None:
    """The speaker; None for updates without a person (a channel's post, another bot's words, a new kind)."""
    try:
        event = update.event
    except UpdateTypeLookupError:
        return None
    user = getattr(event, "from_user", None)
    if user is None or user.is_bot or not _is_id(user.id):
        return None
    place = getattr(event, "message", None) if update.callback_query else event
    chat = getattr(place, "chat", None)
    if chat is not None and not _is_id(chat.id):
        return None
    return Speaker(user, chat, chat is not None and chat.type == "private")


def _is_id(number: int) -> bool:
    """Whether it may be somebody: the messenger's numbers have 52 bits, and no engine keeps more than 63."""
    return abs(number) < 2**63


async def identify(uow: UnitOfWork, context: Context, speaker: Speaker) -> tuple[Person, Actor]:
    """The person (written only when something changed) and the actor with their roles."""
    user = speaker.user
    known = await uow.people.get(user.id)
    person = known or Person(user.id, context.community.id)
    now = context.clock.now()
    # Written again only after some minutes: most messages come in a row.
    seen = person.seen_at if person.seen_at and abs(now - person.seen_at) < _SEEN_EVERY else now
    current = replace(
        person,
        seen_at=seen,
        name=user.full_name[:120],
        chat_id=speaker.chat.id if speaker.private and speaker.chat else person.chat_id,
    )
    if current != known:
        await uow.people.save(current)
    if speaker.private and not current.reachable:
        # Whoever writes to the bot has not blocked it, whatever was believed.
        await mark(uow, context, user.id, reachable=True)
        current = replace(current, reachable=True)
    return current, await actor_of(context, user.id)


async def actor_of(context: Context, person_id: int) -> Actor:
    """Everybody is a resident; who leads an organisation or is named in the settings is more."""
    led = await context.uow.organisations.led_by(person_id)
    roles = {Role.RESIDENT}
    if led:
        roles.add(Role.LEAD)
    if person_id in context.admins:
        roles.add(Role.ADMIN)
    if await context.uow.evaluations.is_expert(person_id):
        roles.add(Role.EXPERT)
    return Actor(person_id, context.community.id, frozenset(roles), frozenset(led))


async def note_membership(uow: UnitOfWork, context: Context, change: ChatMemberUpdated) -> None:
    """A private chat's `my_chat_member`: the person blocked the bot, or is back."""
    if change.chat.type == "private":
        back = change.new_chat_member.status != "kicked"
        await mark(uow, context, change.from_user.id, reachable=back)


async def mark(uow: UnitOfWork, context: Context, person_id: int, *, reachable: bool) -> None:
    """Remember whether the person can be written to; messages that waited go out when they are back."""
    if reachable:
        # A private chat has the person's own id.
        await uow.outbox.unpark(person_id)
    await context.cases(MarkUnreachable)(system(context.community.id), person_id, reachable=reachable)
