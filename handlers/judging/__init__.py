"""Scoring organisations: the form that workers and invited experts fill in."""

from __future__ import annotations

from aiogram import Router


def make_router() -> Router:
    """For who may score, in private chats only."""
    from handlers.judging import scoring
    from handlers.kit.audience import IsPrivate, IsScorer

    router = Router(name="judging")
    for observer in (router.message, router.callback_query):
        observer.filter(IsScorer(), IsPrivate())
    router.include_router(scoring.make_router())
    return router
