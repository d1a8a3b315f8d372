"""What makes the playground a story: its three people know the community before anybody writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casework.catalogue import Community
from casework.entities import Person
from casework.ports import Clock

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.unit_of_work import UnitOfWork

LEAD = 2001
WORKER = 3001


def is_playground(settings: Settings) -> bool:
    """Whether the Bot-API server of these settings is a playground: its own token, on this machine."""
    if not settings.api_base or not settings.token:
        return False
    from bot.playground.address import DEFAULT_TOKEN, is_loopback

    return settings.token == DEFAULT_TOKEN and is_loopback(urlsplit(settings.api_base).hostname or "")


async def wake(uow: UnitOfWork, community: Community, clock: Clock) -> None:
    """Whoever opens the playground sits before all its phones: none of them sleeps at this hour."""
    from bot.playground.people import default_people

    for person in default_people():
        if person.role == "resident":
            # Nobody writes to residents who have not written.
            continue
        known = await uow.people.get(person.id) or Person(person.id, community.id, person.name, person.id)
        await uow.people.save(replace(known, seen_at=clock.now()))


async def give_leads(uow: UnitOfWork, community: Community, clock: Clock) -> None:
    """Sample organisations that nobody leads are led by the playground's lead."""
    orphans = [
        organisation
        for organisation in await uow.organisations.all()
        if organisation.sample and not await uow.organisations.leads(organisation.id)
    ]
    if not orphans:
        return
    if await uow.people.get(LEAD) is None:
        from bot.playground.people import default_people

        name = next(person.name for person in default_people() if person.id == LEAD)
        await uow.people.save(Person(LEAD, community.id, name, chat_id=LEAD))
    for organisation in orphans:
        await uow.organisations.add_lead(organisation.id, LEAD, clock.now())
