"""Weekly letters to leads and workers: what they say, the lists behind their numbers, and having none."""

from __future__ import annotations

from aiogram import Router


def make_router() -> Router:
    """For who gets letters, in private chats only."""
    from handlers.kit.audience import GetsLetters, IsPrivate
    from handlers.letters import views

    router = Router(name="letters")
    for observer in (router.message, router.callback_query):
        observer.filter(GetsLetters(), IsPrivate())
    router.include_router(views.make_router())
    return router
