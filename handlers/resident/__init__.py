"""The conversation with residents; everybody is one, so this comes last and catches what others left."""

from __future__ import annotations

from aiogram import Router

from handlers.kit.audience import IsPrivate
from handlers.kit.said import Remember


def make_router() -> Router:
    """All of it in private chats; in groups only commands are answered."""
    from handlers.resident import commands, following, groups, media, menu, own, privacy, public, rating, talk

    private = Router(name="resident.private")
    private.message.filter(IsPrivate())
    private.edited_message.filter(IsPrivate())
    private.callback_query.filter(IsPrivate())
    private.message.middleware(Remember())
    private.include_routers(
        *(m.make_router() for m in (commands, privacy, own, following, rating, public, menu, media)),
        talk.make_router(),
    )
    router = Router(name="resident")
    router.include_routers(private, groups.make_router())
    return router
