"""Who a router is for; put once, on the parent router of an audience."""

from __future__ import annotations

from aiogram.enums import ContentType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from casework.permissions import Actor, Permission, Role
from handlers.kit.context import Context

#: What a person says or sends; every other kind is the messenger's own news (pinned, joined, renamed, …).
_SAID = frozenset(
    {
        ContentType.UNKNOWN,
        ContentType.TEXT,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)


class IsSaid(Filter):
    """The message comes from a person who may expect an answer."""

    async def __call__(self, message: Message) -> bool:
        """False for what the messenger tells by itself."""
        return message.content_type in _SAID


class IsLead(Filter):
    """The speaker leads an organisation."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        """Reads `actor` from the update's data."""
        return actor is not None and Role.LEAD in actor.roles


class LeadsHere(Filter):
    """The speaker leads an organisation, and this is their own chat or that organisation's group."""

    async def __call__(
        self, event: TelegramObject, actor: Actor | None = None, context: Context | None = None
    ) -> bool:
        """What an organisation has in hand is no business of any other group its lead is in."""
        if actor is None or context is None or Role.LEAD not in actor.roles:
            return False
        chat = getattr(event.message if isinstance(event, CallbackQuery) else event, "chat", None)
        if chat is None or chat.type == "private":
            return True
        led = [await context.uow.organisations.get(number) for number in actor.organisation_ids]
        return any(o is not None and o.group_chat_id == chat.id for o in led)


class IsAdmin(Filter):
    """The speaker is a community worker."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        """Reads `actor` from the update's data."""
        return actor is not None and actor.is_admin()


class IsPrivate(Filter):
    """The event comes from the speaker's own chat, not from a group."""

    async def __call__(self, event: TelegramObject) -> bool:
        """A button under a message that is too old to be known counts by its chat all the same."""
        place = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(place, "chat", None)
        return chat is not None and chat.type == "private"


class GetsLetters(Filter):
    """The speaker gets weekly letters: a lead or a worker."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        """Reads `actor` from the update's data."""
        return actor is not None and actor.may(Permission.GET_LETTERS)


class IsScorer(Filter):
    """The speaker may score organisations: a worker or an invited expert."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        """Reads `actor` from the update's data."""
        return actor is not None and actor.may(Permission.SCORE)
