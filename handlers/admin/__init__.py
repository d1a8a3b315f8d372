"""The conversation with community workers: lists, decisions, organisations, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiogram import Router


def make_router() -> Router:
    """Everything for workers behind one filter, and in private chats only."""
    # Imported here: the command line reads and writes sheets without the messenger's library.
    from aiogram import Router

    from handlers.admin import (
        assign,
        audit,
        broadcasting,
        calling,
        checks,
        conduct,
        decide,
        evaluate,
        giving,
        importing,
        joint,
        ledger,
        listings,
        look,
        meetings,
        menu,
        merging,
        model,
        organisations,
        passing,
        problems,
        publish,
        recategorise,
        rectifying,
        register,
        reports,
        teach,
        triage,
        why,
    )
    from handlers.admin.desk import Seat
    from handlers.admin.stats import views as stats
    from handlers.kit.audience import IsAdmin, IsPrivate

    features = (
        menu,
        triage,
        look,
        audit,
        why,
        assign,
        giving,
        meetings,
        recategorise,
        merging,
        joint,
        passing,
        decide,
        conduct,
        calling,
        ledger,
        problems,
        rectifying,
        organisations,
        evaluate,
        register,
        listings,
        checks,
        publish,
        stats,
        reports,
        teach,
        model,
    )
    private = Router(name="admin.private")
    private.message.filter(IsPrivate())
    private.callback_query.filter(IsPrivate())
    private.include_routers(*(f.make_router() for f in (*features, importing, broadcasting)))
    router = Router(name="admin")
    for observer in (router.message, router.callback_query):
        observer.filter(IsAdmin())
        observer.middleware(Seat())
    router.include_routers(menu.make_elsewhere(), private)
    return router
