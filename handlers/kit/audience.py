"""Who a router is for; put once, on the parent router of an audience."""

from __future__ import annotations

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, TelegramObject

from casework.permissions import Actor, Role


class IsLead(Filter):
    """The speaker leads an organisation."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        """Reads `actor` from the update's data."""
        return actor is not None and Role.LEAD in actor.roles


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
