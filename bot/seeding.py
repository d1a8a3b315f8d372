"""Puts a profile's organisations into the database when they are not there yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casework.catalogue import Community
from casework.entities import Organisation
from casework.ports import UnitOfWork


async def seed(uow: UnitOfWork, community: Community, organisations: Iterable[Organisation]) -> int:
    """Insert those whose name is unknown; returns how many. What people changed is never touched."""
    known = {organisation.name for organisation in await uow.organisations.all()}
    missing = [organisation for organisation in organisations if organisation.name not in known]
    for organisation in missing:
        await uow.organisations.save(replace(organisation, id=0, community_id=community.id))
    return len(missing)
