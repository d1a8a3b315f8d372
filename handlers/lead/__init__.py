"""The conversation with the leads of organisations."""

from __future__ import annotations

from aiogram import Router

from handlers.kit.audience import LeadsHere
from handlers.lead import (
    appeal,
    emergencies,
    meetings,
    offers,
    others,
    parts,
    projects,
    rectifying,
    replies,
    tasks,
    why,
    words,
    work,
)


def make_router() -> Router:
    """Everything for leads behind one filter; beside it the button that workers share."""
    leads = Router(name="lead.own")
    leads.message.filter(LeadsHere())
    leads.edited_message.filter(LeadsHere())
    leads.callback_query.filter(LeadsHere())
    leads.include_routers(
        *(
            feature.make_router()
            for feature in (
                tasks,
                why,
                projects,
                offers,
                parts,
                meetings,
                work,
                appeal,
                rectifying,
                words,
                replies,
            )
        )
    )
    router = Router(name="lead")
    router.include_routers(leads, emergencies.make_router(), others.make_router())
    return router
