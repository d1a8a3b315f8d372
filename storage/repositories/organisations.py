"""Organisations and the people who lead them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, bindparam, cast, delete, func, or_, select, true, update

from casework.entities import Organisation, Person, Workload
from casework.errors import NotFound
from casework.statuses import Fee, Standing
from storage.repositories.base import Repository, is_id
from storage.repositories.people import person_of
from storage.repositories.records import Records
from storage.tables import leads, organisations, people

_o = organisations.c
_OURS = select(organisations).where(_o.community_id == bindparam("community")).order_by(_o.id)
_GET = _OURS.where(_o.id == bindparam("id"))
_BY_NAME = _OURS.where(_o.name == bindparam("name"))
_ACTIVE = _OURS.where(_o.active.is_(true()))
_listed = cast(_o["items"], Text).like(bindparam("listed"), escape="/")
_OFFERING = _ACTIVE.where(_listed)
#: Whoever lists the item, or is of the category: `casework.giving.matching.fits` says how well.
_SUITED = _OURS.where(or_(_o.category == bindparam("category"), _listed))
_COUNT = select(func.count()).where(_o.community_id == bindparam("community"))
_SAVE = update(organisations).where(_o.community_id == bindparam("community"), _o.id == bindparam("its_id"))
_LEADS = (
    select(people)
    .join(leads, (leads.c.community_id == people.c.community_id) & (leads.c.person_id == people.c.id))
    .where(leads.c.community_id == bindparam("community"), leads.c.organisation_id == bindparam("id"))
    .order_by(leads.c.since, people.c.id)
)
_LED_BY = (
    select(leads.c.organisation_id)
    .where(leads.c.community_id == bindparam("community"), leads.c.person_id == bindparam("id"))
    .order_by(leads.c.organisation_id)
)
_REMOVE = delete(leads).where(
    leads.c.community_id == bindparam("community"),
    leads.c.organisation_id == bindparam("organisation"),
    leads.c.person_id == bindparam("person"),
)


class Organisations(Repository):
    """Implements `casework.ports.Organisations`."""

    async def get(self, organisation_id: int) -> Organisation | None:
        """The organisation with this id in this community."""
        row = (await self._run(_GET, id=organisation_id)).first() if is_id(organisation_id) else None
        return None if row is None else _organisation(row)

    async def by_name(self, name: str) -> Organisation | None:
        """The organisation of exactly this name."""
        row = (await self._run(_BY_NAME, name=name)).first()
        return None if row is None else _organisation(row)

    async def all(self, *, active_only: bool = False) -> list[Organisation]:
        """By id."""
        return [_organisation(row) for row in await self._run(_ACTIVE if active_only else _OURS)]

    async def suited(self, item: str, category: str) -> list[Organisation]:
        """Those that list the item or are of the category, active or not, by id."""
        rows = await self._run(_SUITED, category=category, listed=_pattern(item))
        return [_organisation(row) for row in rows]

    async def count(self) -> int:
        """How many there are, active or not."""
        return int((await self._run(_COUNT)).scalar_one())

    async def offering(self, item: str) -> list[Organisation]:
        """Active organisations that list the item, by id."""
        return [_organisation(row) for row in await self._run(_OFFERING, listed=_pattern(item))]

    async def save(self, organisation: Organisation) -> Organisation:
        """Insert when id is 0, else update; returns it with its id. Raises NotFound for an unknown id."""
        row = _row(organisation)
        if not organisation.id:
            new_id = await self._insert(organisations, row)
            await Records(self._scope).begin(new_id)
            return replace(organisation, id=new_id)
        result = await self._run(_SAVE, its_id=organisation.id, **row)
        if result.rowcount != 1:
            raise NotFound(what="organisation", id=organisation.id)
        return organisation

    async def workloads(self, organisation_ids: Iterable[int]) -> dict[int, Workload]:
        """What each has in hand and how it has done."""
        return await Records(self._scope).workloads(organisation_ids)

    async def leads(self, organisation_id: int) -> list[Person]:
        """In the order in which they joined."""
        return [person_of(row) for row in await self._run(_LEADS, id=organisation_id)]

    async def led_by(self, person_id: int) -> list[int]:
        """Ids of the organisations this person leads."""
        return list((await self._run(_LED_BY, id=person_id)).scalars())

    async def add_lead(self, organisation_id: int, person_id: int, at: datetime) -> None:
        """A repeat changes nothing."""
        row = {"community_id": self._community, "organisation_id": organisation_id, "person_id": person_id}
        await self._connection.execute(self._upsert(leads).on_conflict_do_nothing(), {**row, "since": at})

    async def remove_lead(self, organisation_id: int, person_id: int) -> None:
        """A repeat changes nothing."""
        await self._run(_REMOVE, organisation=organisation_id, person=person_id)


def _pattern(item: str) -> str:
    """What LIKE finds the item by in a list as it is stored."""
    code = item.replace("/", "//").replace("_", "/_").replace("%", "/%")
    return f'%"{code}"%'


def _row(organisation: Organisation) -> dict[str, Any]:
    return {
        "community_id": organisation.community_id,
        "name": organisation.name,
        "category": organisation.category,
        "items": sorted(organisation.items),
        "areas": sorted(organisation.areas),
        "capacity": organisation.capacity,
        "fee": organisation.fee.value,
        "phone": organisation.phone,
        "active": organisation.active,
        "emergency": organisation.emergency,
        "sample": organisation.sample,
        "group_chat_id": organisation.group_chat_id,
        "intro": organisation.intro,
        "hours": organisation.hours,
        "standing": organisation.standing.value,
    }


def _organisation(row: Row[Any]) -> Organisation:
    return Organisation(
        row.id,
        row.community_id,
        row.name,
        row.category,
        frozenset(row.items),
        frozenset(row.areas),
        row.capacity,
        Fee(row.fee),
        row.phone,
        row.active,
        row.emergency,
        row.sample,
        row.group_chat_id,
        row.intro,
        row.hours,
        Standing(row.standing),
    )
